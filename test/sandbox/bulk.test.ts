import { listOf, start } from './support'
import type { Answer } from './support'

const company = '5f00000000000000000000cc'
const ID = /^[0-9a-f]{24}$/

/** Sends a job and reads what became of it. */
async function ran(call: ReturnType<typeof start>['call'], method: string, path: string, json?: unknown) {
  const { status, body } = await call(method, path, json)
  expect(status).toBe(201)
  const job = `/v1/bulk/${body?.data?.id ?? ''}`
  return { job, attributes: listOf(await call('GET', `${job}/batches`))[0]?.attributes }
}

it('creates customers, each by itself', async () => {
  const { call, create, sandbox } = start()
  await create({ externalId: 'ann', company })
  const { attributes } = await ran(call, 'POST', '/v1/customers/bulk', [
    { _clientRef: 'a', externalId: 'bob' },
    { _clientRef: 'b', externalId: 'ann' },
    { _clientRef: 'c', gender: 'x' }
  ])
  const bob = sandbox.customers()[1]?.id
  expect(attributes).toMatchObject({
    status: 'complete',
    objectIds: [bob],
    successCount: 1,
    failureCount: 2,
    completedAt: '2024-01-01T00:00:00.000Z',
    results: [
      { _clientRef: 'a', objectId: bob, status: 'created' },
      { _clientRef: 'b', status: 'error', error: 'duplicate detected' },
      { _clientRef: 'c', status: 'error', error: expect.any(String) }
    ]
  })
  expect(attributes?.errors).toHaveLength(2)
  expect(sandbox.customers()).toMatchObject([{ relationships: { company: {} } }, { attributes: { externalId: 'bob' } }])
})

it('updates customers, each by itself, who lose the company that is left out', async () => {
  const { call, create, sandbox } = start()
  const [ann, bob] = [await create({ externalId: 'ann', company }), await create({ externalId: 'bob' })]
  const { attributes } = await ran(call, 'PUT', '/v1/customers/bulk', [
    { _clientRef: 'a', id: ann, name: 'Ann', rev: 1 },
    { _clientRef: 'b', id: bob, name: 'Bob', rev: 7 },
    { _clientRef: 'c', id: '5f0000000000000000000001', name: 'Cid' }
  ])
  expect(attributes).toMatchObject({
    objectIds: [ann],
    results: [
      { _clientRef: 'a', objectId: ann, status: 'updated' },
      { _clientRef: 'b', status: 'error' },
      { _clientRef: 'c', status: 'error', error: 'Not Found' }
    ]
  })
  const [changed, unchanged] = sandbox.customers()
  expect(changed).toMatchObject({ attributes: { name: 'Ann' } })
  expect(changed?.relationships.company).toBeUndefined()
  expect(unchanged).toMatchObject({ attributes: { name: null } })
})

it('has no results without _clientRef', async () => {
  const { call } = start()
  const { attributes } = await ran(call, 'POST', '/v1/customers/bulk', [{ externalId: 'u1' }, { externalId: 'u1' }])
  expect(attributes).toMatchObject({
    objectIds: [expect.stringMatching(ID)],
    successCount: 1,
    failureCount: 1,
    errors: ['duplicate detected']
  })
  expect(attributes).not.toHaveProperty('results')
})

it('writes one body to many', async () => {
  const { call, create, sandbox } = start()
  const ids = [await create({}), await create({}), await create({})]
  const path = `/v1/customers/bulk?ids=${ids.slice(1).join(',')}`
  const { attributes } = await ran(call, 'PUT', path, { locale: 'fr' })
  expect(attributes?.objectIds).toEqual(ids.slice(1))
  expect(sandbox.customers().map((customer) => customer.attributes.locale)).toEqual([null, 'fr', 'fr'])
  expect(await call('PUT', path, { locale: 'fr', _clientRef: 'a' })).toMatchObject({ status: 400 })
  expect(await call('PUT', path, { gender: 'x' })).toMatchObject({ status: 400 })
})

it('erases many, with their timelines', async () => {
  const { call, create, sandbox } = start()
  const [ann, bob] = [await create({ externalId: 'ann' }), await create({})]
  await call('POST', '/v1/tracking/identityEvent', { identity: { externalId: 'ann' }, event: { name: 'Seen' } })
  const { attributes } = await ran(call, 'DELETE', `/v1/customers/bulk?ids=${ann},none`)
  expect(attributes).toMatchObject({ objectIds: [ann], successCount: 1, failureCount: 1 })
  expect(sandbox.customers()).toMatchObject([{ id: bob }])
  expect(sandbox.timeline(ann)).toEqual([])
})

