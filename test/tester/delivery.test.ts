import { MultiStatusResponse } from '@segment/actions-core'
import type { SegmentEvent } from '@segment/actions-core'
import { ConnectionDropped, createSandbox, SANDBOX_API_KEY } from '../../src/sandbox'
import type { Sandbox } from '../../src/sandbox'
import destination from '../../src/destinations/kustomer'
import upsertCustomer from '../../src/destinations/kustomer/upsertCustomer'
import { authenticate, deliver, deliverBatch } from '../../src/tester/delivery'
import type { Delivery } from '../../src/tester/delivery'
import type { Kustomer } from '../../src/tester/kustomer'
import { describeSent } from '../../src/tester/sending/report'
import { alone } from '../../src/tester/sending/sent'
import { openTransport } from '../../src/tester/kustomer/transport'

const settings = { apiKey: SANDBOX_API_KEY, orgPod: 'prod1' }
let kustomer: Kustomer
let sandbox: Sandbox

function connect(answer: (request: Request) => Promise<Response>): void {
  kustomer = { settings, transport: openTransport(answer) }
}

function textOf(event: SegmentEvent, delivery: Delivery): string {
  return describeSent(alone({ number: 1, end: 0, event }, delivery), { width: Infinity })
}

function connectSandbox(): void {
  sandbox = createSandbox()
  connect((request) => sandbox.fetch(request))
}

afterEach(() => {
  kustomer.transport.close()
})

it.each([
  [{ type: 'track', event: 'Seen', userId: 'u1' }, 'trackEvent', 'tracked', ['POST /v1/tracking/identityEvent 201']],
  [{ type: 'page', anonymousId: 'visitor' }, 'trackEvent', 'tracked anonymously', ['POST /v1/tracking/event 201']],
  [
    { type: 'identify', userId: 'é' },
    'upsertCustomer',
    'created',
    ['GET /v1/customers/externalId=é 201', 'POST /v1/customers 201']
  ],
  [{ type: 'delete', userId: 'u1' }, 'onDelete', 'no customer to delete', ['GET /v1/customers/externalId=u1 201']]
])('delivers %j as its preset says', async (event, action, outcome, exchanges) => {
  connect(() => Promise.resolve(new Response(null, { status: 201 })))
  const delivery = await deliver(event as SegmentEvent, kustomer)
  expect(delivery).toMatchObject({ action, outcome, delivered: true })
  expect(delivery.exchanges.map(({ method, path, status }) => `${method} ${path} ${status}`)).toEqual(exchanges)
})

it('does not deliver what no preset subscribes to', async () => {
  connect(() => Promise.reject(new Error('not to be called')))
  expect(await deliver({ type: 'alias', userId: 'u1' }, kustomer)).toMatchObject({
    exchanges: [],
    outcome: 'no preset subscribes to alias',
    delivered: false
  })
})

it('delivers to the action that is named, with the mappings that are given', async () => {
  connectSandbox()
  const override = { action: 'trackEvent', mapping: { eventName: { '@template': 'Joined {{groupId}}' } } }
  const delivery = await deliver({ type: 'group', userId: 'u1', groupId: 'initech' }, kustomer, override)
  expect(delivery.exchanges[0]?.request.body).toContain('"name":"Joined-initech"')
  expect(delivery).toMatchObject({ action: 'trackEvent', delivered: true })
})

it('tells what failed', async () => {
  connect(() => Promise.reject(new ConnectionDropped()))
  const event = { type: 'track', event: 'Seen', userId: 'u1' } as SegmentEvent
  const delivery = await deliver(event, kustomer)
  expect(delivery).toMatchObject({ delivered: false, exchanges: [{ status: 'connection dropped' }] })
  expect(textOf(event, delivery)).toContain('Segment retries it (503): Could not record the event: the connection to')
})

it('prints nothing that a terminal would obey', async () => {
  connectSandbox()
  const event = { type: 'track', event: 'Seen\u001b[2J\nTwice', userId: 'u1\n' } as SegmentEvent
  const lines = textOf(event, await deliver(event, kustomer)).split('\n')
  expect(lines).toHaveLength(3)
  expect(lines.join('')).not.toContain('\u001b')
})

it('tells what was left out of an event, in a line each', async () => {
  connectSandbox()
  const event = { type: 'identify', userId: 'u1', traits: { email: 'not-an-email', gender: 'other' } } as SegmentEvent
  const delivery = await deliver(event, kustomer)
  expect(delivery).toMatchObject({ outcome: 'created', customerId: expect.stringMatching(/^[0-9a-f]{24}$/) })
  expect(delivery.leftOut.map(({ field, value }) => [field, value])).toEqual([
    ['email', 'not-an-email'],
    ['gender', 'other']
  ])
  expect(textOf(event, delivery)).toMatch(
    / {5}Delivered: created\n {5}email "not-an-email": not a valid email address\n {5}gender "other": not m or f$/
  )
})

