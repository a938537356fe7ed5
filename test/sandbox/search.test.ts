import { listOf, start } from './support'

const PATH = '/v1/customers/search'
const byExternalId = (...externalIds: string[]) => ({
  or: externalIds.map((equals) => ({ customer_externalId: { equals } })),
  queryContext: 'customer'
})

it('finds by externalId what the index knows', async () => {
  const { call, create, sandbox } = start()
  const first = await create({ externalId: 'u1', name: 'Ann' })
  expect(listOf(await call('POST', PATH, byExternalId('u1', 'u2')))).toMatchObject([{ id: first }])
  sandbox.setFaults({ indexLags: true })
  await create({ externalId: 'u2' })
  await call('PATCH', `/v1/customers/${first}`, { name: 'Bob' })
  expect(listOf(await call('POST', PATH, byExternalId('u1', 'u2')))).toMatchObject([
    { id: first, attributes: { name: 'Ann', rev: 1 } }
  ])
  sandbox.setFaults({})
  expect(listOf(await call('POST', PATH, byExternalId('u1', 'u2')))).toMatchObject([
    { id: first, attributes: { name: 'Bob', rev: 2 } },
    {}
  ])
})

it.each([
  [{ customer_email: { equals: 'ANN@example.com' } }, true],
  [{ customer_phone: { equals: '15550100200' } }, true],
  [{ customer_shared_email: { equals: 'ann@work.example' } }, true],
  [{ customer_shared_email: { equals: 'ann@example.com' } }, false],
  [{ customer_email: { equals: 'ann@work.example' } }, false],
  [{ customer_externalId: { equals: 'U1' } }, false]
])('finds by %j: %s', async (term, isFound) => {
  const { call, create } = start()
  await create({
    externalId: 'u1',
    emails: [{ email: 'ann@example.com' }],
    phones: [{ phone: '+1 555 010 0200' }],
    sharedEmails: [{ email: 'ann@work.example' }]
  })
  expect(listOf(await call('POST', PATH, { and: term }))).toHaveLength(isFound ? 1 : 0)
  expect(listOf(await call('POST', PATH, { not: [term] }))).toHaveLength(isFound ? 0 : 1)
})

it('combines and, or and not', async () => {
  const { call, create } = start()
  const email = (name: string) => ({ customer_email: { equals: `${name}@example.com` } })
  const people = await Promise.all(
    ['ann', 'bob', 'cid'].map((name) => create({ externalId: name, emails: [{ email: `${name}@example.com` }] }))
  )
  const query = {
    and: [{ customer_externalId: { equals: 'ann' } }, email('ann')],
    or: [email('ann'), email('bob')],
    not: [email('cid')]
  }
  expect(listOf(await call('POST', PATH, query)).map(({ id }) => id)).toEqual(people.slice(0, 1))
  expect(listOf(await call('POST', PATH, { or: query.or })).map(({ id }) => id)).toEqual(people.slice(0, 2))
  expect(listOf(await call('POST', PATH, { ...query, not: [email('ann')] }))).toEqual([])
  expect(listOf(await call('POST', PATH, {}))).toHaveLength(3)
})

it('shows seven attributes, and no relationship but the organization', async () => {
  const { call, create } = start()
  await create({ externalId: 'u1', name: 'Ann', company: '5f00000000000000000000cc' })
  const [result] = listOf(await call('POST', PATH, byExternalId('u1')))
  const at = '2024-01-01T00:00:00.000Z'
  const times = { createdAt: at, updatedAt: at, lastActivityAt: at }
  expect(result?.attributes).toEqual({ name: 'Ann', displayName: 'Ann', ...times, verified: false, rev: 1 })
  expect(Object.keys(result?.relationships ?? {})).toEqual(['org'])
})

it('leaves out the deleted unless it is asked for them', async () => {
  const { call, create, sandbox } = start()
  sandbox.markDeleted(await create({ externalId: 'u1' }))
  expect(listOf(await call('POST', PATH, byExternalId('u1')))).toHaveLength(0)
  expect(listOf(await call('POST', PATH, { ...byExternalId('u1'), includeDeleted: true }))).toHaveLength(1)
})

it('answers a page at a time', async () => {
  const { call, create } = start()
  const ids = [await create({}), await create({}), await create({})]
  const first = await call('POST', `${PATH}?page=1&pageSize=2`, {})
  expect(listOf(first).map(({ id }) => id)).toEqual(ids.slice(0, 2))
  expect(first.body?.meta).toEqual({ page: 1, pageSize: 2, total: 3, totalPages: 2, aggregations: {} })
  expect(first.body?.links).toEqual({
    self: `${PATH}?page=1&pageSize=2`,
    first: `${PATH}?page=1&pageSize=2`,
    prev: null,
    next: `${PATH}?page=2&pageSize=2`,
    last: `${PATH}?page=2&pageSize=2`
  })
  const last = await call('POST', `${PATH}?page=2&pageSize=2`, {})
  expect(listOf(last).map(({ id }) => id)).toEqual(ids.slice(2))
  expect(last.body?.links).toMatchObject({ prev: `${PATH}?page=1&pageSize=2`, next: null })
})

it.each(['page=0', 'page=101', 'pageSize=501', 'pageSize=0', 'page=x'])('refuses ?%s', async (query) => {
  const { call } = start()
  expect(await call('POST', `${PATH}?${query}`, {})).toMatchObject({ status: 400 })
})

const terms = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ customer_externalId: { equals: String(index) } }))

it.each([
  [{ and: terms(20), or: terms(20), not: terms(20), sort: [], aggs: {}, fields: [{}] }, 200],
  [{ and: terms(21) }, 400],
  [{ or: terms(21) }, 400],
  [{ not: terms(21) }, 400],
  [{ or: [...terms(1), ...terms(1)] }, 400],
  [{ or: 'customer_externalId' }, 400],
  [{ sort: Array.from({ length: 6 }, (_, index) => ({ [index]: 'asc' })) }, 400],
  [{ queryContext: 'customer', timeZone: 'UTC', searchHash: 'x' }, 200],
  [{ timeZone: 'UTC' }, 200],
  // Kustomer searches for other records, the sandbox does not.
  [{ queryContext: 'kobject_order' }, 501],
  [{ queryContext: 'company' }, 501],
  [{ queryContext: 'customers' }, 400],
  [{ where: {} }, 400],
  [{ or: [{ customer_externalId: { equals: 'a' }, customer_email: { equals: 'a' } }] }, 400],
  [{ or: [{ customer_externalId: { equals: 'a', contains: 'a' } }] }, 400],
  [{ or: [{ customer_externalId: 'a' }] }, 400],
  [{ or: [{}] }, 400],
  [{ or: [{ customer_externalId: {} }] }, 400],
  [{ or: [{ customer_externalId: { in: ['a'] } }] }, 501],
  [{ or: [{ constructor: { equals: 'a' } }] }, 501],
  [{ or: [{ company_name: { equals: 'a' } }] }, 501]
])('answers the search %j with %d', async (query, status) => {
  const { call } = start()
  expect(await call('POST', PATH, query)).toMatchObject({ status })
})
