import { PayloadValidationError, RetryableError } from '@segment/actions-core'
import {
  batches,
  briefCompany,
  companies,
  company,
  COMPANY_ID,
  companyRecord,
  customer,
  ID,
  identity,
  job,
  JOB_ID,
  merge,
  metadata,
  NOT_FOUND,
  OTHER_ID,
  plainError,
  record
} from '../../__tests__/__helpers__/answers'
import { setTime } from '../../__tests__/__helpers__/clock'
import type * as FakeClock from '../../__tests__/__helpers__/clock'
import { conversation, failure, kustomerOf, MISSING } from '../../__tests__/__helpers__/conversation'
import type { Answer } from '../../__tests__/__helpers__/conversation'
import type { KustomerClient } from '../client'

jest.mock('../clock', () => jest.requireActual<typeof FakeClock>('../../__tests__/__helpers__/clock'))

const NOW = 1_700_000_000_000
const BRIEF = briefCompany('Other', 'other').data.attributes
const EVENT = { name: 'Signed-Up', meta: { planStr: 'pro' } }

/** Every method, with the request that it makes, an answer and what it makes of it. */
const METHODS: Array<{
  method: string
  call: string
  body?: unknown
  answer: Answer
  result: unknown
  action: string
  role?: string
  run: (client: KustomerClient) => Promise<unknown>
}> = [
  {
    method: 'currentToken',
    call: 'GET auth/tokens/current',
    answer: [200, { data: { type: 'token', attributes: { roles: ['org.tracking'] } } }],
    result: undefined,
    action: 'check the API Key',
    run: (client) => client.currentToken()
  },
  {
    method: 'findRecord',
    call: 'GET customers/email=ann%2Btest%40example.com',
    answer: [200, customer({ name: 'Ann' }, ID, COMPANY_ID)],
    result: record({ name: 'Ann' }, ID, COMPANY_ID),
    action: 'look up the customer by email',
    role: 'org.permission.customer.read',
    run: (client) => client.findRecord('customer', { name: 'email', value: 'ann+test@example.com' })
  },
  {
    method: 'findCompaniesByExternalId',
    call: 'GET companies?externalId=a%2Fb%26c%3Dd%20%2B',
    answer: [200, companies([company({ externalId: 'a/b&c=d +' }), briefCompany('Other', 'other', OTHER_ID)])],
    result: [companyRecord({ externalId: 'a/b&c=d +' }), { id: OTHER_ID, attributes: BRIEF }],
    action: 'look up the company by externalId',
    role: 'org.permission.company.read',
    run: (client) => client.findCompaniesByExternalId('a/b&c=d +')
  },
  {
    method: 'findCompaniesByName',
    call: 'GET companies?filter=Acme%20%26%20Sons%3F%20%C3%9C%2B%23',
    answer: [200, companies([company({ name: 'Acme & Sons? Ü+#' }), briefCompany('Other', 'other', OTHER_ID)])],
    result: {
      companies: [companyRecord({ name: 'Acme & Sons? Ü+#' }), { id: OTHER_ID, attributes: BRIEF }],
      isCut: false
    },
    action: 'look up the company by name',
    role: 'org.permission.company.read',
    run: (client) => client.findCompaniesByName('Acme & Sons? Ü+#')
  },
  {
    method: 'getRecord, of a customer',
    call: 'GET customers/a%2Fb',
    answer: [200, customer()],
    result: record(),
    action: 'read the customer',
    role: 'org.permission.customer.read',
    run: (client) => client.getRecord('customer', 'a/b')
  },
  {
    method: 'getRecord, of a company',
    call: 'GET companies/a%2Fb',
    answer: [200, company()],
    result: companyRecord(),
    action: 'read the company',
    role: 'org.permission.company.read',
    run: (client) => client.getRecord('company', 'a/b')
  },
  {
    method: 'createRecord, of a customer',
    call: 'POST customers',
    body: { name: 'Ann' },
    answer: [201, customer({ name: 'Ann' })],
    result: { outcome: 'written', record: record({ name: 'Ann' }) },
    action: 'create the customer',
    role: 'org.permission.customer.create',
    run: (client) => client.createRecord('customer', { name: 'Ann' })
  },
  {
    method: 'createRecord, of a company',
    call: 'POST companies',
    body: { name: 'Acme' },
    answer: [201, company({ name: 'Acme' })],
    result: { outcome: 'written', record: companyRecord({ name: 'Acme' }) },
    action: 'create the company',
    role: 'org.permission.company.create',
    run: (client) => client.createRecord('company', { name: 'Acme' })
  },
  {
    method: 'updateRecord, of a customer',
    call: 'PATCH customers/a%2Fb',
    body: { name: 'Ann', rev: 3 },
    answer: [200, customer({ name: 'Ann', rev: 4 })],
    result: { outcome: 'written', record: record({ name: 'Ann', rev: 4 }) },
    action: 'update the customer',
    role: 'org.permission.customer.update',
    run: (client) => client.updateRecord('customer', 'a/b', { name: 'Ann', rev: 3 })
  },
  {
    method: 'updateRecord, of a company',
    call: 'PUT companies/a%2Fb',
    body: { name: 'Acme', rev: 3 },
    answer: [200, company({ name: 'Acme', rev: 4 })],
    result: { outcome: 'written', record: companyRecord({ name: 'Acme', rev: 4 }) },
    action: 'update the company',
    role: 'org.permission.company.update',
    run: (client) => client.updateRecord('company', 'a/b', { name: 'Acme', rev: 3 })
  },
  {
    method: 'deleteCustomer',
    call: 'DELETE customers/a%2Fb',
    answer: [204],
    result: undefined,
    action: 'delete the customer',
    role: 'org.permission.customer.delete',
    run: (client) => client.deleteCustomer('a/b')
  },
  {
    method: 'mergeCustomers',
    call: 'POST customers/merges',
    body: { source: ID, target: OTHER_ID },
    answer: [201, merge()],
    result: 'merged',
    action: 'merge two customers of one person',
    role: 'org.permission.customer_merge.create',
    run: (client) => client.mergeCustomers(ID, OTHER_ID)
  },
  {
    method: 'startBulk, to create customers',
    call: 'POST customers/bulk',
    body: [{ name: 'Ann', _clientRef: 'a' }],
    answer: [201, job()],
    result: JOB_ID,
    action: 'create 1 customer records in one job',
    role: 'org.permission.customer.create',
    run: (client) => client.startBulk('customer', 'create', [{ name: 'Ann', _clientRef: 'a' }])
  },
  {
    method: 'startBulk, to update customers',
    call: 'PUT customers/bulk',
    body: [
      { id: ID, name: 'Ann', _clientRef: 'a' },
      { id: OTHER_ID, name: 'Bob', _clientRef: 'b' }
    ],
    answer: [201, job()],
    result: JOB_ID,
    action: 'update 2 customer records in one job',
    role: 'org.permission.customer.update',
    run: (client) =>
      client.startBulk('customer', 'update', [
        { id: ID, name: 'Ann', _clientRef: 'a' },
        { id: OTHER_ID, name: 'Bob', _clientRef: 'b' }
      ])
  },
  {
    method: 'startBulk, to create companies',
    call: 'POST companies/bulk',
    body: [{ name: 'Acme', _clientRef: 'a' }],
    answer: [201, job()],
    result: JOB_ID,
    action: 'create 1 company records in one job',
    role: 'org.permission.company.create',
    run: (client) => client.startBulk('company', 'create', [{ name: 'Acme', _clientRef: 'a' }])
  },
  {
    method: 'startBulk, to update companies',
    call: 'PUT companies/bulk',
    body: [{ id: COMPANY_ID, name: 'Acme', _clientRef: 'a' }],
    answer: [201, job()],
    result: JOB_ID,
    action: 'update 1 company records in one job',
    role: 'org.permission.company.update',
    run: (client) => client.startBulk('company', 'update', [{ id: COMPANY_ID, name: 'Acme', _clientRef: 'a' }])
  },
  {
    method: 'isBulkComplete',
    call: 'GET bulk/a%2Fb',
    answer: [200, job('complete')],
    result: true,
    action: 'follow the bulk job',
    role: 'org.permission.bulk.read',
    run: (client) => client.isBulkComplete('a/b')
  },
  {
    method: 'bulkResults',
    call: 'GET bulk/a%2Fb/batches',
    answer: [200, batches([{ _clientRef: 'a', objectId: ID, status: 'created' }])],
    result: [{ clientRef: 'a', isWritten: true, objectId: ID }],
    action: 'follow the bulk job',
    role: 'org.permission.bulk.read',
    run: (client) => client.bulkResults('a/b')
  },
  {
    method: 'definedAttributes, of customers',
    call: 'GET metadata/customer',
    answer: [200, metadata({ planStr: { displayName: 'Plan', enumeration: ['free', 'pro'] } })],
    result: [{ name: 'planStr', displayName: 'Plan', values: ['free', 'pro'] }],
    action: 'list the custom attributes of the customer',
    role: 'org.permission.metadata.read',
    run: (client) => client.definedAttributes('customer')
  },
  {
    method: 'definedAttributes, of companies',
    call: 'GET metadata/company',
    answer: [200, metadata({ seatsNum: { displayName: 'Seats' } }, 'company')],
    result: [{ name: 'seatsNum', displayName: 'Seats', values: undefined }],
    action: 'list the custom attributes of the company',
    role: 'org.permission.metadata.read',
    run: (client) => client.definedAttributes('company')
  },
  {
    method: 'trackAnonymousEvent',
    call: 'POST tracking/event',
    body: { trackingId: 'visitor', ...EVENT },
    answer: [204],
    result: undefined,
    action: 'record the event',
    role: 'org.tracking',
    run: (client) => client.trackAnonymousEvent({ trackingId: 'visitor', ...EVENT })
  },
  {
    method: 'trackCustomerEvent',
    call: 'POST tracking/identityEvent',
    body: { identity: { externalId: 'u1' }, event: EVENT },
    answer: [201, identity()],
    result: undefined,
    action: 'record the event',
    role: 'org.tracking',
    run: (client) => client.trackCustomerEvent({ externalId: 'u1' }, EVENT)
  },
  {
    method: 'claimHistory',
    call: 'POST tracking/identity',
    body: { trackingId: 'visitor', externalId: 'u1' },
    answer: [201, identity()],
    result: undefined,
    action: 'claim the anonymous history',
    role: 'org.tracking',
    run: (client) => client.claimHistory({ trackingId: 'visitor', externalId: 'u1' })
  }
]

