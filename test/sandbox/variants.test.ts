import { VARIANTS } from '../../src/sandbox'
import type { VariantName, Variants } from '../../src/sandbox'
import { listOf, start } from './support'

const company = '5f00000000000000000000cc'
const tested = new Set<string>()

/** Looks at the same thing with the variants off and on. */
function either<Seen>(
  name: VariantName,
  look: (sandbox: ReturnType<typeof start>) => Promise<Seen>,
  { off, on, others = {} }: { off: Seen; on: Seen; others?: Partial<Variants> }
): void {
  tested.add(name)
  it(`${name} is either way`, async () => {
    expect(await look(start())).toEqual(off)
    expect(await look(start({ variants: { ...others, [name]: true } }))).toEqual(on)
  })
}

type Call = ReturnType<typeof start>['call']

async function doubled(call: Call) {
  await call('POST', '/v1/customers', { externalId: 'u1' })
  const { status, body } = await call('POST', '/v1/customers', { externalId: 'u1' })
  return [status, String(body?.errors?.[0]?.title)]
}

const IN_USE = 'externalId is already in use'
either('duplicateAnswers400', ({ call }) => doubled(call), { off: [409, IN_USE], on: [400, IN_USE] })
either('duplicateAnswers422', ({ call }) => doubled(call), {
  off: [409, IN_USE],
  on: [422, IN_USE],
  others: { duplicateAnswers400: true }
})
either('duplicateWordsVary', ({ call }) => doubled(call), { off: [409, IN_USE], on: [409, 'Invalid request'] })

either(
  'missingRoleAnswers401',
  async ({ sandbox }) => {
    const { call } = start({ variants: sandbox.variants(), tokens: { key: { roles: [], pod: 'prod1' } } })
    return (await call('GET', '/v1/customers/externalId=u1', undefined, { key: 'key' })).status
  },
  { off: 403, on: 401 }
)

either(
  'phonesComparedAsWritten',
  async ({ call, create }) => {
    await create({ phones: [{ phone: '+1 (555) 010-0200' }] })
    const found = await call('GET', '/v1/customers/phone=%2B15550100200')
    const asWritten = await call('GET', `/v1/customers/phone=${encodeURIComponent('+1 (555) 010-0200')}`)
    const double = await call('POST', '/v1/customers', { phones: [{ phone: '+15550100200' }] })
    return [found, asWritten, double].map(({ status }) => status)
  },
  { off: [200, 200, 409], on: [404, 200, 201] }
)

it('compares phones anew when it is told to compare them otherwise', async () => {
  const { call, create, sandbox } = start({ variants: { phonesComparedAsWritten: true } })
  const first = await create({ phones: [{ phone: '+1 555 010 0200' }] })
  const second = await create({ phones: [{ phone: '+15550100200' }] })
  const found = async () => (await call('GET', '/v1/customers/phone=%2B15550100200')).body?.data?.id
  expect(await found()).toBe(second)
  sandbox.setVariants({})
  expect(await found()).toBe(first)
  sandbox.markDeleted(first)
  sandbox.setVariants({ jobsSlow: true })
  expect(await found()).toBe(second)
})

either(
  'lookUpFindsShared',
  async ({ call, create }) => {
    const sharing = await create({
      sharedEmails: [{ email: 'ann@example.com' }, { email: 'bob@example.com' }],
      sharedPhones: [{ phone: '15550100200' }]
    })
    const owning = await create({ emails: [{ email: 'bob@example.com' }] })
    const names = new Map([
      [sharing, 'sharing'],
      [owning, 'owning']
    ])
    const found = async (locator: string) =>
      names.get((await call('GET', `/v1/customers/${locator}`)).body?.data?.id ?? '') ?? 'nobody'
    return [
      await found('email=Ann@example.com'),
      await found('phone=%2B15550100200'),
      await found('email=bob@example.com')
    ]
  },
  { off: ['nobody', 'nobody', 'owning'], on: ['sharing', 'sharing', 'owning'] }
)

