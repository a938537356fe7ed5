import { isObject, removeUndefined } from '@segment/actions-core'
import type { Changes, CustomAttributes, RecordKind, StoredRecord } from '../api/records'
import { bytesOf, MAX_BODY } from '../values/body-size'
import type { LeftOut } from '../values/left-out'
import { urlKey } from '../values/urls'
import { kindOf, LISTS } from './kinds'
import type { ListName, Sameness } from './kinds'
import { itemsOf, MAX_ITEMS, missingFrom } from './lists'

/** How Kustomer shows a value that is kept from whoever reads it. */
const MASKED = /^[*•]+$/

/** What goes with an update in a bulk job, in bytes: brackets, the id and the `_clientRef`. */
const MAX_ENVELOPE = 100

export const LINKED_ELSEWHERE = 'not linked: the customer is linked to another company, and Move to Company is off'

const HAS_NAME = 'ignored: the customer already has a name, and only a full name replaces it'

/** The company to link a customer to. */
export interface Link {
  id: string
  /** Whether to move a customer who is linked to another company. */
  mayMove: boolean
}

/** What an event says of a record. */
export interface Wanted extends Omit<Changes, 'company' | 'rev' | 'deleted' | 'externalId'> {
  externalId?: string
  /** Half a name, used if the customer has none. */
  nameIfNone?: string
  link?: Link
}

export interface Difference {
  /** Undefined if nothing differs. */
  changes?: Changes
  leftOut: LeftOut[]
}

/** Kustomer takes at most this many custom attributes in one write. */
export const MAX_CUSTOM = 100

/**
 * Returns the smallest update that writes what is wanted and loses nothing, whether Kustomer replaces or merges values.
 *
 * Lists are united, at most 10 items each, with what is there first. Custom attributes are repeated whole if one of them
 * differs, and an update of a company repeats all that may be written. The linked company is always repeated, because
 * Kustomer unlinks a customer whose update leaves it out, and so is `rev`, the optimistic lock. The record's own
 * externalId is never replaced.
 */
export function diffRecord(kind: RecordKind, record: StoredRecord, wanted: Wanted): Difference {
  const lists = kindOf(kind).lists.map((name) => diffList(kind, record, wanted, name))
  const custom = changedCustom(record, wanted)
  const company = kind === 'customer' ? linkOf(record, wanted) : undefined
  const differing: Changes = {
    ...changedScalars(kind, record, wanted),
    ...(Object.assign({}, ...lists.map((list) => list.changes)) as Changes),
    ...(custom ? { custom } : {}),
    ...(kind !== 'customer' || company === record.companyId ? {} : { company })
  }
  const leftOut = [
    ...lists.flatMap((list) => list.leftOut),
    ...(hasOtherName(record, wanted) ? [{ field: 'name', reason: HAS_NAME }] : []),
    ...(wanted.link && company !== wanted.link.id ? [{ field: 'company', reason: LINKED_ELSEWHERE }] : [])
  ]
  if (Object.keys(differing).length === 0) {
    return { leftOut }
  }
  const { rev } = record.attributes
  const changes = removeUndefined({ ...differing, company, rev: typeof rev === 'number' ? rev : undefined })
  return { changes: withRepeated(kind, record, changes), leftOut }
}

/** Returns a record as it is after an update. */
export function withChanges(record: StoredRecord, changes: Changes): StoredRecord {
  const custom = { ...customOf(record), ...changes.custom }
  const companyId = changes.company ?? record.companyId
  return { ...record, companyId, attributes: { ...record.attributes, ...changes, custom } }
}

/** Returns the body of a creation. */
export function creationOf({ nameIfNone, link, ...wanted }: Wanted): Changes {
  const named = nameIfNone === undefined ? wanted : { name: nameIfNone, ...wanted }
  return link ? { ...named, company: link.id } : named
}

