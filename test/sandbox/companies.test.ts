import { listOf, start } from './support'
import type { Answer } from './support'

const ID = '5f00000000000000000000cc'

const WHOLE = {
  name: 'Initech',
  externalId: 'c1',
  avatarUrl: 'https://initech.com/logo.png',
  emails: [{ type: 'work', email: 'office@initech.com' }],
  phones: [{ type: 'work', phone: '+15550100' }],
  whatsapps: [{ phone: '+15550101' }],
  socials: [{ type: 'linkedin', username: 'initech' }],
  urls: [{ type: 'website', url: 'https://initech.com' }],
  domains: [{ domain: 'initech.com' }],
  locations: [{ type: 'work', cityName: 'Austin' }],
  employeeCount: 120,
  tags: ['vip'],
  custom: { planStr: 'pro' },
  defaultLang: 'en_us'
}

it('creates a company, and shows it', async () => {
  const { call, createCompany, sandbox } = start()
  const id = await createCompany({ ...WHOLE, createdAt: '2020-01-01T00:00:00Z', importedAt: '2020-01-02T00:00:00Z' })
  const { status, body } = await call('GET', `/v1/companies/${id}`)
  expect(status).toBe(200)
  expect(body?.data).toMatchObject({
    type: 'company',
    id,
    attributes: {
      ...WHOLE,
      tags: [expect.stringMatching(/^[0-9a-f]{24}$/)],
      createdAt: '2020-01-01T00:00:00Z',
      updatedAt: '2024-01-01T00:00:00.000Z',
      modifiedAt: '2024-01-01T00:00:00.000Z',
      deleted: false,
      rev: 1
    },
    relationships: { org: {}, createdBy: {}, modifiedBy: {} },
    links: { self: `/v1/companies/${id}` }
  })
  expect(sandbox.companies()).toEqual([body?.data])
})

it('shows what is not known as null or empty', async () => {
  const { createCompany, sandbox } = start()
  await createCompany({ name: 'Initech' })
  expect(sandbox.companies()[0]?.attributes).toMatchObject({
    externalId: null,
    avatarUrl: null,
    employeeCount: null,
    domains: [],
    tags: [],
    custom: {}
  })
})

it.each([
  [{}, 'name'],
  [{ name: null }, 'name'],
  [{ name: 'ab' }, 'name'],
  [{ name: 'x'.repeat(257) }, 'name'],
  [{ name: 'Initech', externalId: null }, 'externalId'],
  [{ name: 'Initech', externalId: '' }, 'externalId'],
  [{ name: 'Initech', externalId: 'x'.repeat(257) }, 'externalId'],
  [{ name: 'Initech', domains: [{ domain: 'initech' }] }, 'domains.0.domain'],
  [{ name: 'Initech', domains: [{ domain: 'https://initech.com' }] }, 'domains.0.domain'],
  [{ name: 'Initech', domains: Array.from({ length: 11 }, (_, n) => ({ domain: `${n}.com` })) }, 'domains'],
  [{ name: 'Initech', employeeCount: '120' }, 'employeeCount'],
  [{ name: 'Initech', employeeCount: null }, 'employeeCount'],
  [{ name: 'Initech', deleted: false }, 'deleted'],
  [{ name: 'Initech', username: 'initech' }, 'username'],
  [{ name: 'Initech', custom: { plan: 'pro' } }, 'plan']
])('refuses to create %j', async (attributes, parameter) => {
  const { call, sandbox } = start()
  const { status, body } = await call('POST', '/v1/companies', attributes)
  expect([status, body?.errors?.[0]?.source]).toEqual([400, { parameter }])
  expect(sandbox.companies()).toEqual([])
})

it.each([{ name: 'abc' }, { name: 'x'.repeat(256) }, { name: 'Initech', externalId: 'x'.repeat(256) }])(
  'takes %j',
  async (attributes) => {
    expect((await start().call('POST', '/v1/companies', attributes)).status).toBe(201)
  }
)

