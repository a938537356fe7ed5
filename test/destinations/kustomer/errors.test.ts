import { APIError, InvalidAuthenticationError, RetryableError } from '@segment/actions-core'
import {
  httpFailure,
  kustomerWords,
  transportFailure,
  unreadableAnswer
} from '../../../src/destinations/kustomer/errors'

const purpose = { action: 'update the customer', role: 'org.permission.customer.update' }

describe('kustomerWords', () => {
  it.each([
    [
      'the plain shape',
      { errors: [{ code: 'invalid', message: 'Name is too long', meta: { huge: 'x' } }] },
      'Name is too long'
    ],
    [
      "JSON:API's shape",
      {
        errors: [
          {
            status: 400,
            code: 'badparam',
            title: 'Additional properties not allowed',
            detail: '/properties/custom/additionalProperties',
            source: { parameter: 'planStr' }
          }
        ]
      },
      'Additional properties not allowed (planStr): /properties/custom/additionalProperties'
    ],
    ['a pointer', { errors: [{ title: 'Too long', source: { pointer: '/name' } }] }, 'Too long (/name)'],
    ['a code alone', { errors: [{ code: 'conflict' }] }, 'conflict'],
    ['several errors', { errors: [{ message: 'One' }, { message: 'Two' }, null, 'three', {}] }, 'One; Two'],
    ['no list', { errors: 'no' }, ''],
    ['HTML', '<html>', ''],
    ['nothing', undefined, '']
  ])('reads %s', (_shape, body, words) => {
    expect(kustomerWords(body)).toBe(words)
  })

  it('never takes a whole body', () => {
    expect(kustomerWords({ errors: Array(1000).fill({ message: 'word' }) })).toHaveLength(500)
  })
})

describe('httpFailure', () => {
  it.each([
    [400, 'Could not update the customer: Kustomer answered 400. Name is too long.'],
    [
      403,
      'Could not update the customer: Kustomer answered 403. Name is too long. Check the roles of the API Key: it needs org.permission.customer.update.'
    ],
    [429, 'Could not update the customer: Kustomer answered 429. Name is too long.'],
    [503, 'Could not update the customer: Kustomer answered 503. Name is too long.']
  ])('keeps the status %d', (status, message) => {
    const error = httpFailure(purpose, status, 'Name is too long')
    expect(error).toBeInstanceOf(APIError)
    expect(error).toMatchObject({ status, message })
  })

  it('names the settings at fault for a 401', () => {
    const error = httpFailure({ action: 'check the API Key' }, 401, '')
    expect(error).toBeInstanceOf(InvalidAuthenticationError)
    expect(error).toMatchObject({
      status: 401,
      message:
        'Could not check the API Key: Kustomer answered 401. Check the API Key and Org Pod settings: a key works only in the pod it was made in.'
    })
  })

  it('asks for roles in general where no single one is needed', () => {
    expect(httpFailure({ action: 'check the API Key' }, 403, '').message).toMatch(/Check the roles of the API Key\.$/)
  })
})

describe('transportFailure', () => {
  it.each([
    [{ code: 'ETIMEDOUT' }, 408, 'Could not update the customer: api.kustomerapp.com did not answer in time.'],
    [{ status: 408 }, 408, 'Could not update the customer: api.kustomerapp.com did not answer in time.'],
    [
      { code: 'ECONNRESET', message: 'request to /v1/customers/email=ann@example.com failed' },
      503,
      'Could not update the customer: the connection to api.kustomerapp.com failed (ECONNRESET).'
    ],
    [
      { code: 'ENOTFOUND' },
      503,
      'Could not update the customer: the connection to api.kustomerapp.com failed (ENOTFOUND). Check the Org Pod setting.'
    ],
    [undefined, 503, 'Could not update the customer: the connection to api.kustomerapp.com failed.']
  ])('turns %j into a retryable %d', (cause, status, message) => {
    const error = transportFailure(purpose, 'api.kustomerapp.com', cause)
    expect(error).toBeInstanceOf(RetryableError)
    expect(error).toMatchObject({ status, message })
  })
})

it('takes no unreadable success for a delivery', () => {
  const error = unreadableAnswer(purpose, 'api.kustomerapp.com', 200)
  expect(error).toBeInstanceOf(RetryableError)
  expect(error).toMatchObject({
    status: 502,
    message: "Could not update the customer: api.kustomerapp.com answered 200 with a body that is not Kustomer's."
  })
})
