import { APIError, InvalidAuthenticationError, RetryableError } from '@segment/actions-core'
import {
  batches,
  COMPANY_ID,
  customer,
  ID,
  identity,
  job,
  JOB_ID,
  merge,
  NOT_FOUND,
  OTHER_ID,
  plainError,
  record
} from '../../__tests__/__helpers__/answers'
import { elapse, setTime } from '../../__tests__/__helpers__/clock'
import type * as FakeClock from '../../__tests__/__helpers__/clock'
import { conversation, failure, kustomerOf, MISSING, SETTINGS } from '../../__tests__/__helpers__/conversation'
import type { Answer } from '../../__tests__/__helpers__/conversation'
import { KustomerClient } from '../client'

jest.mock('../clock', () => jest.requireActual<typeof FakeClock>('../../__tests__/__helpers__/clock'))

const FORBIDDEN: Answer = [403, plainError('Forbidden', 'forbidden')]
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
    method: 'findCustomer',
    call: 'GET customers/email=ann%2Btest%40example.com',
    answer: [200, customer({ name: 'Ann' }, ID, COMPANY_ID)],
    result: record({ name: 'Ann' }, ID, COMPANY_ID),
    action: 'look up the customer by email',
    role: 'org.permission.customer.read',
    run: (client) => client.findCustomer({ name: 'email', value: 'ann+test@example.com' })
  },
  {
    method: 'getCustomer',
    call: 'GET customers/a%2Fb',
    answer: [200, customer()],
    result: record(),
    action: 'read the customer',
    role: 'org.permission.customer.read',
    run: (client) => client.getRecord('customer', 'a/b')
  },
  {
    method: 'createCustomer',
    call: 'POST customers',
    body: { name: 'Ann' },
    answer: [201, customer({ name: 'Ann' })],
    result: { outcome: 'created', id: ID },
    action: 'create the customer',
    role: 'org.permission.customer.create',
    run: (client) => client.createRecord('customer', { name: 'Ann' })
  },
  {
    method: 'updateCustomer',
    call: 'PATCH customers/a%2Fb',
    body: { name: 'Ann', rev: 3 },
    answer: [200, customer({ name: 'Ann', rev: 4 })],
    result: { outcome: 'updated' },
    action: 'update the customer',
    role: 'org.permission.customer.update',
    run: (client) => client.updateRecord('customer', 'a/b', { name: 'Ann', rev: 3 })
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
    action: 'merge the customer with the one that their events made',
    role: 'org.permission.customer_merge.create',
    run: (client) => client.mergeCustomers(ID, OTHER_ID)
  },
  {
    method: 'startBulk, to create',
    call: 'POST customers/bulk',
    body: [{ name: 'Ann', _clientRef: 'a' }],
    answer: [201, job()],
    result: JOB_ID,
    action: 'create 1 customers at once',
    role: 'org.permission.customer.create',
    run: (client) => client.startBulk('customer', 'create', [{ name: 'Ann', _clientRef: 'a' }])
  },
  {
    method: 'startBulk, to update',
    call: 'PUT customers/bulk',
    body: [
      { id: ID, name: 'Ann', _clientRef: 'a' },
      { id: OTHER_ID, name: 'Bob', _clientRef: 'b' }
    ],
    answer: [201, job()],
    result: JOB_ID,
    action: 'update 2 customers at once',
    role: 'org.permission.customer.update',
    run: (client) =>
      client.startBulk('customer', 'update', [
        { id: ID, name: 'Ann', _clientRef: 'a' },
        { id: OTHER_ID, name: 'Bob', _clientRef: 'b' }
      ])
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
  setTime(1_700_000_000_000)
})

