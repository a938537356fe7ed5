import { PayloadValidationError } from '@segment/actions-core'
import type { SegmentEvent } from '@segment/actions-core'
import { body, kustomer, run } from '../support'

const timestamp = '2024-01-02T03:04:05.000Z'
const occurredAt = timestamp

function track(event: Partial<SegmentEvent>, mapping = {}): Promise<unknown> {
  return run('trackEvent', { type: 'track', event: 'Order Completed', timestamp, ...event }, mapping)
}

it.each([
  [
    'externalId',
    { userId: 'u1', context: { traits: { email: 'a@example.com', phone: '5550100' } } },
    { externalId: 'u1' }
  ],
  ['email', { context: { traits: { email: 'a@example.com', phone: '5550100' } } }, { email: 'a@example.com' }],
  ['phone', { context: { traits: { email: 'none', phone: '5550100' } } }, { phone: '5550100' }]
])('names the customer by the %s alone', async (_by, event, identity) => {
  kustomer()
    .post('/v1/tracking/identityEvent', body({ identity, event: { name: 'Order-Completed', meta: { occurredAt } } }))
    .reply(201, {})
  expect(await track({ ...event, anonymousId: 'visitor' })).toEqual({ outcome: 'tracked' })
})

it('holds the event of a visitor', async () => {
  kustomer()
    .post('/v1/tracking/event', body({ trackingId: 'visitor', name: 'Order-Completed', meta: { occurredAt } }))
    .reply(204)
  expect(await track({ anonymousId: 'visitor' })).toEqual({ outcome: 'tracked anonymously' })
})

it.each([
  [{ kustomer_session_id: 's1', kustomerSessionId: 's2', kustomer_tracking_id: 'v2', size: 'L' }, 's1', 'v2'],
  [{ kustomerSessionId: 's2', size: 'L' }, 's2', 'visitor'],
  [{ kustomer_session_id: 7, size: 'L' }, '7', 'visitor']
])('takes the session and the visitor from %j and does not repeat them', async (properties, sessionId, trackingId) => {
  const meta = { occurredAt, size: 'L' }
  kustomer()
    .post('/v1/tracking/event', body({ trackingId, sessionId, name: 'Order-Completed', meta }))
    .reply(204)
  await track({ anonymousId: 'visitor', properties })
})

it('sends no session where its id is a blank in a list', async () => {
  kustomer()
    .post('/v1/tracking/event', body({ trackingId: 'visitor', name: 'Order-Completed', meta: { occurredAt } }))
    .reply(204)
  await track({ anonymousId: 'visitor' }, { sessionId: [''] })
})

it('carries the original of a name that changed', async () => {
  const meta = { occurredAt, eventName: 'Café!' }
  kustomer()
    .post('/v1/tracking/event', (sent: { meta: unknown }) => {
      expect(sent.meta).toEqual(meta)
      return true
    })
    .reply(204)
  await track({ anonymousId: 'visitor', event: 'Café!' })
})

it.each([{}, { userId: ' ' }, { context: { traits: { email: 'none', phone: 'none' } } }])(
  'refuses %j, which names nobody, without a request',
  async (event) => {
    const error: unknown = await track(event).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(PayloadValidationError)
    expect(error).toMatchObject({
      status: 400,
      message:
        'Nobody to track: none of External ID, Email, Phone and Tracking ID has a usable value. Map at least one of them.'
    })
  }
)

it.each([
  [{ event: undefined }, "The root value is missing the required field 'eventName'."],
  [{ event: {} }, 'Event Name must be a string but it was an object.'],
  [{ properties: 'none' }, 'Properties must be an object but it was a string.'],
  [{ timestamp: 'someday' }, 'Timestamp must be a valid date-like string but it was not.']
])('names the field of %j', async (event, message) => {
  await expect(track({ userId: 'u1', ...event } as Partial<SegmentEvent>)).rejects.toThrow(message)
})