it('tells the value of what was left out, however deep it is, and of each event of a batch', async () => {
  connectSandbox()
  const mapping = { customAttributes: { '@path': '$.traits' } }
  const traits = { 'a.b': { план: 'perhaps' }, note: 'n'.repeat(2000) }
  const event = { type: 'identify', userId: 'u1', traits } as SegmentEvent
  const { leftOut } = await deliver(event, kustomer, { action: 'upsertCustomer', mapping })
  expect(leftOut).toEqual([
    { field: 'customAttributes.a.b.план', reason: 'its name has no Latin letters', value: 'perhaps' },
    { field: 'customAttributes.note', reason: 'cut to 1,024 characters', value: traits.note }
  ])
  const { results } = await deliverBatch([event, { ...event, traits: {} }], kustomer, { mapping })
  expect(results.map((result) => result.leftOut)).toEqual([leftOut, []])
})

it('tells what was left out of an event that failed, alone and in a batch', async () => {
  connectSandbox()
  const event = { type: 'identify', userId: 'u1', traits: { email: 'not-an-email' } } as SegmentEvent
  const leftOut = [{ field: 'email', reason: 'not a valid email address' }]
  jest.spyOn(upsertCustomer, 'perform').mockRejectedValue(Object.assign(new Error('It failed.'), { leftOut }))
  jest.spyOn(upsertCustomer, 'performBatch').mockImplementation(() => {
    const response = new MultiStatusResponse()
    response.pushErrorResponse({ status: 500, errormessage: 'It failed.', body: { leftOut } })
    return response
  })
  const told = { outcome: 'It failed.', leftOut: [{ ...leftOut[0], value: 'not-an-email' }] }
  const delivery = await deliver(event, kustomer)
  expect(delivery).toMatchObject({ ...told, verdict: 'retried' })
  expect(await deliverBatch([event], kustomer)).toMatchObject({ results: [told] })
  expect(textOf(event, delivery)).toMatch(/It failed\.\n {5}email "not-an-email": not a valid email address$/)
  jest.restoreAllMocks()
})

it('tells what became of each event of a batch', async () => {
  connectSandbox()
  const events = [{ type: 'identify', userId: 'u1' }, { type: 'identify' }] as SegmentEvent[]
  expect(await deliverBatch(events, kustomer)).toMatchObject({
    action: 'upsertCustomer',
    delivered: false,
    outcome: '1 of 2 delivered',
    results: [
      { status: 200, outcome: 'created', customerId: expect.any(String), leftOut: [] },
      { status: 400, outcome: expect.stringContaining('External ID') }
    ]
  })
})

it('shows of a batch what was sent for each event, and of a bulk job its own record', async () => {
  connectSandbox()
  const people = ['ann', 'bob', 'cid', 'dee', 'eve', 'fay']
  const events = people.map((userId) => ({ type: 'identify', userId, traits: { email: `${userId}@x.com` } }))
  const { results, exchanges } = await deliverBatch([...events, { type: 'identify' }] as SegmentEvent[], kustomer)
  expect(exchanges.map(({ path }) => path)).toContain('/v1/customers/bulk')
  expect(results[1]).toMatchObject({ number: 2, type: 'identify', userId: 'bob', verdict: 'delivered', status: 200 })
  expect(
    results[1]?.exchanges.map(({ method, path, sharedBy, request }) => [method, path, sharedBy, request.body])
  ).toEqual([
    ['GET', '/v1/customers/externalId=bob', 1, ''],
    ['POST', '/v1/customers/bulk', 6, '[{"externalId":"bob","emails":[{"email":"bob@x.com"}],"_clientRef":"1"}]'],
    ['GET', expect.stringMatching(/^\/v1\/bulk\/[^/]+$/), 6, ''],
    ['GET', expect.stringMatching(/^\/v1\/bulk\/[^/]+\/batches$/), 6, '']
  ])
  expect(results[6]).toMatchObject({
    number: 7,
    verdict: 'dropped',
    fields: { email: expect.any(String) },
    exchanges: []
  })
})

