import type { CustomObjectRecord } from '../../src/sandbox'
import { connect } from './support'
import type { Connection, Event } from './support'
import { worldsFor } from './worlds'
import type { World } from './worlds'

const MAPPING = {
  klass: 'order',
  customAttributes: { orderStatusStr: { '@path': '$.properties.status' } },
  updatedAtAttribute: 'orderUpdatedAt',
  createCustomer: { '@path': '$.properties.creates' },
  companyId: { '@path': '$.properties.company' }
}
const LINES = [{ sku: 'hoodie', quantity: 2 }]

/** What happens to an order, in the order in which it does. */
const LIFE: Array<[name: string, properties: object]> = [
  ['Order Completed', { status: 'open', total: 120, products: LINES }],
  ['Order Updated', { status: 'shipped', carrier: 'UPS' }],
  ['Order Refunded', { status: 'refunded', total: 0 }],
  ['Order Cancelled', { status: 'cancelled' }]
]

const order = (step: number, properties: object = {}, more: Event = {}): Event => ({
  type: 'track',
  event: LIFE[step]?.[0],
  userId: 'u1',
  timestamp: `2026-03-02T10:0${step}:00.000Z`,
  properties: { order_id: 'o1', ...LIFE[step]?.[1], ...properties },
  ...more
})

function connectTo(world: World, options: Parameters<typeof connect>[1] = {}): Connection {
  const kustomer = connect(world, { objectMapping: MAPPING, ...options })
  for (const klass of ['order', 'booking']) {
    kustomer.sandbox.defineAttributes(`kobject.${klass}`, { orderStatusStr: {}, orderUpdatedAt: {}, noteStr: {} })
  }
  return kustomer
}

/** The cards of a customer as an agent would describe them. */
const cardsOf = (kustomer: Connection, index = 0) => kustomer.sandbox.objects(kustomer.person(index).id).map(described)

function described({ attributes: { title, custom, data } }: CustomObjectRecord) {
  const { order_id, ...rest } = data as Record<string, unknown>
  return { title, ...(custom as object), order: order_id, ...rest }
}

const LAST = {
  title: 'Order o1',
  order: 'o1',
  orderStatusStr: 'cancelled',
  orderUpdatedAt: '2026-03-02T10:03:00.000Z',
  status: 'cancelled',
  // Not of the newest event: an older one only fills it while it is blank.
  total: expect.any(Number),
  carrier: 'UPS',
  products: LINES
}

const ORDERS_OF_ARRIVAL = [
  [0, 1, 2, 3],
  [3, 2, 1, 0],
  [1, 3, 0, 2],
  [2, 0, 3, 1]
]

// Data that is not shown cannot be merged, nor seen to be the same.
const EXCEPTED = ['objectDuplicatesTaken', 'objectsHideData'] as const

