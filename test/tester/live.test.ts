import { Agent } from 'node:https'
import { connect } from 'node:net'
import { ALL_ROLES, createSandbox } from '../../src/sandbox'
import { isAgreed } from '../../src/tester/commands/ask'
import { liveKustomer } from '../../src/tester/kustomer'
import { createApp } from '../../src/tester/server/app'
import type { Sent } from '../../src/tester/server/answers'
import { listen } from '../../src/tester/server/listen'
import type { Listening } from '../../src/tester/server/listen'
import { fileOf, runHere } from './in-process'
import { postTo } from './server-support'

jest.mock('../../src/tester/commands/ask', () => ({ isAgreed: jest.fn(() => Promise.resolve(false)) }))

const API_KEY = 'a-live-key-of-the-test'
const HOST = 'https://api.kustomerapp.com'
const SETTINGS = 'GET /v1/auth/tokens/current'

const sandbox = createSandbox({
  tokens: {
    [API_KEY]: { roles: ALL_ROLES, pod: 'prod1' },
    'without-tracking': { roles: ALL_ROLES.filter((role) => role !== 'org.tracking'), pod: 'prod1' },
    'without-events': { roles: ALL_ROLES.filter((role) => role !== 'org.permission.event.read'), pod: 'prod1' }
  }
})
const requests: string[] = []
let kustomer: Listening

const seen = { type: 'track', event: 'Seen', userId: 'u1' }
const events = fileOf('events.ndjson', seen, { type: 'identify', userId: 'u1', traits: { name: 'Ann' } }, seen)

beforeAll(async () => {
  kustomer = await listen(0, (request) => {
    requests.push(`${request.method} ${new URL(request.url).pathname}`)
    return sandbox.fetch(request)
  })
})

beforeEach(() => {
  const port = Number(new URL(kustomer.url).port)
  const direct = globalThis.fetch
  sandbox.reset()
  requests.length = 0
  process.env.KUSTOMER_API_KEY = API_KEY
  process.env.KUSTOMER_ORG_POD = 'prod1'
  jest.spyOn(Agent.prototype, 'createConnection').mockImplementation(() => connect(port, '127.0.0.1'))
  jest.spyOn(globalThis, 'fetch').mockImplementation((input) => {
    const request = input as Request
    const { pathname, search } = new URL(request.url)
    return direct(new Request(`${kustomer.url}${pathname}${search}`, request))
  })
})

afterEach(() => {
  jest.restoreAllMocks()
  delete process.env.KUSTOMER_API_KEY
  delete process.env.KUSTOMER_ORG_POD
})

afterAll(() => {
  kustomer.close()
})

it('says first and last where it writes to, tries the settings before the first event, and never prints the key', async () => {
  const { status, stdout, stderr } = await runHere(['send', events, '--live', '--show', 'body'])
  expect(stdout).toMatch(/^LIVE: writing to https:\/\/api\.kustomerapp\.com\n {2}1 {2}track Seen/)
  expect(stdout).toMatch(/\nLIVE: written to https:\/\/api\.kustomerapp\.com\n$/)
  expect(requests.slice(0, 2)).toEqual([SETTINGS, 'POST /v1/tracking/identityEvent'])
  expect(stdout + stderr).not.toContain(API_KEY)
  expect(status).toBe(0)
})

it('keeps its standard output for the JSON that is asked for', async () => {
  const { stdout, stderr } = await runHere(['--live', 'send', events, '--json'])
  expect(stderr).toBe(`LIVE: writing to ${HOST}\n`)
  expect(stdout.trim().split('\n')).toHaveLength(4)
})

it('sends nothing where the settings do not work', async () => {
  process.env.KUSTOMER_API_KEY = 'another-key'
  const { status, stderr } = await runHere(['send', events, '--live'])
  expect(stderr).toMatch(
    /^error: nothing was sent: .*Could not check the API Key: Kustomer answered 401: "Unauthorized"\./m
  )
  expect(requests).toEqual([SETTINGS])
  expect(status).toBe(1)
})

it('ends with the first event that the key may not send, unless it is to go on', async () => {
  process.env.KUSTOMER_API_KEY = 'without-tracking'
  const ended = await runHere(['send', events, '--live'])
  expect(ended.stdout).toContain('Stopped after the first rejected event: Kustomer answered 403. Use --keep-going')
  expect(ended.stdout).toContain('0 of 1 events delivered\n  Others     1 dropped\n')
  expect(ended.status).toBe(1)
  expect((await runHere(['send', events, '--live', '--keep-going'])).stdout).toContain('1 of 3 events delivered')
})

