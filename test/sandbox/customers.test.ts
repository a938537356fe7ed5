import { start } from './support'

const items = <Item>(count: number, item: (index: number) => Item): Item[] =>
  Array.from({ length: count }, (_, index) => item(index))

describe('looking up a customer', () => {
  it.each([
    ['externalId=a%2Fb%3Fc%20%E8%B3%BC', { externalId: 'a/b?c 購' }],
    ['externalId=100%25', { externalId: '100%' }],
    ['email=ANN%40example.com', { emails: [{ email: 'ann@Example.com' }] }],
    ['phone=%2B1%20555%20010%200200', { phones: [{ phone: '15550100200' }] }]
  ])('finds %s', async (locator, attributes) => {
    const { call, create } = start()
    const id = await create(attributes)
    expect((await call('GET', `/v1/customers/${locator}`)).body?.data).toMatchObject({ type: 'customer', id })
    expect((await call('GET', `/v1/customers/${id}`)).body?.data).toMatchObject({ id })
  })

  it('answers a miss as it was recorded', async () => {
    const { call } = start()
    expect(await call('GET', '/v1/customers/externalId=none')).toMatchObject({
      status: 404,
      body: { errors: [{ status: 404, source: { parameter: 'externalId' }, code: 'notfound', title: 'Not Found' }] }
    })
  })

  it('shows more than may be written, and an id for each item of a list', async () => {
    const { call, create } = start()
    const id = await create({ name: 'Ann', emails: [{ email: 'ann@example.com' }] })
    const attributes = (await call('GET', `/v1/customers/${id}`)).body?.data?.attributes
    expect(attributes).toMatchObject({ displayName: 'Ann', deleted: false, recentItems: [], sentiment: {} })
    expect(attributes?.emails).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f]{24}$/),
        email: 'ann@example.com',
        verified: false,
        externalVerified: false
      }
    ])
  })

  it('does not find what is shared', async () => {
    const { call, create } = start()
    await create({ sharedEmails: [{ email: 'ann@example.com' }] })
    await create({ sharedEmails: [{ email: 'ann@example.com' }] })
    expect(await call('GET', '/v1/customers/email=ann%40example.com')).toMatchObject({ status: 404 })
  })
})

describe('identifiers', () => {
  it.each([
    ['externalId', { externalId: 'u1' }, { externalId: 'u1' }],
    ['email', { emails: [{ email: 'ann@example.com' }] }, { emails: [{ email: 'Ann@Example.com' }] }],
    ['phone', { phones: [{ phone: '+1 555 010 0200' }] }, { phones: [{ phone: '15550100200' }] }],
    ['whatsapp', { whatsapps: [{ phone: '+1 555 010 0200' }] }, { whatsapps: [{ phone: '15550100200' }] }],
    [
      'social',
      { socials: [{ type: 'twitter', username: 'ann' }] },
      { socials: [{ type: 'twitter', username: 'ann', userid: '1' }] }
    ]
  ])('belong to one customer at a time: %s', async (name, held, wanted) => {
    const { call, create } = start()
    await create(held)
    const other = await create({})
    for (const answer of [
      await call('POST', '/v1/customers', wanted),
      await call('PATCH', `/v1/customers/${other}`, wanted)
    ]) {
      expect(answer).toMatchObject({ status: 409, body: { errors: [{ source: { parameter: name } }] } })
    }
  })

  it('are free again once they are given up or their customer is gone', async () => {
    const { call, create } = start()
    const id = await create({ externalId: 'u1', emails: [{ email: 'ann@example.com' }] })
    await call('PATCH', `/v1/customers/${id}`, { emails: [] })
    await create({ emails: [{ email: 'ann@example.com' }] })
    await call('DELETE', `/v1/customers/${id}`)
    expect(await call('POST', '/v1/customers', { externalId: 'u1' })).toMatchObject({ status: 201 })
  })
})

