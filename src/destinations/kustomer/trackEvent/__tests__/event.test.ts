import { PayloadValidationError } from '@segment/actions-core'
import { bytesOf } from '../../values/body-size'
import { timelineEvent } from '../event'
import type { Payload } from '../generated-types'

const named = (payload: Partial<Payload>): Payload => ({ eventName: 'Order Completed', externalId: 'u1', ...payload })

it.each<[string, Partial<Payload>, object]>([
  ['externalId', { externalId: 'u1', email: 'ann@example.com', phone: '+15550100200' }, { externalId: 'u1' }],
  ['email', { email: ' ann@example.com ', phone: '+15550100200' }, { email: 'ann@example.com' }],
  ['phone', { phone: '+1 555 010 0200' }, { phone: '+15550100200' }]
])('identifies the customer by %s alone, and the visitor', (_name, payload, identity) => {
  expect(timelineEvent({ eventName: 'Order Completed', trackingId: 'v1', ...payload })).toEqual({
    identity: { ...identity, trackingId: 'v1' },
    event: { name: 'Order-Completed', meta: {} },
    leftOut: []
  })
})

it('is of its visitor where it names nobody', () => {
  expect(timelineEvent({ eventName: 'order_completed', trackingId: ' v1 ', sessionId: ' s1 ' })).toEqual({
    event: { trackingId: 'v1', sessionId: 's1', name: 'order_completed', meta: {} },
    leftOut: []
  })
})

it('is of its visitor where its phone names nobody, and tells so', () => {
  expect(timelineEvent({ eventName: 'e1', trackingId: 'v1', phone: '030 901820', email: 'ann' })).toEqual({
    event: { trackingId: 'v1', name: 'e1', meta: {} },
    leftOut: [
      { field: 'email', reason: 'not a valid email address' },
      { field: 'phone', reason: "can't identify a customer without its country code" }
    ]
  })
})

describe('refuses', () => {
  const NO_IDENTIFIER =
    "Can't tell whose event this is. Map at least one of External ID, Email, Phone, or Tracking ID to a valid value."

  it.each<[Partial<Payload>, string]>([
    [{}, NO_IDENTIFIER],
    [{ externalId: ' ', email: '', phone: '', trackingId: ' ' }, NO_IDENTIFIER],
    [{ email: 'ann' }, `${NO_IDENTIFIER} Not sent as given: email (not a valid email address).`],
    [
      { trackingId: 'x'.repeat(1025) },
      `${NO_IDENTIFIER} Not sent as given: trackingId (longer than 1,024 characters).`
    ],
    [{ trackingId: 'v1', eventName: ' ' }, 'Event Name is blank. Map it to a value that is not blank.'],
    [
      { externalId: 'u1', email: 'ann', eventName: '' },
      'Event Name is blank. Map it to a value that is not blank. Not sent as given: email (not a valid email address).'
    ],
    [{ externalId: 'x'.repeat(256) }, 'External ID is invalid: must be 1 to 255 characters of valid Unicode.']
  ])('case %#', (payload, message) => {
    const read = () => timelineEvent({ eventName: 'Order Completed', ...payload })
    expect(read).toThrow(PayloadValidationError)
    expect(read).toThrow(new Error(message))
  })
})

it('sends no session for a blank one, or one that is too long', () => {
  expect(timelineEvent(named({ sessionId: ' ' })).event).toEqual({ name: 'Order-Completed', meta: {} })
  expect(timelineEvent(named({ sessionId: 'x'.repeat(1025) }))).toMatchObject({
    event: { name: 'Order-Completed', meta: {} },
    leftOut: [{ field: 'sessionId', reason: 'longer than 1,024 characters' }]
  })
  expect(timelineEvent(named({ sessionId: 'x'.repeat(1024) })).event.sessionId).toHaveLength(1024)
})

it('tells when it happened, and what it was called, before all else', () => {
  const { event } = timelineEvent(named({ eventName: 'Café', timestamp: 1700000000, properties: { size: 'L' } }))
  expect(Object.entries(event.meta ?? {})).toEqual([
    ['occurredAt', '2023-11-14T22:13:20.000Z'],
    ['eventName', 'Café'],
    ['size', 'L']
  ])
})

it('does not tell the name where spaces alone changed', () => {
  expect(timelineEvent(named({ eventName: 'Order Completed' })).event.meta).toEqual({})
})

it('tells the start of a long name', () => {
  const { event, leftOut } = timelineEvent(named({ eventName: 'é'.repeat(1025) }))
  expect(event.meta).toEqual({ eventName: 'é'.repeat(1024) })
  expect(leftOut).toEqual([{ field: 'eventName', reason: 'cut to 1,024 characters' }])
})

it('leaves out a timestamp that is none', () => {
  expect(timelineEvent(named({ timestamp: 1e300 }))).toMatchObject({
    event: { meta: {} },
    leftOut: [{ field: 'timestamp', reason: 'not a valid date' }]
  })
})

it('does not repeat the ids of session and visitor among its properties', () => {
  const properties = {
    kustomer_session_id: 's1',
    kustomerSessionId: 's2',
    kustomer_tracking_id: 'v1',
    kustomerTrackingId: 'v2',
    size: 'L',
    nested: { kustomer_session_id: 's3' }
  }
  expect(timelineEvent(named({ properties })).event.meta).toEqual({ size: 'L', nested_kustomer_session_id: 's3' })
})

it('keeps the order of what it tells', () => {
  const payload = { email: 'ann', timestamp: 1e300, eventName: 'é'.repeat(1025), properties: { note: 'x'.repeat(1e6) } }
  expect(timelineEvent(named(payload)).leftOut.map(({ field }) => field)).toEqual([
    'email',
    'timestamp',
    'eventName',
    'properties.note'
  ])
})

it.each<[string, Partial<Payload>]>([
  ['of somebody', { externalId: '購'.repeat(255) }],
  ['of a visitor', { externalId: undefined, trackingId: 'v'.repeat(1024) }]
])('fills a body %s with whole parts of texts', (_whose, payload) => {
  const properties = { note: 'x'.repeat(200_000), sizes: '価'.repeat(30_000) }
  const { identity, event } = timelineEvent(named({ sessionId: '購'.repeat(1024), properties, ...payload }))
  const size = bytesOf(identity ? { identity, event } : event)
  expect(size).toBeLessThanOrEqual(100_000)
  expect(size).toBeGreaterThan(98_900)
})

it('takes keys that every object has for keys', () => {
  const properties = JSON.parse('{"__proto__":{"admin":true},"constructor":"c"}') as Record<string, unknown>
  expect(timelineEvent(named({ properties })).event.meta).toEqual({ proto___admin: 'true', constructor: 'c' })
})
