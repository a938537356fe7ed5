import { APIError, InvalidAuthenticationError, RetryableError } from '@segment/actions-core'
import type { RequestClient } from '@segment/actions-core'
import { NOT_FOUND, plainError } from '../../__tests__/__helpers__/answers'
import { elapse, setTime } from '../../__tests__/__helpers__/clock'
import type * as FakeClock from '../../__tests__/__helpers__/clock'
import { conversation, failure, kustomerOf, MISSING, SETTINGS } from '../../__tests__/__helpers__/conversation'
import type { Answer, Kustomer } from '../../__tests__/__helpers__/conversation'
import { isForbidden, Transport } from '../transport'
import type { Call, Limits } from '../transport'

jest.mock('../clock', () => jest.requireActual<typeof FakeClock>('../../__tests__/__helpers__/clock'))

const NOW = 1_700_000_000_000
const READ: Call = { kind: 'read customer', action: 'read the customer', method: 'GET', path: 'customers/1' }
const CREATE: Call = {
  kind: 'create company',
  action: 'create the company',
  role: 'org.permission.company.create',
  method: 'POST',
  path: 'companies',
  json: { name: 'Acme' }
}
const LATE = 'Could not read the customer: api.kustomerapp.com did not answer in time.'
const isMissing = (status: number): boolean => status === 404

const transportTo = ({ request }: Kustomer, limits: Limits = {}) => new Transport(request, SETTINGS, limits)

/** What becomes of a read that is answered so. */
const read = (answer: Answer, call: Partial<Call> = {}) =>
  transportTo(kustomerOf(() => answer)).send({ ...READ, ...call })

beforeEach(() => {
  setTime(NOW)
})

describe('a request', () => {
  it('is sent with its method, its path and its body', async () => {
    const kustomer = conversation(
      ['GET customers/1', [200, { data: {} }]],
      ['POST companies', { name: 'Acme' }, [201, { data: { id: '1' } }]]
    )
    const transport = transportTo(kustomer)
    expect(await transport.send(READ)).toEqual({ status: 200, body: { data: {} } })
    expect(await transport.send(CREATE)).toEqual({ status: 201, body: { data: { id: '1' } } })
  })

  it('sets a time-out of 10 seconds, follows no redirect and passes no signal on', async () => {
    const kustomer = conversation(['POST companies', { name: 'Acme' }, [201]])
    await transportTo(kustomer, { signal: new AbortController().signal }).send(CREATE)
    const [options] = kustomer.options
    expect(options).toMatchObject({ timeout: 10_000, redirect: 'manual', throwHttpErrors: false })
    expect(Object.keys(options ?? {}).sort()).toEqual(['json', 'method', 'redirect', 'throwHttpErrors', 'timeout'])
  })

  it.each([400, 404, 408, 409, 413, 418, 422, 423, 429, 500, 503])('throws the status %d as it is', async (status) => {
    const error = await failure(read([status, plainError('No')]))
    expect(error).toBeInstanceOf(APIError)
    expect(error).toMatchObject({ status, message: `Could not read the customer: Kustomer answered ${status}: "No".` })
  })

  it.each([300, 302])('takes the redirect %d for a failure', async (status) => {
    expect(await failure(read([status]))).toMatchObject({
      status: 502,
      message: `Could not read the customer: Kustomer answered ${status}.`
    })
  })

  it('names the role that a 401 or a 403 may be about', async () => {
    expect(await failure(transportTo(kustomerOf(() => [401])).send(CREATE))).toMatchObject({
      status: 401,
      message:
        'Could not create the company: Kustomer answered 401. Check API Key and Org Pod: a key works only in the pod where it was created. If both are right, the role is missing. Create a new API key with the role org.permission.company.create: the roles of a key are fixed.'
    })
    expect(await failure(transportTo(kustomerOf(() => [403])).send(CREATE))).toMatchObject({
      status: 403,
      message:
        'Could not create the company: Kustomer answered 403. The API key lacks a role. Create a new API key with the role org.permission.company.create: the roles of a key are fixed.'
    })
  })

  it('retries a connection that is lost', async () => {
    const error = await failure(read(Object.assign(new Error('ann@example.com'), { code: 'ECONNRESET' })))
    expect(error).toBeInstanceOf(RetryableError)
    expect(error).toMatchObject({
      status: 503,
      message: 'Could not read the customer: the connection to api.kustomerapp.com failed (ECONNRESET).'
    })
  })

  it('is not sent once the signal has come', async () => {
    const controller = new AbortController()
    const transport = transportTo(conversation(), { signal: controller.signal })
    controller.abort()
    const error = await failure(transport.send(READ))
    expect(error).toBeInstanceOf(RetryableError)
    expect(error).toMatchObject({ status: 408, message: LATE })
  })
})