describe.each(METHODS)('$method', ({ call, body, answer, result, action, run }) => {
  const talk = (...answers: Answer[]) =>
    conversation(
      ...answers.map((each): [string, unknown, Answer] | [string, Answer] =>
        body === undefined ? [call, each] : [call, body, each]
      )
    )

  it('sends one request and reads its answer', async () => {
    const kustomer = talk(answer)
    expect(await run(kustomer.client())).toEqual(result)
  })

  it('sets a time-out of 10 seconds, follows no redirect and passes no signal on', async () => {
    const kustomer = talk(answer)
    await run(kustomer.client({ signal: new AbortController().signal }))
    const [options] = kustomer.options
    expect(options).toMatchObject({ timeout: 10_000, redirect: 'manual', throwHttpErrors: false })
    expect(Object.keys(options ?? {}).sort()).toEqual(['json', 'method', 'redirect', 'throwHttpErrors', 'timeout'])
  })

  it.each([408, 423, 429, 500, 503, 413, 418])('throws the status %d as it is', async (status) => {
    const error = await failure(run(talk([status, plainError('No')]).client()))
    expect(error).toBeInstanceOf(APIError)
    expect(error).toMatchObject({ status, message: `Could not ${action}: Kustomer answered ${status}. No.` })
  })

  it.each([300, 302])('takes the redirect %d for a failure', async (status) => {
    const error = await failure(run(talk([status, '']).client()))
    expect(error).toMatchObject({ status: 502, message: `Could not ${action}: Kustomer answered ${status}.` })
  })

  it('never quotes the key', async () => {
    const error = await failure(run(talk([500, plainError(`Token ${SETTINGS.apiKey}`)]).client()))
    expect((error as Error).message).toBe(`Could not ${action}: Kustomer answered 500. Token [API Key].`)
  })

  it('retries a connection that is lost', async () => {
    const error = await failure(run(talk(Object.assign(new Error('ann@example.com'), { code: 'ECONNRESET' })).client()))
    expect(error).toBeInstanceOf(RetryableError)
    expect(error).toMatchObject({
      status: 503,
      message: `Could not ${action}: the connection to api.kustomerapp.com failed (ECONNRESET).`
    })
  })

  it('sends nothing once the signal has come', async () => {
    const controller = new AbortController()
    controller.abort()
    const error = await failure(run(kustomerOf(() => answer).client({ signal: controller.signal })))
    expect(error).toBeInstanceOf(RetryableError)
    expect(error).toMatchObject({
      status: 408,
      message: `Could not ${action}: api.kustomerapp.com did not answer in time.`
    })
  })
})

it.each(METHODS.filter(({ method }) => method !== 'mergeCustomers'))(
  'names the role that a 401 of $method may be about',
  async ({ action, role, run }) => {
    const needed = role ? ` It also needs the role ${role}, which cannot be added to a key that exists.` : ''
    await expect(run(kustomerOf(() => [401]).client())).rejects.toMatchObject({
      status: 401,
      message: `Could not ${action}: Kustomer answered 401. Check the API Key and Org Pod settings: a key works only in the pod it was made in.${needed}`
    })
  }
)

describe('settings', () => {
  it.each([
    ['prod1', 'https://api.kustomerapp.com/v1/auth/tokens/current'],
    ['prod2', 'https://api.prod2.kustomerapp.com/v1/auth/tokens/current'],
    ['prod4', 'https://api.prod4.kustomerapp.com/v1/auth/tokens/current'],
    ['evil.example/', 'https://api.kustomerapp.com/v1/auth/tokens/current']
  ])('send the key of pod %s to its host', async (orgPod, url) => {
    const request = jest.fn(() => Promise.resolve({ status: 200, content: '' }))
    await new KustomerClient(request as never, { apiKey: 'key', orgPod }).currentToken()
    expect(request.mock.calls.map(([sent]: unknown[]) => sent)).toEqual([url])
  })

  it('are refused before any request where there is no key', () => {
    const { request } = kustomerOf(() => [200])
    expect(() => new KustomerClient(request, { apiKey: '', orgPod: 'prod1' })).toThrow(InvalidAuthenticationError)
  })

  it('have their key taken out of messages though it was pasted with spaces', async () => {
    const { request } = kustomerOf(() => [500, plainError('Token my-long-key')])
    const client = new KustomerClient(request, { apiKey: ' my-long-key ', orgPod: 'prod1' })
    await expect(client.currentToken()).rejects.toThrow(/Token \[API Key\]\.$/)
  })
})