it('shows the failed write of a batch at its own event, though another holds what it says', async () => {
  connectSandbox()
  const events = ['ann', 'bob'].map((userId) => ({ type: 'identify', userId, traits: { email: `${userId}@x.com` } }))
  await deliverBatch(events as SegmentEvent[], kustomer)
  sandbox.setFaults({ responses: [{ status: 500, method: 'PATCH' }] })
  const changed = ['ann', 'bob'].map((userId) => ({ type: 'identify', userId, traits: { email: 'bob@x.com' } }))
  const { results, verdict } = await deliverBatch(changed as SegmentEvent[], kustomer)
  expect(verdict).toBe('mixed')
  expect(results[0]).toMatchObject({ verdict: 'retried', status: 500 })
  expect(results.map((result) => result.exchanges.filter(({ method }) => method === 'PATCH').length)).toEqual([1, 0])
})

it.each([
  [200, 'delivered', 200],
  [400, 'dropped', 400],
  [401, 'dropped', 401],
  [403, 'dropped', 403],
  [408, 'retried', 408],
  [409, 'retried', 423],
  [423, 'retried', 423],
  [429, 'retried', 429],
  [500, 'retried', 500],
  [503, 'retried', 503]
])('tells what Segment does with an event that Kustomer answers with %i', async (answered, verdict, status) => {
  connect(() => Promise.resolve(new Response(null, { status: answered })))
  const event = { type: 'track', event: 'Seen', userId: 'u1' } as SegmentEvent
  expect(await deliver(event, kustomer)).toMatchObject({ verdict, status })
})

it('ends with the signal, as when Segment has no more time for it', async () => {
  connect(() => new Promise(() => undefined))
  const end = new AbortController()
  const event = { type: 'identify', userId: 'u1' } as SegmentEvent
  const deliveries = [deliver(event, kustomer, {}, end.signal), deliverBatch([event], kustomer, {}, end.signal)]
  setImmediate(() => {
    end.abort()
  })
  for (const delivery of await Promise.all(deliveries)) {
    expect(delivery).toMatchObject({ verdict: 'retried', delivered: false })
  }
})

it('says that what got no answer is sent again, and that what nobody takes is ignored', async () => {
  connect(() => Promise.reject(new ConnectionDropped()))
  const event = { type: 'track', event: 'Seen', userId: 'u1' } as SegmentEvent
  expect(await deliver(event, kustomer)).toMatchObject({ verdict: 'retried' })
  expect(await deliver({ ...event, type: 'alias' }, kustomer)).toMatchObject({ verdict: 'ignored' })
})

it.each(['dance', '__proto__', 'constructor'])(
  'drops what is sent to the action %s, which there is not',
  async (action) => {
    connectSandbox()
    const event = { type: 'track', event: 'Seen', userId: 'u1' } as SegmentEvent
    const outcome = `There is no action ${action}. The actions are ${Object.keys(destination.actions).join(', ')}.`
    expect(await deliver(event, kustomer, { action })).toMatchObject({ verdict: 'dropped', status: 404, outcome })
    expect(await deliverBatch([event], kustomer, { action })).toMatchObject({ verdict: 'dropped', outcome })
  }
)

it.each([
  [{ '@nope': '$.x' }, 'eventName cannot be filled. The mapping has an invalid directive: @nope.'],
  [{ '@path': 5 }, 'eventName cannot be filled. @path should be a string or a mapping directive but it is a number.'],
  [{ '@liquid': '{{ a | ' }, 'eventName cannot be filled. output']
])('drops an event whose mapping is %j, and says why', async (eventName, words) => {
  connectSandbox()
  const event = { type: 'track', event: 'Seen', userId: 'u1' } as SegmentEvent
  const delivery = await deliver(event, kustomer, { mapping: { eventName } })
  expect(delivery).toMatchObject({ verdict: 'dropped', status: 400, exchanges: [] })
  expect(delivery.outcome).toContain(words)
})

it('says that an action takes no batches', async () => {
  connectSandbox()
  const events = [{ type: 'track', event: 'Seen', userId: 'u1' }] as SegmentEvent[]
  expect(await deliverBatch(events, kustomer)).toMatchObject({
    delivered: false,
    outcome: 'This action does not take batches: Segment sends it one event at a time.',
    error: { status: 501 }
  })
})

it('says that a batch is empty', async () => {
  connectSandbox()
  expect(await deliverBatch([], kustomer)).toMatchObject({ delivered: false, outcome: 'the batch is empty' })
})

it('tries the settings', async () => {
  connectSandbox()
  expect(await authenticate(kustomer)).toMatchObject({ delivered: true, exchanges: [{ status: 200 }] })
  const wrong = { ...kustomer, settings: { ...settings, orgPod: 'prod2' } }
  expect(await authenticate(wrong)).toMatchObject({
    delivered: false,
    outcome: expect.stringContaining('Auth token associated with pod prod1')
  })
})