describe('settings', () => {
  it.each([
    ['prod1', 'https://api.kustomerapp.com/v1/customers/1'],
    ['prod2', 'https://api.prod2.kustomerapp.com/v1/customers/1'],
    ['prod4', 'https://api.prod4.kustomerapp.com/v1/customers/1'],
    ['evil.example/', 'https://api.kustomerapp.com/v1/customers/1']
  ])('send the key of pod %s to its host', async (orgPod, url) => {
    const request = jest.fn(() => Promise.resolve({ status: 200, content: '' }))
    const transport = new Transport(request as never, { apiKey: 'key', orgPod }, {})
    await transport.send(READ)
    expect(request.mock.calls.map(([sent]: unknown[]) => sent)).toEqual([url])
    expect(transport.host).toBe(new URL(url).host)
  })

  it('are refused before any request where there is no key', () => {
    const { request } = conversation()
    expect(() => new Transport(request, { apiKey: '', orgPod: 'prod1' }, {})).toThrow(InvalidAuthenticationError)
  })

  it('have their key taken out of messages though it was pasted with spaces', async () => {
    const { request } = kustomerOf(() => [500, plainError('Token my-long-key')])
    const transport = new Transport(request, { apiKey: ' my-long-key ', orgPod: 'prod1' }, {})
    await expect(transport.send(READ)).rejects.toThrow(
      /^Could not read the customer: Kustomer answered 500: "Token \[API Key\]"\.$/
    )
  })
})

describe('the body of a success', () => {
  it.each([200, 201, 204, 299])('may be empty, at %d', async (status) => {
    expect(await read([status, ' \n'])).toEqual({ status, body: undefined })
  })

  it.each(['<html>Welcome</html>', '{', 'OK'])('is no success where it is not JSON: %j', async (content) => {
    const error = await failure(read([200, content]))
    expect(error).toBeInstanceOf(RetryableError)
    expect(error).toMatchObject({
      status: 502,
      message: 'Could not read the customer: api.kustomerapp.com answered 200 with an unreadable body.'
    })
  })

  it('may be anything where it does not count', async () => {
    expect(await read([201, '<html>'], { isBodyless: true })).toEqual({ status: 201, body: undefined })
  })
})

describe('a failure that is expected', () => {
  it('is handed to the caller, with its status and its body', async () => {
    const answer = await read(MISSING, { expects: isMissing })
    expect(answer).toMatchObject({ status: 404, body: NOT_FOUND, failure: { status: 404 } })
    expect(answer.failure?.message).toBe(
      'Could not read the customer: Kustomer answered 404: "Not Found (externalId)".'
    )
  })

  it('is thrown with any other status', async () => {
    expect(await failure(read([400], { expects: isMissing }))).toMatchObject({ status: 400 })
  })

  it('is handed to each caller who expects it, though it was asked for once', async () => {
    const transport = transportTo(conversation(['GET customers/1', [403, plainError('Forbidden')]]))
    const first = await transport.send({ ...READ, expects: isForbidden })
    expect(first).toMatchObject({ status: 403, body: plainError('Forbidden') })
    expect(await transport.send({ ...READ, expects: isForbidden })).toEqual({
      status: 403,
      body: undefined,
      failure: first.failure
    })
    expect(await failure(transport.send(READ))).toBe(first.failure)
  })
})

describe('what a key may not do', () => {
  it.each([401, 403])('is asked for once, at %d', async (status) => {
    const transport = transportTo(conversation(['GET customers/1', [status]]))
    const error = await failure(transport.send(READ))
    expect(error).toMatchObject({ status })
    expect(await failure(transport.send({ ...READ, path: 'customers/2' }))).toBe(error)
  })

  it('does not keep it from anything else', async () => {
    const kustomer = conversation(
      ['GET customers/1', [403]],
      ['GET companies/1', [200]],
      ['POST companies', { name: 'Acme' }, [201]]
    )
    const transport = transportTo(kustomer)
    await failure(transport.send(READ))
    expect(await transport.send({ ...READ, kind: 'read company', path: 'companies/1' })).toMatchObject({ status: 200 })
    expect(await transport.send(CREATE)).toMatchObject({ status: 201 })
  })

  it.each([400, 404, 409, 413, 422, 423, 500, 503])(
    'is another thing than what is answered with %d',
    async (status) => {
      const transport = transportTo(conversation(['GET customers/1', [status]], ['GET customers/1', [200]]))
      await failure(transport.send(READ))
      expect(await transport.send(READ)).toMatchObject({ status: 200 })
    }
  )

  it.each([
    [401, true],
    [403, true],
    [400, false],
    [402, false],
    [404, false]
  ])('is what is answered with %d: %j', (status, is) => {
    expect(isForbidden(status)).toBe(is)
  })
})