/** Adds what an update has to repeat, if it fits. */
function withRepeated(kind: RecordKind, record: StoredRecord, changes: Changes): Changes {
  const { repeated, scalars, lists } = kindOf(kind)
  const isWhole = repeated.length > 0
  const custom = changes.custom || isWhole ? { ...customOf(record), ...changes.custom } : {}
  const all: Changes = {
    ...(isWhole ? writable(record, [...repeated, ...Object.keys(scalars), ...lists]) : {}),
    ...changes,
    ...(Object.keys(custom).length > 0 ? { custom } : {})
  }
  return Object.keys(custom).length <= MAX_CUSTOM && bytesOf(all) <= MAX_BODY - MAX_ENVELOPE ? all : changes
}

/** The values that a record shows of these attributes, as they may be written back. */
function writable(record: StoredRecord, names: string[]): Changes {
  const values = names.map((name) => [
    name,
    name in LISTS ? itemsOf(record, name as ListName) : record.attributes[name]
  ])
  return Object.fromEntries(
    values.filter(([, value]) => !isBlank(value) && !isEmpty(value) && !MASKED.test(String(value)))
  ) as Changes
}

/** The custom attributes of a record that may be written back: a masked one would replace what it hides. */
function customOf({ attributes }: StoredRecord): CustomAttributes {
  const custom = Object.entries(isObject(attributes.custom) ? attributes.custom : {})
  const writable = custom.filter(([, value]) => !isBlank(value) && !MASKED.test(String(value)))
  return Object.fromEntries(writable) as CustomAttributes
}

/** The company that a record is linked to once what is wanted is written. */
function linkOf({ companyId }: StoredRecord, { link }: Wanted): string | undefined {
  return link && (companyId === undefined || link.mayMove) ? link.id : companyId
}

function changedScalars(kind: RecordKind, { attributes }: StoredRecord, wanted: Wanted): Changes {
  const name = wanted.name ?? (isBlank(attributes.name) ? wanted.nameIfNone : undefined)
  const given: Record<string, unknown> = { ...wanted, name }
  const changed = Object.entries(kindOf(kind).scalars).filter(
    ([key, sameness]) => given[key] !== undefined && !isSame(sameness, attributes[key], given[key])
  )
  return removeUndefined({
    externalId: isBlank(attributes.externalId) ? wanted.externalId : undefined,
    ...Object.fromEntries(changed.map(([key]) => [key, given[key]]))
  })
}

function hasOtherName({ attributes }: StoredRecord, { name, nameIfNone }: Wanted): boolean {
  const current = isBlank(attributes.name) ? undefined : String(attributes.name)
  return name === undefined && nameIfNone !== undefined && current !== undefined && !current.includes(nameIfNone)
}

function diffList(kind: RecordKind, record: StoredRecord, wanted: Wanted, name: ListName): Difference {
  const current = itemsOf(record, name)
  const missing = missingFrom(record, wanted, name)
  const added = missing.slice(0, Math.max(0, MAX_ITEMS - current.length))
  const reason = `ignored: the ${kind} already has ${MAX_ITEMS}, the most that Kustomer holds`
  return {
    changes: added.length > 0 ? { [name]: [...current, ...added] } : {},
    leftOut: missing.slice(added.length).map(() => ({ field: LISTS[name].field, reason }))
  }
}

function changedCustom(record: StoredRecord, { custom = {} }: Wanted): CustomAttributes | undefined {
  const current = customOf(record)
  const changed = Object.entries(custom).filter(
    ([name, value]) => !isSame(name.endsWith('At') ? 'moment' : 'letter', current[name] ?? null, value)
  )
  return changed.length > 0 ? Object.fromEntries(changed) : undefined
}

const KEYS: Record<Exclude<Sameness, 'json'>, (text: string) => unknown> = {
  letter: (text) => text,
  url: urlKey,
  moment: Date.parse
}

function isSame(sameness: Sameness, current: unknown, wanted: unknown): boolean {
  if (sameness === 'json') {
    return sortedJson(current) === sortedJson(wanted)
  }
  const areTexts = typeof current === 'string' && typeof wanted === 'string'
  return areTexts ? KEYS[sameness](current) === KEYS[sameness](wanted) : current === wanted
}

/** Kustomer need not keep the order of keys. */
function sortedJson(value: unknown): string | undefined {
  return JSON.stringify(value, (_key, part: unknown) =>
    isObject(part) ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1))) : part
  )
}

export function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0
}
