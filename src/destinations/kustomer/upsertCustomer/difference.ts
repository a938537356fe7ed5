import { isObject, removeUndefined } from '@segment/actions-core'
import type { Customer, CustomerAttributes, CustomAttributes } from '../api/records'
import { bytesOf, MAX_BODY } from '../values/body-size'
import type { LeftOut } from '../values/left-out'
import { urlKey } from '../values/urls'
import { itemsOf, LIST_NAMES, LISTS, MAX_ITEMS, missingFrom } from './lists'
import type { ListName } from './lists'

/** How Kustomer shows a value that is kept from whoever reads it. */
const MASKED = /^[*•]+$/

/** What goes with an update in a bulk job, in bytes: brackets, the id and the `_clientRef`. */
const MAX_ENVELOPE = 100

/** What an event, or several of one person, say of a customer. */
export interface Wanted extends CustomerAttributes {
  /** Half a name, which counts where the customer has none. */
  nameIfNone?: string
}

/** What an update takes. */
export interface Difference {
  /** Undefined where nothing differs. */
  changes?: CustomerAttributes
  /** Whether the changes repeat custom attributes that do not differ. */
  repeatsCustom: boolean
  /** What the customer's lists have no room for. */
  leftOut: LeftOut[]
}

/** Kustomer takes at most this many custom attributes in one write. */
export const MAX_CUSTOM = 100

/**
 * The smallest update that brings what is wanted to a customer and loses nothing, whether Kustomer replaces or merges
 * what it is given.
 *
 * A list is the union of what is there, which comes first, and what is new, at most 10 items in all. Where a custom
 * attribute differs, the others are repeated, as far as they fit and may be written back. The company is always repeated,
 * since Kustomer unlinks a customer from a company that an update leaves out, and so is the `rev` that was read, which
 * locks the record against what somebody else has changed since. The customer's own externalId is never replaced.
 *
 * @param wanted.nameIfNone half a name, for a customer who has none
 * @param mayRepeatCustom false for the custom attributes that differ alone
 */
export function differenceTo(customer: Customer, wanted: Wanted, mayRepeatCustom = true): Difference {
  const lists = LIST_NAMES.map((name) => listDifference(customer, wanted, name))
  const custom = changedCustom(customer, wanted)
  const leftOut = lists.flatMap((list) => list.leftOut)
  const changes: CustomerAttributes = {
    ...scalarChanges(customer, wanted),
    ...(Object.assign({}, ...lists.map((list) => list.changes)) as CustomerAttributes),
    ...(custom ? { custom } : {})
  }
  if (Object.keys(changes).length === 0) {
    return { repeatsCustom: false, leftOut }
  }
  const { rev } = customer.attributes
  const alone = removeUndefined({
    ...changes,
    company: customer.companyId,
    rev: typeof rev === 'number' ? rev : undefined
  })
  const repeated = { ...customOf(customer), ...custom }
  const count = Object.keys(repeated).length
  const repeating = { ...alone, custom: repeated }
  const repeatsCustom =
    mayRepeatCustom &&
    custom !== undefined &&
    count > Object.keys(custom).length &&
    count <= MAX_CUSTOM &&
    bytesOf(repeating) <= MAX_BODY - MAX_ENVELOPE
  return { changes: repeatsCustom ? repeating : alone, repeatsCustom, leftOut }
}

/** A customer as they are once changes are made. */
export function withChanges(customer: Customer, changes: CustomerAttributes): Customer {
  const custom = { ...customOf(customer), ...changes.custom }
  return { ...customer, attributes: { ...customer.attributes, ...changes, custom } }
}

/** The custom attributes of a customer's record that may be written back: a masked one would replace what it hides. */
function customOf({ attributes }: Customer): CustomAttributes {
  const custom = Object.entries(isObject(attributes.custom) ? attributes.custom : {})
  const writable = custom.filter(([, value]) => !isBlank(value) && !MASKED.test(String(value)))
  return Object.fromEntries(writable) as CustomAttributes
}

function scalarChanges({ attributes }: Customer, wanted: Wanted): CustomerAttributes {
  const { externalId, name, nameIfNone, username, avatarUrl, birthdayAt, signedUpAt, gender, locale, timeZone } = wanted
  const fullName = name ?? (isBlank(attributes.name) ? nameIfNone : undefined)
  return removeUndefined({
    externalId: isBlank(attributes.externalId) ? externalId : undefined,
    name: attributes.name === fullName ? undefined : fullName,
    username: attributes.username === username ? undefined : username,
    avatarUrl: isSame(urlKey, attributes.avatarUrl, avatarUrl) ? undefined : avatarUrl,
    birthdayAt: isSame(Date.parse, attributes.birthdayAt, birthdayAt) ? undefined : birthdayAt,
    signedUpAt: isSame(Date.parse, attributes.signedUpAt, signedUpAt) ? undefined : signedUpAt,
    gender: attributes.gender === gender ? undefined : gender,
    locale: attributes.locale === locale ? undefined : locale,
    timeZone: attributes.timeZone === timeZone ? undefined : timeZone
  })
}

function listDifference(
  customer: Customer,
  wanted: CustomerAttributes,
  name: ListName
): Pick<Difference, 'changes' | 'leftOut'> {
  const current = itemsOf(customer, name)
  const missing = missingFrom(customer, wanted, name)
  const added = missing.slice(0, Math.max(0, MAX_ITEMS - current.length))
  const reason = `left out: the customer has ${MAX_ITEMS} already, which is all that Kustomer holds`
  return {
    changes: added.length > 0 ? { [name]: [...current, ...added] } : {},
    leftOut: missing.slice(added.length).map(() => ({ field: LISTS[name].field, reason }))
  }
}

function changedCustom(customer: Customer, { custom = {} }: CustomerAttributes): CustomAttributes | undefined {
  const current = customOf(customer)
  const changed = Object.entries(custom).filter(([name, value]) => !isSameCustom(name, current[name], value))
  return changed.length > 0 ? Object.fromEntries(changed) : undefined
}

function isSameCustom(name: string, current: unknown, wanted: CustomAttributes[string]): boolean {
  return name.endsWith('At') && wanted !== null ? isSame(Date.parse, current, wanted) : (current ?? null) === wanted
}

function isSame(keyOf: (text: string) => string | number, current: unknown, wanted: unknown): boolean {
  return typeof current === 'string' && typeof wanted === 'string' && keyOf(current) === keyOf(wanted)
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}
