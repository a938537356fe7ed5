import { readable } from '../../agent-view/readable'
import type { SentExchange } from '../../server/answers'
import { parsed, recordOf } from '../../json'

/** A value that a request writes, next to the one that Kustomer had. */
export interface Difference {
  label: string
  before?: string
  after?: string
}

type Words = (match: string[], body: unknown) => string

const KIND = '(customers|companies|klasses/[^/]+)'

/** What a request is for, by its method and path; the first that matches counts. */
const STEPS: Array<[pattern: string, words: Words]> = [
  [`GET /v1/${KIND}/(externalId|email|phone)=.*`, ([, kind, name]) => `Find the ${one(kind)} by ${labelOf(name)}`],
  ['GET /v1/companies\\?externalId=.*', () => 'Find the company by external ID'],
  ['GET /v1/companies\\?.*', () => 'Find the company by name'],
  ['POST /v1/customers/merges', () => 'Merge two customers'],
  [`\\w+ /v1/${KIND}/bulk`, (_match, body) => `Start a bulk job for ${Array.isArray(body) ? body.length : 0} records`],
  ['GET /v1/bulk/[^/]+', () => 'Check the bulk job'],
  ['GET /v1/bulk/[^/]+/batches', () => 'Read the results of the bulk job'],
  ['POST /v1/tracking/identityEvent', (_match, body) => `Add ${eventIn(body)} to the customer’s timeline`],
  ['POST /v1/tracking/event', (_match, body) => `Keep ${eventIn(body)} for the anonymous visitor`],
  ['POST /v1/tracking/identity', () => 'Link the visitor’s anonymous history'],
  ['GET /v1/metadata/.*', () => 'Read the custom attributes that are defined'],
  ['GET /v1/auth/.*', () => 'Test the API key'],
  [`POST /v1/${KIND}`, ([, kind]) => `Create the ${one(kind)}`],
  [`GET /v1/${KIND}/[^/]+`, ([, kind]) => `Read the ${one(kind)}`],
  [`(?:PATCH|PUT) /v1/${KIND}/[^/]+`, ([, kind]) => `Update the ${one(kind)}`],
  [`DELETE /v1/${KIND}/[^/]+`, ([, kind]) => `Delete the ${one(kind)}`]
]

/** What steers a write and is no value of the record. */
const UNSHOWN = ['rev', '_clientRef', 'id']

/** Returns what a request is for; undefined for one that the destination doesn't send. */
export function stepOf({ request }: SentExchange): string | undefined {
  const call = `${request.method} ${pathOf(request.url)}`
  for (const [pattern, words] of STEPS) {
    const match = new RegExp(`^${pattern}$`).exec(call)
    if (match) {
      return words(match, parsed(request.body))
    }
  }
  return undefined
}

/** Returns what Kustomer answered, in a word or two. */
export function answerOf({ request, response, isSent }: SentExchange): string {
  const { statusCode, body } = response
  if (!isSent) {
    return 'not sent'
  }
  const { data } = recordOf(body)
  const isMissing = statusCode === 404 || (statusCode === 200 && Array.isArray(data) && data.length === 0)
  return request.method === 'GET' && isMissing ? `${statusCode} not found` : String(statusCode)
}

/**
 * Returns what a write changes: each value that it sends, next to that of the last answer about the same record. Values
 * that stay are left out.
 *
 * @param earlier the exchanges before it
 */
export function differencesOf({ request }: SentExchange, earlier: SentExchange[]): Difference[] {
  const sent = parsed(request.body)
  if (request.method === 'GET' || typeof sent !== 'object' || sent === null || Array.isArray(sent)) {
    return []
  }
  const known = flat(attributesBefore(request.url, earlier))
  return [...flat(sent as Record<string, unknown>)]
    .filter(([label]) => !UNSHOWN.includes(label))
    .map(([label, after]) => ({ label, before: known.get(label), after }))
    .filter(({ before = '', after }) => before !== after)
}

function attributesBefore(url: string, earlier: SentExchange[]): Record<string, unknown> {
  const id = pathOf(url).split('/').pop()
  const records = earlier.flatMap(({ response }) => recordOf(response.body).data ?? []).map(recordOf)
  return recordOf(records.filter((record) => record.id === id).pop()?.attributes)
}

/** Objects are shown by their parts, lists by their items. */
function flat(values: Record<string, unknown>): Map<string, string> {
  const parts = Object.entries(values).flatMap(([key, value]): Array<[string, string]> => {
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject
      ? [...flat(value as Record<string, unknown>)].map(([part, text]) => [`${key}.${part}`, text])
      : [[key, readable(value)]]
  })
  return new Map(parts)
}

function pathOf(url: string): string {
  const { pathname, search } = new URL(url)
  return pathname + search
}

function one(kind: string | undefined): string {
  return kind === 'customers' ? 'customer' : kind === 'companies' ? 'company' : 'custom object'
}

function labelOf(name = ''): string {
  return name === 'externalId' ? 'external ID' : name
}

function eventIn(body: unknown): string {
  const { event, name } = recordOf(body)
  return readable(recordOf(event).name ?? name ?? 'the event')
}