it('ends with the first event for which the host is not found', async () => {
  const { port } = new URL(kustomer.url)
  let connections = 0
  jest.spyOn(Agent.prototype, 'createConnection').mockImplementation(() => {
    connections += 1
    const socket = connect(Number(port), '127.0.0.1')
    return connections === 1
      ? socket
      : socket.destroy(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }))
  })
  const { status, stdout } = await runHere(['send', events, '--live', '--retry'])
  expect(stdout).toContain('Stopped after the first rejected event: its host cannot be found.')
  expect(stdout).toContain('0 of 1 events delivered')
  expect(status).toBe(1)
})

it('reads and never writes where it only shows what would be written', async () => {
  const { status, stdout } = await runHere(['send', events, '--live', '--dry-run'])
  expect(stdout).toMatch(/^LIVE: reading from https:\/\/api\.kustomerapp\.com, writing nothing\n/)
  expect(stdout).toMatch(/POST +\/v1\/customers +not sent\n/)
  expect(stdout).toMatch(/\nNothing was written to https:\/\/api\.kustomerapp\.com\n$/)
  expect(requests).toEqual([SETTINGS, 'GET /v1/customers/externalId=u1'])
  expect(status).toBe(0)
})

it('reads back what an agent sees', async () => {
  const session = { ...seen, properties: { kustomer_session_id: 'checkout 7', plan: 'business' } }
  const { stdout } = await runHere(['send', fileOf('more.ndjson', seen, session), '--live', '--show', 'agent'])
  expect(stdout).toContain('What an agent sees\n\n')
  expect(stdout).toMatch(/ {2}External ID {4}u1\n/)
  expect(stdout).toMatch(/ {2}Session, grouped by time, [\d:]+ to [\d:]+ UTC\n {4}Seen\n/)
  expect(stdout).toMatch(/ {2}Session checkout 7, [\d:]+ to [\d:]+ UTC\n {4}Seen\n {6}plan +business\n/)
})

it('reads back the card of an order, by the display names of its attributes', async () => {
  sandbox.defineAttributes('kobject.order', { orderStatusStr: { displayName: 'Status' } })
  const properties = { order_id: 'a/1', products: [{ sku: 'mug' }] }
  const order = { type: 'track', event: 'Order Completed', userId: 'u1', properties }
  const mapping = fileOf('order.json', { klass: 'order', customAttributes: { orderStatusStr: 'open' } })
  const sent = ['send', fileOf('order.ndjson', order), '--action', 'upsertCustomObject', '--mapping', mapping]
  const { stdout } = await runHere([...sent, '--live', '--show', 'agent'])
  expect(stdout).toMatch(/ {2}order, updated .* UTC\n {4}Order a\/1\n {6}Status +open\n {6}products +sku mug\n/)
})

it('reads back a company, and the company of a customer', async () => {
  const identify = { type: 'identify', userId: 'u1', traits: { name: 'Ann' } }
  const group = { type: 'group', userId: 'u1', groupId: 'initech', traits: { name: 'Initech' } }
  const { stdout } = await runHere(['send', fileOf('group.ndjson', identify, group), '--live', '--show', 'agent'])
  expect(stdout).toContain('     Delivered: company created\n')
  expect(stdout).toMatch(/\nAnn\n {2}External ID {4}u1\n {2}Company {8}Initech\n/)
  expect(stdout).toMatch(/\nInitech, company\n {2}External ID {4}initech\n/)
})

it('shows a customer without a timeline where the key may not read it, and says so', async () => {
  process.env.KUSTOMER_API_KEY = 'without-events'
  const { status, stdout } = await runHere(['send', events, '--live', '--show', 'agent'])
  expect(stdout).toMatch(
    /What an agent sees\n\nAnn\n {2}External ID {4}u1\n\n {2}The timeline is not shown: the key lacks/
  )
  expect(stdout).toContain('org.permission.event.read')
  expect(status).toBe(0)
})

