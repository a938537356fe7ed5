import type { JSONObject } from '@segment/actions-core'
import { connect } from './support'
import type { Connection, Event } from './support'
import { worldsFor } from './worlds'
import type { World } from './worlds'

const MAPPING: JSONObject = {
  klass: {
    '@if': { exists: { '@path': '$.properties.klass' }, then: { '@path': '$.properties.klass' }, else: 'order' }
  },
  customAttributes: {
    '@merge': {
      direction: 'right',
      objects: [{ '@path': '$.properties.more' }, { orderStatusStr: { '@path': '$.properties.status' } }]
    }
  },
  updatedAtAttribute: 'orderUpdatedAt',
  backfill: { '@path': '$.properties.old' }
}

// Data that is not shown cannot be merged, nor seen to be the same.
const EXCEPTED = ['objectDuplicatesTaken', 'objectsHideData'] as const

/** A hundred orders where it is about the numbers, and fewer in the worlds that only must not change them. */
const sizeIn = (world: World) => (Object.keys(world).length === 0 ? 100 : 12)

const order = (id: string, status: string, properties: object = {}, minute = '00'): Event => ({
  type: 'track',
  event: 'Order Updated',
  userId: 'u1',
  timestamp: `2026-03-02T10:${minute}:00.000Z`,
  properties: { order_id: id, status, ...properties }
})
const ordersOf = (count: number, status: string): Event[] =>
  Array.from({ length: count }, (_, index) => order(`o${index}`, status))

async function connectTo(world: World): Promise<Connection> {
  const kustomer = connect(world, { objectMapping: MAPPING })
  for (const klass of ['order', 'booking']) {
    kustomer.sandbox.defineAttributes(`kobject.${klass}`, { orderStatusStr: {}, orderUpdatedAt: {} })
  }
  await kustomer.create({ externalId: 'u1' })
  kustomer.requests()
  return kustomer
}

const statusesOf = (kustomer: Connection) =>
  Object.fromEntries(
    kustomer.sandbox
      .customObjects()
      .map(({ type, attributes: { externalId, custom } }) => [
        `${type} ${String(externalId)}`,
        (custom as Record<string, unknown>).orderStatusStr
      ])
  )

describe.each(worldsFor('objects', ...EXCEPTED, 'revRefused', 'jobsSlow'))(
  'the cost of a batch of orders, %s,',
  (_name, world) => {
    it('takes a read each, one of their customer, and three more if they are new, and three if they changed', async () => {
      const size = sizeIn(world)
      const kustomer = await connectTo(world)
      const counts: number[] = []
      for (const status of ['open', 'shipped', 'shipped']) {
        const outcomes = await kustomer.sendBatch(ordersOf(size, status))
        expect(outcomes.every((outcome) => outcome.status === 200)).toBe(true)
        counts.push(kustomer.requests().length)
      }
      expect(counts).toEqual([size + 4, size + 3, size])
      expect(Object.values(statusesOf(kustomer))).toEqual(Array(size).fill('shipped'))
    })
  }
)

describe.each(worldsFor('objects', ...EXCEPTED))('a batch of orders, %s,', (_name, world) => {
  it('applies several events of one order one after the other', async () => {
    const kustomer = await connectTo(world)
    await kustomer.send(order('o1', 'refunded', { total: 0 }, '20'))
    const outcomes = await kustomer.deliverBatch([
      order('o1', 'open', { total: 120, lines: [1] }, '10'),
      order('o2', 'open', { total: 50 }, '10'),
      order('o1', 'cancelled', {}, '30'),
      order('o2', 'shipped', {}, '05')
    ])
    expect(outcomes.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect(statusesOf(kustomer)).toEqual({ 'kobject.order o1': 'cancelled', 'kobject.order o2': 'open' })
    expect(kustomer.sandbox.customObjects()[0]?.attributes.data).toMatchObject({ total: 0, lines: [1] })
  })

  it('has objects of several Klasses, also of the same ID', async () => {
    const kustomer = await connectTo(world)
    const klasses = ['order', 'booking']
    const events = klasses.flatMap((klass) =>
      Array.from({ length: 5 }, (_, index) => order(`x${index}`, klass, { klass }))
    )
    kustomer.requests()
    const outcomes = await kustomer.deliverBatch([...events, order('x0', 'open', { klass: 'parcel' })])
    const jobs = kustomer.requests().filter((line) => /^POST .*\/bulk 201$/.test(line))
    expect(jobs).toEqual(['POST /v1/klasses/order/bulk 201', 'POST /v1/klasses/booking/bulk 201'])
    expect(outcomes.map(({ status }) => status)).toEqual([...events.map(() => 200), 400])
    expect(outcomes[10]?.errormessage).toContain('Klass parcel')
    expect(kustomer.sandbox.objects(kustomer.person(0).id)).toHaveLength(10)
    expect(statusesOf(kustomer)).toMatchObject({ 'kobject.order x4': 'order', 'kobject.booking x4': 'booking' })
  })

  it('applies events of one order one by one if their customers differ', async () => {
    const kustomer = await connectTo(world)
    const outcomes = await kustomer.deliverBatch([
      { ...order('o1', 'open'), userId: undefined, anonymousId: 'v' },
      order('o1', 'shipped', {}, '10')
    ])
    expect(outcomes.map(({ status }) => status)).toEqual([400, 200])
    expect(statusesOf(kustomer)).toEqual({ 'kobject.order o1': 'shipped' })
  })

  it('applies events of one order one by one if they have more than 100 custom attributes', async () => {
    // A write holds at most 100, so that not all could be repeated.
    const kustomer = await connectTo({ ...world, customReplaced: false, objectPutReplaces: false })
    const named = (letter: string) => Array.from({ length: 60 }, (_, index) => `${letter}${index}Num`)
    const names = [...named('a'), ...named('b'), 'orderStatusStr', 'orderUpdatedAt']
    kustomer.sandbox.defineAttributes('kobject.order', Object.fromEntries(names.map((name) => [name, {}])))
    const valuesOf = (letter: string) => Object.fromEntries(named(letter).map((name) => [name, 1]))
    await kustomer.deliverBatch(['a', 'b'].map((letter) => order('o1', letter, { more: valuesOf(letter) })))
    expect(kustomer.sandbox.customObjects()[0]?.attributes.custom).toMatchObject(valuesOf('a'))
  })
})

it('delivers orders in time under the limit of 120 a minute, and at once as a backfill', async () => {
  const kustomer = await connectTo({})
  await kustomer.sendBatch(ordersOf(100, 'open'))
  const more = Array.from({ length: 30 }, (_, index) => order(`p${index}`, 'open'))
  const outcomes = await kustomer.sendBatch(more)
  expect(outcomes.some(({ status }) => status === 429)).toBe(true)
  expect((await kustomer.deliverBatch(more)).every(({ status }) => status === 200)).toBe(true)
  await kustomer.sendBatch(
    ordersOf(100, 'open').map((event, index) => ({ ...event, properties: { order_id: `q${index}` } }))
  )
  const old = Array.from({ length: 30 }, (_, index) => order(`r${index}`, 'open', { old: true }))
  expect((await kustomer.sendBatch(old)).every(({ status }) => status === 200)).toBe(true)
})