beforeEach(() => {
  setTime(NOW)
})

describe.each(METHODS)('$method', ({ call, body, answer, result, action, run }) => {
  const clientFor = (given: Answer) => conversation(body === undefined ? [call, given] : [call, body, given]).client()

  it('sends one request and reads its answer', async () => {
    expect(await run(clientFor(answer))).toEqual(result)
  })

  it('says what failed', async () => {
    expect(await failure(run(clientFor([500, plainError('No')])))).toMatchObject({
      status: 500,
      message: `Could not ${action}: Kustomer answered 500: "No".`
    })
  })
})

it.each(METHODS.filter(({ method }) => method !== 'mergeCustomers'))(
  'names the role that a 401 of $method may be about',
  async ({ action, role, run }) => {
    const needed = role
      ? ` If both are right, the role is missing. Create a new API key with the role ${role}: the roles of a key are fixed.`
      : ''
    await expect(run(kustomerOf(() => [401]).client())).rejects.toMatchObject({
      status: 401,
      message: `Could not ${action}: Kustomer answered 401. Check API Key and Org Pod: a key works only in the pod where it was created.${needed}`
    })
  }
)

it('throws for every method what ended the work', async () => {
  const client = conversation(['GET customers/1', [429]]).client()
  const first = await failure(client.getRecord('customer', '1'))
  expect(first).toMatchObject({ status: 429 })
  for (const { run } of METHODS) {
    expect(await failure(run(client))).toBe(first)
  }
})

