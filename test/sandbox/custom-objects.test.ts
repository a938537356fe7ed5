import { listOf, start } from './support'

const NOBODY = '5f0000000000000000000001'
const ORDERS = '/v1/klasses/order'

/** Kustomer's own example of an order. */
const ORDER = {
  title: 'Order 1059',
  externalId: 'o1',
  icon: 'truck-delivery',
  images: ['https://cdn.example.com/hoodie.jpg', 'https://cdn.example.com/koffee.png'],
  custom: {
    orderStatusStr: 'fulfilled',
    orderNumberNum: 1059,
    totalPriceNum: 64.67,
    orderUpdatedAt: '2016-11-06T13:54:29-05:00'
  },
  data: { lines: [{ sku: 'hoodie', count: 2 }] }
}

/** A sandbox that has the Klass `order`, and a customer. */
async function withOrders(...options: Parameters<typeof start>) {
  const started = start(...options)
  started.sandbox.defineAttributes('kobject.order', {
    orderStatusStr: { enumeration: ['open', 'fulfilled'] },
    orderNumberNum: {},
    totalPriceNum: {},
    orderUpdatedAt: {},
    formerStr: { deleted: true }
  })
  const customer = await started.create({ externalId: 'u1' })
  const createOrder = async (body: object = ORDER) =>
    (await started.call('POST', `/v1/customers/${customer}/klasses/order`, body)).body?.data?.id ?? ''
  return { ...started, customer, createOrder }
}

it('creates, finds, lists, updates and erases an object', async () => {
  const { call, customer, sandbox } = await withOrders()
  const created = await call('POST', `/v1/customers/${customer}/klasses/order`, ORDER)
  const id = created.body?.data?.id ?? ''
  expect(created.status).toBe(201)
  expect(created.body?.data).toEqual({
    type: 'kobject.order',
    id: expect.stringMatching(/^[0-9a-f]{24}$/),
    attributes: {
      ...ORDER,
      tags: [],
      createdAt: '2024-01-01T00:00:00.000Z',
      updatedAt: '2024-01-01T00:00:00.000Z',
      rev: 0
    },
    relationships: {
      org: expect.anything(),
      klass: { link: { self: ORDERS }, data: { type: 'klass', id: 'order' } },
      customer: { links: { self: `/v1/customers/${customer}` }, data: { type: 'customer', id: customer } }
    },
    links: { self: `${ORDERS}/${id}` }
  })
  for (const path of [`${ORDERS}/externalId=o1`, `${ORDERS}/${id}`]) {
    expect((await call('GET', path)).body).toEqual(created.body)
  }
  for (const path of [ORDERS, `/v1/customers/${customer}/klasses/order`]) {
    const list = await call('GET', path)
    expect([listOf(list), list.body?.meta]).toEqual([[created.body?.data], { page: 1, pageSize: 100 }])
  }
  const change = { description: 'Late', custom: { totalPriceNum: null }, data: { lines: [] }, images: [], rev: 0 }
  const changed = await call('PUT', `${ORDERS}/${id}`, change)
  const { orderStatusStr, orderNumberNum, orderUpdatedAt } = ORDER.custom
  const custom = { orderStatusStr, orderNumberNum, orderUpdatedAt }
  expect(changed.body?.data).toMatchObject({
    attributes: { title: ORDER.title, externalId: 'o1', description: 'Late', images: [], data: { lines: [] }, rev: 1 }
  })
  expect(changed.body?.data?.attributes.custom).toEqual(custom)
  expect(await call('PUT', `${ORDERS}/${id}`, change)).toMatchObject({ status: 409 })
  expect(sandbox.objects(customer)).toMatchObject([{ id, attributes: { description: 'Late' } }])
  expect(sandbox.moments()[0]?.objects()).toEqual(sandbox.objects(customer))
  expect((await call('GET', '/sandbox/custom-objects')).body?.data).toEqual(sandbox.customObjects())
  expect(await call('DELETE', `${ORDERS}/${id}`)).toMatchObject({ status: 204 })
  expect(await call('GET', `${ORDERS}/${id}`)).toMatchObject({ status: 404 })
  expect(sandbox.customObjects()).toEqual([])
})