describe('from the page', () => {
  const ann = { type: 'identify', userId: 'u1', traits: { name: 'Ann', email: 'ann@x.org' } }

  /** Sends as the page does, and tells who was read before and after it. */
  async function send(payload: unknown, { isDryRun = false, apiKey = API_KEY } = {}): Promise<Sent['changes']> {
    const kustomer = liveKustomer({ apiKey, orgPod: 'prod1' }, isDryRun)
    const { json } = await postTo(createApp(kustomer, new Map()), '/workbench/deliver', { payload })
    kustomer.transport.close()
    return (json as Sent).changes
  }

  it('tells of a customer what was before an event, and what is after it', async () => {
    expect(await send(ann)).toEqual([{ after: expect.objectContaining({ name: 'Ann' }) }])
    const id = sandbox.customers()[0]?.id
    const [change] = await send(seen)
    expect(change).toMatchObject({ before: { id, sessions: [] }, after: { id, sessions: [{ events: [{}] }] } })
    // The same customer by another name of theirs.
    const renamed = { type: 'identify', traits: { name: 'Bea', email: 'Ann@x.org' } }
    expect(await send(renamed)).toMatchObject([{ before: { id, name: 'Ann' }, after: { id, name: 'Bea' } }])
    expect(await send({ type: 'delete', userId: 'u1' })).toEqual([{ before: expect.objectContaining({ id }) }])
    expect(await send({ type: 'page', anonymousId: 'visitor' })).toEqual([])
  })

  it('tells of a company what was before a group call, and what is after it', async () => {
    await send(ann)
    const group = { type: 'group', userId: 'u1', groupId: 'c 1', traits: { name: 'Initech' } }
    expect(await send(group)).toEqual([
      { after: expect.objectContaining({ kind: 'company', name: 'Initech' }) },
      { before: expect.objectContaining({ name: 'Ann' }), after: expect.objectContaining({ name: 'Ann' }) }
    ])
    expect(sandbox.customers()[0]?.attributes.companyName).toBe('Initech')
    requests.length = 0
    const [change] = await send({ ...group, userId: null, traits: { name: 'Initech', employees: 5 } })
    expect(change).toMatchObject({ before: { name: 'Initech' }, after: { attributes: [['External ID', 'c 1'], {}] } })
    expect(change?.before?.attributes).toHaveLength(1)
  })

  it('marks nothing where it could not read who a customer was', async () => {
    await send(ann)
    const read = jest.mocked(globalThis.fetch)
    read.mockImplementationOnce(() => Promise.reject(new Error('gone')))
    const [change] = await send({ ...ann, traits: { name: 'Bea' } })
    expect(change).toMatchObject({
      before: { name: 'Bea' },
      after: { name: 'Bea', note: 'What was there before could not be read, so that nothing is marked.' }
    })
    const [without] = await send(seen, { apiKey: 'without-events' })
    expect(without?.after?.note).toContain('The timeline is not shown: the key lacks')
  })

  it('shows the customer as they are where nothing is written', async () => {
    await send(ann)
    requests.length = 0
    const [change] = await send({ ...ann, traits: { name: 'Bea' } }, { isDryRun: true })
    expect(change).toMatchObject({ before: { name: 'Ann' }, after: { name: 'Ann' } })
    expect(requests.filter((request) => !request.startsWith('GET '))).toEqual([])
    expect(sandbox.customers()[0]?.attributes.name).toBe('Ann')
  })

  it('reads no more than 20 records at once, and says so', async () => {
    const many = Array.from({ length: 22 }, (_, index) => ({ type: 'identify', userId: `u${index}` }))
    const changes = await send(many)
    expect(changes).toHaveLength(21)
    expect(changes[20]?.after).toMatchObject({
      name: '2 more',
      note: expect.stringContaining('not read back')
    })
  })
})

describe('a deletion', () => {
  const deletion = fileOf('deletion.ndjson', { type: 'identify', userId: 'u1' }, { type: 'delete', userId: 'u1' })

  it('is asked for first', async () => {
    const refused = await runHere(['send', deletion, '--live'])
    expect(refused.stdout).toContain(
      'Stopped before a deletion that you did not confirm. Use --yes to skip the question.'
    )
    expect([refused.status, sandbox.customers().length]).toEqual([1, 1])
    expect(isAgreed).toHaveBeenCalledWith(`This input deletes customers at ${HOST}.`)
    jest.mocked(isAgreed).mockResolvedValueOnce(true)
    expect((await runHere(['send', deletion, '--live'])).status).toBe(0)
    expect(sandbox.customers()).toEqual([])
  })

  it('is not asked for where that was said, or where nothing is written', async () => {
    jest.mocked(isAgreed).mockClear()
    expect((await runHere(['send', deletion, '--live', '--dry-run'])).status).toBe(0)
    expect((await runHere(['send', deletion, '--live', '--yes'])).status).toBe(0)
    expect(isAgreed).not.toHaveBeenCalled()
  })
})

it.each([
  ['KUSTOMER_API_KEY: API Key is missing', { KUSTOMER_API_KEY: '' }],
  ['KUSTOMER_ORG_POD: The Org Pod is one of these: US (prod1), EU (prod2)', { KUSTOMER_ORG_POD: 'prod9' }]
])('exits 2 and says: %s', async (words, environment) => {
  Object.assign(process.env, environment)
  const { status, stderr } = await runHere(['send', events, '--live'])
  expect(stderr).toContain(words)
  expect([status, requests]).toEqual([2, []])
})