describe.each(['PATCH', 'PUT'])('an update by %s', (method) => {
  it('leaves alone what it does not name, replaces lists and changes custom attributes one by one', async () => {
    const { call, create } = start()
    const id = await create({
      name: 'Ann',
      locale: 'en',
      emails: [{ email: 'a@example.com' }],
      custom: { planStr: 'pro', seatsNum: 3, vipBool: true }
    })
    await call(method, `/v1/customers/${id}`, {
      locale: 'fr',
      emails: [{ email: 'b@example.com' }],
      custom: { seatsNum: 4, vipBool: null }
    })
    expect((await call('GET', `/v1/customers/${id}`)).body?.data?.attributes).toMatchObject({
      name: 'Ann',
      locale: 'fr',
      emails: [{ email: 'b@example.com' }],
      custom: { planStr: 'pro', seatsNum: 4 }
    })
  })

  it('counts the custom attributes that the customer has already', async () => {
    const { call, create } = start()
    const many = (prefix: string, count: number) => Object.fromEntries(items(count, (n) => [`${prefix}${n}Num`, n]))
    const id = await create({ custom: many('a', 60) })
    expect(await call(method, `/v1/customers/${id}`, { custom: many('b', 41) })).toMatchObject({
      status: 400,
      body: { errors: [{ source: { parameter: 'custom' } }] }
    })
    expect(await call(method, `/v1/customers/${id}`, { custom: many('b', 40) })).toMatchObject({ status: 200 })
  })

  it('clears a custom attribute by null', async () => {
    const { call, create, sandbox } = start()
    const id = await create({ custom: { planStr: 'pro', seatsNum: null } })
    expect(sandbox.customers()[0]?.attributes.custom).toEqual({ planStr: 'pro' })
    await call(method, `/v1/customers/${id}`, { custom: { planStr: null } })
    expect(sandbox.customers()[0]?.attributes.custom).toEqual({})
  })

  it('loses the company that it leaves out', async () => {
    const { call, create } = start()
    const company = '5f00000000000000000000cc'
    const id = await create({ company })
    const kept = await call(method, `/v1/customers/${id}`, { name: 'Ann', company })
    expect(kept.body?.data?.relationships.company?.data.id).toBe(company)
    const lost = await call(method, `/v1/customers/${id}`, { name: 'Ann' })
    expect(lost.body?.data?.relationships.company).toBeUndefined()
  })

  it('clears by null what may be null', async () => {
    const { call, create } = start()
    const company = '5f00000000000000000000cc'
    const id = await create({ name: 'Ann', externalId: 'u1', company })
    const cleared = await call(method, `/v1/customers/${id}`, { name: null, externalId: null, company: null })
    expect(cleared.body?.data).toMatchObject({ attributes: { name: null, externalId: null, externalIds: [] } })
    expect(cleared.body?.data?.relationships.company).toBeUndefined()
    expect(await call('POST', '/v1/customers', { externalId: 'u1' })).toMatchObject({ status: 201 })
  })

  it('counts the changes, and takes a rev as a lock', async () => {
    const { call, create } = start()
    const id = await create({ name: 'Ann' })
    const path = `/v1/customers/${id}`
    expect((await call('GET', path)).body?.data?.attributes.rev).toBe(1)
    expect((await call(method, path, { name: 'Bob', rev: 1 })).body?.data?.attributes.rev).toBe(2)
    expect(await call(method, path, { name: 'Cid', rev: 1 })).toMatchObject({
      status: 409,
      body: { errors: [{ code: 'conflict', source: { parameter: 'rev' } }] }
    })
    expect((await call('GET', path)).body?.data?.attributes).toMatchObject({ name: 'Bob', rev: 2 })
    expect((await call(method, path, { name: 'Dee' })).body?.data?.attributes).toMatchObject({ name: 'Dee', rev: 3 })
  })

  it('refuses what a creation refuses, and an unknown customer', async () => {
    const { call, create } = start()
    const id = await create({})
    expect(await call(method, `/v1/customers/${id}`, { gender: 'x' })).toMatchObject({ status: 400 })
    expect(await call(method, '/v1/customers/5f0000000000000000000001', {})).toMatchObject({ status: 404 })
  })
})

