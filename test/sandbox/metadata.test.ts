import { listOf, start } from './support'

const DEFINED = {
  planStr: { displayName: 'Plan', enumeration: ['free', 'pro'] },
  teamSizeNum: {},
  activeBool: {},
  formerStr: { deleted: true }
}

const properties = async ({ call }: ReturnType<typeof start>, resource = 'customer') =>
  (await call('GET', `/v1/metadata/${resource}`)).body?.data?.attributes.properties

it('takes any typed attribute where the organization has defined none, and shows those in use', async () => {
  const started = start()
  await started.create({ custom: { teamSizeNum: 3, planStr: 'pro' } })
  await started.create({ custom: { planStr: 'free' } })
  await started.createCompany({ name: 'Initech', custom: { activeBool: true } })
  expect(await properties(started)).toEqual({
    teamSizeNum: { type: 'number', displayName: 'Team size' },
    planStr: { type: 'string', displayName: 'Plan' }
  })
  expect(await properties(started, 'company')).toEqual({ activeBool: { type: 'boolean', displayName: 'Active' } })
  expect(await properties(started, 'kobject.order')).toEqual({})
})

it('shows what the organization has defined, and what it has deleted', async () => {
  const started = start()
  const { call, sandbox } = started
  expect(await call('PUT', '/sandbox/attributes/customer', DEFINED, { key: 'none' })).toMatchObject({ status: 204 })
  const changed = {
    modifiedBy: expect.stringMatching(/^[0-9a-f]{24}$/),
    modifiedAt: '2024-01-01T00:00:00.000Z',
    updatedAt: '2024-01-01T00:00:00.000Z'
  }
  const { body } = await call('GET', '/v1/metadata/customer')
  expect(body?.data).toEqual({
    type: 'metadata',
    id: 'customer',
    attributes: {
      properties: {
        planStr: { type: 'string', displayName: 'Plan', enumeration: ['free', 'pro'], ...changed },
        teamSizeNum: { type: 'number', displayName: 'Team size', ...changed },
        activeBool: { type: 'boolean', displayName: 'Active', ...changed },
        formerStr: {
          type: 'string',
          displayName: 'Former',
          ...changed,
          deletedAt: '2024-01-01T00:00:00.000Z',
          deletedBy: changed.modifiedBy
        }
      }
    },
    relationships: { org: expect.anything() },
    links: { self: '/v1/metadata/customer' }
  })
  expect(sandbox.attributes('customer')).toEqual(body?.data?.attributes.properties)
  expect(await properties(started, 'company')).toEqual({})
})

it.each(['nothing', 'kobject.', 'customers'])('does not know the kind of record %s', async (resource) => {
  const { call } = start()
  expect(await call('GET', `/v1/metadata/${resource}`)).toMatchObject({ status: 404 })
  expect(await call('PUT', `/sandbox/attributes/${resource}`, {})).toMatchObject({ status: 400 })
})

it.each([
  [{ plan: {} }, 'plan'],
  [{ planStr: { name: 'Plan' } }, 'planStr'],
  [{ planStr: { enumeration: 'free' } }, 'planStr'],
  [[], '']
])('refuses to define %j', async (definitions, parameter) => {
  const { call } = start()
  const { status, body } = await call('PUT', '/sandbox/attributes/customer', definitions)
  expect([status, body?.errors?.[0]?.source]).toEqual([400, { parameter: parameter || 'The body' }])
})

describe('where attributes are defined', () => {
  const defined = async () => {
    const started = start()
    started.sandbox.defineAttributes('customer', DEFINED)
    started.sandbox.defineAttributes('company', { domainStr: {} })
    return { ...started, id: await started.create({ externalId: 'u1', name: 'Ann' }) }
  }

  it('refuses the whole write that names another, and names one at a time, as was recorded', async () => {
    const { call, id, sandbox } = await defined()
    const custom = { teamSizeNum: 3, oneStr: 'a', otherStr: 'b' }
    expect(await call('PATCH', `/v1/customers/${id}`, { name: 'Bob', custom })).toMatchObject({
      status: 400,
      body: {
        errors: [
          {
            status: 400,
            source: { parameter: 'oneStr' },
            code: 'badparam',
            title: 'Additional properties not allowed',
            detail: '/properties/custom/additionalProperties'
          }
        ]
      }
    })
    expect(sandbox.customers()[0]?.attributes).toMatchObject({ name: 'Ann', custom: {} })
    const { body } = await call('PATCH', `/v1/customers/${id}`, { custom: { one: 1, other: 2 } })
    expect(body?.errors).toMatchObject([{ source: { parameter: 'one' } }])
  })

  it.each([
    ['POST', '/v1/customers', { custom: { oneStr: null } }],
    ['POST', '/v1/customers', { custom: { formerStr: 'text' } }],
    ['POST', '/v1/customers', { custom: { domainStr: 'text' } }],
    ['POST', '/v1/companies', { name: 'Initech', custom: { planStr: 'pro' } }],
    ['POST', '/v1/tracking/identity', { externalId: 'u1', custom: { oneStr: 'text' } }],
    [
      'POST',
      '/v1/tracking/identityEvent',
      { identity: { externalId: 'u1', custom: { oneStr: 'text' } }, event: { name: 'Seen' } }
    ]
  ])('%s %s refuses %j', async (method, path, json) => {
    const { call } = await defined()
    expect((await call(method, path, json)).status).toBe(400)
  })

  it('takes what is defined, clears it by null, and forgets with the rest', async () => {
    const { call, id, sandbox } = await defined()
    const write = async (custom: object) => (await call('PATCH', `/v1/customers/${id}`, { custom })).status
    expect(await write({ planStr: 'pro', teamSizeNum: 3 })).toBe(200)
    expect(await write({ planStr: null })).toBe(200)
    expect(await write({ planStr: 'Pro' })).toBe(400)
    expect(sandbox.customers()[0]?.attributes.custom).toEqual({ teamSizeNum: 3 })
    expect(await call('DELETE', '/sandbox/attributes/customer')).toMatchObject({ status: 204 })
    expect(await write({ oneStr: 'text' })).toBe(200)
    sandbox.defineAttributes('customer', {})
    sandbox.reset()
    expect((await call('POST', '/v1/customers', { custom: { oneStr: 'text' } })).status).toBe(201)
  })

  it('fails one record of a bulk job, and leaves the others', async () => {
    const { call, sandbox } = await defined()
    const { body } = await call('POST', '/v1/customers/bulk', [
      { externalId: 'u2', custom: { oneStr: 'text' } },
      { externalId: 'u3', custom: { planStr: 'pro' } }
    ])
    const [batch] = listOf(await call('GET', `/v1/bulk/${body?.data?.id ?? ''}/batches`))
    expect(batch?.attributes).toMatchObject({ successCount: 1, failureCount: 1 })
    expect(sandbox.customers().map(({ attributes }) => attributes.externalId)).toEqual(['u1', 'u3'])
  })
})
