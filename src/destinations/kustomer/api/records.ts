import { isObject } from '@segment/actions-core'

/** The values of custom attributes, by name. null clears one. */
export type CustomAttributes = Record<string, string | number | boolean | null>

/** The kinds of records that this destination writes, by the names of their metadata. */
export type RecordKind = 'customer' | 'company' | `kobject.${string}`

/** A postal address. A country or a region has either a code or a name. */
export type Location = Partial<
  Record<'address' | 'cityName' | 'zipCode' | 'regionCode' | 'regionName' | 'countryCode' | 'countryName', string>
>

type Contacts<Name extends string> = Array<Record<Name, string>>

/** What a write says of a record. Dates are RFC 3339 date-times in UTC. */
export interface Changes {
  /** null gives it up. */
  externalId?: string | null
  name?: string
  avatarUrl?: string
  emails?: Contacts<'email'>
  phones?: Contacts<'phone'>
  urls?: Array<{ type?: string; url: string }>
  locations?: Location[]
  custom?: CustomAttributes
  /** How often the record had changed when it was read. Kustomer rejects an update with an older one. */
  rev?: number

  // Of customers.
  /** The ID of a company in Kustomer. An update without it unlinks the customer. */
  company?: string
  username?: string
  birthdayAt?: string
  signedUpAt?: string
  gender?: 'm' | 'f'
  locale?: string
  timeZone?: string
  sharedEmails?: Contacts<'email'>
  sharedPhones?: Contacts<'phone'>

  // Of companies. The last three are repeated as they are, never set.
  employeeCount?: number
  domains?: Contacts<'domain'>
  deleted?: true
  defaultLang?: string
  whatsapps?: Contacts<'phone'>
  socials?: Contacts<'type' | 'username'>

  // Of custom objects. The last four are sent on creation only, as is `company`.
  title?: string
  description?: string
  icon?: string
  images?: string[]
  data?: Record<string, unknown>
  customer?: string
  tags?: string[]
  createdAt?: string
  importedAt?: string
}

/** A record as read. Its attributes come from outside and are checked where they are used. */
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

/** A record in a bulk job. An update has the record's `id`. Kustomer repeats `_clientRef` with the record's outcome. */
export type BulkRecord = Changes & { id?: string; _clientRef: string }

/** What became of a record in a bulk job. */
export interface BulkResult {
  clientRef: string
  isWritten: boolean
  objectId?: string
  /** Kustomer's words. */
  error?: string
}

/** The statuses of a record that was written. */
const WRITTEN: unknown[] = ['created', 'updated']

/** Returns the record in an answer, or undefined if there is none. */
export function recordIn(body: unknown): StoredRecord | undefined {
  return recordOf(partsOf(body).data)
}

/** Returns the records in an answer that lists them, without those that are marked as deleted. */
export function recordsIn(body: unknown): StoredRecord[] {
  return listIn(body)
    .flatMap((record) => recordOf(record) ?? [])
    .filter(({ attributes }) => attributes.deleted !== true)
}

function recordOf(data: unknown): StoredRecord | undefined {
  const { id, attributes, relationships } = partsOf(data)
  const [companyId, customerId] = ['company', 'customer'].map((name) =>
    text(partsOf(partsOf(partsOf(relationships)[name]).data).id)
  )
  return typeof id === 'string' ? { id, attributes: partsOf(attributes), companyId, customerId } : undefined
}

function listIn(body: unknown): unknown[] {
  const { data } = partsOf(body)
  return Array.isArray(data) ? data : []
}

function partsOf(value: unknown): Record<string, unknown> {
  return isObject(value) ? value : {}
}

/** Whether an answer that lists records goes on. */
export function hasMore(body: unknown): boolean {
  return typeof partsOf(partsOf(body).links).next === 'string'
}

/** A custom attribute that an organization has defined. */
export interface DefinedAttribute {
  name: string
  displayName?: string
  /** The values of a drop-down. */
  values?: string[]
}

/** Returns the custom attributes in an answer that describes a kind of record, without those that were deleted. */
export function definedAttributesIn(body: unknown): DefinedAttribute[] {
  const properties = Object.entries(partsOf(recordIn(body)?.attributes.properties))
  return properties.flatMap(([name, definition]) => {
    const { displayName, enumeration, deletedAt } = partsOf(definition)
    const values = Array.isArray(enumeration) ? enumeration.flatMap((value) => text(value) ?? []) : undefined
    return isObject(definition) && !deletedAt ? [{ name, displayName: text(displayName), values }] : []
  })
}

/** Returns the ID and the status of the bulk job or the merge in an answer. The status is in one of two places. */
export function jobIn(body: unknown): { id?: string; status?: string } {
  const { id, status, attributes } = partsOf(partsOf(body).data)
  return { id: text(id), status: text(partsOf(attributes).status || status) }
}

/**
 * Returns the outcome of each record in an answer that lists the batches of a bulk job, without records that neither
 * succeeded nor failed.
 */
export function bulkResultsIn(body: unknown): BulkResult[] {
  return listIn(body)
    .map((batch) => partsOf(partsOf(batch).attributes).results ?? partsOf(batch).results)
    .flatMap((results: unknown): unknown[] => (Array.isArray(results) ? results : []))
    .flatMap((result) => {
      const { _clientRef: clientRef, objectId, status, error } = partsOf(result)
      const hasFailed = status === 'error' || Boolean(error)
      const isWritten = !hasFailed && (status === undefined ? Boolean(objectId) : WRITTEN.includes(status))
      const words = error ? text(error) ?? JSON.stringify(error) : undefined
      return typeof clientRef === 'string' && (hasFailed || isWritten)
        ? [{ clientRef, isWritten, objectId: text(objectId), error: words }]
        : []
    })
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