it('finds nobody by what a deleted customer shares', async () => {
  const { call, create, sandbox } = start({ variants: { lookUpFindsShared: true } })
  sandbox.markDeleted(await create({ sharedEmails: [{ email: 'ann@example.com' }] }))
  expect(await call('GET', '/v1/customers/email=ann@example.com')).toMatchObject({ status: 404 })
})

either(
  'updateMergesLists',
  async ({ call, create }) => {
    const id = await create({
      emails: [{ email: 'a@example.com', type: 'home' }],
      urls: [{ url: 'https://a.example' }]
    })
    const emails = [{ email: 'A@example.com' }, { email: 'b@example.com' }]
    const { body } = await call('PATCH', `/v1/customers/${id}`, { emails })
    const attributes = body?.data?.attributes as { emails: Array<{ email: string }>; urls: unknown[] }
    return [...attributes.emails.map(({ email }) => email), String(attributes.urls.length)]
  },
  { off: ['A@example.com', 'b@example.com', '1'], on: ['a@example.com', 'b@example.com', '1'] }
)

it('adds tags to those that are there, each once, unless the update replaces', async () => {
  const { call, create } = start({ variants: { updateMergesLists: true } })
  const id = await create({ tags: ['vip'], urls: [{ url: 'https://a.example' }] })
  const update = async (query: string, body: object) =>
    (await call('PUT', `/v1/customers/${id}${query}`, body)).body?.data?.attributes
  expect((await update('', { tags: ['nice', 'vip'] }))?.tags).toHaveLength(2)
  expect(await update('?replace=true', { tags: ['nice'], urls: [] })).toMatchObject({
    tags: [expect.any(String)],
    urls: []
  })
})

it('refuses a list that becomes too long', async () => {
  const { call, create } = start({ variants: { updateMergesLists: true } })
  const emails = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => ({ email: `${from + index}@example.com` }))
  const id = await create({ emails: emails(0, 6) })
  expect(await call('PATCH', `/v1/customers/${id}`, { emails: emails(2, 9) })).toMatchObject({ status: 400 })
  expect(await call('PATCH', `/v1/customers/${id}`, { emails: emails(2, 8) })).toMatchObject({ status: 200 })
})

describe.each(['PATCH', 'PUT'])('by %s', (method) => {
  either(
    'updateKeepsCompany',
    async ({ call, create, sandbox }) => {
      const id = await create({ company })
      await call(method, `/v1/customers/${id}`, { name: 'Ann' })
      return sandbox.customers()[0]?.relationships.company?.data.id
    },
    { off: undefined, on: company, others: { bulkKeepsCompany: false } }
  )
})

either(
  'bulkKeepsCompany',
  async ({ call, create, sandbox }) => {
    const id = await create({ company })
    await call('PUT', '/v1/customers/bulk', [{ id, name: 'Ann' }])
    return sandbox.customers()[0]?.relationships.company?.data.id
  },
  { off: undefined, on: company, others: { updateKeepsCompany: false } }
)

either(
  'unknownCompanyRefused',
  async ({ call, create, sandbox }) => {
    const { id } = sandbox.addCompany({ name: 'Initech' })
    const gone = sandbox.addCompany({ name: 'Initrode' })
    sandbox.editCompany(gone.id, { deleted: true })
    const customer = await create({ company: id })
    const identity = { externalId: 'u1', company }
    const { body } = await call('PUT', '/v1/customers/bulk', [{ id: customer, company }])
    const [batch] = listOf(await call('GET', `/v1/bulk/${body?.data?.id ?? ''}/batches`))
    const answers = [
      await call('POST', '/v1/customers', { company }),
      await call('PATCH', `/v1/customers/${customer}`, { company: gone.id }),
      await call('PATCH', `/v1/customers/${customer}`, { company: id }),
      await call('PATCH', `/v1/customers/${customer}`, { company: null }),
      await call('POST', '/v1/tracking/identity', identity)
    ]
    return [batch?.attributes.failureCount, ...answers.map(({ status }) => status)]
  },
  { off: [0, 201, 200, 200, 200, 201], on: [1, 400, 400, 200, 200, 400] }
)

