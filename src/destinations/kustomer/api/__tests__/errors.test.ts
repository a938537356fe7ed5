import { APIError, InvalidAuthenticationError, PayloadValidationError, RetryableError } from '@segment/actions-core'
import { UNDEFINED_ATTRIBUTE } from '../../__tests__/__helpers__/answers'
import {
  httpFailure,
  isRefusal,
  isTemporary,
  kustomerWords,
  transportFailure,
  tryAgain,
  unreadableAnswer
} from '../errors'

const KEY = 'eyJhbGciOi.secret-key'
const HOST = 'api.kustomerapp.com'
const PURPOSE = { action: 'update the customer', role: 'org.permission.customer.update' }

describe('kustomerWords', () => {
  it.each([
    [
      'the plain shape',
      { errors: [{ code: 'invalid', message: 'Name is too long', meta: { a: 'x' } }] },
      'Name is too long'
    ],
    [
      "JSON:API's shape",
      UNDEFINED_ATTRIBUTE,
      'Additional properties not allowed (planStr): /properties/custom/additionalProperties'
    ],
    ['a title before a message', { errors: [{ title: 'One', message: 'Two', code: 'three' }] }, 'One'],
    ['a message before a code', { errors: [{ title: '', message: 'Two', code: 'three' }] }, 'Two'],
    ['a code alone', { errors: [{ title: 5, code: 'conflict' }] }, 'conflict'],
    ['a pointer', { errors: [{ title: 'Too long', source: { pointer: '/name' } }] }, 'Too long (/name)'],
    ['a parameter before a pointer', { errors: [{ title: 'A', source: { parameter: 'b', pointer: 'c' } }] }, 'A (b)'],
    ['a source that is no object', { errors: [{ title: 'A', source: 'b' }] }, 'A'],
    ['a source that says nothing', { errors: [{ title: 'A', source: { parameter: '', pointer: 1 } }] }, 'A'],
    ['a detail that repeats the title', { errors: [{ title: 'A', detail: 'A' }] }, 'A'],
    ['a detail that is no text', { errors: [{ title: 'A', detail: { b: 1 } }] }, 'A'],
    ['a detail alone', { errors: [{ detail: 'B' }] }, ': B'],
    ['several errors', { errors: [{ message: 'One' }, { message: 'Two' }, null, 'three', {}] }, 'One; Two'],
    ['no list', { errors: 'no' }, ''],
    ['an object for a list', { errors: { message: 'One' } }, ''],
    ['another shape', { message: 'One' }, ''],
    ['HTML', '<html>', ''],
    ['nothing', undefined, '']
  ])('reads %s', (_shape, body, words) => {
    expect(kustomerWords(body, KEY)).toBe(words)
  })

  it('takes no more than 500 characters', () => {
    expect(kustomerWords({ errors: [{ message: 'x'.repeat(500) }] }, KEY)).toBe('x'.repeat(500))
    expect(kustomerWords({ errors: [{ message: `${'x'.repeat(500)}y` }] }, KEY)).toBe('x'.repeat(500))
  })

  it('takes the key out wherever it stands', () => {
    const message = `Token ${KEY} is unknown, ${KEY}`
    expect(kustomerWords({ errors: [{ message, detail: KEY }] }, KEY)).toBe(
      'Token [API Key] is unknown, [API Key]: [API Key]'
    )
  })

  it('takes the key out before it cuts, so that no part of it is left', () => {
    const message = 'x'.repeat(490) + KEY
    expect(kustomerWords({ errors: [{ message }] }, KEY)).toBe(`${'x'.repeat(490)}[API Key]`)
    expect(kustomerWords({ errors: [{ message: 'x'.repeat(498) + KEY }] }, KEY)).toBe(`${'x'.repeat(498)}[A`)
  })

  it('does not take a text for a key that is shorter than any key', () => {
    expect(kustomerWords({ errors: [{ message: 'a name, a city' }] }, 'a')).toBe('a name, a city')
    expect(kustomerWords({ errors: [{ message: 'abcde' }] }, 'abcde')).toBe('abcde')
    expect(kustomerWords({ errors: [{ message: 'abcdef' }] }, 'abcdef')).toBe('[API Key]')
  })
})

describe('isRefusal', () => {
  it.each([400, 409, 422])('takes %d for a refusal', (status) => {
    expect(isRefusal(status)).toBe(true)
  })

  it.each([200, 401, 403, 404, 408, 410, 413, 423, 429, 500])('takes %d for none', (status) => {
    expect(isRefusal(status)).toBe(false)
  })
})

describe('isTemporary', () => {
  it.each([408, 423, 429, 500, 502, 503, 599])('takes what failed with %d for that', (status) => {
    expect(isTemporary(new APIError('No', status))).toBe(true)
  })

  it.each([400, 401, 403, 404, 409, 410, 413, 422, 499])('does not take what failed with %d for that', (status) => {
    expect(isTemporary(new APIError('No', status))).toBe(false)
  })

  it('takes for that what Segment would retry', () => {
    expect(isTemporary(new RetryableError('No'))).toBe(true)
    expect(isTemporary(new Error('Nobody knows'))).toBe(true)
    expect(isTemporary(new PayloadValidationError('No'))).toBe(false)
  })
})

