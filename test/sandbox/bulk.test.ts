import { start } from './support'

const company = '5f00000000000000000000cc'
const search = (...externalIds: string[]) => ({
  or: externalIds.map((equals) => ({ customer_externalId: { equals } })),
  queryContext: 'customer'
})

it('finds by externalId what the index knows, a page at a time', async () => {
  const { call, create, sandbox } = start()
  const first = await create({ externalId: 'u1' })
  const found = (await call('POST', '/v1/customers/search', search('u1', 'u2'))).body?.data
  expect(found).toMatchObject([{ id: first, attributes: { externalId: 'u1' } }])
  sandbox.setFaults({ indexLags: true })
  await create({ externalId: 'u2' })
  expect((await call('POST', '/v1/customers/search', search('u1', 'u2'))).body?.data).toHaveLength(1)
  sandbox.setFaults({})
  const pages = [1, 2, 3].map((page) =>
    call('POST', `/v1/customers/search?page=${page}&pageSize=1`, search('u1', 'u2'))
  )
  expect((await Promise.all(pages)).map(({ body }) => (body?.data as unknown as unknown[]).length)).toEqual([1, 1, 0])
})

it.each([
  [{ or: [], queryContext: 'customer' }],
  [{ or: Array(101).fill({ customer_externalId: { equals: 'u1' } }), queryContext: 'customer' }],
  [{ or: [{ customer_email: { equals: 'x' } }], queryContext: 'customer' }],
  [{ or: [{ customer_externalId: { equals: 'x' } }] }]
])('refuses the search %j', async (query) => {
  const { call } = start()
  expect(await call('POST', '/v1/customers/search', query)).toMatchObject({ status: 400 })
})

it('creates and updates customers, each by itself', async () => {
  const { call, create, sandbox } = start()
  const ann = await create({ externalId: 'ann', company })
  const creation = await call('POST', '/v1/customers/bulk', [
    { _clientRef: 'a', externalId: 'bob' },
    { _clientRef: 'b', externalId: 'ann' },
    { _clientRef: 'c', gender: 'x' }
  ])
  expect(creation).toMatchObject({ status: 201, body: { data: { type: 'bulk', attributes: { status: 'queued' } } } })
  const job = `/v1/bulk/${creation.body?.data?.id}`
  expect((await call('GET', job)).body?.data?.attributes).toEqual({
    status: 'complete',
    batches: { complete: 1, total: 1 }
  })
  const [batch] = (await call('GET', `${job}/batches`)).body?.data as unknown as [{ attributes: unknown }]
  expect(batch.attributes).toMatchObject({
    objectIds: [expect.any(String)],
    successCount: 1,
    failureCount: 2,
    results: [
      { _clientRef: 'a', status: 'success', id: expect.any(String) },
      { _clientRef: 'b', status: 'failure', error: { status: 409 } },
      { _clientRef: 'c', status: 'failure', error: { status: 400 } }
    ]
  })
  await call('PUT', '/v1/customers/bulk', [{ id: ann, name: 'Ann' }])
  expect(sandbox.customers()).toMatchObject([
    { id: ann, attributes: { name: 'Ann' }, relationships: {} },
    { attributes: { externalId: 'bob' } }
  ])
})

it('runs a job when it is due', async () => {
  const { call, pass, sandbox } = start()
  sandbox.setFaults({ bulkDelayMs: 60_000 })
  const { body } = await call('POST', '/v1/customers/bulk', [{ externalId: 'u1' }])
  const status = async () => (await call('GET', `/v1/bulk/${body?.data?.id}`)).body?.data?.attributes.status
  expect(await status()).toBe('running')
  expect(sandbox.customers()).toHaveLength(0)
  pass(1)
  expect(sandbox.customers()).toHaveLength(1)
  expect(await status()).toBe('complete')
})

it.each([[[]], [Array(101).fill({})], [{}]])('refuses the job %j', async (records) => {
  const { call } = start()
  expect(await call('POST', '/v1/customers/bulk', records)).toMatchObject({ status: 400 })
})

it('does not know every job', async () => {
  const { call } = start()
  expect(await call('GET', '/v1/bulk/1')).toMatchObject({ status: 404 })
  expect(await call('GET', '/v1/bulk/1/batches')).toMatchObject({ status: 404 })
})
