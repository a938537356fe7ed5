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
    ['meta', { dueAt: '2024-01-02T00:00:00Z' }, { dueAt: 1 }],
    ['meta', { size: '' }, { size: null }],
    ['meta', { size: 'L' }, JSON.parse('{"__proto__":"L"}')],
    ['meta', { size: 'L' }, { size: ['L'] }],
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
  [{ location: { cityName: 'Austin', address: null }, tags: ['any, tag'] }, 201],
  [{ location: { type: null } }, 400],
  [{ location: null }, 400],
  [{ name: null }, 400],
  [{ externalId: null }, 400],
  [{ company: null }, 400],
  [{ locale: null }, 400],
  [{ birthdayAt: null }, 400],
  [{ tags: ['a', 'a'] }, 400],
  [{ tags: Array.from({ length: 21 }, String) }, 400],
  [{ email: 'ann.o-neil+shop@mail.example.com' }, 201],
  [{ email: 'ann@exämple.com' }, 400],
  [{ email: 'änn@example.com' }, 400],
  [{ email: 'ann..lee@example.com' }, 400],
  [{ email: '.ann@example.com' }, 400],
  [{ email: 'ann@-example.com' }, 400],
  [{ phone: '+15550100200' }, 201],
  [{ phone: 'none' }, 400],
  [{ username: 'x'.repeat(257) }, 400],
  [{ timeZone: 'x'.repeat(65) }, 400],
  [{ custom: { plan: 'pro' } }, 400],
  [{ rev: 1 }, 400],
  [{ location: { city: 'Austin' } }, 400]
])('answers the identity %j with %d', async (identity, status) => {
  const { call } = start()
  expect(await call('POST', '/v1/tracking/identity', identity)).toMatchObject({ status })
  expect(await call('POST', '/v1/tracking/identityEvent', { identity, event: { name: 'Seen' } })).toMatchObject({
    status
  })
})

it('refuses a number that is not finite', async () => {
  const { sandbox } = start()
  const headers = { authorization: 'Bearer local-sandbox-key', 'content-type': 'application/json' }
  const body = '{"name":"Seen","meta":{"sizeNum":1e999}}'
  const request = new Request('https://api.kustomerapp.com/v1/tracking/event', { method: 'POST', headers, body })
  expect((await sandbox.fetch(request)).status).toBe(400)
})

it.each([
  [
    { name: 'Seen', meta: { size: true } },
    { code: 'badparam', message: 'meta.size: has an illegal name or value', meta: { parameter: 'meta.size' } }
  ],
  [
    { name: 'Seen', timestamp: '2024-01-01T00:00:00Z' },
    {
      code: 'badparam',
      message: 'timestamp: Additional properties not allowed',
      meta: { parameter: 'timestamp', detail: '/properties/additionalProperties' }
    }
  ]
])('refuses the event %j in the plain shape', async (event, error) => {
  const { call } = start()
  expect((await call('POST', '/v1/tracking/event', event)).body).toEqual({ errors: [error] })
})