describe('PUT with replace', () => {
  it('forgets what it does not name', async () => {
    const { call, create } = start()
    const id = await create({
      name: 'Ann',
      locale: 'en',
      emails: [{ email: 'a@example.com' }],
      custom: { planStr: 'pro' }
    })
    const { body } = await call('PUT', `/v1/customers/${id}?replace=true`, { name: 'Bob' })
    expect(body?.data?.attributes).toMatchObject({ name: 'Bob', locale: null, emails: [], custom: {}, rev: 2 })
    expect(await call('POST', '/v1/customers', { emails: [{ email: 'a@example.com' }] })).toMatchObject({ status: 201 })
  })

  it('updates where it is false, and refuses another word', async () => {
    const { call, create } = start()
    const id = await create({ name: 'Ann', locale: 'en' })
    const { body } = await call('PUT', `/v1/customers/${id}?replace=false`, { name: 'Bob' })
    expect(body?.data?.attributes).toMatchObject({ name: 'Bob', locale: 'en' })
    expect(await call('PUT', `/v1/customers/${id}?replace=yes`, {})).toMatchObject({ status: 400 })
  })
})

describe('tags', () => {
  it('come back as ids, the same id for the same tag, which may be written too', async () => {
    const { call, create } = start()
    const tagsOf = async (id: string) => (await call('GET', `/v1/customers/${id}`)).body?.data?.attributes.tags
    const [ann, bob] = [await create({ tags: ['vip', 'nice'] }), await create({ tags: ['vip'] })]
    const tags = (await tagsOf(ann)) as string[]
    expect(tags).toEqual([expect.stringMatching(/^[0-9a-f]{24}$/), expect.stringMatching(/^[0-9a-f]{24}$/)])
    expect(tags[0]).not.toBe(tags[1])
    expect(await tagsOf(bob)).toEqual(tags.slice(0, 1))
    await call('PATCH', `/v1/customers/${bob}`, { tags })
    expect(await tagsOf(bob)).toEqual(tags)
  })
})

it('mirrors the externalId in externalIds, which are unique too', async () => {
  const { call, create } = start()
  const id = await create({ externalId: 'u1', externalIds: [{ externalId: 'u2', verified: false }] })
  const { body } = await call('GET', '/v1/customers/externalId=u2')
  expect(body?.data).toMatchObject({
    id,
    attributes: {
      externalId: 'u1',
      externalIds: [
        { externalId: 'u1', verified: true },
        { externalId: 'u2', verified: false }
      ]
    }
  })
  expect(await call('POST', '/v1/customers', { externalId: 'u2' })).toMatchObject({ status: 409 })
})

it('shows two places alike that were written apart', async () => {
  const { call, create } = start()
  const id = await create({ locations: [{ cityName: 'Austin' }, { cityName: 'Austin', address: null }] })
  const locations = (await call('GET', `/v1/customers/${id}`)).body?.data?.attributes.locations as object[]
  const [one, other] = locations.map((location) => JSON.stringify({ ...location, id: undefined }))
  expect(one).toBe('{"cityName":"Austin"}')
  expect(one).toBe(other)
})

it('counts the conversations that agents have', async () => {
  const { call, create, sandbox } = start()
  const id = await create({ name: 'Ann' })
  sandbox.addConversation(id)
  expect((await call('GET', `/v1/customers/${id}`)).body?.data?.attributes).toMatchObject({
    conversationCounts: { all: 1, open: 1, snoozed: 0, done: 0 },
    rev: 2
  })
})

describe('deletion', () => {
  it('erases the customer and the timeline', async () => {
    const { call, create, sandbox } = start()
    const id = await create({ externalId: 'u1' })
    await call('POST', '/v1/tracking/identityEvent', { identity: { externalId: 'u1' }, event: { name: 'Seen' } })
    expect(await call('DELETE', `/v1/customers/${id}`)).toMatchObject({ status: 204 })
    expect(await call('DELETE', `/v1/customers/${id}`)).toMatchObject({ status: 404 })
    expect(await call('GET', '/v1/customers/externalId=u1')).toMatchObject({ status: 404 })
    expect(sandbox.customers()).toEqual([])
    expect(sandbox.timeline(id)).toEqual([])
  })

  it('may leave a record that is marked as deleted, whose identifiers are free', async () => {
    const { call, create, sandbox } = start()
    const id = await create({ externalId: 'u1' })
    sandbox.markDeleted(id)
    const found = await call('GET', '/v1/customers/externalId=u1')
    expect(found.body?.data).toMatchObject({ id, attributes: { deleted: true } })
    expect(sandbox.customers()).toEqual([])
    expect(await create({ externalId: 'u1' })).not.toBe(id)
  })
})
