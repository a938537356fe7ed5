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

/** The kinds of record that this destination writes, by the names of their metadata. */
export type RecordKind = 'customer' | 'company' | `kobject.${string}`

/** What this destination writes to a record of either kind. Dates are RFC 3339 date-times in UTC. */
export interface RecordAttributes {
  /** null gives it up. */
  externalId?: string | null
  name?: string
  avatarUrl?: string
  emails?: EmailItem[]
  phones?: PhoneItem[]
  urls?: UrlItem[]
  locations?: LocationItem[]
  custom?: CustomAttributes
  /** How often the record had changed when it was read: an update with an older one is refused. */
  rev?: number
}

export interface CustomerAttributes extends RecordAttributes {
  /** The id of a Kustomer company. An update without it unlinks the customer from its company. */
  company?: string
  username?: string
  birthdayAt?: string
  signedUpAt?: string
  gender?: 'm' | 'f'
  locale?: string
  timeZone?: string
  sharedEmails?: EmailItem[]
  sharedPhones?: PhoneItem[]
}

/** What this destination writes to a custom object, besides what every record has. */
export interface ObjectAttributes {
  title?: string
  description?: string
  icon?: string
  images?: string[]
  data?: Record<string, unknown>
  // Sent on creation alone, as is the `company`.
  customer?: string
  tags?: string[]
  createdAt?: string
  importedAt?: string
}

export interface DomainItem {
  domain: string
}

export interface SocialItem {
  type: string
  username: string
  userid?: string
  url?: string
  verified?: boolean
}

export interface CompanyAttributes extends RecordAttributes {
  employeeCount?: number
  domains?: DomainItem[]
  // Repeated as they are, never set.
  defaultLang?: string
  whatsapps?: PhoneItem[]
  socials?: SocialItem[]
  deleted?: true
}

/** What a write says of a record. */
export type Changes = CustomerAttributes & CompanyAttributes & ObjectAttributes

/** A customer or a company as read: its attributes come from outside and are checked where they are used. */
export interface StoredRecord {
  id: string
  attributes: Record<string, unknown>
  /** The company that a customer or a custom object is linked to. */
  companyId?: string
  /** The customer that a custom object belongs to. */
  customerId?: string
}

export type Customer = StoredRecord

export type Company = StoredRecord

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

/** A record's attributes in a bulk job. */
export type BulkRecord = Changes & {
  /** The record's id, for an update. */
  id?: string
  /** Ours, told again with the record's outcome. */
  _clientRef: string
}

/** What became of one record of a bulk job. */
export interface BulkResult {
  clientRef: string
  isWritten: boolean
  /** The record's id, where it was written. */
  objectId?: string
  /** Kustomer's words, where it was not. */
  error?: string
}

/** The statuses of a record that was written. */
const WRITTEN: unknown[] = ['created', 'updated']

/** Returns the record in an answer, or undefined if there is none. */
export function recordIn(body: unknown): StoredRecord | undefined {
  return isObject(body) ? recordOf(body.data) : undefined
}

/** The companies in an answer that lists them, those left out that are marked as deleted. */
export function recordsIn(body: unknown): StoredRecord[] {
  const records = isObject(body) && Array.isArray(body.data) ? body.data : []
  return records
    .flatMap((record: unknown) => recordOf(record) ?? [])
    .filter(({ attributes }) => attributes.deleted !== true)
}

function recordOf(data: unknown): StoredRecord | undefined {
  const record = data as RecordResponse | undefined | null
  if (typeof record?.id !== 'string') {
    return undefined
  }
  const { company, customer } = record.relationships ?? {}
  const owners = { companyId: company?.data?.id, customerId: customer?.data?.id }
  return { id: record.id, attributes: record.attributes ?? {}, ...owners }
}

/** What Kustomer publishes of a record, every part of it optional, since it comes from outside. */
interface RecordResponse {
  id?: unknown
  attributes?: Record<string, unknown>
  relationships?: Partial<Record<'company' | 'customer', { data?: { id?: string } | null } | null>>
}

/** Whether an answer that lists records goes on. */
export function hasMore(body: unknown): boolean {
  return isObject(body) && isObject(body.links) && typeof body.links.next === 'string'
}

/** A custom attribute that an organization has defined. */
export interface DefinedAttribute {
  name: string
  displayName?: string
  /** The values of a drop-down. */
  values?: string[]
}

/** The custom attributes in an answer that describes a kind of record, without those deleted. */
export function definedAttributesIn(body: unknown): DefinedAttribute[] {
  const metadata = recordIn(body)?.attributes.properties
  return Object.entries(isObject(metadata) ? metadata : {}).flatMap(([name, definition]) => {
    if (!isObject(definition) || definition.deletedAt) {
      return []
    }
    const { displayName, enumeration } = definition
    const values = Array.isArray(enumeration) ? enumeration.flatMap((value) => text(value) ?? []) : undefined
    return [{ name, displayName: text(displayName), values }]
  })
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
        ? [
            {
              clientRef: _clientRef,
              isWritten,
              objectId: text(objectId),
              error: error ? text(error) ?? JSON.stringify(error) : undefined
            }
          ]
        : []
    })
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