either(
  'companyPutReplaces',
  async ({ call, sandbox }) => {
    const { id } = sandbox.addCompany({ name: 'Initech', externalId: 'c1', custom: { planStr: 'pro' } })
    await call('PUT', `/v1/companies/${id}`, { employeeCount: 3 })
    const single = sandbox.companies()[0]?.attributes
    await call('PUT', '/v1/companies/bulk', [{ id, domains: [{ domain: 'initech.com' }] }])
    const bulk = sandbox.companies()[0]?.attributes
    return [single, bulk].map((shown) => [shown?.name, shown?.externalId, shown?.employeeCount, shown?.custom])
  },
  {
    off: [
      ['Initech', 'c1', 3, { planStr: 'pro' }],
      ['Initech', 'c1', 3, { planStr: 'pro' }]
    ],
    on: [
      ['Initech', null, 3, {}],
      ['Initech', null, null, {}]
    ]
  }
)

const doubledCompany = async ({ call, sandbox }: ReturnType<typeof start>) => {
  sandbox.addCompany({
    name: 'Initech',
    domains: [{ domain: 'initech.com' }],
    emails: [{ email: 'office@initech.com' }],
    phones: [{ phone: '+1 555 0100' }]
  })
  const { id } = sandbox.addCompany({ name: 'Initrode' })
  const doubles = [
    { name: 'Initech' },
    { name: 'initech', domains: [{ domain: 'Initech.com' }] },
    { name: 'INITECH', emails: [{ email: 'Office@initech.com' }] },
    { name: 'Initech Inc.', phones: [{ phone: '+15550100' }] }
  ]
  const statuses = []
  for (const double of doubles) {
    statuses.push((await call('PUT', `/v1/companies/${id}`, double)).status)
    statuses.push((await call('POST', '/v1/companies', double)).status)
  }
  return statuses
}
either('companyNamesUnique', doubledCompany, {
  off: [200, 201, 200, 201, 200, 201, 200, 201],
  on: [409, 409, 200, 409, 200, 409, 200, 409]
})
either('companyContactsUnique', doubledCompany, {
  off: [200, 201, 200, 201, 200, 201, 200, 201],
  on: [200, 201, 409, 409, 409, 409, 409, 409]
})

either(
  'companyFilterExact',
  async ({ call, sandbox }) => {
    sandbox.addCompany({ name: 'Initech' })
    sandbox.addCompany({ name: 'The Initech Company' })
    const found = async (filter: string) => listOf(await call('GET', `/v1/companies?filter=${filter}`)).length
    return [await found('Initech'), await found('initech')]
  },
  { off: [2, 2], on: [1, 0] }
)

either(
  'companyListsBrief',
  async ({ call, sandbox }) => {
    sandbox.addCompany({ name: 'Initech', externalId: 'c1' })
    const [listed] = listOf(await call('GET', '/v1/companies?externalId=c1'))
    const { externalId, extenalId, name } = listed?.attributes ?? {}
    const read = await call('GET', `/v1/companies/${listed?.id ?? ''}`)
    return [name, externalId, extenalId, listed?.attributes.rev, read.body?.data?.attributes.externalId]
  },
  { off: ['Initech', 'c1', undefined, 1, 'c1'], on: ['Initech', undefined, 'c1', undefined, 'c1'] }
)

