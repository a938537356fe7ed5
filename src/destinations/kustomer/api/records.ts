import { isObject } from '@segment/actions-core'

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

/** The values of custom attributes, by name; null clears one. */
export type CustomAttributes = Record<string, string | number | boolean | null>

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
  custom?: CustomAttributes
  /** How often the record had changed when it was read: an update with an older one is refused. */
  rev?: number
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
  isWritten: boolean
  /** The customer's id, where the record was written. */
  objectId?: string
}

/** The statuses of a record that was written. */
const WRITTEN: unknown[] = ['created', 'updated']

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

/** The id and the status of the bulk job, or of the merge, in an answer: the status is told in one of two places. */
export function jobIn(body: unknown): { id?: string; status?: string } {
  const job = isObject(body) && isObject(body.data) ? body.data : {}
  const status = isObject(job.attributes) && job.attributes.status ? job.attributes.status : job.status
  return { id: text(job.id), status: text(status) }
}

/**
 * The outcome of each record in an answer that lists the batches of a bulk job. A record that says neither that it was
 * written nor that it failed is left out.
 */
export function bulkResultsIn(body: unknown): BulkResult[] {
  const batches = isObject(body) && Array.isArray(body.data) ? body.data.filter(isObject) : []
  return batches
    .map((batch) => (isObject(batch.attributes) ? batch.attributes.results : batch.results))
    .flatMap((results) => (Array.isArray(results) ? results.filter(isObject) : []))
    .flatMap(({ _clientRef, objectId, status, error }): BulkResult[] => {
      const hasFailed = status === 'error' || Boolean(error)
      const isWritten = !hasFailed && (status === undefined ? Boolean(objectId) : WRITTEN.includes(status))
      return typeof _clientRef === 'string' && (hasFailed || isWritten)
        ? [{ clientRef: _clientRef, isWritten, objectId: text(objectId) }]
        : []
    })
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
