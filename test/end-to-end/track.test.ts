import { connect, isRetryable } from './support'
import { worldsFor } from './worlds'

const order = { type: 'track' as const, event: 'Order Completed', timestamp: '2024-01-02T03:04:05.000Z' }
const IDENTITY_EVENT = 'POST /v1/tracking/identityEvent 201'

describe.each(worldsFor('tracking'))('track, page and screen, %s,', (_name, world) => {
  it('cost one request, and create the customer where there is none', async () => {
    const kustomer = connect(world)
    await kustomer.send({ ...order, userId: 'u1' })
    await kustomer.send({ ...order, type: 'page', name: 'Home', userId: 'u1', anonymousId: 'visitor' })
    await kustomer.send({ ...order, type: 'screen', name: 'Home', anonymousId: 'visitor' })
    expect(kustomer.requests()).toEqual([IDENTITY_EVENT, IDENTITY_EVENT, 'POST /v1/tracking/event 204'])
    const events = ['Order-Completed', 'Viewed-Home-Page', 'Viewed-Home-Screen']
    expect(kustomer.people()).toMatchObject([{ externalId: 'u1', events }])
  })

  it.each([
    ['page', 'Home', 'Viewed-Home-Page'],
    ['screen', 'Home', 'Viewed-Home-Screen'],
    ['page', '', 'Viewed-Page'],
    ['screen', ' ', 'Viewed-Screen'],
    ['page', 'Pricing ', 'Viewed-Pricing-Page'],
    ['page', undefined, 'Viewed-Page']
  ] as const)('name a %s called %j', async (type, name, shown) => {
    const kustomer = connect(world)
    await kustomer.send({ type, name, userId: 'u1' })
    expect(kustomer.people()).toMatchObject([{ events: [shown] }])
  })

  it.each(['Journeys Step Entered', 'Associated Entity Added', 'Associated Entity Removed'])(
    'show what Engage sends by its preset %s',
    async (event) => {
      const kustomer = connect(world)
      const outcome = await kustomer.sendBy(event, {
        ...order,
        event,
        userId: 'u1',
        properties: { journey: 'Welcome' }
      })
      expect(outcome).toMatchObject({ status: 200 })
      expect(kustomer.requests()).toEqual([IDENTITY_EVENT])
      expect(kustomer.people()).toMatchObject([{ externalId: 'u1', events: [event.replace(/ /g, '-')] }])
    }
  )

  it.each(['sign-up', 'order_completed', 'App.Opened'])('keep the legal name %s', async (event) => {
    const kustomer = connect(world)
    await kustomer.send({ ...order, event, userId: 'u1' })
    expect(kustomer.people()).toMatchObject([{ events: [event] }])
  })

  it('name the customer by the strongest identifier alone', async () => {
    const kustomer = connect(world)
    const traits = { email: 'ann@example.com', phone: '+1 555 010 7788' }
    await kustomer.send({ ...order, userId: 'u1', context: { traits } })
    await kustomer.send({ ...order, context: { traits } })
    await kustomer.send({ ...order, context: { traits: { phone: traits.phone } } })
    await kustomer.send({ ...order, properties: { email: 'invitee@example.com' }, anonymousId: 'visitor' })
    expect(kustomer.people()).toMatchObject([
      { externalId: 'u1', emails: [], phones: [] },
      { externalId: undefined, emails: ['ann@example.com'], phones: [] },
      { externalId: undefined, emails: [], phones: ['+15550107788'] }
    ])
  })

  it('say that nobody is named, without a request', async () => {
    const kustomer = connect(world)
    expect(await kustomer.send(order)).toMatchObject({ status: 400, errormessage: expect.any(String) })
    expect(kustomer.requests()).toEqual([])
  })

  it('take the anonymousId where the tracking id of the properties is blank', async () => {
    const kustomer = connect(world)
    await kustomer.send({ ...order, anonymousId: 'visitor', properties: { kustomer_tracking_id: ' ' } })
    await kustomer.send({ type: 'identify', userId: 'u1', anonymousId: 'visitor' })
    expect(kustomer.people()).toMatchObject([{ events: ['Order-Completed'] }])
  })

  it('show an event in the session that it names, and when it happened', async () => {
    const kustomer = connect(world)
    await kustomer.send({ ...order, userId: 'u1', properties: { kustomer_session_id: 's1', total: 3, when: 'noon' } })
    const { id } = kustomer.person(0)
    const [session] = kustomer.sandbox.timeline(id)
    expect(session).toMatchObject({
      id: 's1',
      events: [{ meta: { totalNum: 3, when: 'noon', occurredAt: '2024-01-02T03:04:05.000Z' } }]
    })
    expect(JSON.stringify(session?.events[0]?.meta)).not.toContain('s1')
  })

  it('lose nothing of an order of thirty products', async () => {
    const kustomer = connect(world)
    const products = Array.from({ length: 30 }, (_, index) => ({ sku: `sku-${index}`, name: 'n'.repeat(50) }))
    await kustomer.send({ ...order, userId: 'u1', properties: { products } })
    const { id } = kustomer.person(0)
    const { meta = {} } = kustomer.sandbox.timeline(id)[0]?.events[0] ?? {}
    const texts = Object.values(meta).join('')
    products.forEach(({ sku }) => {
      expect(texts).toContain(`"${sku}"`)
    })
    expect(Object.keys(meta)).toEqual(expect.arrayContaining(['products', 'products_2', 'products_3']))
  })

  it('leave two people who share a device apart', async () => {
    const kustomer = connect(world)
    await kustomer.send({ ...order, userId: 'ann', anonymousId: 'tablet' })
    const context = { traits: { email: 'ann@example.com' } }
    await kustomer.send({ ...order, userId: 'bob', anonymousId: 'tablet', context })
    expect(kustomer.people()).toMatchObject([
      { externalId: 'ann', events: ['Order-Completed'] },
      { externalId: 'bob', events: ['Order-Completed'] }
    ])
  })

  it('come again where another change was in the way', async () => {
    const kustomer = connect(world)
    kustomer.sandbox.setFaults({ responses: [{ status: 409, times: 1 }] })
    const outcome = await kustomer.send({ ...order, userId: 'u1' })
    expect(isRetryable(outcome)).toBe(true)
    await kustomer.deliver({ ...order, userId: 'u1' })
    expect(kustomer.people()).toMatchObject([{ events: ['Order-Completed'] }])
  })

  it('are delivered by a success whatever its body, since another would double the event', async () => {
    const kustomer = connect(world)
    const odd = { status: 201, body: '<html>', contentType: 'text/html' }
    kustomer.sandbox.setFaults({ responses: [odd] })
    expect(await kustomer.send({ ...order, userId: 'u1' })).toMatchObject({ status: 200, body: { outcome: 'tracked' } })
    expect(kustomer.requests()).toHaveLength(1)
  })
})