either(
  'deletedCompaniesRemain',
  async ({ call, create, sandbox }) => {
    const { id } = sandbox.addCompany({ name: 'Initech', externalId: 'c1' })
    const customer = await create({ company: id })
    await call('PUT', `/v1/companies/${id}`, { deleted: true })
    const read = await call('GET', `/v1/companies/${id}`)
    const listed = listOf(await call('GET', '/v1/companies?externalId=c1'))
    const shown = (await call('GET', `/v1/customers/${customer}`)).body?.data?.relationships.company?.data.id === id
    const double = await call('POST', '/v1/companies', { name: 'Initech', externalId: 'c1' })
    const renamed = await call('PUT', `/v1/companies/${id}`, { name: 'Initrode' })
    const restored = await call('PUT', `/v1/companies/${id}`, { deleted: false })
    const deleted = [read.body?.data, listed[0], renamed.body?.data, restored.body?.data].map(
      (data) => data?.attributes.deleted
    )
    return [read.status, shown, double.status, restored.status, ...deleted]
  },
  {
    off: [404, false, 201, 404, undefined, undefined, undefined, undefined],
    on: [200, true, 409, 200, true, true, true, false]
  }
)

either(
  'deletedCompaniesStayLinked',
  async ({ call, create, sandbox }) => {
    const { id } = sandbox.addCompany({ name: 'Initech', externalId: 'c1' })
    const customer = await create({ company: id })
    await call('PUT', `/v1/companies/${id}`, { deleted: true })
    const { body } = await call('GET', `/v1/customers/${customer}`)
    const read = await call('GET', `/v1/companies/${id}`)
    const listed = listOf(await call('GET', '/v1/companies?externalId=c1')).length
    const repeated = await call('PATCH', `/v1/customers/${customer}`, { name: 'Ann', company: id })
    return [body?.data?.relationships.company?.data.id === id, read.status, listed, repeated.status]
  },
  { off: [false, 404, 0, 200], on: [true, 404, 0, 400], others: { unknownCompanyRefused: true } }
)

either(
  'companyListsLag',
  async ({ call, createCompany, pass }) => {
    const listed = async (query: string) =>
      listOf(await call('GET', `/v1/companies?${query}`)).map(({ attributes }) => attributes.name)
    const id = await createCompany({ name: 'Initech', externalId: 'c1' })
    const created = await listed('externalId=c1')
    pass(1)
    await call('PUT', `/v1/companies/${id}`, { name: 'Initrode' })
    await call('PUT', `/v1/companies/${id}`, { name: 'Intertrode' })
    const renamed = await listed('externalId=c1')
    const byNewName = await listed('filter=intertrode')
    const read = (await call('GET', `/v1/companies/${id}`)).body?.data?.attributes.name
    pass(1)
    const later = await listed('externalId=c1')
    await call('PUT', `/v1/companies/${id}`, { deleted: true })
    return { created, renamed, byNewName, read, later, deleted: await listed('') }
  },
  {
    off: {
      created: ['Initech'],
      renamed: ['Intertrode'],
      byNewName: ['Intertrode'],
      read: 'Intertrode',
      later: ['Intertrode'],
      deleted: []
    },
    on: {
      created: [],
      renamed: ['Initech'],
      byNewName: [],
      read: 'Intertrode',
      later: ['Intertrode'],
      deleted: ['Intertrode']
    }
  }
)

either(
  'trackingIdStays',
  async ({ call, create, sandbox }) => {
    const names = ['first', 'second']
    const ids = [await create({ externalId: 'first' }), await create({ externalId: 'second' })]
    for (const externalId of names) {
      const body = { identity: { externalId, trackingId: 'device' }, event: { name: `Of-${externalId}` } }
      await call('POST', '/v1/tracking/identityEvent', body)
    }
    await call('POST', '/v1/tracking/event', { name: 'Anonymous', trackingId: 'device' })
    return ids.map((id) => sandbox.timeline(id).flatMap(({ events }) => events.map(({ name }) => name)))
  },
  {
    off: [['Of-first'], ['Of-second', 'Anonymous']],
    on: [['Of-first', 'Anonymous'], ['Of-second']]
  }
)