describe('a record that is not there', () => {
  it('is none for a look-up', async () => {
    const kustomer = conversation(
      ['GET customers/externalId=u1', MISSING],
      ['GET customers/phone=%2B15550100200', [200, customer({ deleted: true })]],
      ['GET customers/1', MISSING],
      ['GET customers/2', [200, '']],
      ['GET companies/1', MISSING],
      ['GET companies/2', [200, company({ deleted: true })]]
    )
    const client = kustomer.client()
    expect(await client.findRecord('customer', { name: 'externalId', value: 'u1' })).toBeUndefined()
    expect(await client.findRecord('customer', { name: 'phone', value: '+15550100200' })).toBeUndefined()
    expect(await client.getRecord('customer', '1')).toBeUndefined()
    expect(await client.getRecord('customer', '2')).toBeUndefined()
    expect(await client.getRecord('company', '1')).toBeUndefined()
    expect(await client.getRecord('company', '2')).toBeUndefined()
  })

  it('is in no list', async () => {
    const kustomer = conversation(
      ['GET companies?externalId=a', [200, companies()]],
      ['GET companies?externalId=b', [200, companies([company({ deleted: true })])]],
      ['GET companies?externalId=c', MISSING],
      ['GET companies?externalId=d', [200, '']],
      ['GET companies?filter=Acme', MISSING]
    )
    const client = kustomer.client()
    for (const externalId of ['a', 'b', 'c', 'd']) {
      expect(await client.findCompaniesByExternalId(externalId)).toEqual([])
    }
    expect(await client.findCompaniesByName('Acme')).toEqual({ companies: [], isCut: false })
  })

  it('is missing for an update', async () => {
    const kustomer = conversation(
      ['PATCH customers/1', { name: 'Ann' }, MISSING],
      ['PUT companies/1', { name: 'Acme' }, MISSING]
    )
    const client = kustomer.client()
    expect(await client.updateRecord('customer', '1', { name: 'Ann' })).toMatchObject({ outcome: 'missing' })
    expect(await client.updateRecord('company', '1', { name: 'Acme' })).toMatchObject({ outcome: 'missing' })
  })

  it('is no failure for a deletion', async () => {
    const kustomer = conversation(['DELETE customers/1', MISSING])
    await expect(kustomer.client().deleteCustomer('1')).resolves.toBeUndefined()
  })

  it('is a failure for a creation', async () => {
    const kustomer = conversation(['POST customers', {}, MISSING])
    expect(await failure(kustomer.client().createRecord('customer', {}))).toMatchObject({
      status: 404,
      message: 'Could not create the customer: Kustomer answered 404: "Not Found (externalId)".'
    })
  })
})

