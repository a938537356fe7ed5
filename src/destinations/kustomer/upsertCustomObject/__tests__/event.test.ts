import { PayloadValidationError } from '@segment/actions-core'
import { PAYLOADS } from '../../__tests__/__helpers__/payloads'
import { bytesOf } from '../../values/body-size'
import { objectEvent } from '../event'
import type { Payload } from '../generated-types'

jest.mock('../../api/clock', () => jest.requireActual<object>('../../__tests__/__helpers__/clock'))

const REQUIRED: Payload = { klass: 'order', objectId: 'o1', externalId: 'u1' }
const NOW = '2025-01-01T12:00:00.000Z'

it('says what an event says of its object', () => {
  expect(objectEvent({ ...(PAYLOADS.upsertCustomObject.all as unknown as Payload), backfill: true })).toEqual({
    kind: 'kobject.order',
    externalId: 'o-1059',
    wanted: expect.anything(),
    events: [
      {
        title: 'Order 1059',
        description: 'Two items',
        icon: 'truck-delivery',
        images: ['https://cdn.example.com/hoodie.jpg'],
        custom: { orderUpdatedAt: NOW, orderStatusStr: 'fulfilled', totalPriceNum: 64.67, oldStr: null },
        data: { products: [{ sku: 'hoodie', quantity: 2 }], shipping: { city: 'Graz' } }
      }
    ],
    updatedAtAttribute: 'orderUpdatedAt',
    owner: {
      companyId: undefined,
      mayCreate: true,
      customer: {
        identifiers: [
          { name: 'externalId', value: 'u-4711' },
          { name: 'email', value: 'Ann.Lee@Example.com' },
          { name: 'phone', value: '+433168720' }
        ],
        email: 'Ann.Lee@Example.com',
        phone: '+433168720',
        leftOut: []
      }
    },
    ifNew: { title: 'o-1059', tags: ['vip'], createdAt: NOW, importedAt: '1970-01-01T00:00:00.000Z' },
    leftOut: []
  })
})

it('says nothing of what is not given', () => {
  const blank = { title: ' ', description: '', icon: '', images: [''], tags: [' '], companyId: '', data: {} }
  for (const payload of [REQUIRED, { ...REQUIRED, ...blank, updatedAtAttribute: '', createdAt: '' }]) {
    expect(objectEvent(payload)).toMatchObject({ events: [{}], ifNew: { title: 'o1' }, leftOut: [] })
    expect([objectEvent(payload).wanted, objectEvent(payload).ifNew]).toStrictEqual([
      { externalId: 'o1' },
      { title: 'o1' }
    ])
  }
})

it('tells what was changed or ignored', () => {
  const longImage = `https://a.example/${'x'.repeat(1024 - 18)}`
  const event = objectEvent({
    ...REQUIRED,
    email: 'none',
    companyId: 'x'.repeat(256),
    createdAt: 'yesterday',
    tags: ['ok', 'a,b', 'ok', ...Array.from({ length: 20 }, (_, index) => `t${index}`)],
    title: 'x'.repeat(257),
    description: 'x'.repeat(10_241),
    icon: 'x'.repeat(65),
    timestamp: 'soon',
    images: [longImage, `${longImage}x`, 'none'],
    customAttributes: { scoreNum: NaN },
    updatedAtAttribute: 'orderUpdatedAt'
  })
  expect(event.leftOut.map(({ field }) => field)).toEqual([
    ...['email', 'companyId', 'createdAt', 'tags', 'tags', 'title', 'description', 'icon', 'timestamp', 'images'],
    ...['images', 'customAttributes.scoreNum']
  ])
  expect(event.leftOut.slice(3, 5).map(({ reason }) => reason)).toEqual([
    'not a valid tag',
    'ignored: Kustomer accepts 20 tags'
  ])
  expect(event.wanted).toEqual({
    externalId: 'o1',
    title: 'x'.repeat(256),
    description: 'x'.repeat(10_240),
    images: [longImage]
  })
  expect(event.ifNew.tags).toHaveLength(20)
})

it('trims texts, and creates no customer if that is off', () => {
  expect(
    objectEvent({
      ...REQUIRED,
      klass: ' order ',
      description: ' Two items ',
      updatedAtAttribute: ' seenAt ',
      createCustomer: false
    })
  ).toMatchObject({
    kind: 'kobject.order',
    events: [{ description: 'Two items' }],
    updatedAtAttribute: 'seenAt',
    owner: { mayCreate: false }
  })
})

it('keeps the time of the event among the custom attributes, whatever else they are', () => {
  const customAttributes = Object.fromEntries(
    Array.from({ length: 120 }, (_, index) => [`k${index}`, '購'.repeat(900)])
  )
  const { wanted } = objectEvent({
    ...REQUIRED,
    customAttributes: { ...customAttributes, seenAt: 'never' },
    timestamp: NOW,
    updatedAtAttribute: 'seenAt'
  })
  expect(wanted.custom).toMatchObject({ seenAt: NOW })
  expect(bytesOf(wanted)).toBeLessThanOrEqual(80_000)
})

it.each<[string, Partial<Payload>, string]>([
  ['a blank Klass', { klass: ' ' }, 'Klass must be'],
  ['a Klass that leads elsewhere', { klass: '../customers' }, 'Klass must be'],
  ['a blank Object ID', { objectId: ' ' }, 'Object ID must have'],
  ['a long Object ID', { objectId: 'x'.repeat(256) }, 'Object ID must have'],
  ['a long External ID', { externalId: 'x'.repeat(256) }, 'External ID'],
  ['an attribute that is no date', { updatedAtAttribute: 'orderStatusStr' }, 'Updated At Attribute']
])('refuses %s', (_what, payload, message) => {
  const read = () => objectEvent({ ...REQUIRED, ...payload })
  expect(read).toThrow(PayloadValidationError)
  expect(read).toThrow(message)
})