/** An order of a customer, as these answers show it. */
const ordered = async ({ call, create, sandbox }: ReturnType<typeof start>) => {
  sandbox.defineAttributes('kobject.order', { statusStr: {} })
  const customer = await create({ externalId: 'u1' })
  const order = { title: 'Order 1', externalId: 'o1', data: { lines: [1] }, custom: { statusStr: 'open' } }
  const path = `/v1/customers/${customer}/klasses/order`
  const created = await call('POST', path, order)
  const single = `/v1/klasses/order/${created.body?.data?.id ?? ''}`
  const answers = [created, await call('GET', single), await call('GET', '/v1/klasses/order/externalId=o1')]
  const lists = [await call('GET', path), await call('GET', '/v1/klasses/order')]
  const shown = [...answers.map(({ body }) => body?.data), ...lists.map((list) => listOf(list)[0])]
  return { customer, path, single, order, shown }
}

either(
  'objectsHideCustomer',
  async (started) => (await ordered(started)).shown.map((data) => data?.relationships.customer !== undefined),
  { off: [true, true, true, true, true], on: [true, false, false, true, false] }
)

either(
  'objectsHideData',
  async (started) => {
    const { shown } = await ordered(started)
    const [kept] = started.sandbox.customObjects()
    return [kept, ...shown].map((data) => data?.attributes.data !== undefined)
  },
  { off: [true, true, true, true, true, true], on: [true, false, false, false, false, false] }
)

either(
  'objectDuplicatesTaken',
  async (started) => {
    const { path, order, single } = await ordered(started)
    const double = await started.call('POST', path, order)
    const other = await started.call('POST', path, { title: 'Order 2', externalId: 'o2' })
    const update = await started.call('PUT', `/v1/klasses/order/${other.body?.data?.id ?? ''}`, { externalId: 'o1' })
    const found = await started.call('GET', '/v1/klasses/order/externalId=o1')
    return [double.status, update.status, found.body?.data?.id === single.split('/').pop()]
  },
  { off: [409, 409, true], on: [201, 200, true] }
)

either(
  'objectPutReplaces',
  async (started) => {
    const { single } = await ordered(started)
    const { body } = await started.call('PUT', single, { description: 'Late' })
    const { title, externalId, description, data, custom } = body?.data?.attributes ?? {}
    return { title, externalId, description, data, custom }
  },
  {
    off: {
      title: 'Order 1',
      externalId: 'o1',
      description: 'Late',
      data: { lines: [1] },
      custom: { statusStr: 'open' }
    },
    on: { title: 'Order 1', externalId: undefined, description: 'Late', data: undefined, custom: {} }
  }
)

either(
  'mergeLeavesObjects',
  async (started) => {
    const { customer } = await ordered(started)
    const target = await started.create({ externalId: 'u2' })
    await started.call('POST', '/v1/customers/merges', { source: customer, target })
    return [customer, target].map((id) => started.sandbox.objects(id).length)
  },
  { off: [0, 1], on: [1, 0] }
)

either(
  'rateLimitHeadersAbsent',
  async ({ call, sandbox }) => {
    sandbox.setFaults({ rateLimit: 1 })
    const answers = [await call('GET', '/v1/auth/tokens/current'), await call('GET', '/v1/nothing')]
    return answers.map(({ status, headers }) => [
      status,
      ...['limit', 'remaining', 'reset'].map((name) => headers.get(`x-ratelimit-${name}`))
    ])
  },
  {
    off: [
      [200, '1', '0', '1704067260'],
      [429, '1', '0', '1704067260']
    ],
    on: [
      [200, null, null, null],
      [429, null, null, null]
    ]
  }
)

either(
  'customReplaced',
  async ({ call, create, sandbox }) => {
    const id = await create({ custom: { planStr: 'pro', seatsNum: 3 } })
    await call('PATCH', `/v1/customers/${id}`, { name: 'Ann' })
    await call('PATCH', `/v1/customers/${id}`, { custom: { seatsNum: 4 } })
    return sandbox.customers()[0]?.attributes.custom
  },
  { off: { planStr: 'pro', seatsNum: 4 }, on: { seatsNum: 4 } }
)