describe('companies by name', () => {
  const page = (number: number, next: string | null): [string, Answer] => [
    `GET companies?filter=Acme${number === 1 ? '' : `&page=${number}`}`,
    [200, companies([company({ name: `Acme ${number}` }, String(number))], next)]
  ]

  it.each([1, 2, 3, 4, 5])('are read to the end of %d pages', async (count) => {
    const pages = Array.from({ length: count }, (_, index) =>
      page(index + 1, index + 1 < count ? `/v1/companies?filter=Acme&page=${index + 2}&pageSize=100` : null)
    )
    const { companies: found, isCut } = await conversation(...pages)
      .client()
      .findCompaniesByName('Acme')
    expect(found.map(({ id }) => id)).toEqual(['1', '2', '3', '4', '5'].slice(0, count))
    expect(isCut).toBe(false)
  })

  it('are not read beyond five pages', async () => {
    const kustomer = conversation(...[1, 2, 3, 4, 5].map((number) => page(number, 'more')))
    expect(await kustomer.client().findCompaniesByName('Acme')).toMatchObject({ companies: { length: 5 }, isCut: true })
  })
})

describe('a refusal', () => {
  it.each([400, 409, 422])('of status %d is an outcome of a write', async (status) => {
    const kustomer = conversation(
      ['POST customers', {}, [status, plainError('Taken')]],
      ['PATCH customers/1', {}, [status, plainError('Taken')]],
      ['POST companies', {}, [status, plainError('Taken')]],
      ['PUT companies/1', {}, [status, plainError('Taken')]],
      ['POST customers/merges', { source: '1', target: '2' }, [status, plainError('Merged already')]]
    )
    const client = kustomer.client()
    expect(await client.createRecord('customer', {})).toMatchObject({
      outcome: 'refused',
      error: { status, message: `Could not create the customer: Kustomer answered ${status}: "Taken".` }
    })
    expect(await client.updateRecord('customer', '1', {})).toMatchObject({
      outcome: 'refused',
      error: { status, message: `Could not update the customer: Kustomer answered ${status}: "Taken".` }
    })
    expect(await client.createRecord('company', {})).toMatchObject({
      outcome: 'refused',
      error: { status, message: `Could not create the company: Kustomer answered ${status}: "Taken".` }
    })
    expect(await client.updateRecord('company', '1', {})).toMatchObject({
      outcome: 'refused',
      error: { status, message: `Could not update the company: Kustomer answered ${status}: "Taken".` }
    })
    expect(await client.mergeCustomers('1', '2')).toBe('refused')
  })

  it.each([400, 409, 422])('of status %d is a failure of a read and of a deletion', async (status) => {
    const kustomer = conversation(
      ['GET customers/1', [status]],
      ['GET companies?externalId=a', [status]],
      ['GET companies?filter=Acme', [status]],
      ['GET metadata/company', [status]],
      ['DELETE customers/1', [status]]
    )
    const client = kustomer.client()
    expect(await failure(client.getRecord('customer', '1'))).toMatchObject({ status })
    expect(await failure(client.findCompaniesByExternalId('a'))).toMatchObject({ status })
    expect(await failure(client.findCompaniesByName('Acme'))).toMatchObject({ status })
    expect(await failure(client.definedAttributes('company'))).toMatchObject({ status })
    expect(await failure(client.deleteCustomer('1'))).toMatchObject({ status })
  })
})

