import { isObject, removeUndefined } from '@segment/actions-core'
import type { CompanyAttributes, CustomAttributes, CustomerAttributes, RecordKind, StoredRecord } from '../api/records'
import { bytesOf, MAX_BODY } from '../values/body-size'
import type { LeftOut } from '../values/left-out'
import { urlKey } from '../values/urls'
import { KINDS, LISTS } from './kinds'
import type { ListName, Sameness } from './kinds'
import { itemsOf, MAX_ITEMS, missingFrom } from './lists'

/** How Kustomer shows a value that is kept from whoever reads it. */
const MASKED = /^[*•]+$/

/** What goes with an update in a bulk job, in bytes: brackets, the id and the `_clientRef`. */
const MAX_ENVELOPE = 100

/** Why a customer's company stays: an agent may have linked it. */
export const LINKED_ELSEWHERE = 'left out: the customer is linked to another company, and Move to Company is off'

/** The company that a customer is to be linked to. */
export interface Link {
  id: string
  /** Whether a customer is moved who is linked to another one. */
  mayMove: boolean
}

/** What a write says of a record. */
export type Changes = CustomerAttributes & CompanyAttributes

/** What an event, or several about one record, say of it. */
export interface Wanted extends Omit<Changes, 'company' | 'rev'> {
  /** Half a name, which counts where the customer has none. */
  nameIfNone?: string
  link?: Link
}

/** What an update takes. */
export interface Difference {
  /** Undefined where nothing differs. */
  changes?: Changes
  /** Whether the changes repeat what does not differ, beside lists, company and `rev`. */
  isRepeating: boolean
  /** What the record has no room for, or does not let go. */
  leftOut: LeftOut[]
}

/** Kustomer takes at most this many custom attributes in one write. */
export const MAX_CUSTOM = 100

/**
 * The smallest update that brings what is wanted to a record and loses nothing, whether Kustomer replaces or merges what
 * it is given.
 *
 * A list is the union of what is there, which comes first, and what is new, at most 10 items in all. Where a custom
 * attribute differs, the others are repeated, as far as they fit and may be written back, and an update of a company
 * repeats all that may be written. The company is always repeated, since Kustomer unlinks a customer from a company that
 * an update leaves out, and so is the `rev` that was read, which locks the record against what somebody else has changed
 * since. The record's own externalId is never replaced.
 *
 * @param mayRepeat false for what differs alone, with lists, company and `rev`
 */
export function differenceTo(kind: RecordKind, record: StoredRecord, wanted: Wanted, mayRepeat = true): Difference {
  const lists = KINDS[kind].lists.map((name) => listDifference(kind, record, wanted, name))
  const custom = changedCustom(record, wanted)
  const company = linkOf(record, wanted)
  const differing: Changes = {
    ...scalarChanges(kind, record, wanted),
    ...(Object.assign({}, ...lists.map((list) => list.changes)) as Changes),
    ...(custom ? { custom } : {}),
    ...(company === record.companyId ? {} : { company })
  }
  const leftOut = [
    ...lists.flatMap((list) => list.leftOut),
    ...(wanted.link && company !== wanted.link.id ? [{ field: 'company', reason: LINKED_ELSEWHERE }] : [])
  ]
  if (Object.keys(differing).length === 0) {
    return { isRepeating: false, leftOut }
  }
  const { rev } = record.attributes
  const alone = removeUndefined({ ...differing, company, rev: typeof rev === 'number' ? rev : undefined })
  const repeating = mayRepeat ? withRepeated(kind, record, alone) : alone
  return { changes: repeating, isRepeating: repeating !== alone, leftOut }
}

/** A record as it is once changes are made. */
export function withChanges(record: StoredRecord, changes: Changes): StoredRecord {
  const custom = { ...customOf(record), ...changes.custom }
  const companyId = changes.company ?? record.companyId
  return { ...record, companyId, attributes: { ...record.attributes, ...changes, custom } }
}

/** What a record is created with. */
export function creationOf({ nameIfNone, link, ...wanted }: Wanted): Changes {
  const named = nameIfNone === undefined ? wanted : { name: nameIfNone, ...wanted }
  return link ? { ...named, company: link.id } : named
}

/** Changes with what does not differ, where there is any, and it fits. */
function withRepeated(kind: RecordKind, record: StoredRecord, alone: Changes): Changes {
  const { repeated, scalars, lists } = KINDS[kind]
  const isWhole = repeated.length > 0
  const custom = alone.custom || isWhole ? { ...customOf(record), ...alone.custom } : {}
  const all: Changes = {
    ...(isWhole ? writable(record, [...repeated, ...Object.keys(scalars), ...lists]) : {}),
    ...alone,
    ...(Object.keys(custom).length > 0 ? { custom } : {})
  }
  const count = Object.keys(custom).length
  const isMore = Object.keys(all).length > Object.keys(alone).length || count > Object.keys(alone.custom ?? {}).length
  return isMore && count <= MAX_CUSTOM && bytesOf(all) <= MAX_BODY - MAX_ENVELOPE ? all : alone
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

function scalarChanges(kind: RecordKind, { attributes }: StoredRecord, wanted: Wanted): Changes {
  const name = wanted.name ?? (isBlank(attributes.name) ? wanted.nameIfNone : undefined)
  const given: Record<string, unknown> = { ...wanted, name }
  const changed = Object.entries(KINDS[kind].scalars).filter(
    ([key, sameness]) => given[key] !== undefined && !isSame(sameness, attributes[key], given[key])
  )
  return removeUndefined({
    externalId: isBlank(attributes.externalId) ? wanted.externalId : undefined,
    ...Object.fromEntries(changed.map(([key]) => [key, given[key]]))
  })
}

function listDifference(
  kind: RecordKind,
  record: StoredRecord,
  wanted: Wanted,
  name: ListName
): Pick<Difference, 'changes' | 'leftOut'> {
  const current = itemsOf(record, name)
  const missing = missingFrom(record, wanted, name)
  const added = missing.slice(0, Math.max(0, MAX_ITEMS - current.length))
  const reason = `left out: the ${kind} has ${MAX_ITEMS} already, which is all that Kustomer holds`
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

const KEYS: Record<Sameness, (text: string) => unknown> = {
  letter: (text) => text,
  url: urlKey,
  moment: Date.parse
}

function isSame(sameness: Sameness, current: unknown, wanted: unknown): boolean {
  const areTexts = typeof current === 'string' && typeof wanted === 'string'
  return areTexts ? KEYS[sameness](current) === KEYS[sameness](wanted) : current === wanted
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0
}
