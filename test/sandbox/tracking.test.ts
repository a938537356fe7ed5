import { start } from './support'

const TOO_LONG = 'x'.repeat(34)

describe('the body of an event', () => {
  it.each<[string, unknown, unknown]>([
    ['name', 'Order-Completed', 'Order Completed'],
    ['name', 'x'.repeat(255), 'x'.repeat(256)],
    ['name', 'ab', 'a'],
    ['name', 'a.b_c-1', '1a'],
    ['trackingId', 'visitor', 1],
    ['sessionId', 's1', ''],
    ['properties', undefined, {}],
    ['meta', {}, []],
    ['meta', { size: 'L' }, { size: true }],
    ['meta', { size: 'L' }, { size: { eu: 'L' } }],
    ['meta', { size: 'x'.repeat(1024) }, { size: 'x'.repeat(1025) }],
    ['meta', { revenueNum: 1.5 }, { revenue: 1.5 }],
    ['meta', { sizeNum: 1 }, { sizeNum: '1' }],
    ['meta', { dueAt: '2024-01-02T00:00:00Z' }, { dueAt: '2024-01-02' }],
    ['meta', { abc: 'x' }, { ab: 'x' }],
    ['meta', { abcNum: 1 }, { abNum: 1 }],
    ['meta', { [TOO_LONG.slice(1)]: 'x' }, { [TOO_LONG]: 'x' }],
    ['meta', { [`${TOO_LONG.slice(1)}Num`]: 1 }, { [`${TOO_LONG}Num`]: 1 }],
    ['meta', { lookedat: 'x' }, { lookedAtIt: 'x' }],
    ['meta', { number: 'x' }, { aNumber: 'x' }],
    ['meta', { 'a-b_c': 'x' }, { 'a.b c': 'x' }],
    [
      'meta',
      Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`key${index}`, 'x'])),
      Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`key${index}`, 'x']))
    ]
  ])('takes one %s and refuses another', async (name, accepted, refused) => {
    const { call } = start()
    expect(await call('POST', '/v1/tracking/event', { name: 'Seen', [name]: accepted })).toMatchObject({ status: 204 })
    expect(await call('POST', '/v1/tracking/event', { name: 'Seen', [name]: refused })).toMatchObject({ status: 400 })
  })
})

it.each([
  [{ externalId: 'u1', name: 'Ann', gender: 'f' }, 201],
  [{ externalId: 'x'.repeat(257) }, 400],
  [{ gender: 'female' }, 400],
  [{ emails: [] }, 400],
  [{ location: { cityName: 'Austin' }, tags: ['a'] }, 201],
  [{ location: { city: 'Austin' } }, 400]
])('answers the identity %j with %d', async (identity, status) => {
  const { call } = start()
  expect(await call('POST', '/v1/tracking/identity', identity)).toMatchObject({ status })
  expect(await call('POST', '/v1/tracking/identityEvent', { identity, event: { name: 'Seen' } })).toMatchObject({
    status
  })
})

describe('identity', () => {
  it.each([{ externalId: 'u1' }, { email: 'ann@example.com' }, { phone: '5550100' }])(
    'finds or creates the customer by %j',
    async (identity) => {
      const { call, sandbox } = start()
      const created = await call('POST', '/v1/tracking/identity', identity)
      const found = await call('POST', '/v1/tracking/identity', identity)
      const customers = sandbox.customers()
      expect(customers).toHaveLength(1)
      for (const answer of [created, found]) {
        expect(answer.body?.data?.relationships.customer?.data.id).toBe(customers[0]?.id)
      }
    }
  )

  it('takes two identifiers of two people for a conflict', async () => {
    const { call, create } = start()
    await create({ externalId: 'u1' })
    await create({ emails: [{ email: 'bob@example.com' }] })
    const identity = { externalId: 'u1', email: 'bob@example.com' }
    expect(await call('POST', '/v1/tracking/identity', identity)).toMatchObject({ status: 409 })
  })
})

describe('the events of a visitor', () => {
  const seen = { trackingId: 'visitor', name: 'Seen', meta: { where: 'here' } }

  it('stay apart until they are identified, then move, and later ones follow', async () => {
    const { call, create, sandbox } = start()
    const id = await create({ externalId: 'u1' })
    await call('POST', '/v1/tracking/event', seen)
    expect(sandbox.timeline(id)).toEqual([])
    await call('POST', '/v1/tracking/identity', { trackingId: 'visitor', externalId: 'u1' })
    await call('POST', '/v1/tracking/event', { ...seen, name: 'Seen-later' })
    const [session] = sandbox.timeline(id)
    expect(session?.events).toMatchObject([{ name: 'Seen', meta: { where: 'here' } }, { name: 'Seen-later' }])
  })

  it('follow the customer whom the visitor was last identified as', async () => {
    const { call, create, sandbox } = start()
    const [ann, bob] = [await create({ externalId: 'ann' }), await create({ externalId: 'bob' })]
    await call('POST', '/v1/tracking/event', seen)
    await call('POST', '/v1/tracking/identity', { trackingId: 'visitor', externalId: 'ann' })
    await call('POST', '/v1/tracking/identity', { trackingId: 'visitor', externalId: 'bob' })
    await call('POST', '/v1/tracking/event', { ...seen, name: 'Seen-later' })
    expect(sandbox.timeline(ann)[0]?.events).toMatchObject([{ name: 'Seen' }])
    expect(sandbox.timeline(bob)[0]?.events).toMatchObject([{ name: 'Seen-later' }])
  })

  it('are kept for 30 days', async () => {
    const { call, create, pass, sandbox } = start()
    const id = await create({ externalId: 'u1' })
    await call('POST', '/v1/tracking/event', seen)
    pass(1)
    await call('POST', '/v1/tracking/event', { ...seen, name: 'Seen-later' })
    pass(30 * 24 * 60)
    await call('POST', '/v1/tracking/identity', { trackingId: 'visitor', externalId: 'u1' })
    expect(sandbox.timeline(id)[0]?.events).toMatchObject([{ name: 'Seen-later' }])
  })
})

it('groups a timeline by session id, or else by a gap of 30 minutes', async () => {
  const { call, create, pass, sandbox } = start()
  const id = await create({ externalId: 'u1' })
  const track = (name: string, sessionId?: string) =>
    call('POST', '/v1/tracking/identityEvent', { identity: { externalId: 'u1' }, event: { name, sessionId } })
  await track('one')
  pass(30)
  await track('two')
  await track('of-s1', 's1')
  pass(31)
  await track('three')
  await track('of-s1-too', 's1')
  expect(sandbox.timeline(id).map((session) => [session.id, ...session.events.map(({ name }) => name)])).toEqual([
    [null, 'one', 'two'],
    ['s1', 'of-s1', 'of-s1-too'],
    [null, 'three']
  ])
  expect(sandbox.timeline(id)[0]).toMatchObject({
    startedAt: '2024-01-01T00:00:00.000Z',
    endedAt: '2024-01-01T00:30:00.000Z'
  })
})