describe('a merge', () => {
  const mergeThem = (answer: Answer) =>
    conversation(['POST customers/merges', { source: ID, target: OTHER_ID }, answer])
      .client()
      .mergeCustomers(ID, OTHER_ID)

  it.each([
    [404, NOT_FOUND, 'refused'],
    [401, '', 'forbidden'],
    [403, '', 'forbidden']
  ])('that is answered with %d', async (status, body, outcome) => {
    expect(await mergeThem([status, body])).toBe(outcome)
  })

  it.each(['pending', 'queued', 'running'])('that is %s yet is retryable', async (status) => {
    const error = await failure(mergeThem([201, merge(status)]))
    expect(error).toBeInstanceOf(RetryableError)
    expect(error).toMatchObject({
      status: 423,
      message: 'Could not merge two customers of one person: Kustomer has taken the merge and not finished it yet.'
    })
  })
})

describe('a bulk job', () => {
  it.each([
    ['queued', false],
    ['running', false],
    ['complete', true]
  ])('that is %s', async (status, isComplete) => {
    expect(
      await conversation(['GET bulk/1', [200, job(status)]])
        .client()
        .isBulkComplete('1')
    ).toBe(isComplete)
  })

  it('that Kustomer does not name was not taken', async () => {
    const kustomer = conversation(['POST companies/bulk', [], [201, { data: {} }]])
    const error = await failure(kustomer.client().startBulk('company', 'create', []))
    expect(error).toBeInstanceOf(RetryableError)
    expect(error).toMatchObject({
      status: 502,
      message:
        'Could not create 0 company records in one job: api.kustomerapp.com answered 201 with an unreadable body.'
    })
  })

  it.each([400, 409, 422, 404])('that is answered with %d fails', async (status) => {
    const kustomer = conversation(['GET bulk/1', [status]], ['GET bulk/1/batches', [status]])
    const client = kustomer.client()
    expect(await failure(client.isBulkComplete('1'))).toMatchObject({ status })
    expect(await failure(client.bulkResults('1'))).toMatchObject({ status })
  })
})

