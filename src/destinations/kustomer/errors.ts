import { APIError, InvalidAuthenticationError, isObject, RetryableError } from '@segment/actions-core'

/** What a request was for, in the words and roles of the person who reads its error. */
export interface Purpose {
  /** Completes "Could not …". */
  action: string
  /** The Kustomer role that the request needs; undefined where any valid key will do. */
  role?: string
}

const MAX_WORDS = 500
const SAYS_IT_EXISTS = /\balready\b|\bduplicate|\btaken\b|\bin use\b|\bmust be unique\b/i

/**
 * Kustomer's own words from the body of an error, or '' where it has none.
 *
 * Reads both published shapes, `{errors: [{code, message}]}` and JSON:API's
 * `{errors: [{code, title, detail, source}]}`; anything else (a gateway's HTML, nothing) has no words.
 */
export function kustomerWords(body: unknown): string {
  const errors = isObject(body) && Array.isArray(body.errors) ? body.errors : []
  return errors.filter(isObject).map(wordsOf).filter(Boolean).join('; ').slice(0, MAX_WORDS)
}

function wordsOf(error: Record<string, unknown>): string {
  const headline = [error.title, error.message, error.code].find(isText) ?? ''
  const source = isObject(error.source) ? [error.source.parameter, error.source.pointer].find(isText) : undefined
  const detail = isText(error.detail) && error.detail !== headline ? error.detail : undefined
  return `${headline}${source ? ` (${source})` : ''}${detail ? `: ${detail}` : ''}`
}

/**
 * Whether a failure to write says that another customer holds an identifier: a 409, or a 400 or 422 whose words say that
 * it exists already. Which of them Kustomer answers with is not published.
 */
export function isConflict(status: number, words: string): boolean {
  return status === 409 || ([400, 422].includes(status) && SAYS_IT_EXISTS.test(words))
}

/**
 * The framework's error for a status that Kustomer answered with. Segment retries 408, 423, 429 and 5xx.
 *
 * @param words Kustomer's words, with the API key already taken out
 */
export function httpFailure({ action, role }: Purpose, status: number, words: string): Error {
  const explanation = [`Could not ${action}: Kustomer answered ${status}.`, words && `${words}.`, hint(status, role)]
  const message = explanation.filter(Boolean).join(' ')
  return status === 401 ? new InvalidAuthenticationError(message) : new APIError(message, status)
}

function hint(status: number, role: string | undefined): string {
  if (status === 401) {
    return 'Check the API Key and Org Pod settings: a key works only in the pod it was made in.'
  }
  if (status === 403) {
    return role ? `Check the roles of the API Key: it needs ${role}.` : 'Check the roles of the API Key.'
  }
  return ''
}

/**
 * The framework's error for a request that brought no answer: 408 after a time-out, 503 otherwise.
 *
 * Quotes the error's code alone, since its message may hold the URL and so a person's email.
 */
export function transportFailure({ action }: Purpose, host: string, error: unknown): RetryableError {
  const { code, status } = isObject(error) ? error : { code: undefined, status: undefined }
  if (status === 408 || code === 'ETIMEDOUT') {
    return new RetryableError(`Could not ${action}: ${host} did not answer in time.`, 408)
  }
  const reason = isText(code) ? ` (${code})` : ''
  const advice = code === 'ENOTFOUND' ? ' Check the Org Pod setting.' : ''
  return new RetryableError(`Could not ${action}: the connection to ${host} failed${reason}.${advice}`, 503)
}

/** The framework's error for a success whose body is not Kustomer's, so that nothing is taken for delivered. */
export function unreadableAnswer({ action }: Purpose, host: string, status: number): RetryableError {
  return new RetryableError(`Could not ${action}: ${host} answered ${status} with a body that is not Kustomer's.`, 502)
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}