it('tells by the mark of a moment that an object has changed', async () => {
  const { call, createOrder, sandbox } = await withOrders()
  const marks = [sandbox.moments()[0]?.mark]
  const id = await createOrder()
  marks.push(sandbox.moments()[0]?.mark)
  const before = sandbox.moments()[0]
  await call('PUT', `${ORDERS}/${id}`, { title: 'Changed' })
  marks.push(sandbox.moments()[0]?.mark)
  expect(new Set(marks).size).toBe(3)
  expect(before?.objects()).toMatchObject([{ attributes: { title: ORDER.title } }])
})

it('has the Klasses that are defined, in code and by its own route', async () => {
  const { call, sandbox } = await withOrders()
  await call('PUT', '/sandbox/attributes/kobject.call_back-request', {})
  const list = await call('GET', '/v1/klasses')
  expect(listOf(list).map(({ type, attributes }) => [type, attributes.name, attributes.displayName])).toEqual([
    ['klass', 'order', 'Order'],
    ['klass', 'call_back-request', 'Call back request']
  ])
  expect(listOf(list)[0]).toMatchObject({
    id: expect.stringMatching(/^[0-9a-f]{24}$/),
    attributes: { status: 'enabled' },
    relationships: { kobjects: { links: { self: ORDERS } } }
  })
  expect(sandbox.klasses()).toEqual(['order', 'call_back-request'])
  const metadata = await call('GET', '/v1/metadata/kobject.order')
  expect(metadata.body?.data?.attributes.properties).toMatchObject({
    orderStatusStr: { type: 'string', enumeration: ['open', 'fulfilled'] },
    totalPriceNum: { type: 'number' }
  })
  await call('DELETE', '/sandbox/attributes/kobject.order')
  expect(await call('GET', ORDERS)).toMatchObject({ status: 404 })
})

it.each<[string, string, unknown]>([
  ['GET', ORDERS, undefined],
  ['POST', ORDERS, { title: 'x' }],
  ['GET', `${ORDERS}/externalId=o1`, undefined],
  ['PUT', `${ORDERS}/${NOBODY}`, {}],
  ['POST', `${ORDERS}/bulk`, []],
  ['PUT', `${ORDERS}/bulk`, []],
  ['DELETE', `${ORDERS}/bulk?ids=a`, undefined],
  ['GET', `/v1/customers/${NOBODY}/klasses/order`, undefined],
  ['POST', `/v1/customers/${NOBODY}/klasses/order`, { title: 'x' }]
])('does not know a Klass that is not defined: %s %s', async (method, path, body) => {
  expect(await start().call(method, path, body)).toMatchObject({
    status: 404,
    body: { errors: [{ code: 'notfound', source: { parameter: 'name' } }] }
  })
})

it.each<[string, object, string]>([
  ['without a title', { externalId: 'o1' }, 'title'],
  ['with an empty title', { title: '' }, 'title'],
  ['with a long title', { title: 'x'.repeat(257) }, 'title'],
  ['with an empty external ID', { title: 'x', externalId: '' }, 'externalId'],
  ['with a long description', { title: 'x', description: 'x'.repeat(10_241) }, 'description'],
  ['with a long icon', { title: 'x', icon: 'x'.repeat(65) }, 'icon'],
  ['with an image that is no URL', { title: 'x', images: ['hoodie.jpg'] }, 'images.0'],
  ['with 21 images', { title: 'x', images: Array.from({ length: 21 }, (_, n) => `https://a.example/${n}`) }, 'images'],
  ['with a text as data', { title: 'x', data: 'text' }, 'data'],
  ['with an unknown key', { title: 'x', status: 'open' }, 'status'],
  ['with an attribute that is not defined', { title: 'x', custom: { cityStr: 'Austin' } }, 'cityStr'],
  ['with an attribute that was deleted', { title: 'x', custom: { formerStr: 'x' } }, 'formerStr'],
  ['with a value that a drop-down lacks', { title: 'x', custom: { orderStatusStr: 'x' } }, 'custom.orderStatusStr'],
  ['of an unknown customer', { title: 'x', customer: NOBODY }, 'customer'],
  ['of an unknown company', { title: 'x', company: NOBODY }, 'company']
])('refuses an object %s', async (_what, body, parameter) => {
  const { call, sandbox } = await withOrders()
  expect(await call('POST', ORDERS, body)).toMatchObject({
    status: 400,
    body: { errors: [{ source: { parameter } }] }
  })
  expect(sandbox.customObjects()).toEqual([])
})

