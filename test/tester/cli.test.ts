import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { runTester, startTester, untilPrinted } from './support'

const EXAMPLE = path.join(__dirname, '../../examples/quickstart.ndjson')
const NETWORK = path.join(__dirname, 'network.js')
const API_KEY = 'a-live-key-of-the-test'

// Each run compiles the tester anew.
jest.setTimeout(90_000)

function fileOf(name: string, content: unknown): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'tester-')), name)
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}

interface Line {
  number: number
  delivered: boolean
  outcome?: string
  problem?: string
  summary?: unknown
}

function linesOf(stdout: string): Line[] {
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
}

it('teaches by example', async () => {
  const [tester, ...commands] = await Promise.all(
    [[], ['send'], ['serve'], ['sandbox'], ['check'], ['definition']].map((command) =>
      runTester([...command, '--help'])
    )
  )
  expect(tester?.stdout).toContain('npm run tester -- send examples/quickstart.ndjson')
  for (const { status, stdout } of commands) {
    expect(stdout).toMatch(/Examples:\n {2}\$ /)
    expect(status).toBe(0)
  }
})

describe('send', () => {
  it('prints what each event became, and a summary', async () => {
    const { status, stdout } = await runTester(['send', EXAMPLE])
    expect(stdout).toMatch(/^ {2}1 {2}page Pricing +trackEvent\n {5}POST +\/v1\/tracking\/event +204 +\d+\.\d ms\n/)
    expect(stdout).toContain('     Delivered: updated\n\n5 of 5 events delivered: 2 tracked anonymously, 1 created')
    expect(stdout).toMatch(/\n9 requests, 1.8 per event\nLatency of an event: p50 [\d.]+ ms, p95 [\d.]+ ms\n$/)
    expect(status).toBe(0)
  })

  it('sends to a sandbox in which a variant is on', async () => {
    const { stdout } = await runTester(['send', EXAMPLE, '--variant', 'revRefused'])
    expect(stdout).toContain('/v1/customers/000000000000000000000003                   400')
    expect(stdout).toContain('5 of 5 events delivered')
  })

  it('goes on after what is malformed, fails or is not subscribed, and exits 1', async () => {
    const events = ['{"type":"track","event":"Seen","userId":"u1"}', '{"type":', '{"type":"track","userId":"u1"}']
    const stdin = [...events, '{"type":"group"}', '{"type":"identify","userId":"u1"}'].join('\n')
    const { status, stdout } = await runTester(['send', '-', '--json'], { stdin })
    const lines = linesOf(stdout)
    expect(lines.map(({ number, delivered, outcome, problem }) => [number, delivered, outcome ?? problem])).toEqual([
      [1, true, 'tracked'],
      [2, false, expect.stringContaining('JSON')],
      [3, false, expect.stringContaining("missing the required field 'eventName'")],
      [4, false, 'no preset subscribes to group'],
      [5, true, 'unchanged'],
      [undefined, undefined, undefined]
    ])
    expect(lines[5]?.summary).toMatchObject({
      events: 5,
      delivered: 2,
      outcomes: { tracked: 1, malformed: 1, failed: 1, ignored: 1, unchanged: 1 }
    })
    expect(status).toBe(1)
  })

  it('sends an array to a named action by a mapping', async () => {
    const events = fileOf('events.json', [
      { type: 'group', userId: 'u1', groupId: 'initech' },
      { type: 'alias', userId: 'u2' }
    ])
    const mapping = fileOf('mapping.json', { eventName: { '@template': 'Saw {{type}}' } })
    const flags = ['--action', 'trackEvent', '--mapping', mapping, '--concurrency', '2', '--json']
    const { status, stdout } = await runTester(['send', events, ...flags])
    const [one, other, total] = linesOf(stdout)
    expect([one, other]).toEqual([
      expect.objectContaining({ action: 'trackEvent', delivered: true }),
      expect.objectContaining({ action: 'trackEvent', delivered: true })
    ])
    expect(total?.summary).toMatchObject({ events: 2, delivered: 2, requests: 2, requestsPerEvent: 1 })
    expect(status).toBe(0)
  })

  it.each([
    [['send'], "missing required argument 'file'"],
    [['send', 'nowhere.json'], 'cannot read nowhere.json'],
    [['send', EXAMPLE, '--action', 'dance'], 'Allowed choices are upsertCustomer, trackEvent'],
    [['send', EXAMPLE, '--mapping', EXAMPLE], 'is not a mapping'],
    [['send', EXAMPLE, '--concurrency', '0'], 'a whole number from 1 to 100'],
    [['dance'], "unknown command 'dance'"],
    [['send', EXAMPLE, '--live'], 'KUSTOMER_API_KEY: API Key is missing'],
    [['send', EXAMPLE, '--variant', 'dance'], 'The variants are duplicateAnswers400, '],
    [['serve', '--live', '--variant', 'jobsSlow'], '--variant is about the sandbox'],
    [['--live', 'sandbox'], 'leave out --live']
  ])('exits 2 on %j, and says what is wrong', async (args, words) => {
    const run = await runTester(args, { folder: tmpdir() })
    expect(run).toEqual({ status: 2, stdout: '', stderr: expect.stringContaining(words) })
  })
})