describe('the body of a success', () => {
  it('may be empty', async () => {
    const client = kustomerOf(() => [200, ' \n']).client()
    expect(await client.getRecord('customer', '1')).toBeUndefined()
    expect(await client.createRecord('customer', {})).toEqual({ outcome: 'written' })
    expect(await client.updateRecord('company', '1', {})).toEqual({ outcome: 'written' })
    expect(await client.definedAttributes('customer')).toEqual([])
  })

  it.each(['<html>Welcome</html>', '{', '', '{"errors":[]}'])(
    'does not undo the delivery of an event: %j',
    async (body) => {
      const client = kustomerOf(() => [201, body]).client()
      await expect(client.trackAnonymousEvent(EVENT)).resolves.toBeUndefined()
      await expect(client.trackCustomerEvent({}, EVENT)).resolves.toBeUndefined()
      await expect(client.claimHistory({})).resolves.toBeUndefined()
    }
  )
})

it('retries an event that meets a conflict', async () => {
  const client = kustomerOf(() => [409, plainError('Busy')]).client()
  for (const [tracked, action] of [
    [client.trackAnonymousEvent(EVENT), 'record the event'],
    [client.trackCustomerEvent({}, EVENT), 'record the event'],
    [client.claimHistory({}), 'claim the anonymous history']
  ] as const) {
    const error = await failure(tracked)
    expect(error).toBeInstanceOf(RetryableError)
    expect(error).toMatchObject({ status: 423, message: `Could not ${action}: Kustomer answered 409: "Busy".` })
  }
})

describe('what a key may not do', () => {
  it.each([401, 403])('is asked for once, at %d', async (status) => {
    const kustomer = conversation(
      ['GET customers/1', [status]],
      ['POST customers', {}, [status]],
      ['PATCH customers/1', {}, [status]],
      ['DELETE customers/1', [status]],
      ['GET companies?externalId=a', [status]],
      ['POST companies', {}, [status]],
      ['PUT companies/1', {}, [status]],
      ['GET metadata/customer', [status]],
      ['GET metadata/company', [status]],
      ['POST customers/merges', { source: '1', target: '2' }, [status]],
      ['POST customers/bulk', [], [status]],
      ['POST tracking/event', EVENT, [status]],
      ['GET auth/tokens/current', [status]]
    )
    const client = kustomer.client()
    const kinds = [
      [
        () => client.getRecord('customer', '1'),
        () => client.findRecord('customer', { name: 'email', value: 'a@example.com' })
      ],
      [() => client.createRecord('customer', {}), () => client.createRecord('customer', { name: 'Ann' })],
      [() => client.updateRecord('customer', '1', {}), () => client.updateRecord('customer', '2', {})],
      [() => client.deleteCustomer('1'), () => client.deleteCustomer('2')],
      [
        () => client.findCompaniesByExternalId('a'),
        () => client.findCompaniesByName('Acme'),
        () => client.getRecord('company', '1')
      ],
      [() => client.createRecord('company', {}), () => client.createRecord('company', { name: 'Acme' })],
      [() => client.updateRecord('company', '1', {}), () => client.updateRecord('company', '2', {})],
      [() => client.definedAttributes('customer'), () => client.definedAttributes('customer')],
      [() => client.definedAttributes('company'), () => client.definedAttributes('company')],
      [() => client.mergeCustomers('1', '2'), () => client.mergeCustomers('3', '4')],
      [() => client.startBulk('customer', 'create', []), () => client.startBulk('customer', 'update', [])],
      [
        () => client.trackAnonymousEvent(EVENT),
        () => client.claimHistory({}),
        () => client.trackCustomerEvent({}, EVENT)
      ],
      [() => client.currentToken(), () => client.currentToken()]
    ]
    for (const [first, ...others] of kinds) {
      const outcome = await failure(first?.() ?? Promise.resolve())
      for (const other of others) {
        expect(await failure(other())).toEqual(outcome)
      }
    }
    expect(kustomer.sent).toHaveLength(kinds.length)
  })
})