it.each(['customer', 'company'])('takes the %s on creation alone', async (owner) => {
  const { call, customer, createCompany } = await withOrders()
  const id = owner === 'customer' ? customer : await createCompany({ name: 'Initech' })
  const { status, body } = await call('POST', ORDERS, { title: 'x', [owner]: id })
  expect([status, body?.data?.relationships]).toMatchObject([201, { [owner]: { data: { type: owner, id } } }])
  expect(await call('PUT', `${ORDERS}/${body?.data?.id ?? ''}`, { [owner]: id })).toMatchObject({ status: 400 })
})

it('takes 20 images, where lists are merged too', async () => {
  const { call } = await withOrders({ variants: { updateMergesLists: true } })
  const images = Array.from({ length: 20 }, (_, n) => `https://example.com/${n}`)
  const { body } = await call('POST', ORDERS, { title: 'x', images })
  expect(body?.data?.attributes.images).toEqual(images)
  const more = { images: ['https://example.com/21'] }
  expect(await call('PUT', `${ORDERS}/${body?.data?.id ?? ''}`, more)).toMatchObject({ status: 400 })
})

it('creates at most 120 objects a minute for one customer, unless they are imported', async () => {
  const { call, create, customer, pass } = await withOrders()
  const post = async (id: string, body: object = {}) =>
    (await call('POST', `/v1/customers/${id}/klasses/order`, { title: 'x', ...body })).status
  for (let count = 0; count < 120; count++) {
    expect(await post(customer)).toBe(201)
  }
  expect(await post(customer)).toBe(429)
  expect(await post(customer, { importedAt: '2024-01-01T00:00:00Z' })).toBe(201)
  expect(await post(await create({}))).toBe(201)
  pass(1)
  expect(await post(customer)).toBe(201)
})

it('writes in bulk, each object by itself', async () => {
  const { call, customer, createOrder, sandbox } = await withOrders()
  const id = await createOrder()
  const run = async (method: string, path: string, body?: unknown) => {
    const { status, body: job } = await call(method, path, body)
    const [batch] = listOf(await call('GET', `/v1/bulk/${job?.data?.id ?? ''}/batches`))
    return { status, context: job?.data?.attributes.context, batch: batch?.attributes }
  }
  const created = await run('POST', `${ORDERS}/bulk`, [
    { _clientRef: 'a', title: 'Order 2', externalId: 'o2', customer },
    { _clientRef: 'b', title: 'Order 1', externalId: 'o1' },
    { _clientRef: 'c', title: 'Order 3', custom: { cityStr: 'x' } }
  ])
  expect([created.status, created.context]).toEqual([201, 'api.sobjects.kobjects.bulk-create'])
  expect(created.batch?.results).toMatchObject([
    { _clientRef: 'a', status: 'created', objectId: expect.any(String) },
    { _clientRef: 'b', status: 'error', error: 'duplicate detected' },
    { _clientRef: 'c', status: 'error', error: expect.stringContaining('Additional properties') }
  ])
  const updated = await run('PUT', `${ORDERS}/bulk`, [
    { _clientRef: 'a', id, custom: { orderStatusStr: 'open' } },
    { _clientRef: 'b', id, customer }
  ])
  expect([updated.status, updated.batch?.results]).toMatchObject([200, [{ status: 'updated' }, { status: 'error' }]])
  expect(sandbox.objects(customer)).toMatchObject([
    { id, attributes: { custom: { orderStatusStr: 'open', orderNumberNum: 1059 } } },
    { attributes: { title: 'Order 2' } }
  ])
  const erased = await run('DELETE', `${ORDERS}/bulk?ids=${id},${NOBODY}`)
  expect([erased.status, erased.batch]).toMatchObject([201, { successCount: 1, failureCount: 1 }])
  expect(sandbox.objects(customer)).toHaveLength(1)
})

it('erases the objects of a customer who is erased, and all of them on a fresh start', async () => {
  const { call, customer, createOrder, sandbox } = await withOrders()
  await createOrder()
  await call('DELETE', `/v1/customers/${customer}`)
  expect(sandbox.customObjects()).toEqual([])
  await call('POST', ORDERS, { title: 'x' })
  sandbox.reset()
  expect([sandbox.customObjects(), sandbox.klasses()]).toEqual([[], []])
})
