import { listOf, start } from './support'

const track = (call: ReturnType<typeof start>['call'], name: string, sessionId?: string, meta = {}) =>
  call('POST', '/v1/tracking/identityEvent', { identity: { externalId: 'u1' }, event: { name, sessionId, meta } })

it('lists the sessions of a customer', async () => {
  const { call, create, pass } = start()
  const id = await create({ externalId: 'u1' })
  await track(call, 'one', 's/1')
  pass(5)
  await track(call, 'two', 's/1')
  await track(call, 'three')
  const path = `/v1/customers/${id}/sessions`
  const { body, ...answer } = await call('GET', path)
  expect(answer.status).toBe(200)
  expect(body).toEqual({
    meta: {},
    data: [
      {
        type: 'customer_session',
        id: expect.any(String),
        attributes: {
          sessionId: 's/1',
          firstEventAt: '2024-01-01T00:00:00.000Z',
          lastEventAt: '2024-01-01T00:05:00.000Z',
          count: 2
        },
        relationships: {
          org: expect.any(Object),
          customer: { data: { type: 'customer', id }, links: expect.any(Object) }
        },
        links: { self: path }
      },
      expect.objectContaining({ attributes: expect.objectContaining({ count: 1, sessionId: expect.any(String) }) })
    ],
    links: { self: `${path}?page=1&pageSize=100`, first: `${path}?page=1&pageSize=100`, prev: null, next: null }
  })
})

it('lists the events of a session, the latest first, those grouped by time too', async () => {
  const { call, create, pass } = start()
  const id = await create({ externalId: 'u1' })
  await track(call, 'one', 's/1', { statusStr: 'Silver' })
  pass(5)
  await track(call, 'two', 's/1')
  await track(call, 'three')
  const [session, grouped] = listOf(await call('GET', `/v1/customers/${id}/sessions`))
  const eventsOf = async (sessionId: unknown) =>
    listOf(await call('GET', `/v1/customers/${id}/sessions/${encodeURIComponent(String(sessionId))}/events`))
  const events = await eventsOf(session?.attributes.sessionId)
  expect(events.map(({ attributes }) => attributes.trackingEvent)).toEqual(['tracking.two', 'tracking.one'])
  expect(events[1]).toEqual({
    type: 'customer_event',
    id: expect.stringMatching(/^[0-9a-f]{24}$/),
    attributes: {
      name: 'kustomer.tracking.identified.event',
      trackingEvent: 'tracking.one',
      app: null,
      publishedAt: '2024-01-01T00:00:00.000Z',
      createdAt: '2024-01-01T00:00:00.000Z',
      location: {},
      meta: { statusStr: 'Silver' },
      sessionId: 's/1',
      realIp: '127.0.0.1'
    },
    relationships: {
      org: expect.any(Object),
      createdBy: null,
      modifiedBy: null,
      customer: { data: { type: 'customer', id }, links: { self: `/v1/customers/${id}` } }
    },
    links: { self: `/v1/customers/${id}/events/${events[1]?.id ?? ''}` }
  })
  const path = `/v1/customers/${id}/events/${events[1]?.id ?? ''}`
  expect((await call('GET', path)).body).toEqual({ data: events[1] })
  expect(await eventsOf(grouped?.attributes.sessionId)).toMatchObject([
    { attributes: { trackingEvent: 'tracking.three', sessionId: grouped?.attributes.sessionId } }
  ])
  expect(await eventsOf('none')).toEqual([])
})

it('tells when an anonymous event arrived and when it came to the customer', async () => {
  const { call, create, pass } = start()
  const id = await create({ externalId: 'u1' })
  await call('POST', '/v1/tracking/event', { trackingId: 'visitor', sessionId: 's1', name: 'Seen' })
  pass(60)
  await call('POST', '/v1/tracking/identity', { trackingId: 'visitor', externalId: 'u1' })
  const [event] = listOf(await call('GET', `/v1/customers/${id}/sessions/s1/events`))
  expect(event?.attributes).toMatchObject({
    publishedAt: '2024-01-01T00:00:00.000Z',
    createdAt: '2024-01-01T01:00:00.000Z'
  })
})

it('answers a page at a time', async () => {
  const { call, create } = start()
  const id = await create({ externalId: 'u1' })
  for (const name of ['one', 'two', 'three']) {
    await track(call, name, 's1')
    await track(call, name, name)
  }
  const path = `/v1/customers/${id}/sessions/s1/events`
  const second = await call('GET', `${path}?page=2&pageSize=2`)
  expect(listOf(second).map(({ attributes }) => attributes.trackingEvent)).toEqual(['tracking.one'])
  expect(second.body?.links).toMatchObject({ prev: `${path}?page=1&pageSize=2`, next: null })
  const first = await call('GET', `/v1/customers/${id}/sessions?pageSize=3`)
  expect(listOf(first)).toHaveLength(3)
  expect(first.body?.links).toMatchObject({ next: `/v1/customers/${id}/sessions?page=2&pageSize=3` })
  expect(await call('GET', `${path}?page=0`)).toMatchObject({ status: 400 })
})

it.each([
  ['sessions', 404],
  ['sessions/s1/events', 404],
  ['events/5f0000000000000000000002', 404],
  ['events', 404]
])('knows no %s of an unknown customer', async (path, status) => {
  const { call } = start()
  expect(await call('GET', `/v1/customers/5f0000000000000000000001/${path}`)).toMatchObject({ status })
})

it('has no list of all events, which was withdrawn, and not every event', async () => {
  const { call, create } = start()
  const id = await create({ externalId: 'u1' })
  await track(call, 'one')
  expect(await call('GET', `/v1/customers/${id}/events`)).toMatchObject({ status: 404 })
  expect(await call('GET', `/v1/customers/${id}/events/none`)).toMatchObject({ status: 404 })
})