describe('httpFailure', () => {
  const NEW_KEY = 'Create a new API key with the role org.permission.customer.update: the roles of a key are fixed.'

  it.each([
    [400, 'Could not update the customer: Kustomer answered 400: "Name is too long".'],
    [
      403,
      `Could not update the customer: Kustomer answered 403: "Name is too long". The API key lacks a role. ${NEW_KEY}`
    ],
    [404, 'Could not update the customer: Kustomer answered 404: "Name is too long".'],
    [408, 'Could not update the customer: Kustomer answered 408: "Name is too long".'],
    [413, 'Could not update the customer: Kustomer answered 413: "Name is too long".'],
    [429, 'Could not update the customer: Kustomer answered 429: "Name is too long".'],
    [503, 'Could not update the customer: Kustomer answered 503: "Name is too long".']
  ])('keeps the status %d', (status, message) => {
    const error = httpFailure(PURPOSE, status, 'Name is too long')
    expect(error).toBeInstanceOf(APIError)
    expect(error).toMatchObject({ status, message })
  })

  it('says nothing in the place of words that are missing', () => {
    expect(httpFailure(PURPOSE, 500, '').message).toBe('Could not update the customer: Kustomer answered 500.')
  })

  it.each([301, 302, 307, 399])('makes a 502 of a redirect, %d', (status) => {
    expect(httpFailure(PURPOSE, status, '')).toMatchObject({
      status: 502,
      message: `Could not update the customer: Kustomer answered ${status}.`
    })
  })

  it('names the settings and the role for a 401', () => {
    const error = httpFailure(
      PURPOSE,
      401,
      'Auth token associated with pod prod2 but request is being handled by prod1'
    )
    expect(error).toBeInstanceOf(InvalidAuthenticationError)
    expect(error).toMatchObject({
      status: 401,
      message:
        'Could not update the customer: Kustomer answered 401: "Auth token associated with pod prod2 but request is being handled by prod1". Check API Key and Org Pod: a key works only in the pod where it was created. If both are right, the role is missing. Create a new API key with the role org.permission.customer.update: the roles of a key are fixed.'
    })
  })

  it('names no role where none is needed', () => {
    const purpose = { action: 'check the API Key' }
    expect(httpFailure(purpose, 401, '').message).toBe(
      'Could not check the API Key: Kustomer answered 401. Check API Key and Org Pod: a key works only in the pod where it was created.'
    )
    expect(httpFailure(purpose, 403, '').message).toBe(
      'Could not check the API Key: Kustomer answered 403. The API key lacks a role.'
    )
  })
})

describe('transportFailure', () => {
  const LATE = `Could not update the customer: ${HOST} did not answer in time.`

  it.each([
    [{ code: 'ETIMEDOUT' }, 408, LATE],
    [{ code: 'ESOCKETTIMEDOUT' }, 408, LATE],
    [{ code: 'REQUESTTIMEOUTERROR' }, 408, LATE],
    [{ name: 'AbortError' }, 408, LATE],
    [{ name: 'TimeoutError' }, 408, LATE],
    [{ type: 'request-timeout' }, 408, LATE],
    [{ status: 408, code: 'REQUESTCLIENTERROR' }, 408, LATE],
    [
      { code: 'ECONNRESET', message: 'request to /v1/customers/email=ann@example.com failed' },
      503,
      `Could not update the customer: the connection to ${HOST} failed (ECONNRESET).`
    ],
    [
      { code: 'ENOTFOUND', status: 500 },
      503,
      `Could not update the customer: the connection to ${HOST} failed (ENOTFOUND).`
    ],
    [new Error('timeout of ann'), 503, `Could not update the customer: the connection to ${HOST} failed.`],
    [{ code: 7, name: 8, type: 9 }, 503, `Could not update the customer: the connection to ${HOST} failed.`],
    [undefined, 503, `Could not update the customer: the connection to ${HOST} failed.`],
    [null, 503, `Could not update the customer: the connection to ${HOST} failed.`]
  ])('turns %j into a retryable %d', (cause, status, message) => {
    const error = transportFailure(PURPOSE, HOST, cause)
    expect(error).toBeInstanceOf(RetryableError)
    expect(error).toMatchObject({ status, message })
  })
})

it('takes no unreadable success for a delivery', () => {
  const error = unreadableAnswer(PURPOSE, HOST, 200)
  expect(error).toBeInstanceOf(RetryableError)
  expect(error).toMatchObject({
    status: 502,
    message: `Could not update the customer: ${HOST} answered 200 with an unreadable body.`
  })
})

it('tries again what may go through a moment later', () => {
  const error = tryAgain(PURPOSE, 'somebody was faster')
  expect(error).toBeInstanceOf(RetryableError)
  expect(error).toMatchObject({ status: 423, message: 'Could not update the customer: somebody was faster.' })
})