describe.each(worldsFor('objects', ...EXCEPTED, 'companyListsLag', 'mergeUnfinished'))(
  'an order, %s,',
  (_name, world) => {
    it.each(ORDERS_OF_ARRIVAL.map((order) => [order]))('is one card whose events arrive as %j', async (arrival) => {
      const kustomer = connectTo(world)
      for (const step of arrival) {
        expect(await kustomer.deliver(order(step))).toMatchObject({ status: 200 })
      }
      expect(cardsOf(kustomer)).toEqual([LAST])
      expect(await kustomer.deliver(order(3))).toMatchObject({
        status: 200,
        body: { outcome: 'unchanged', leftOut: [] }
      })
    })

    it('and its customer, both new, are one each however many events make them', async () => {
      const kustomer = connectTo(world)
      const outcomes = await Promise.all([order(0), order(0)].map((event) => kustomer.deliver(event)))
      expect(outcomes.map(({ status }) => status)).toEqual([200, 200])
      expect(kustomer.people()).toMatchObject([{ externalId: 'u1' }])
      expect(cardsOf(kustomer)).toMatchObject([{ orderStatusStr: 'open', products: LINES }])
    })

    it('keeps what an agent has written', async () => {
      const kustomer = connectTo(world)
      const { body } = await kustomer.deliver(order(0))
      const id = body?.customObjectId ?? ''
      const custom = { orderStatusStr: 'open', orderUpdatedAt: '2026-03-02T10:00:00.000Z', noteStr: 'fragile' }
      const shown = await kustomer.call('GET', `/v1/klasses/order/${id}`)
      await kustomer.call('PUT', `/v1/klasses/order/${id}`, {
        externalId: 'o1',
        title: 'Order o1',
        description: 'Call first',
        data: shown.attributes.data,
        custom
      })
      await kustomer.deliver(order(1))
      expect(cardsOf(kustomer)).toMatchObject([{ orderStatusStr: 'shipped', noteStr: 'fragile', products: LINES }])
      expect(kustomer.sandbox.customObjects()[0]?.attributes.description).toBe('Call first')
    })

    it('belongs to the customer by the strongest identifier, and to the company if there is one', async () => {
      const kustomer = connectTo(world)
      await kustomer.create({ emails: [{ email: 'ann@example.com' }] })
      kustomer.sandbox.addCompany({ name: 'Acme', externalId: 'a1' })
      const byEmail = {
        userId: undefined,
        anonymousId: 'v',
        context: { traits: { email: 'Ann@example.com' } }
      } as Event
      await kustomer.deliver(order(0, {}, byEmail))
      expect(await kustomer.deliver(order(1, { order_id: 'o2', company: 'a1' }))).toMatchObject({ status: 200 })
      expect(kustomer.people()).toHaveLength(1)
      expect(cardsOf(kustomer)).toMatchObject([{ order: 'o1' }])
      expect(kustomer.sandbox.customObjects()[1]?.relationships).toMatchObject({ company: { data: expect.anything() } })
      for (const outcome of ['updated', 'unchanged']) {
        const again = await kustomer.deliver(order(3, { order_id: 'o2', company: 'a1' }))
        expect(again).toMatchObject({ body: { outcome, leftOut: [] } })
      }
    })

    it('of a customer who is merged while it is made is made for the one who remains', async () => {
      const kustomer = connectTo(world)
      const target = await kustomer.create({ name: 'Ann' })
      kustomer.before(/^POST \/v1\/klasses\/order$/, async () => {
        const source = kustomer.people().find(({ externalId }) => externalId === 'u1')?.id
        await kustomer.call('PATCH', `/v1/customers/${source ?? ''}`, { externalId: null })
        await kustomer.call('PATCH', `/v1/customers/${target}`, { externalId: 'u1' })
        await kustomer.call('POST', '/v1/customers/merges', { source, target })
      })
      expect(await kustomer.deliver(order(0))).toMatchObject({ status: 200 })
      expect(cardsOf(kustomer)).toMatchObject([{ order: 'o1' }])
    })

    it('that is made for another customer meanwhile stays with them, and that is told', async () => {
      const kustomer = connectTo({ ...world, objectsHideCustomer: false })
      const customer = await kustomer.create({ externalId: 'u2' })
      kustomer.before(/^POST \/v1\/klasses\/order$/, () =>
        kustomer.call('POST', '/v1/klasses/order', { title: 'Theirs', externalId: 'o1', customer })
      )
      const { status, body } = await kustomer.deliver(order(0))
      expect([status, body?.leftOut]).toMatchObject([200, [{ field: 'externalId' }]])
      expect(cardsOf(kustomer)).toMatchObject([{ title: 'Order o1', order: 'o1' }])
    })
  }
)

describe.each(worldsFor('objects', ...EXCEPTED, 'revRefused'))('the cost of an order, %s,', (_name, world) => {
  it('is 4 requests with a new customer, 3 if new, 2 if changed, and 1 if unchanged', async () => {
    const kustomer = connectTo(world)
    const counts: number[] = []
    for (const event of [order(0), order(0, { order_id: 'o2' }), order(1), order(1)]) {
      kustomer.requests()
      expect(await kustomer.send(event)).toMatchObject({ status: 200 })
      counts.push(kustomer.requests().length)
    }
    expect(counts).toEqual([4, 3, 2, 1])
  })
})

describe('an order that cannot be written', () => {
  it.each<[string, Event, Parameters<typeof connect>[1], string]>([
    ['of an undefined Klass', order(0), { objectMapping: { ...MAPPING, klass: 'parcel' } }, 'Klass parcel'],
    ['of an unknown customer', order(0, { creates: false }), {}, 'Turn on Create Customer'],
    ['of an unknown company', order(0, { company: 'a1' }), {}, 'Company ID'],
    ['of nobody', order(0, {}, { userId: undefined, anonymousId: 'v' }), {}, "Can't tell whose object"],
    ['without the role to read', order(0), { without: ['org.permission.kobject.read'] }, 'org.permission.kobject.read'],
    ['without the role to create', order(0), { without: ['org.permission.kobject.create'] }, '.kobject.create']
  ])('%s fails with the reason, and is not tried again', async (_what, event, options, reason) => {
    const kustomer = connectTo({}, options)
    const outcome = await kustomer.send(event)
    expect(outcome.errormessage).toContain(reason)
    expect([400, 403]).toContain(outcome.status)
    expect(kustomer.sandbox.customObjects()).toEqual([])
  })

  it('names the role to update', async () => {
    const kustomer = connectTo({}, { without: ['org.permission.kobject.update'] })
    await kustomer.send(order(0))
    expect((await kustomer.send(order(1))).errormessage).toContain('org.permission.kobject.update')
  })

  it('is written without an attribute that the Klass lacks, which is told', async () => {
    const kustomer = connectTo({}, { objectMapping: { ...MAPPING, customAttributes: { colorStr: 'red' } } })
    expect(await kustomer.send(order(0))).toMatchObject({
      status: 200,
      body: { leftOut: [{ field: 'customAttributes.colorStr', reason: expect.stringContaining('Klass order') }] }
    })
  })
})