describe('once nothing more is to be sent', () => {
  it.each<[string, Answer, number]>([
    ['after a 429', [429, plainError('Slow down')], 429],
    ['after a lost connection', Object.assign(new Error(), { code: 'ECONNRESET' }), 503],
    ['after a time-out', Object.assign(new Error(), { code: 'ETIMEDOUT' }), 408]
  ])('%s, every call throws the same', async (_when, answer, status) => {
    const transport = transportTo(conversation(['GET customers/1', answer]))
    const first = await failure(transport.send(READ))
    expect(first).toMatchObject({ status })
    expect(await failure(transport.send(READ))).toBe(first)
    expect(await failure(transport.send({ ...CREATE, expects: isMissing }))).toBe(first)
  })

  it('says so rather than what the key may not do', async () => {
    const kustomer = conversation(['GET customers/1', [403]], ['POST companies', { name: 'Acme' }, [429]])
    const transport = transportTo(kustomer)
    await failure(transport.send(READ))
    await failure(transport.send(CREATE))
    expect(await failure(transport.send(READ))).toMatchObject({ status: 429 })
  })
})

describe('a deadline', () => {
  it('shortens the time-out to what is left', async () => {
    const kustomer = conversation(
      ['GET customers/1', MISSING],
      ['GET customers/1', MISSING],
      ['GET customers/1', MISSING]
    )
    const transport = transportTo(kustomer, { deadline: NOW + 25_000 })
    const call = { ...READ, expects: isMissing }
    await transport.send(call)
    elapse(15_001)
    await transport.send(call)
    elapse(9_998)
    await transport.send(call)
    expect(kustomer.options.map(({ timeout }) => timeout)).toEqual([10_000, 9_999, 1])
  })

  it('that has come ends the work without a request', async () => {
    const transport = transportTo(conversation(), { deadline: NOW })
    const error = await failure(transport.send(READ))
    expect(error).toBeInstanceOf(RetryableError)
    expect(error).toMatchObject({ status: 408, message: LATE })
  })
})

describe('the rate limit', () => {
  const isLowAfter = async (count: number, limit?: string, remaining?: string) => {
    const fields = new Map([
      ['x-ratelimit-limit', limit],
      ['x-ratelimit-remaining', remaining]
    ])
    const headers = { get: (name: string) => fields.get(name) ?? null }
    const request = () => Promise.resolve({ status: 200, content: '{}', headers })
    const transport = new Transport(request as unknown as RequestClient, SETTINGS, {})
    for (let index = 0; index < count; index++) {
      await transport.send(READ)
    }
    return transport.isBudgetLow
  }

  it.each<[boolean, number, string | undefined, string | undefined]>([
    [true, 50, '1000', '199'],
    [false, 50, '1000', '200'],
    [false, 49, '1000', '199'],
    [true, 60, '1000', '0'],
    [false, 60, undefined, undefined],
    [false, 60, '1000', undefined],
    [false, 60, undefined, '0'],
    [false, 60, '0', '0'],
    [false, 60, 'many', 'few'],
    [false, 60, '1000', '-1']
  ])('is low: %s after %d requests with the limit %s and %s left', async (isLow, count, limit, remaining) => {
    expect(await isLowAfter(count, limit, remaining)).toBe(isLow)
  })

  it('is not known if answers have no headers', async () => {
    const transport = transportTo(kustomerOf(() => [200]))
    await transport.send(READ)
    expect(transport.isBudgetLow).toBe(false)
  })
})

it('shows its signal', () => {
  const { signal } = new AbortController()
  expect(transportTo(conversation(), { signal }).signal).toBe(signal)
  expect(transportTo(conversation()).signal).toBeUndefined()
})
