import { APIError, InvalidAuthenticationError, isObject, RetryableError } from '@segment/actions-core'

/** What a request is for. */
export interface Purpose {
  /** Completes "Could not …". */
  action: string
  /** The role that the API key needs, if any. */
  role?: string
}

/** How many characters of Kustomer's words a message quotes. */
const MAX_WORDS = 500

/** A shorter key, which no real one is, could be a part of any word. */
const SHORTEST_KEY = 6

const TIMED_OUT = /timed?out|abort/i

/**
 * Returns Kustomer's own words from the body of an error, in either published shape: `{errors: [{code, message}]}` or
 * JSON:API's. Other bodies, such as a gateway's HTML, have none.
 *
 * @param apiKey removed before anything is cut, so that no part of it is left
 */
export function kustomerWords(body: unknown, apiKey: string): string {
  const errors = isObject(body) && Array.isArray(body.errors) ? body.errors : []
  const words = errors.filter(isObject).map(wordsOf).filter(Boolean).join('; ')
  const safe = apiKey.length < SHORTEST_KEY ? words : words.split(apiKey).join('[API Key]')
  return safe.slice(0, MAX_WORDS)
}

function wordsOf(error: Record<string, unknown>): string {
  const headline = [error.title, error.message, error.code].find(isText) ?? ''
  const source = isObject(error.source) ? [error.source.parameter, error.source.pointer].find(isText) : undefined
  const detail = isText(error.detail) && error.detail !== headline ? error.detail : undefined
  return `${headline}${source ? ` (${source})` : ''}${detail ? `: ${detail}` : ''}`
}

/** Whether Kustomer rejected what a write says. It doesn't publish which of these a duplicate or an old `rev` gets. */
export function isRefusal(status: number): boolean {
  return [400, 409, 422].includes(status)
}

/** Whether Segment retries an error. */
export function isTemporary(error: Error): boolean {
  const { status = 500 } = error as Error & { status?: number }
  return [408, 423, 429].includes(status) || status >= 500
}

/**
 * Returns the framework's error for a status that Kustomer answered with. Segment retries 408, 423, 429, and 5xx. A
 * redirect becomes 502, because following it would send the API key elsewhere.
 *
 * @param words Kustomer's words, without the API key
 */
export function httpFailure({ action, role }: Purpose, status: number, words: string): Error {
  const quoted = words && `: "${words}"`
  const message = [`Could not ${action}: Kustomer answered ${status}${quoted}.`, ...advice(status, role)].join(' ')
  return status === 401 ? new InvalidAuthenticationError(message) : new APIError(message, status < 400 ? 502 : status)
}

function advice(status: number, role: string | undefined): string[] {
  const newKey = role ? [`Create a new API key with the role ${role}: the roles of a key are fixed.`] : []
  if (status === 401) {
    const settings = 'Check API Key and Org Pod: a key works only in the pod where it was created.'
    return [settings, ...newKey.map((text) => `If both are right, the role is missing. ${text}`)]
  }
  return status === 403 ? ['The API key lacks a role.', ...newKey] : []
}

/**
 * Returns the framework's error for a request without an answer: 408 if it took too long, else 503. It contains only the
 * code of the error, because its message may contain the URL and so a person's email.
 */
export function transportFailure({ action }: Purpose, host: string, error: unknown): RetryableError {
  const { code, status, name, type } = (error ?? {}) as Record<string, unknown>
  if (status === 408 || [code, name, type].some((mark) => isText(mark) && TIMED_OUT.test(mark))) {
    return new RetryableError(`Could not ${action}: ${host} did not answer in time.`, 408)
  }
  const reason = isText(code) ? ` (${code})` : ''
  return new RetryableError(`Could not ${action}: the connection to ${host} failed${reason}.`, 503)
}

/** Returns the framework's error for a success whose body can't be Kustomer's. */
export function unreadableAnswer({ action }: Purpose, host: string, status: number): RetryableError {
  return new RetryableError(`Could not ${action}: ${host} answered ${status} with an unreadable body.`, 502)
}

/** Returns the framework's error for what may succeed a moment later. Segment retries 423. */
export function tryAgain({ action }: Purpose, reason: string): RetryableError {
  return new RetryableError(`Could not ${action}: ${reason}.`, 423)
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}
