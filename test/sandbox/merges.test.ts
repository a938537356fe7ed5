import { listOf, start } from './support'

const PATH = '/v1/customers/merges'
const NOBODY = '5f0000000000000000000001'

it('joins contacts, tags and custom attributes, and lets the values of the target win', async () => {
  const { call, create } = start()
  const company = '5f00000000000000000000cc'
  const source = await create({
    ...{ name: 'Source', username: 'source', locale: 'fr', company, externalId: 's1', tags: ['vip', 'nice'] },
    emails: [{ email: 'source@example.com' }],
    phones: [{ phone: '5550100' }],
    socials: [{ type: 'twitter', username: 'source' }],
    sharedEmails: [{ email: 'family@example.com' }],
    locations: [{ cityName: 'Austin' }],
    custom: { planStr: 'free', seatsNum: 3 }
  })
  const target = await create({
    ...{ name: 'Target', externalId: 't1', tags: ['vip'] },
    emails: [{ email: 'target@example.com' }],
    sharedEmails: [{ email: 'Family@example.com' }],
    custom: { planStr: 'pro' }
  })
  expect(await call('POST', PATH, { source, target })).toMatchObject({ status: 201 })
  const { body } = await call('GET', `/v1/customers/${target}`)
  expect(body?.data).toMatchObject({
    attributes: {
      ...{ name: 'Target', username: 'source', locale: 'fr', externalId: 't1', rev: 2 },
      emails: [{ email: 'target@example.com' }, { email: 'source@example.com' }],
      phones: [{ phone: '5550100' }],
      socials: [{ username: 'source' }],
      sharedEmails: [{ email: 'Family@example.com' }],
      locations: [{ cityName: 'Austin' }],
      tags: [expect.any(String), expect.any(String)],
      custom: { planStr: 'pro', seatsNum: 3 }
    },
    relationships: { company: { data: { id: company } } }
  })
  for (const email of ['source@example.com', 'target@example.com']) {
    expect((await call('GET', `/v1/customers/email=${email}`)).body?.data).toMatchObject({ id: target })
  }
})

it('says how it went, when asked by its id or by either customer', async () => {
  const { call, create } = start()
  const [source, target] = [await create({}), await create({})]
  const { body } = await call('POST', PATH, { source, target })
  const related = (type: string, id: unknown) => ({ data: { type, id }, links: { self: expect.any(String) } })
  expect(body?.data).toEqual({
    type: 'customer_merge',
    id: expect.stringMatching(/^[0-9a-f]{24}$/),
    attributes: {
      status: 'success',
      createdAt: '2024-01-01T00:00:00.000Z',
      updatedAt: '2024-01-01T00:00:00.000Z'
    },
    relationships: {
      org: related('org', expect.any(String)),
      source: related('customer', source),
      target: related('customer', target),
      createdBy: related('user', expect.any(String))
    },
    links: { self: `${PATH}/${body?.data?.id ?? ''}` }
  })
  expect((await call('GET', `${PATH}/${body?.data?.id ?? ''}`)).body).toEqual(body)
  for (const id of [source, target]) {
    const list = await call('GET', `/v1/customers/${id}/merges`)
    expect(listOf(list)).toEqual([body?.data])
    expect(list.body?.meta).toEqual({ page: 1, pageSize: 100 })
  }
  expect(await call('GET', `${PATH}/none`)).toMatchObject({ status: 404 })
})

it('leaves nothing of the source to be found, but its externalId taken', async () => {
  const { call, create, sandbox } = start()
  const source = await create({ externalId: 's1', emails: [{ email: 'source@example.com' }] })
  const target = await create({})
  await call('POST', PATH, { source, target })
  expect(sandbox.customers()).toMatchObject([{ id: target, attributes: { externalId: null } }])
  expect(await call('GET', `/v1/customers/${source}`)).toMatchObject({ status: 404 })
  expect(await call('GET', '/v1/customers/externalId=s1')).toMatchObject({ status: 404 })
  expect(await call('PATCH', `/v1/customers/${source}`, {})).toMatchObject({ status: 404 })
  expect(await call('DELETE', `/v1/customers/${source}`)).toMatchObject({ status: 404 })
  expect(await call('POST', '/v1/customers', { externalId: 's1' })).toMatchObject({ status: 409 })
  expect(await call('PATCH', `/v1/customers/${target}`, { externalId: 's1' })).toMatchObject({ status: 409 })
  expect(await call('POST', '/v1/tracking/identity', { externalId: 's1' })).toMatchObject({ status: 409 })
})

it('leaves an external ID free that the source gave up before', async () => {
  const { call, create } = start()
  const [source, target] = [await create({ externalId: 's1' }), await create({})]
  expect(await call('PATCH', `/v1/customers/${source}`, { externalId: null })).toMatchObject({ status: 200 })
  expect(await call('PATCH', `/v1/customers/${target}`, { externalId: 's1' })).toMatchObject({ status: 200 })
  expect(await call('POST', PATH, { source, target })).toMatchObject({ status: 201 })
  expect((await call('GET', '/v1/customers/externalId=s1')).body?.data).toMatchObject({ id: target })
})

it('moves the timeline, what visitors do from then on, and conversations', async () => {
  const { call, create, sandbox } = start()
  const [source, target] = [await create({ externalId: 's1' }), await create({ externalId: 't1' })]
  sandbox.addConversation(source)
  const track = (externalId: string, name: string, trackingId: string) =>
    call('POST', '/v1/tracking/identityEvent', { identity: { externalId, trackingId }, event: { name } })
  await track('s1', 'one', 'v1')
  await track('t1', 'two', 'v2')
  await track('s1', 'three', 'v1')
  await call('POST', PATH, { source, target })
  await call('POST', '/v1/tracking/event', { trackingId: 'v1', name: 'four' })
  const names = sandbox.timeline(target).map(({ events }) => events.map(({ name }) => name))
  expect(names).toEqual([['one', 'two', 'three', 'four']])
  expect(sandbox.timeline(source)).toEqual([])
  expect(sandbox.customers()).toMatchObject([{ attributes: { conversationCounts: { all: 1 } } }])
})

it('refuses who is not there, who is one, who is deleted and who was merged', async () => {
  const { call, create, sandbox } = start()
  const [ann, bob, cid, dee] = [await create({}), await create({}), await create({}), await create({})]
  sandbox.markDeleted(dee)
  await call('POST', PATH, { source: ann, target: bob })
  const refusal = async (source: string, target: string) => {
    const { status, body } = await call('POST', PATH, { source, target })
    return [status, body?.errors?.[0]?.source]
  }
  expect(await refusal(NOBODY, bob)).toEqual([404, { parameter: 'source' }])
  expect(await refusal(bob, NOBODY)).toEqual([404, { parameter: 'target' }])
  expect(await refusal(bob, bob)).toEqual([400, { parameter: 'target' }])
  expect(await refusal(ann, cid)).toEqual([400, { parameter: 'source' }])
  expect(await refusal(cid, ann)).toEqual([400, { parameter: 'target' }])
  expect(await refusal(dee, cid)).toEqual([400, { parameter: 'source' }])
  expect(sandbox.customers()).toHaveLength(2)
})

it.each([{}, { source: NOBODY }, { source: 'a', target: NOBODY }, { source: NOBODY, target: NOBODY, force: true }])(
  'refuses the body %j',
  async (body) => {
    const { call } = start()
    expect(await call('POST', PATH, body)).toMatchObject({ status: 400 })
  }
)