describe('a customer who is not there', () => {
  it('is none for a look-up', async () => {
    const kustomer = conversation(
      ['GET customers/externalId=u1', MISSING],
      ['GET customers/phone=%2B15550100200', [200, customer({ deleted: true })]],
      ['GET customers/1', MISSING],
      ['GET customers/2', [200, '']]
    )
    const client = kustomer.client()
    expect(await client.findCustomer({ name: 'externalId', value: 'u1' })).toBeUndefined()
    expect(await client.findCustomer({ name: 'phone', value: '+15550100200' })).toBeUndefined()
    expect(await client.getRecord('customer', '1')).toBeUndefined()
    expect(await client.getRecord('customer', '2')).toBeUndefined()
  })

  it('is missing for an update', async () => {
    const kustomer = conversation(['PATCH customers/1', { name: 'Ann' }, MISSING])
    expect(await kustomer.client().updateRecord('customer', '1', { name: 'Ann' })).toEqual({ outcome: 'missing' })
  })

  it('is no failure for a deletion', async () => {
    const kustomer = conversation(['DELETE customers/1', MISSING])
    await expect(kustomer.client().deleteCustomer('1')).resolves.toBeUndefined()
  })

  it('is a failure for a creation', async () => {
    const kustomer = conversation(['POST customers', {}, MISSING])
    expect(await failure(kustomer.client().createRecord('customer', {}))).toMatchObject({
      status: 404,
      message: 'Could not create the customer: Kustomer answered 404. Not Found (externalId).'
    })
  })
})