it('ends its work at its deadline', async () => {
  const client = conversation().client({ deadline: NOW })
  expect(await failure(client.getRecord('customer', '1'))).toMatchObject({ status: 408 })
})

it('shows its signal to whoever pauses between two requests', () => {
  const { signal } = new AbortController()
  expect(kustomerOf(() => [200]).client({ signal }).signal).toBe(signal)
  expect(kustomerOf(() => [200]).client().signal).toBeUndefined()
})

it('runs a task once for a key, whether it succeeds or fails', async () => {
  const client = conversation().client()
  const task = jest.fn((answer: string) =>
    answer === 'no' ? Promise.reject(new Error(answer)) : Promise.resolve(answer)
  )
  const once = (key: string, answer: string) => client.once(key, () => task(answer))
  expect(await Promise.all([once('a', '1'), once('a', '2'), once('b', '3')])).toEqual(['1', '1', '3'])
  const error = await failure(once('c', 'no'))
  expect(await failure(once('c', '4'))).toBe(error)
  expect(task.mock.calls).toEqual([['1'], ['3'], ['no']])
})

it.each([
  ['a lone surrogate', 'a\ud83d', 'a%EF%BF%BD'],
  ['a whole pair', 'a\ud83d\ude00', 'a%F0%9F%98%80']
])('encodes %s in a path', async (_what, value, encoded) => {
  const { client } = conversation([`GET customers/externalId=${encoded}`, MISSING])
  expect(await client().findRecord('customer', { name: 'externalId', value })).toBeUndefined()
})

it('calls custom objects by their Klass', async () => {
  const kustomer = conversation(
    ['GET klasses/ecomm-order/externalId=o1', [403]],
    ['POST klasses/ecomm-order', {}, [500]],
    ['PUT klasses/ecomm-order/1', {}, [500]]
  )
  const client = kustomer.client()
  const message = expect.stringMatching(/custom object.*org\.permission\.kobject\.read/)
  const kind = 'kobject.ecomm-order'
  expect(await failure(client.findRecord(kind, { name: 'externalId', value: 'o1' }))).toMatchObject({ message })
  expect(await failure(client.createRecord(kind, {}))).toMatchObject({ status: 500 })
  expect(await failure(client.updateRecord(kind, '1', {}))).toMatchObject({ status: 500 })
})

describe('a custom object whose Klass is not defined', () => {
  const client = () => conversation(['POST klasses/order', {}, MISSING]).client()

  it('is an error that names the Klass and is not retried', async () => {
    const error = await failure(client().createRecord('kobject.order', {}))
    expect(error).toBeInstanceOf(PayloadValidationError)
    expect(error).toMatchObject({
      status: 400,
      message: expect.stringMatching(/^The Klass order isn't defined in Kustomer\. Could not create the custom object/)
    })
  })

  it('is missing where an update meets it, and nothing special for a customer', async () => {
    const kustomer = conversation(['PUT klasses/order/1', {}, MISSING], ['POST customers', {}, MISSING])
    expect(await kustomer.client().updateRecord('kobject.order', '1', {})).toMatchObject({ outcome: 'missing' })
    expect(await failure(kustomer.client().createRecord('customer', {}))).toMatchObject({ status: 404 })
  })
})
