import { APIError, InvalidAuthenticationError, isObject, RetryableError } from '@segment/actions-core'

/** What a request was for, in the words and roles of the person who reads its error. */
export interface Purpose {
  /** Completes "Could not …". */
  action: string
  /** The Kustomer role that the request needs; undefined where any valid key will do. */
  role?: string
}

/** How much of Kustomer's own words a message quotes, in characters. */
const MAX_WORDS = 500

/** A key shorter than this, which no real one is, could be a part of any word. */
const SHORTEST_KEY = 6

const TIMED_OUT = /timed?out|abort/i

/**
 * Kustomer's own words from the body of an error, or '' where it has none.
 *
 * Reads both published shapes, `{errors: [{code, message}]}` and JSON:API's
 * `{errors: [{code, title, detail, source}]}`; anything else (a gateway's HTML, nothing) has no words.
 *
 * @param apiKey taken out before anything is cut, so that no part of it is left
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

/**
 * Whether Kustomer refused what a write says. Which of the three statuses a double of an externalId, email or phone gets
 * is not published, nor in which words, and 409 is a stale `rev` too: all three are looked into alike.
 */
export function isRefusal(status: number): boolean {
  return [400, 409, 422].includes(status)
}

/** Whether an error may go away by itself, so that Segment would send the event again. */
export function isTemporary(error: Error): boolean {
  const { status = 500 } = error as Error & { status?: number }
  return [408, 423, 429].includes(status) || status >= 500
}

/**
 * The framework's error for a status that Kustomer answered with, which it keeps: Segment retries 408, 423, 429 and 5xx.
 * A redirect, which is no status of an error and would send the key elsewhere if it were followed, becomes 502.
 *
 * @param words Kustomer's words, with the API key already taken out
 */
export function httpFailure({ action, role }: Purpose, status: number, words: string): Error {
  const explanation = [`Could not ${action}: Kustomer answered ${status}.`, words && `${words}.`, hint(status, role)]
  const message = explanation.filter(Boolean).join(' ')
  if (status === 401) {
    return new InvalidAuthenticationError(message)
  }
  return new APIError(message, status < 400 ? 502 : status)
}

function hint(status: number, role: string | undefined): string {
  const needed = role ? `Kustomer's roles of a key cannot be changed: a new key with the role ${role} is needed.` : ''
  if (status === 401) {
    const settings = 'Check the API Key and Org Pod settings: a key works only in the pod it was made in.'
    return role ? `${settings} It also needs the role ${role}, which cannot be added to a key that exists.` : settings
  }
  return status === 403 ? `The API Key lacks a role. ${needed}`.trim() : ''
}

/**
 * The framework's error for a request that brought no answer: 408 where the time was up or the work was ended, 503
 * otherwise.
 *
 * Quotes the error's code alone, since its message may hold the URL and so a person's email.
 */
export function transportFailure({ action }: Purpose, host: string, error: unknown): RetryableError {
  const { code, status, name, type } = (error ?? {}) as Record<string, unknown>
  if (status === 408 || [code, name, type].some((mark) => isText(mark) && TIMED_OUT.test(mark))) {
    return new RetryableError(`Could not ${action}: ${host} did not answer in time.`, 408)
  }
  const reason = isText(code) ? ` (${code})` : ''
  return new RetryableError(`Could not ${action}: the connection to ${host} failed${reason}.`, 503)
}

/** The framework's error for a success whose body is not Kustomer's, so that nothing is taken for delivered. */
export function unreadableAnswer({ action }: Purpose, host: string, status: number): RetryableError {
  return new RetryableError(`Could not ${action}: ${host} answered ${status} with a body that is not Kustomer's.`, 502)
}

/** The framework's error for what may go through a moment later; 423 is among the statuses that Segment retries. */
export function tryAgain({ action }: Purpose, reason: string): RetryableError {
  return new RetryableError(`Could not ${action}: ${reason}.`, 423)
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}
