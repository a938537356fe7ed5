import { createTestEvent, createTestIntegration } from '@segment/actions-core'
import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import nock from 'nock'
import destination from '../..'

const settings = { apiKey: 'eyJhbGciOi.secret', orgPod: 'prod1' }
const timestamp = '2024-01-02T03:04:05.000Z'
const meta = { occurredAt: timestamp }

let sent: Array<[path: string, body: unknown]> = []

/** Runs the action on a track call, with its default mappings and then `mapping`, and answers with a status. */
async function track(event: Partial<SegmentEvent>, mapping: JSONObject = {}, status = 204): Promise<unknown> {
  nock('https://api.kustomerapp.com')
    .post(/.*/)
    .optionally()
    .reply(function (_uri, body) {
      sent.push([this.req.path, body])
      return [status, '']
    })
  const integration = createTestIntegration(destination)
  await integration.testAction('trackEvent', {
    event: createTestEvent({
      type: 'track',
      event: 'Order Completed',
      userId: undefined,
      anonymousId: undefined,
      context: {},
      timestamp,
      ...event
    }),
    settings,
    mapping,
    useDefaultMappings: true
  })
  return integration.results.find(({ data }) => data)?.data
}

// Importing nock puts it into Node's http module, which outlives a test file: it belongs there only while tests run.
nock.restore()

beforeAll(() => {
  nock.activate()
})

beforeEach(() => {
  sent = []
  nock.disableNetConnect()
})

afterEach(() => {
  nock.cleanAll()
})

afterAll(() => {
  nock.restore()
})

it('records the event of somebody', async () => {
  const traits = { email: 'ann@example.com', phone: '+15550100200' }
  const properties = { email: 'bob@example.com', total: 5 }
  expect(await track({ anonymousId: 'v1', context: { traits }, properties })).toEqual({
    outcome: 'tracked',
    leftOut: []
  })
  expect(await track({ userId: 'u1', context: { traits } })).toEqual({ outcome: 'tracked', leftOut: [] })
  expect(await track({ context: { traits: { phone: traits.phone } } })).toEqual({ outcome: 'tracked', leftOut: [] })
  expect(sent).toEqual([
    [
      '/v1/tracking/identityEvent',
      {
        identity: { email: 'ann@example.com', trackingId: 'v1' },
        event: { name: 'Order-Completed', meta: { ...meta, email: 'bob@example.com', totalNum: 5 } }
      }
    ],
    ['/v1/tracking/identityEvent', { identity: { externalId: 'u1' }, event: { name: 'Order-Completed', meta } }],
    ['/v1/tracking/identityEvent', { identity: { phone: '+15550100200' }, event: { name: 'Order-Completed', meta } }]
  ])
})

it('holds the event of a visitor, and tells what was left out', async () => {
  expect(await track({ anonymousId: 'v1', context: { traits: { email: 'ann' } } })).toEqual({
    outcome: 'tracked anonymously',
    leftOut: [{ field: 'email', reason: 'not a valid email address' }]
  })
  expect(sent).toEqual([['/v1/tracking/event', { trackingId: 'v1', name: 'Order-Completed', meta }]])
})

it.each([
  [{ kustomer_session_id: 's1', kustomerSessionId: 's2', kustomer_tracking_id: 'v2' }, 's1', 'v2'],
  [{ kustomer_session_id: '', kustomerSessionId: 's2', kustomer_tracking_id: '' }, 's2', 'v1'],
  [{ kustomer_session_id: ' ', kustomerSessionId: 's2', kustomer_tracking_id: ' ' }, 's2', 'v1'],
  [{ kustomer_session_id: 7, kustomer_tracking_id: 0 }, '7', '0'],
  [{ kustomerSessionId: '' }, undefined, 'v1'],
  [{ kustomerTrackingId: 'v3' }, undefined, 'v3']
])('takes session and visitor from %j, a blank counting as none', async (properties, sessionId, trackingId) => {
  await track({ anonymousId: 'v1', properties })
  const [[, body] = []] = sent
  expect(body).toEqual({ name: 'Order-Completed', trackingId, meta, ...(sessionId && { sessionId }) })
})

it('shows the category of a page call', async () => {
  await track({ anonymousId: 'v1', category: 'Docs' })
  expect(sent).toMatchObject([['/v1/tracking/event', { meta: { category: 'Docs' } }]])
})

it('takes a blank mapped by hand for none, in a list too', async () => {
  await track({ anonymousId: 'v1' }, { sessionId: [''], externalId: [''], email: [' '] })
  expect(sent).toEqual([['/v1/tracking/event', { trackingId: 'v1', name: 'Order-Completed', meta }]])
})

it.each<[string | number]>([
  ['Tue, 02 Jan 2024 03:04:05 GMT'],
  ['Tue, 02 Jan 2024 04:04:05 +0100'],
  ['2024-01-02T03:04:05Z'],
  ['1704164645'],
  ['1704164645000'],
  [20240102030405]
])('tells when it happened where the framework took %j', async (given) => {
  await track({ userId: 'u1', timestamp: given as string })
  expect(sent).toMatchObject([['/v1/tracking/identityEvent', { event: { meta } }]])
})

it.each([
  [{}, /^Can't tell whose event this is/],
  [{ userId: ' ' }, /^Can't tell whose event this is/],
  [{ userId: 'u1', event: undefined }, "The root value is missing the required field 'eventName'."],
  [{ userId: 'u1', event: '' }, "The root value is missing the required field 'eventName'."],
  [{ userId: 'u1', event: ' ' }, 'Event Name is blank.'],
  [{ userId: 'u1', timestamp: 'someday' }, 'Timestamp must be a valid date-like string but it was not.']
])('refuses %j without a request', async (event, message) => {
  await expect(track(event as Partial<SegmentEvent>)).rejects.toThrow(message)
  expect(sent).toEqual([])
})

it('tells in a failure what was left out besides', async () => {
  const failure = track({ userId: 'u1', context: { traits: { email: 'ann' } } }, {}, 409)
  await expect(failure).rejects.toThrow(/409.* Not sent as given: email \(not a valid email address\)\.$/)
})
