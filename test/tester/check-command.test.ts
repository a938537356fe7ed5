import path from 'node:path'
import { ALL_ROLES, createSandbox, VARIANTS } from '../../src/sandbox'
import { listen } from '../../src/tester/server/listen'
import type { Listening } from '../../src/tester/server/listen'
import { runTester, startTester, untilPrinted } from './support'

const API_KEY = 'a-live-key-of-the-test'
const LIMITED_KEY = 'a-limited-key-of-the-test'
const HEAD = '| Assumption | What was seen | Variant | What that means for this destination |'

// Each run compiles the tester anew.
jest.setTimeout(90_000)

it('checks a sandbox of its own, and tells the variants that are on', async () => {
  const [plain, other] = await Promise.all([
    runTester(['check']),
    runTester(['check', '--json', '--variant', 'jobsSlow', 'mergeUnfinished'])
  ])
  expect(plain.stdout).toMatch(
    /^Checked the local sandbox: 39 of 39 questions answered, 0 differ from what we assume\.\n\n/
  )
  expect(plain.stdout).toContain(HEAD)
  expect(plain).toMatchObject({ status: 0, stderr: '' })
  const { findings, ...report } = JSON.parse(other.stdout) as { findings: Array<{ variants: Record<string, boolean> }> }
  expect(report).toEqual({ kustomer: 'the local sandbox', complete: true, leftBehind: [], interrupted: false })
  const variants = Object.assign({}, ...findings.map((finding) => finding.variants)) as Record<string, boolean>
  expect(variants).toEqual({
    ...Object.fromEntries(Object.keys(VARIANTS).map((name) => [name, false])),
    jobsSlow: true,
    mergeUnfinished: true
  })
  expect(other).toMatchObject({ status: 0, stderr: '' })
})

describe('check --live', () => {
  const sandbox = createSandbox({
    tokens: { [API_KEY]: { roles: ALL_ROLES, pod: 'prod1' }, [LIMITED_KEY]: { roles: [], pod: 'prod1' } }
  })
  const requests: string[] = []
  let kustomer: Listening
  let environment: NodeJS.ProcessEnv

  beforeAll(async () => {
    kustomer = await listen(0, (request) => {
      requests.push(`${request.method} ${new URL(request.url).pathname}`)
      return sandbox.fetch(request)
    })
    environment = {
      NODE_OPTIONS: `--require ${path.join(__dirname, 'network.js')}`,
      NETWORK_PORT: new URL(kustomer.url).port,
      KUSTOMER_API_KEY: API_KEY,
      KUSTOMER_ORG_POD: 'prod1'
    }
  })

  beforeEach(() => {
    sandbox.reset()
    sandbox.defineAttributes('customer', {
      planStr: {},
      cityStr: {},
      storyTxt: {},
      tierStr: { enumeration: ['gold'] },
      formerStr: { deleted: true }
    })
    sandbox.defineAttributes('kobject.order', {})
    requests.length = 0
  })

  afterAll(() => {
    kustomer.close()
  })

  it.each(['n\n', '', 'perhaps\n'])('sends nothing where it is answered %j', async (stdin) => {
    const { status, stdout, stderr } = await runTester(['check', '--live'], { environment, stdin })
    expect(stderr).toContain('LIVE: writing to https://api.kustomerapp.com\n')
    expect(stderr).toContain('Continue? (y/N)')
    expect(stderr).toContain('Nothing was written.')
    expect([status, stdout, requests]).toEqual([1, '', []])
  })

  it('checks where it is answered yes, tells what it could not, and erases everything', async () => {
    const { status, stdout, stderr } = await runTester(['check', '--live'], { environment, stdin: 'y\n' })
    expect(stdout).toMatch(/^Checked https:\/\/api\.kustomerapp\.com: 38 of 39 questions answered, 0 differ/)
    expect(stdout).toContain('KUSTOMER_LIMITED_API_KEY')
    expect(stderr).toContain(` of 39  ${VARIANTS.jobsSlow.assumption}\n`)
    expect(stdout + stderr).not.toContain(API_KEY)
    expect(requests).toContain('POST /v1/customers')
    expect([sandbox.customers(), sandbox.companies()]).toEqual([[], []])
    expect(status).toBe(1)
  })

  it('does not ask where it is told so, and exits 0 where it could tell everything', async () => {
    const { status, stdout, stderr } = await runTester(['--live', 'check', '--yes', '--json'], {
      environment: { ...environment, KUSTOMER_LIMITED_API_KEY: LIMITED_KEY }
    })
    expect(stderr).not.toContain('Continue?')
    expect(JSON.parse(stdout)).toMatchObject({ kustomer: 'https://api.kustomerapp.com', complete: true })
    expect(status).toBe(0)
  })

  it('erases what it made when it is interrupted', async () => {
    sandbox.setFaults({ delayMs: 20 })
    const tester = startTester(['check', '--live', '--yes'], { environment })
    let stdout = ''
    tester.stdout?.on('data', (chunk) => (stdout += String(chunk)))
    await untilPrinted(tester, new RegExp(VARIANTS.revIgnored.assumption), 'stderr')
    expect(sandbox.customers().length).toBeGreaterThan(3)
    const erasing = untilPrinted(tester, /Interrupted\. Deleting what the check created\./, 'stderr')
    tester.kill('SIGINT')
    await erasing
    const status = await new Promise((resolve) => tester.once('close', resolve))
    expect(status).toBe(130)
    expect(sandbox.customers()).toEqual([])
    expect(stdout).toMatch(/^Checked https:\/\/api\.kustomerapp\.com, interrupted: 8 of 39 questions answered/)
    expect(stdout).toContain('Everything that the check created is deleted.')
  })

  it('says why where nothing could be checked', async () => {
    const { status, stderr } = await runTester(['check', '--live', '--yes'], {
      environment: { ...environment, KUSTOMER_API_KEY: 'another-key' }
    })
    expect(stderr).toContain('nothing was checked, and nothing written: the key does not work here (401: Unauthorized)')
    expect(status).toBe(1)
  })
})
