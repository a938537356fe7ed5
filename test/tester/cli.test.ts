import path from 'node:path'
import { fileOf, runHere } from './in-process'
import { runTester, startTester, untilPrinted } from './support'

const NETWORK = path.join(__dirname, 'network.js')

// Each run compiles the tester anew.
jest.setTimeout(90_000)

it('reads standard input, tells what fails on its standard output, and exits 1', async () => {
  const events = ['{"type":"track","event":"Seen","userId":"u1"}', '{"type":"track","userId":"u1"}', '{"type":']
  const { status, stdout, stderr } = await runTester(['send', '-', '--json'], { stdin: events.join('\n') })
  const lines = stdout.trim().split('\n')
  expect(lines.map((line) => (JSON.parse(line) as { verdict: string | null }).verdict)).toEqual([
    'delivered',
    'dropped',
    'malformed',
    null
  ])
  expect([status, stderr]).toEqual([1, ''])
})

it('teaches by example what there is, and exits 2 where it is called wrongly', async () => {
  const [help, wrong] = await Promise.all([runTester(['--help']), runTester(['send', 'nowhere.json'])])
  expect(help.stdout).toContain('npm run tester -- send examples/quickstart.ndjson')
  expect(help.stdout).toMatch(/ {2}send .*\n(.*\n)* {2}serve .*\n(.*\n)* {2}sandbox .*\n(.*\n)* {2}check .*\n/)
  expect(help.status).toBe(0)
  expect(wrong).toEqual({ status: 2, stdout: '', stderr: expect.stringContaining('cannot read nowhere.json') })
})

it('takes the settings of the real Kustomer from a .env file', async () => {
  const environment = { NODE_OPTIONS: `--require ${NETWORK}`, NETWORK_PORT: '1' }
  const folder = path.dirname(fileOf('.env', 'KUSTOMER_API_KEY=a-live-key-of-the-test', 'KUSTOMER_ORG_POD=prod2'))
  const event = fileOf('event.json', { type: 'page', userId: 'u1' })
  const { status, stdout, stderr } = await runTester(['send', event, '--live'], { environment, folder })
  expect(stdout).toBe('LIVE: writing to https://api.prod2.kustomerapp.com\n')
  expect(stderr).toContain('nothing was sent: ')
  expect(stdout + stderr).not.toContain('a-live-key-of-the-test')
  expect(status).toBe(1)
})

it('prints the definition, and says whether definition.json is current', async () => {
  const print = await runHere(['definition'])
  const check = await runHere(['definition', '--check'])
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