describe('identity', () => {
  it('creates the customer with all that it tells', async () => {
    const { call, sandbox } = start()
    const shared = {
      ...{ externalId: 'u1', name: 'Ann', username: 'ann', gender: 'f', locale: 'en', timeZone: 'UTC' },
      ...{ signedUpAt: '2024-01-01T00:00:00Z', birthdayAt: '1980-01-01T00:00:00Z', custom: { planStr: 'pro' } }
    }
    const company = '5f00000000000000000000cc'
    const identity = {
      ...{ ...shared, company, email: 'ann@example.com', phone: '5550100', location: { cityName: 'Austin' } },
      ...{ trackingId: 'visitor', sessionId: 's1', remember: true }
    }
    const { body } = await call('POST', '/v1/tracking/identity', identity)
    const [customer] = sandbox.customers()
    expect(customer).toMatchObject({
      attributes: {
        ...shared,
        emails: [{ email: 'ann@example.com' }],
        phones: [{ phone: '5550100' }],
        locations: [{ cityName: 'Austin' }]
      },
      relationships: { company: { data: { id: company } } }
    })
    expect(Object.keys(customer?.attributes ?? {})).toEqual(expect.not.arrayContaining(['trackingId', 'remember']))
    const at = '2024-01-01T00:00:00.000Z'
    expect(body?.data).toEqual({
      type: 'identity',
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      attributes: {
        ...{ trackingId: 'visitor', externalId: 'u1', email: 'ann@example.com', phone: '5550100' },
        ...{ status: 'created', statusAt: at, createdAt: at, updatedAt: at }
      },
      relationships: {
        org: { links: { self: expect.any(String) }, data: { type: 'org', id: expect.any(String) } },
        customer: {
          links: { self: `/v1/customers/${customer?.id ?? ''}` },
          data: { type: 'customer', id: customer?.id }
        }
      },
      links: { self: `/v1/tracking/identity/${body?.data?.id ?? ''}` }
    })
    expect(body?.data?.id).not.toBe(customer?.id)
  })

  it('makes a tracking id where none is given, and says so', async () => {
    const { call, sandbox } = start()
    const { body } = await call('POST', '/v1/tracking/identity', { externalId: 'u1' })
    const trackingId = body?.data?.attributes.trackingId
    expect(trackingId).toMatch(/^[0-9a-f]{24}$/)
    await call('POST', '/v1/tracking/event', { trackingId, name: 'Seen' })
    expect(sandbox.timeline(sandbox.customers()[0]?.id ?? '')).toMatchObject([{ events: [{ name: 'Seen' }] }])
  })

  it.each([
    [{ trackingId: 'visitor', sessionId: 's1' }, {}],
    [{}, { trackingId: 'visitor', sessionId: 's1' }],
    [{ trackingId: 'visitor' }, { sessionId: 's1' }],
    [
      { trackingId: 'visitor', sessionId: 's2' },
      { trackingId: 'other', sessionId: 's1' }
    ]
  ])('reads the ids of %j and %j alike', async (ofIdentity, ofEvent) => {
    const { call, sandbox } = start()
    await call('POST', '/v1/tracking/event', { trackingId: 'visitor', name: 'Before' })
    const body = { identity: { externalId: 'u1', ...ofIdentity }, event: { name: 'Seen', ...ofEvent } }
    const answer = await call('POST', '/v1/tracking/identityEvent', body)
    expect(answer.body?.data?.attributes).toMatchObject({ trackingId: 'visitor', status: 'created' })
    const sessions = sandbox.timeline(sandbox.customers()[0]?.id ?? '')
    expect(sessions.map(({ id, events }) => [id, ...events.map(({ name, trackingId }) => [name, trackingId])])).toEqual(
      [
        [null, ['Before', 'visitor']],
        ['s1', ['Seen', 'visitor']]
      ]
    )
  })

  it('says updated of the one whom it finds', async () => {
    const { call, create } = start()
    await create({ externalId: 'u1' })
    const { body } = await call('POST', '/v1/tracking/identity', { externalId: 'u1' })
    expect(body?.data?.attributes.status).toBe('updated')
  })

  it('leaves the customer whom it finds as it is', async () => {
    const { call, create, sandbox } = start()
    await create({ externalId: 'u1', name: 'Ann' })
    await call('POST', '/v1/tracking/identity', { externalId: 'u1', name: 'Bob', email: 'bob@example.com' })
    expect(sandbox.customers()).toMatchObject([{ attributes: { name: 'Ann', emails: [] } }])
  })

  it('finds by a weaker identifier where the stronger one is unknown', async () => {
    const { call, create } = start()
    const id = await create({ emails: [{ email: 'ann@example.com' }] })
    const identity = { externalId: 'u1', email: 'Ann@example.com', phone: '5550100' }
    const { body } = await call('POST', '/v1/tracking/identity', identity)
    expect(body?.data?.relationships.customer?.data.id).toBe(id)
  })

  it('does not take a customer of another externalId for the one it names', async () => {
    const { call, create } = start()
    await create({ externalId: 'u1', emails: [{ email: 'ann@example.com' }] })
    const identity = { externalId: 'u2', email: 'ann@example.com' }
    expect(await call('POST', '/v1/tracking/identity', identity)).toMatchObject({
      status: 409,
      body: { errors: [{ code: 'conflict', meta: { parameter: 'identity' } }] }
    })
  })

  it('knows the customer of a visitor without being told again', async () => {
    const { call, sandbox } = start()
    await call('POST', '/v1/tracking/identity', { trackingId: 'visitor', externalId: 'u1' })
    await call('POST', '/v1/tracking/identityEvent', { identity: { trackingId: 'visitor' }, event: { name: 'Seen' } })
    const customers = sandbox.customers()
    expect(customers).toHaveLength(1)
    expect(sandbox.timeline(customers[0]?.id ?? '')).toMatchObject([{ events: [{ name: 'Seen' }] }])
  })

  it('overlooks a customer who is marked as deleted', async () => {
    const { call, create, sandbox } = start()
    const gone = await create({ externalId: 'u1' })
    await call('POST', '/v1/tracking/identity', { externalId: 'u1', trackingId: 'visitor' })
    sandbox.markDeleted(gone)
    const live = await create({ emails: [{ email: 'ann@example.com' }] })
    const identity = { externalId: 'u1', email: 'ann@example.com' }
    const { body } = await call('POST', '/v1/tracking/identity', identity)
    expect(body?.data?.relationships.customer?.data.id).toBe(live)
    const again = await call('POST', '/v1/tracking/identity', { trackingId: 'visitor' })
    expect(again.body?.data).toMatchObject({ attributes: { status: 'created' } })
    expect(again.body?.data?.relationships.customer?.data.id).not.toBe(gone)
  })

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

it('takes an event of nobody, which reaches nobody', async () => {
  const { call, create, sandbox } = start()
  const id = await create({ externalId: 'u1' })
  for (const event of [{ name: 'Seen' }, { name: 'Seen', sessionId: 's1' }]) {
    expect(await call('POST', '/v1/tracking/event', event)).toMatchObject({ status: 204 })
  }
  await call('POST', '/v1/tracking/identity', { trackingId: 'visitor', sessionId: 's1', externalId: 'u1' })
  expect(sandbox.timeline(id)).toEqual([])
})

it('ties no event to a customer who was erased', async () => {
  const { call, create, sandbox } = start()
  const id = await create({ externalId: 'u1' })
  await call('POST', '/v1/tracking/identity', { trackingId: 'visitor', externalId: 'u1' })
  await call('DELETE', `/v1/customers/${id}`)
  await call('POST', '/v1/tracking/event', { trackingId: 'visitor', name: 'Seen' })
  expect(sandbox.timeline(id)).toEqual([])
})

it('shows what arrived within one millisecond in the order of its arrival', async () => {
  const { call, create, sandbox } = start()
  const id = await create({ externalId: 'u1' })
  const identity = { externalId: 'u1' }
  await call('POST', '/v1/tracking/event', { trackingId: 'visitor', name: 'one' })
  await call('POST', '/v1/tracking/identityEvent', { identity, event: { name: 'two', sessionId: 's1' } })
  await call('POST', '/v1/tracking/identityEvent', { identity, event: { name: 'three' } })
  await call('POST', '/v1/tracking/identity', { ...identity, trackingId: 'visitor' })
  const names = sandbox.timeline(id).map(({ events }) => events.map(({ name }) => name))
  expect(names).toEqual([['one', 'three'], ['two']])
})

it('shows an event as it came, stamped with its arrival', async () => {
  const { call, create, pass, sandbox } = start()
  const id = await create({ externalId: 'u1' })
  pass(5)
  const event = { trackingId: 'visitor', sessionId: 's1', name: 'Seen', meta: { sizeNum: 1 } }
  await call('POST', '/v1/tracking/identityEvent', { identity: { externalId: 'u1' }, event })
  expect(sandbox.timeline(id)).toEqual([
    {
      id: 's1',
      startedAt: '2024-01-01T00:05:00.000Z',
      endedAt: '2024-01-01T00:05:00.000Z',
      events: [
        {
          id: expect.stringMatching(/^[0-9a-f]{24}$/),
          at: '2024-01-01T00:05:00.000Z',
          createdAt: '2024-01-01T00:05:00.000Z',
          ...event
        }
      ]
    }
  ])
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