it('changes what an update names, replaces lists, and clears what is null', async () => {
  const { call, createCompany, sandbox } = start()
  const id = await createCompany(WHOLE)
  const change = { name: 'Initech Inc.', externalId: null, avatarUrl: null, urls: [], custom: { seatsNum: 3 } }
  const { status, body } = await call('PUT', `/v1/companies/${id}`, { ...change, rev: 1 })
  expect(status).toBe(200)
  expect(body?.data?.attributes).toMatchObject({
    ...change,
    custom: { planStr: 'pro', seatsNum: 3 },
    employeeCount: 120,
    rev: 2
  })
  expect(sandbox.companies()).toEqual([body?.data])
  expect(await call('PUT', `/v1/companies/${id}`, { rev: 1 })).toMatchObject({ status: 409 })
  expect(await call('PUT', `/v1/companies/${ID}`, {})).toMatchObject({ status: 404 })
})

it.each([{ name: null }, { createdAt: '2020-01-01T00:00:00Z' }, { id: ID }, { deleted: 'yes' }])(
  'refuses to update with %j',
  async (change) => {
    const { call, createCompany } = start()
    expect((await call('PUT', `/v1/companies/${await createCompany({ name: 'Initech' })}`, change)).status).toBe(400)
  }
)

it('gives an external ID to one company alone', async () => {
  const { call, createCompany } = start()
  const [, other] = [await createCompany(WHOLE), await createCompany({ ...WHOLE, externalId: 'c2' })]
  expect(await call('POST', '/v1/companies', WHOLE)).toMatchObject({
    status: 409,
    body: { errors: [{ source: { parameter: 'externalId' } }] }
  })
  expect(await call('PUT', `/v1/companies/${other}`, { externalId: 'c1' })).toMatchObject({ status: 409 })
  expect(await call('PUT', `/v1/companies/${other}`, { externalId: 'c2' })).toMatchObject({ status: 200 })
})

it('finds companies by external ID or by name, and all where both are asked for or neither is', async () => {
  const { call, createCompany } = start()
  await createCompany({ name: 'Initech', externalId: 'c1' })
  await createCompany({ name: 'Initech & Sons', externalId: 'c 2' })
  await createCompany({ name: 'Initrode' })
  const names = async (query: string) =>
    listOf(await call('GET', `/v1/companies${query}`)).map(({ attributes }) => attributes.name)
  const all = ['Initech', 'Initech & Sons', 'Initrode']
  expect(await names('?externalId=c%202')).toEqual(['Initech & Sons'])
  expect(await names('?externalId=none')).toEqual([])
  expect(await names('?filter=initech')).toEqual(['Initech', 'Initech & Sons'])
  expect(await names('?filter=h%20%26')).toEqual(['Initech & Sons'])
  expect(await names('?filter=none')).toEqual([])
  expect(await names('?externalId=c1&filter=initrode')).toEqual(all)
  expect(await names('')).toEqual(all)
})

it('shows whole records in a list, a page at a time', async () => {
  const { call, createCompany, sandbox } = start()
  await createCompany({ name: 'Initech & Sons', externalId: 'c1' })
  await createCompany({ name: 'Initech & Daughters' })
  const path = '/v1/companies?filter=initech%20%26&page=2&pageSize=1'
  expect((await call('GET', path)).body).toEqual({
    meta: { page: 2, pageSize: 1 },
    data: [sandbox.companies()[1]],
    links: {
      self: path,
      first: '/v1/companies?filter=initech%20%26&page=1&pageSize=1',
      prev: '/v1/companies?filter=initech%20%26&page=1&pageSize=1',
      next: null
    }
  })
})

it('deletes a company by an update', async () => {
  const { call, create, createCompany, sandbox } = start()
  const id = await createCompany({ name: 'Initech', externalId: 'c1' })
  const customer = await create({ company: id })
  const { status, body } = await call('PUT', `/v1/companies/${id}`, { deleted: true })
  expect([status, body?.data?.attributes.deleted]).toEqual([200, true])
  expect(await call('GET', `/v1/companies/${id}`)).toMatchObject({ status: 404 })
  expect(await call('PUT', `/v1/companies/${id}`, { name: 'Initrode' })).toMatchObject({ status: 404 })
  expect(listOf(await call('GET', '/v1/companies?externalId=c1'))).toEqual([])
  expect(sandbox.companies()).toEqual([])
  const shown = (await call('GET', `/v1/customers/${customer}`)).body?.data
  expect([shown?.relationships.company, shown?.attributes.companyName]).toEqual([undefined, undefined])
  await createCompany({ name: 'Initech', externalId: 'c1' })
})

