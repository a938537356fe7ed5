import { isObject } from '@segment/actions-core'
import { kustomerWords } from './errors'

export interface EmailItem {
  type?: string
  email: string
  verified?: boolean
}

export interface PhoneItem {
  type?: string
  phone: string
  verified?: boolean
}

export interface UrlItem {
  type?: string
  url: string
}

export interface LocationItem {
  type?: string
  name?: string
  address?: string
  address2?: string
  address3?: string
  latitude?: number
  longitude?: number
  countryCode?: string
  countryName?: string
  regionCode?: string
  regionName?: string
  cityName?: string
  zipCode?: string
  areaCode?: string
}

/** The attributes that this destination writes to a customer. Dates are RFC 3339 date-times in UTC. */
export interface CustomerAttributes {
  externalId?: string
  /** The id of a Kustomer company. An update without it unlinks the customer from its company. */
  company?: string
  name?: string
  username?: string
  avatarUrl?: string
  birthdayAt?: string
  signedUpAt?: string
  gender?: 'm' | 'f'
  locale?: string
  timeZone?: string
  emails?: EmailItem[]
  sharedEmails?: EmailItem[]
  phones?: PhoneItem[]
  sharedPhones?: PhoneItem[]
  urls?: UrlItem[]
  locations?: LocationItem[]
  custom?: Record<string, string | number | boolean>
}

/** A customer as read: its attributes come from outside and are checked where they are used. */
export interface Customer {
  id: string
  attributes: Record<string, unknown>
  companyId?: string
}

export interface TrackingEvent {
  name: string
  sessionId?: string
  trackingId?: string
  meta?: Record<string, string | number>
}

export interface TrackingIdentity {
  trackingId?: string
  externalId?: string
  email?: string
  phone?: string
}

/** A customer's attributes in a bulk job. */
export interface BulkRecord extends CustomerAttributes {
  /** The customer's id, for an update. */
  id?: string
  /** Ours, told again with the record's outcome. */
  _clientRef: string
}

/** What became of one record of a bulk job. */
export interface BulkResult {
  clientRef: string
  /** The customer's id, where the record was written. */
  id?: string
  /** Where it was not. */
  failure?: { status: number; words: string }
}

/** The customer in an answer, or undefined where there is none or it is marked as deleted. */
export function customerIn(body: unknown): Customer | undefined {
  const record = (body as CustomerResponse | undefined)?.data
  if (typeof record?.id !== 'string' || record.attributes?.deleted === true) {
    return undefined
  }
  const companyId = record.relationships?.company?.data?.id
  return { id: record.id, attributes: record.attributes ?? {}, companyId }
}

/** What Kustomer publishes of the answer, every part of it optional, since it comes from outside. */
interface CustomerResponse {
  data?: {
    id?: unknown
    attributes?: Record<string, unknown>
    relationships?: { company?: { data?: { id?: string } | null } | null }
  } | null
}

/** The customers in an answer that lists them. */
export function customersIn(body: unknown): Customer[] {
  const list = isObject(body) && Array.isArray(body.data) ? body.data : []
  return list.map((data: unknown) => customerIn({ data })).filter((customer): customer is Customer => Boolean(customer))
}

/** The id and the status of the bulk job in an answer: both are told in one of two places. */
export function bulkJobIn(body: unknown): { id?: string; status?: string } {
  const job = isObject(body) && isObject(body.data) ? body.data : {}
  const status = isObject(job.attributes) && job.attributes.status ? job.attributes.status : job.status
  return { id: text(job.id), status: text(status) }
}

/** The outcome of each record in an answer that lists the batches of a bulk job. */
export function bulkResultsIn(body: unknown): BulkResult[] {
  const batches = isObject(body) && Array.isArray(body.data) ? body.data.filter(isObject) : []
  return batches
    .map((batch) => (isObject(batch.attributes) ? batch.attributes.results : batch.results))
    .flatMap((results) => (Array.isArray(results) ? results.filter(isObject) : []))
    .flatMap(({ _clientRef, id, error }) =>
      typeof _clientRef === 'string'
        ? [{ clientRef: _clientRef, ...(error ? { failure: failureIn(error) } : { id: text(id) }) }]
        : []
    )
}

/** The spelling of a record's error is not published: it may be one of Kustomer's errors, a body of them, or words. */
function failureIn(error: unknown): { status: number; words: string } {
  const first = isObject(error) && Array.isArray(error.errors) ? (error.errors as unknown[])[0] : error
  const words = kustomerWords({ errors: [isObject(first) ? first : { message: first }] })
  const status = isObject(first) ? Number(first.status) : NaN
  return { status: status >= 400 ? status : 400, words }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