describe('a refusal', () => {
  it.each([400, 409, 422])('of status %d is an outcome of a write', async (status) => {
    const kustomer = conversation(
      ['POST customers', {}, [status, plainError('Taken')]],
      ['PATCH customers/1', {}, [status, plainError('Taken')]],
      ['POST customers/merges', { source: '1', target: '2' }, [status, plainError('Merged already')]]
    )
    const client = kustomer.client()
    expect(await client.createRecord('customer', {})).toMatchObject({
      outcome: 'refused',
      error: { status, message: `Could not create the customer: Kustomer answered ${status}. Taken.` }
    })
    expect(await client.updateRecord('customer', '1', {})).toMatchObject({
      outcome: 'refused',
      error: { status, message: `Could not update the customer: Kustomer answered ${status}. Taken.` }
    })
    expect(await client.mergeCustomers('1', '2')).toBe('refused')
  })

  it.each([400, 409, 422])('of status %d is a failure of a read and of a deletion', async (status) => {
    const kustomer = conversation(['GET customers/1', [status]], ['DELETE customers/1', [status]])
    const client = kustomer.client()
    expect(await failure(client.getRecord('customer', '1'))).toMatchObject({ status })
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
      message:
        'Could not merge the customer with the one that their events made: Kustomer has taken the merge and not finished it yet.'
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
    const kustomer = conversation(['POST customers/bulk', [], [201, { data: {} }]])
    expect(await failure(kustomer.client().startBulk('customer', 'create', []))).toMatchObject({
      status: 502,
      message:
        "Could not create 0 customers at once: api.kustomerapp.com answered 201 with a body that is not Kustomer's."
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
  it.each([200, 201, 299])('may be empty, at %d', async (status) => {
    const client = kustomerOf(() => [status, ' \n']).client()
    expect(await client.getRecord('customer', '1')).toBeUndefined()
    expect(await client.createRecord('customer', {})).toEqual({ outcome: 'created', id: undefined })
    expect(await client.updateRecord('customer', '1', {})).toEqual({ outcome: 'updated' })
  })

  it('is no delivery where it is not JSON', async () => {
    const client = kustomerOf(() => [200, '<html>Welcome</html>']).client()
    const error = await failure(client.createRecord('customer', {}))
    expect(error).toBeInstanceOf(RetryableError)
    expect(error).toMatchObject({
      status: 502,
      message: "Could not create the customer: api.kustomerapp.com answered 200 with a body that is not Kustomer's."
    })
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
    expect(error).toMatchObject({ status: 423, message: `Could not ${action}: Kustomer answered 409. Busy.` })
  }
})

describe('what a key may not do', () => {
  it.each([401, 403])('is asked for once, at %d', async (status) => {
    const kustomer = conversation(
      ['GET customers/1', [status]],
      ['POST customers', {}, [status]],
      ['PATCH customers/1', {}, [status]],
      ['DELETE customers/1', [status]],
      ['POST customers/merges', { source: '1', target: '2' }, [status]],
      ['POST customers/bulk', [], [status]],
      ['POST tracking/event', EVENT, [status]],
      ['GET auth/tokens/current', [status]]
    )
    const client = kustomer.client()
    const kinds = [
      [() => client.getRecord('customer', '1'), () => client.findCustomer({ name: 'email', value: 'a@example.com' })],
      [() => client.createRecord('customer', {}), () => client.createRecord('customer', { name: 'Ann' })],
      [() => client.updateRecord('customer', '1', {}), () => client.updateRecord('customer', '2', {})],
      [() => client.deleteCustomer('1'), () => client.deleteCustomer('2')],
      [() => client.mergeCustomers('1', '2'), () => client.mergeCustomers('3', '4')],
      [
        () => client.startBulk('customer', 'create', []),
        () => client.startBulk('customer', 'update', []),
        () => client.isBulkComplete('1')
      ],
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

  it('is another thing than what does not go through', async () => {
    const kustomer = kustomerOf(() => [500])
    const client = kustomer.client()
    await failure(client.getRecord('customer', '1'))
    await failure(client.getRecord('customer', '1'))
    expect(kustomer.sent).toHaveLength(2)
  })
})

describe('once nothing more is to be sent', () => {
  const LOST = Object.assign(new Error(), { code: 'ECONNRESET' })
  const LATE = Object.assign(new Error(), { code: 'ETIMEDOUT' })

  it.each<[string, Answer, number]>([
    ['after a 429', [429, plainError('Slow down')], 429],
    ['after a lost connection', LOST, 503],
    ['after a time-out', LATE, 408]
  ])('%s, every method throws the same', async (_when, answer, status) => {
    const kustomer = conversation(['GET customers/1', answer])
    const client = kustomer.client()
    const first = await failure(client.getRecord('customer', '1'))
    expect(first).toMatchObject({ status })
    for (const { run } of METHODS) {
      expect(await failure(run(client))).toBe(first)
    }
  })

  it('says so rather than what the key may not do', async () => {
    const kustomer = conversation(['GET customers/1', FORBIDDEN], ['POST customers', {}, [429]])
    const client = kustomer.client()
    await failure(client.getRecord('customer', '1'))
    await failure(client.createRecord('customer', {}))
    expect(await failure(client.getRecord('customer', '1'))).toMatchObject({ status: 429 })
  })
})

describe('a deadline', () => {
  it('shortens the time-out to what is left', async () => {
    const kustomer = conversation(
      ['GET customers/1', MISSING],
      ['GET customers/1', MISSING],
      ['GET customers/1', MISSING]
    )
    const client = kustomer.client({ deadline: 1_700_000_000_000 + 25_000 })
    await client.getRecord('customer', '1')
    elapse(15_001)
    await client.getRecord('customer', '1')
    elapse(9_998)
    await client.getRecord('customer', '1')
    expect(kustomer.options.map(({ timeout }) => timeout)).toEqual([10_000, 9_999, 1])
  })

  it('that has come ends the work without a request', async () => {
    const kustomer = conversation()
    const client = kustomer.client({ deadline: 1_700_000_000_000 })
    const error = await failure(client.getRecord('customer', '1'))
    expect(error).toBeInstanceOf(RetryableError)
    expect(error).toMatchObject({
      status: 408,
      message: 'Could not read the customer: api.kustomerapp.com did not answer in time.'
    })
  })
})

it('shows its signal to whoever pauses between two requests', () => {
  const { signal } = new AbortController()
  expect(kustomerOf(() => [200]).client({ signal }).signal).toBe(signal)
  expect(kustomerOf(() => [200]).client().signal).toBeUndefined()
})