it('adds to the lists that are there where updates do so', async () => {
  const { call, createCompany, sandbox } = start({ variants: { updateMergesLists: true } })
  const id = await createCompany({ name: 'Initech', domains: [{ domain: 'Initech.com' }] })
  await call('PUT', `/v1/companies/${id}`, { domains: [{ domain: 'initech.com' }, { domain: 'initech.net' }] })
  const domains = sandbox.companies()[0]?.attributes.domains as Array<{ domain: string }>
  expect(domains.map(({ domain }) => domain)).toEqual(['Initech.com', 'initech.net'])
})

describe('a customer', () => {
  it('shows the company and its present name', async () => {
    const { call, create, createCompany, sandbox } = start()
    const company = await createCompany({ name: 'Initech' })
    const id = await create({ company })
    const [before] = sandbox.moments()
    const shown = async () => (await call('GET', `/v1/customers/${id}`)).body?.data
    expect(await shown()).toMatchObject({
      attributes: { companyName: 'Initech' },
      relationships: {
        company: { data: { type: 'company', id: company }, links: { self: `/v1/companies/${company}` } }
      }
    })
    await call('PUT', `/v1/companies/${company}`, { name: 'Initrode' })
    expect((await shown())?.attributes.companyName).toBe('Initrode')
    const [after] = sandbox.moments()
    expect(after?.mark).not.toBe(before?.mark)
    expect([before, after].map((moment) => moment?.record().attributes.companyName)).toEqual(['Initech', 'Initrode'])
    await call('PATCH', `/v1/customers/${id}`, { company: null })
    expect((await shown())?.attributes).not.toHaveProperty('companyName')
  })

  it('is merged with the company of the target, or else that of the source', async () => {
    const { call, create, createCompany, sandbox } = start()
    const [one, other] = [await createCompany({ name: 'Initech' }), await createCompany({ name: 'Initrode' })]
    const [first, second, third] = [await create({ company: one }), await create({ company: other }), await create({})]
    await call('POST', '/v1/customers/merges', { source: first, target: second })
    expect(sandbox.customers()[0]).toMatchObject({ id: second, relationships: { company: { data: { id: other } } } })
    await call('POST', '/v1/customers/merges', { source: second, target: third })
    expect(sandbox.customers()).toMatchObject([{ id: third, relationships: { company: { data: { id: other } } } }])
  })
})

describe('in bulk', () => {
  const ran = async (call: ReturnType<typeof start>['call'], method: string, json: unknown) => {
    const { status, body } = await call(method, '/v1/companies/bulk', json)
    expect([status, body?.data?.type]).toEqual([201, 'bulk'])
    const [batch] = listOf(await call('GET', `/v1/bulk/${body?.data?.id ?? ''}/batches`))
    return { context: body?.data?.attributes.context, ...batch?.attributes }
  }

  it('creates and updates, each company by itself', async () => {
    const { call, createCompany, sandbox } = start()
    const id = await createCompany({ name: 'Initech', externalId: 'c1', employeeCount: 1 })
    const created = await ran(call, 'POST', [
      { _clientRef: 'a', name: 'Initrode' },
      { _clientRef: 'b', name: 'Other', externalId: 'c1' },
      { _clientRef: 'c', externalId: 'c3' }
    ])
    expect(created).toMatchObject({
      context: 'api.sobjects.companies.bulk-create',
      results: [
        { _clientRef: 'a', objectId: sandbox.companies()[1]?.id, status: 'created' },
        { _clientRef: 'b', status: 'error', error: 'duplicate detected' },
        { _clientRef: 'c', status: 'error', error: expect.any(String) }
      ]
    })
    const updated = await ran(call, 'PUT', [
      { _clientRef: 'a', id, name: 'Initech Inc.' },
      { _clientRef: 'b', id: ID, name: 'Nobody' },
      { _clientRef: 'c', name: 'No id' },
      // Of no bulk update.
      { _clientRef: 'd', id, rev: 2 },
      { _clientRef: 'e', id, whatsapps: [{ phone: '15550100' }] }
    ])
    expect(updated).toMatchObject({
      context: 'api.sobjects.companies.bulk-update',
      objectIds: [id],
      successCount: 1,
      failureCount: 4
    })
    expect(sandbox.companies()[0]?.attributes).toMatchObject({ name: 'Initech Inc.', employeeCount: 1 })
  })

  it('refuses a whole body that is no list of at most 100, with refs on all or none', async () => {
    const { call } = start()
    for (const json of [
      {},
      Array(101).fill({ name: 'Initech' }),
      [{ name: 'abc', _clientRef: 'a' }, { name: 'abc' }]
    ]) {
      expect((await call('POST', '/v1/companies/bulk', json)).status).toBe(400)
      expect((await call('PUT', '/v1/companies/bulk', json)).status).toBe(400)
    }
  })
})