const withStaleRev = async ({ call, create }: ReturnType<typeof start>) => {
  const id = await create({ name: 'Ann' })
  await call('PATCH', `/v1/customers/${id}`, { name: 'Bob' })
  const stale = await call('PATCH', `/v1/customers/${id}`, { name: 'Cid', rev: 1 })
  const current = await call('PATCH', `/v1/customers/${id}`, { name: 'Dee', rev: stale.status === 200 ? 3 : 2 })
  return [stale.status, current.status]
}
const attributed =
  (custom: Record<string, unknown>) =>
  async ({ call, create, sandbox }: ReturnType<typeof start>) => {
    const id = await create({})
    const { id: companyId } = sandbox.addCompany({ name: 'Initech' })
    const definitions = { tierStr: { enumeration: ['gold'] }, oldStr: { deleted: true } }
    sandbox.defineAttributes('customer', definitions)
    sandbox.defineAttributes('company', definitions)
    const answers = [
      await call('PATCH', `/v1/customers/${id}`, { custom }),
      await call('PUT', `/v1/companies/${companyId}`, { custom }),
      await call('POST', '/v1/customers', { custom: { ...custom, tierStr: 'gold' } }),
      await call('POST', '/v1/customers', { custom: { ...custom, newStr: 'text' } })
    ]
    return answers.map(({ status }) => status)
  }
either('deletedAttributesTaken', attributed({ oldStr: 'text' }), {
  off: [400, 400, 400, 400],
  on: [200, 200, 201, 400]
})
either('dropDownsOpen', attributed({ tierStr: 'iron' }), { off: [400, 400, 201, 400], on: [200, 200, 201, 400] })

either('revIgnored', withStaleRev, { off: [409, 200], on: [200, 200] })
either('revRefused', withStaleRev, { off: [409, 200], on: [400, 400], others: { revIgnored: true } })

it('calls a rev that it refuses an unknown property, in bulk too', async () => {
  const { call, create } = start({ variants: { revRefused: true } })
  const id = await create({})
  expect((await call('PATCH', `/v1/customers/${id}`, { rev: 1 })).body?.errors).toMatchObject([
    { source: { parameter: 'rev' }, detail: '/properties/additionalProperties' }
  ])
  expect(await call('POST', '/v1/customers', { rev: 1 })).toMatchObject({ status: 400 })
  const { body } = await call('PUT', '/v1/customers/bulk', [{ id, rev: 1 }])
  const [batch] = listOf(await call('GET', `/v1/bulk/${body?.data?.id ?? ''}/batches`))
  expect(batch?.attributes).toMatchObject({ failureCount: 1 })
})

either(
  'jobsSlow',
  async ({ call, pass, sandbox }) => {
    const { body } = await call('POST', '/v1/customers/bulk', [{}])
    const seen = async () => {
      const job = await call('GET', `/v1/bulk/${body?.data?.id ?? ''}`)
      return `${String(job.body?.data?.attributes.status)} ${sandbox.customers().length}`
    }
    const states = [await seen()]
    pass(19 / 60)
    states.push(await seen())
    pass(1 / 60)
    return [...states, await seen()]
  },
  { off: ['complete 1', 'complete 1', 'complete 1'], on: ['running 0', 'running 0', 'complete 1'] }
)

const failedResult = async ({ call }: ReturnType<typeof start>) => {
  const records = [
    { _clientRef: 'a', externalId: 'u1' },
    { _clientRef: 'b', externalId: 'u1' }
  ]
  const { body } = await call('POST', '/v1/customers/bulk', records)
  const [batch] = listOf(await call('GET', `/v1/bulk/${body?.data?.id ?? ''}/batches`))
  const { results, errors } = batch?.attributes as { results: object[]; errors: unknown[] }
  return [results[1], errors[0]]
}

const asObject = { status: 409, code: 'conflict', title: IN_USE, source: { parameter: 'externalId' } }
either('bulkErrorsAsObjects', failedResult, {
  off: [{ _clientRef: 'b', status: 'error', error: 'duplicate detected' }, 'duplicate detected'],
  on: [{ _clientRef: 'b', status: 'error', error: asObject }, asObject]
})
either('bulkResultsWithoutStatus', failedResult, {
  off: [{ _clientRef: 'b', status: 'error', error: 'duplicate detected' }, 'duplicate detected'],
  on: [{ _clientRef: 'b', error: 'duplicate detected' }, 'duplicate detected']
})

