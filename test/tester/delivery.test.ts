import type { SegmentEvent } from '@segment/actions-core'
import { ConnectionDropped, createSandbox, SANDBOX_API_KEY } from '../../src/sandbox'
import { authenticate, deliver, deliverBatch } from '../../src/tester/delivery'
import type { Kustomer } from '../../src/tester/kustomer'
import { describeDelivery } from '../../src/tester/report'
import { openTransport } from '../../src/tester/transport'

const settings = { apiKey: SANDBOX_API_KEY, orgPod: 'prod1' }
let kustomer: Kustomer

function connect(answer: (request: Request) => Promise<Response>): void {
  kustomer = { settings, transport: openTransport(answer) }
}

function connectSandbox(): void {
  const sandbox = createSandbox()
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
  [{ type: 'delete', userId: 'u1' }, 'onDelete', 'No customer to delete', ['GET /v1/customers/externalId=u1 201']]
])('delivers %j as its preset says', async (event, action, outcome, exchanges) => {
  connect(() => Promise.resolve(new Response(null, { status: 201 })))
  const delivery = await deliver(event as SegmentEvent, kustomer)
  expect(delivery).toMatchObject({ action, outcome, delivered: true })
  expect(delivery.exchanges.map(({ method, path, status }) => `${method} ${path} ${status}`)).toEqual(exchanges)
})

it('does not deliver what no preset subscribes to', async () => {
  connect(() => Promise.reject(new Error('not to be called')))
  expect(await deliver({ type: 'group', userId: 'u1' }, kustomer)).toMatchObject({
    exchanges: [],
    outcome: 'no preset subscribes to group',
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
  expect(describeDelivery(1, event, delivery)).toContain('Failed: Could not record the event: the connection to')
})

it('prints nothing that a terminal would obey', async () => {
  connectSandbox()
  const event = { type: 'track', event: 'Seen\u001b[2J\nTwice', userId: 'u1\n' } as SegmentEvent
  const lines = describeDelivery(1, event, await deliver(event, kustomer)).split('\n')
  expect(lines).toHaveLength(3)
  expect(lines.join('')).not.toContain('\u001b')
})

it('tells what was left out of an event, in a line each', async () => {
  connectSandbox()
  const event = { type: 'identify', userId: 'u1', traits: { email: 'not-an-email', gender: 'other' } } as SegmentEvent
  const delivery = await deliver(event, kustomer)
  expect(delivery).toMatchObject({ outcome: 'created', customerId: expect.stringMatching(/^[0-9a-f]{24}$/) })
  expect(delivery.leftOut.map(({ field }) => field)).toEqual(['email', 'gender'])
  expect(describeDelivery(1, event, delivery)).toMatch(
    / {5}Delivered: created\n {5}email +left out: not an email address\n {5}gender +left out: [^\n]+$/
  )
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