describe('what an agent does', () => {
  it('adds a company with an id of its own, once', async () => {
    const { call, sandbox } = start()
    const { status, body } = await call('POST', '/sandbox/companies', { id: ID, name: 'Initech' }, { key: 'none' })
    expect([status, body?.data]).toEqual([201, sandbox.companies()[0]])
    expect(body?.data?.id).toBe(ID)
    expect((await call('GET', '/sandbox/companies', undefined, { key: 'none' })).body?.data).toEqual(
      sandbox.companies()
    )
    expect(await call('POST', '/sandbox/companies', { id: ID, name: 'Initech' })).toMatchObject({ status: 409 })
    expect(await call('POST', '/sandbox/companies', { name: 'In' })).toMatchObject({ status: 400 })
    await call('POST', '/sandbox/reset')
    expect(sandbox.companies()).toEqual([])
  })

  it('changes a company and leaves the rest, whatever an update does', async () => {
    const { call, sandbox } = start({ variants: { companyPutReplaces: true } })
    const { id } = sandbox.addCompany({ name: 'Initech', externalId: 'c1', employeeCount: 3 })
    expect(await call('PATCH', `/sandbox/companies/${id}`, { name: 'Initrode' })).toMatchObject({ status: 204 })
    expect(sandbox.companies()[0]?.attributes).toMatchObject({ name: 'Initrode', externalId: 'c1', employeeCount: 3 })
    expect(await call('PATCH', `/sandbox/companies/${ID}`, {})).toMatchObject({ status: 404 })
    sandbox.editCompany(id, { deleted: true })
    expect(sandbox.companies()).toEqual([])
  })

  it('links a customer and unlinks them, and leaves the rest', async () => {
    const { call, create, sandbox } = start()
    const customer = await create({ name: 'Ann' })
    const { id } = sandbox.addCompany({ name: 'Initech' })
    const path = `/sandbox/customers/${customer}/company`
    expect(await call('PUT', path, { company: id })).toMatchObject({ status: 204 })
    expect(sandbox.customers()).toMatchObject([
      { attributes: { name: 'Ann', companyName: 'Initech', rev: 2 }, relationships: { company: { data: { id } } } }
    ])
    expect(await call('PUT', path, { company: ID })).toMatchObject({ status: 404 })
    expect(await call('PUT', path, {})).toMatchObject({ status: 400 })
    expect(await call('PUT', `/sandbox/customers/${ID}/company`, { company: id })).toMatchObject({ status: 404 })
    sandbox.linkCompany(customer, null)
    expect(sandbox.customers()[0]?.relationships.company).toBeUndefined()
    expect(sandbox.customers()[0]?.attributes.name).toBe('Ann')
  })
})

it('lists more than 500 companies page by page', async () => {
  const { call, sandbox } = start()
  Array.from({ length: 501 }, (_, n) => sandbox.addCompany({ name: `Bank of ${n}` }))
  let path: string | null = '/v1/companies?filter=Bank&pageSize=500'
  const sizes: number[] = []
  while (path !== null) {
    const answer: Answer = await call('GET', path)
    sizes.push(listOf(answer).length)
    path = (answer.body?.links as { next: string | null }).next
  }
  expect(sizes).toEqual([500, 1])
})