it('words a double otherwise in bulk too', async () => {
  expect(await failedResult(start({ variants: { duplicateWordsVary: true } }))).toMatchObject([
    { error: 'Invalid request' },
    'Invalid request'
  ])
})

either(
  'bulkRefusesWhole',
  async ({ call, sandbox }) => {
    const { status } = await call('POST', '/v1/customers/bulk', [{ externalId: 'u1' }, { gender: 'x' }])
    return [status, sandbox.customers().length]
  },
  { off: [201, 1], on: [400, 0] }
)

it('refuses no whole body for a double', async () => {
  const { call, sandbox } = start({ variants: { bulkRefusesWhole: true } })
  const records = [{ externalId: 'u1' }, { externalId: 'u1' }]
  expect(await call('POST', '/v1/customers/bulk', records)).toMatchObject({ status: 201 })
  expect(sandbox.customers()).toHaveLength(1)
})

either(
  'mergeUnfinished',
  async ({ call, create, pass }) => {
    const source = await create({ emails: [{ email: 'ann@example.com' }] })
    const target = await create({})
    const merge = await call('POST', '/v1/customers/merges', { source, target })
    const seen = async () => {
      const read = await call('GET', `/v1/customers/merges/${merge.body?.data?.id ?? ''}`)
      const holder = (await call('GET', '/v1/customers/email=ann@example.com')).body?.data?.id
      const { status } = await call('GET', `/v1/customers/${source}`)
      return [read.body?.data?.attributes.status, holder === target ? 'target' : 'source', status]
    }
    const states = [merge.body?.data?.attributes.status, ...(await seen())]
    pass(2 / 60)
    return [...states, ...(await seen())]
  },
  {
    off: ['success', 'success', 'target', 404, 'success', 'target', 404],
    on: ['pending', 'pending', 'source', 200, 'success', 'target', 404]
  }
)

it('ends a merge in an error where one of them is gone by then', async () => {
  const { call, create, pass, sandbox } = start({ variants: { mergeUnfinished: true } })
  const [source, target] = [await create({}), await create({})]
  const { body } = await call('POST', '/v1/customers/merges', { source, target })
  await call('DELETE', `/v1/customers/${target}`)
  pass(2 / 60)
  const read = await call('GET', `/v1/customers/merges/${body?.data?.id ?? ''}`)
  expect(read.body?.data?.attributes.status).toBe('error')
  expect(sandbox.customers()).toMatchObject([{ id: source }])
})

const externalIdAfterMerge = async ({ call, create }: ReturnType<typeof start>) => {
  const [source, target] = [await create({ externalId: 's1' }), await create({})]
  await call('POST', '/v1/customers/merges', { source, target })
  const { body } = await call('GET', `/v1/customers/${target}`)
  const { status } = await call('POST', '/v1/customers', { externalId: 's1' })
  return [body?.data?.attributes.externalId, status]
}
either('mergePassesExternalId', externalIdAfterMerge, {
  off: [null, 409],
  on: ['s1', 409],
  others: { mergeFreesExternalId: true }
})
either('mergeFreesExternalId', externalIdAfterMerge, { off: [null, 409], on: [null, 201] })

it('passes no externalId to a target that has one', async () => {
  const { call, create } = start({ variants: { mergePassesExternalId: true } })
  const [source, target] = [await create({ externalId: 's1' }), await create({ externalId: 't1' })]
  await call('POST', '/v1/customers/merges', { source, target })
  expect((await call('GET', '/v1/customers/externalId=t1')).body?.data).toMatchObject({ id: target })
  expect(await call('POST', '/v1/customers', { externalId: 's1' })).toMatchObject({ status: 409 })
})