describe('send --live', () => {
  const seen: IncomingMessage[] = []
  const kustomer = createServer((request, response) => {
    seen.push(request)
    const words = JSON.stringify({ errors: [{ code: 'badrequest', message: `not with ${API_KEY}` }] })
    request.resume().once('end', () => response.writeHead(400).end(words))
  })
  let environment: NodeJS.ProcessEnv

  beforeAll(async () => {
    await new Promise((resolve) =>
      kustomer.listen(0, '127.0.0.1', () => {
        resolve(undefined)
      })
    )
    const { port } = kustomer.address() as AddressInfo
    environment = { NODE_OPTIONS: `--require ${NETWORK}`, NETWORK_PORT: String(port) }
  })

  afterAll(() => {
    kustomer.close()
  })

  it('says first which host it writes to, and never prints the key', async () => {
    const env = path.dirname(fileOf('.env', `KUSTOMER_API_KEY=${API_KEY}\nKUSTOMER_ORG_POD=prod2\n`))
    const { status, stdout, stderr } = await runTester(['send', EXAMPLE, '--live'], { environment, folder: env })
    expect(stdout).toMatch(/^Live: writing to https:\/\/api\.prod2\.kustomerapp\.com\n {2}1 {2}page/)
    expect(stdout).toContain('Kustomer answered 400. not with [API Key].')
    expect(stdout + stderr).not.toContain(API_KEY)
    expect(seen[0]?.headers).toMatchObject({ host: 'api.prod2.kustomerapp.com', authorization: `Bearer ${API_KEY}` })
    expect(status).toBe(1)
  })

  it('refuses a pod that Kustomer does not publish, and names those that it does', async () => {
    const { status, stderr } = await runTester(['send', EXAMPLE, '--live'], {
      environment: { ...environment, KUSTOMER_API_KEY: API_KEY, KUSTOMER_ORG_POD: 'prod9' }
    })
    expect(stderr).toContain('KUSTOMER_ORG_POD: The Org Pod is one of these: US (prod1), EU (prod2), India (prod4).')
    expect(status).toBe(2)
  })

  it('keeps its standard output for the JSON that is asked for', async () => {
    const { stdout, stderr } = await runTester(['--live', 'send', EXAMPLE, '--json'], {
      environment: { ...environment, KUSTOMER_API_KEY: API_KEY, KUSTOMER_ORG_POD: 'prod1' }
    })
    expect(stderr).toBe('Live: writing to https://api.kustomerapp.com\n')
    expect(linesOf(stdout)).toHaveLength(6)
  })
})

it('prints the definition, and says whether definition.json is current', async () => {
  const [print, check] = await Promise.all([runTester(['definition']), runTester(['definition', '--check'])])
  expect(JSON.parse(print.stdout)).toMatchObject({ slug: 'actions-kustomer' })
  expect(check).toEqual({ status: 0, stdout: 'definition.json is current\n', stderr: '' })
})

it('runs the local Kustomer for other tools', async () => {
  const sandbox = startTester(['sandbox', '--port', '0', '--variant', 'jobsSlow', 'revIgnored'])
  const [, url = ''] = await untilPrinted(sandbox, /A local Kustomer at (\S+)/)
  const headers = { authorization: 'Bearer local-sandbox-key', 'content-type': 'application/json' }
  const variants = async (): Promise<unknown> => (await fetch(`${url}/sandbox/variants`)).json()
  expect(await variants()).toMatchObject({ data: { jobsSlow: true, revIgnored: true, revRefused: false } })
  const created = await fetch(`${url}/v1/customers`, { method: 'POST', headers, body: '{"externalId":"u1"}' })
  expect(created.status).toBe(201)
  const dropping = { method: 'PUT', headers, body: '{"dropConnections":1}' }
  expect((await fetch(`${url}/sandbox/faults`, dropping)).status).toBe(204)
  await expect(fetch(`${url}/v1/auth/tokens/current`, { headers })).rejects.toThrow('fetch failed')
  expect((await fetch(`${url}/v1/auth/tokens/current`, { headers })).status).toBe(200)
  sandbox.kill()
})
