import type { SegmentEvent } from '@segment/actions-core'
import { ConnectionDropped } from '../../src/sandbox'
import { deliver } from '../../src/tester/delivery'
import { describeDelivery } from '../../src/tester/report'
import { openTransport } from '../../src/tester/transport'
import type { Transport } from '../../src/tester/transport'

const settings = { apiKey: 'a-key-of-the-test', orgPod: 'prod1' }
let transport: Transport

function connect(answer: () => Promise<Response>): void {
  transport = openTransport(answer)
}

afterEach(() => {
  transport.close()
})

it.each([
  [{ type: 'track', event: 'Seen', userId: 'u1' }, 'trackEvent', 'tracked', ['POST /v1/tracking/identityEvent 201']],
  [{ type: 'page', anonymousId: 'visitor' }, 'trackEvent', 'tracked anonymously', ['POST /v1/tracking/event 201']],
  [
    { type: 'identify', userId: 'é' },
    'upsertCustomer',
    'created',
    ['GET /v1/customers/externalId=é 201', 'POST /v1/customers 201']
  ]
])('delivers %j by its preset', async (event, action, outcome, exchanges) => {
  connect(() => Promise.resolve(new Response(null, { status: 201 })))
  const delivery = await deliver(event as SegmentEvent, settings, transport)
  expect(delivery).toMatchObject({ action, outcome, delivered: true })
  expect(delivery.exchanges.map(({ method, path, status }) => `${method} ${path} ${status}`)).toEqual(exchanges)
})

it('does not deliver what no preset subscribes to', async () => {
  connect(() => Promise.reject(new Error('not to be called')))
  const delivery = await deliver({ type: 'group', userId: 'u1' }, settings, transport)
  expect(delivery).toEqual({ exchanges: [], outcome: 'no preset subscribes to group', delivered: false })
})

it('tells what failed', async () => {
  connect(() => Promise.reject(new ConnectionDropped()))
  const event = { type: 'track', event: 'Seen', userId: 'u1' } as SegmentEvent
  const delivery = await deliver(event, settings, transport)
  expect(delivery).toMatchObject({ delivered: false, exchanges: [{ status: 'connection dropped' }] })
  expect(describeDelivery(1, event, delivery)).toContain('Failed: Could not record the event: the connection to')
})