either(
  'mergedReadsAsDeleted',
  async ({ call, create, sandbox }) => {
    const [source, target] = [await create({ externalId: 's1' }), await create({})]
    await call('POST', '/v1/customers/merges', { source, target })
    const reads = [
      await call('GET', `/v1/customers/${source}`),
      await call('GET', '/v1/customers/externalId=s1'),
      await call('PATCH', `/v1/customers/${source}`, {})
    ]
    return [...reads.map(({ status, body }) => [status, body?.data?.attributes.deleted]), sandbox.customers().length]
  },
  {
    off: [[404, undefined], [404, undefined], [404, undefined], 1],
    on: [[200, true], [200, true], [404, undefined], 1]
  }
)

either(
  'mergeLeavesTimeline',
  async ({ call, create, sandbox }) => {
    const [source, target] = [await create({ externalId: 's1' }), await create({ externalId: 't1' })]
    const identity = { externalId: 's1', trackingId: 'visitor' }
    await call('POST', '/v1/tracking/identityEvent', { identity, event: { name: 'Before' } })
    await call('POST', '/v1/customers/merges', { source, target })
    await call('POST', '/v1/tracking/event', { trackingId: 'visitor', name: 'After' })
    return sandbox.timeline(target).flatMap(({ events }) => events.map(({ name }) => name))
  },
  { off: ['Before', 'After'], on: ['After'] }
)

either(
  'searchShowsRecord',
  async ({ call, create }) => {
    await create({ externalId: 'u1', company })
    const [result] = listOf(await call('POST', '/v1/customers/search', {}))
    return [result?.attributes.externalId, result?.relationships.company?.data.id]
  },
  { off: [undefined, undefined], on: ['u1', company] }
)

const tracked =
  (meta: Record<string, unknown>[]) =>
  async ({ call }: ReturnType<typeof start>) => {
    const answers = []
    for (const each of meta) {
      const event = { name: 'Seen', meta: each }
      const single = await call('POST', '/v1/tracking/event', event)
      const identified = await call('POST', '/v1/tracking/identityEvent', { identity: { externalId: 'u1' }, event })
      answers.push(`${single.status} ${identified.status}`)
    }
    return answers
  }
const [TAKEN, REFUSED] = ['204 201', '400 400']

either('metaTextsUnlimited', tracked([{ text: 'x'.repeat(1024) }, { text: 'x'.repeat(1025) }]), {
  off: [TAKEN, REFUSED],
  on: [TAKEN, TAKEN]
})
either('metaKeysLoose', tracked([{ seenAt: 'today' }, { aNumber: 'one' }, { sizeNum: 'L' }, { ['no key']: 'x' }]), {
  off: [REFUSED, REFUSED, REFUSED, REFUSED],
  on: [TAKEN, TAKEN, TAKEN, REFUSED]
})

either(
  'customTxtUnlimited',
  async ({ call, create }) => {
    const id = await create({ externalId: 'u1' })
    const body = { custom: { bioTxt: 'x'.repeat(1025) } }
    const answers = [
      await call('POST', '/v1/customers', body),
      await call('PATCH', `/v1/customers/${id}`, body),
      await call('POST', '/v1/tracking/identity', { externalId: 'u1', ...body }),
      await call('POST', '/v1/customers', { custom: { bioStr: 'x'.repeat(1025) } })
    ]
    return answers.map(({ status }) => status)
  },
  { off: [400, 400, 400, 400], on: [201, 200, 201, 400] }
)

it('has every variant described, and tested above', () => {
  expect(Object.keys(VARIANTS).filter((name) => !tested.has(name))).toEqual([])
  for (const { assumption, off, on } of Object.values(VARIANTS)) {
    expect(assumption).toMatch(/^[A-Z].*[^.]$/)
    // Each stands for itself on a page, with a subject of its own.
    expect(off).toMatch(/^(?!It )[A-Z].*\.$/)
    expect(on).toMatch(/^(?!It )[A-Z].*\.$/)
    expect(on).not.toBe(off)
  }
})