it('takes neither WhatsApp numbers nor Instagram ids in an update', async () => {
  const { call, create } = start()
  const id = await create({})
  const { attributes } = await ran(call, 'PUT', '/v1/customers/bulk', [
    { id, whatsapps: [{ phone: '15550100200' }] },
    { id, instagramIds: [{ pageId: 'p', threadId: 't', username: 'u' }] },
    { id, sharedPhones: [{ phone: '15550100200' }] }
  ])
  expect(attributes).toMatchObject({ successCount: 1, failureCount: 2 })
})

it('is queued when it is answered, and complete when it is first asked for', async () => {
  const { call } = start()
  const created = await call('POST', '/v1/customers/bulk', [{}])
  expect(created.body?.data).toMatchObject({
    type: 'bulk',
    id: expect.stringMatching(ID),
    attributes: { status: 'queued', completed: false, ids: [], context: expect.any(String) }
  })
  const job = await call('GET', `/v1/bulk/${created.body?.data?.id ?? ''}`)
  expect(job.body?.data?.attributes).toMatchObject({
    status: 'complete',
    completed: true,
    batches: { complete: 1, total: 1 }
  })
})

it('runs a job when it is due, and jobs in their order', async () => {
  const { call, pass, sandbox } = start()
  sandbox.setFaults({ bulkDelayMs: 60_000 })
  const { body } = await call('POST', '/v1/customers/bulk', [{ externalId: 'u1' }])
  sandbox.setFaults({ bulkDelayMs: 30_000 })
  await call('POST', '/v1/customers/bulk', [{ externalId: 'u1', name: 'First' }])
  const status = async () => (await call('GET', `/v1/bulk/${body?.data?.id ?? ''}`)).body?.data?.attributes
  expect(await status()).toMatchObject({ status: 'running', completed: false, batches: { complete: 0, total: 1 } })
  const [batch] = listOf(await call('GET', `/v1/bulk/${body?.data?.id ?? ''}/batches`))
  expect(batch?.attributes).toMatchObject({ status: 'scheduled', objectIds: [], completedAt: null })
  expect(sandbox.customers()).toHaveLength(0)
  pass(1)
  expect(sandbox.customers()).toMatchObject([{ attributes: { name: 'First' } }])
  expect(await status()).toMatchObject({ status: 'complete' })
})

it.each([
  ['more than 100', Array(101).fill({})],
  ['no list', {}],
  ['text', ['a']],
  ['some refs', [{ _clientRef: 'a' }, {}]],
  ['refs alike', [{ _clientRef: 'a' }, { _clientRef: 'a' }]],
  ['an empty ref', [{ _clientRef: '' }]],
  ['a long ref', [{ _clientRef: 'x'.repeat(256) }]],
  ['a ref that is no text', [{ _clientRef: 1 }]]
])('refuses a whole body: %s', async (_title, records) => {
  const { call } = start()
  const refusals: Answer[] = [
    await call('POST', '/v1/customers/bulk', records),
    await call('PUT', '/v1/customers/bulk', records)
  ]
  expect(refusals.map(({ status }) => status)).toEqual([400, 400])
})

it('takes 100 records, and refs of 255 characters', async () => {
  const { call } = start()
  const records = Array.from({ length: 100 }, (_, index) => ({ _clientRef: String(index).padStart(255, '0') }))
  const { attributes } = await ran(call, 'POST', '/v1/customers/bulk', records)
  expect(attributes).toMatchObject({ successCount: 100 })
})

it('counts as one request', async () => {
  const { call } = start()
  await call('POST', '/v1/customers/bulk', Array(100).fill({}))
  const { headers } = await call('GET', '/v1/users/current')
  expect(headers.get('x-ratelimit-remaining')).toBe('998')
})

it('does not know every job', async () => {
  const { call } = start()
  expect(await call('GET', '/v1/bulk/1')).toMatchObject({ status: 404 })
  expect(await call('GET', '/v1/bulk/1/batches')).toMatchObject({ status: 404 })
})
