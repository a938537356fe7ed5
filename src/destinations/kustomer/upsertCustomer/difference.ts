import { isObject, removeUndefined } from '@segment/actions-core'
import type { Customer, CustomerAttributes, CustomAttributes } from '../api/records'
import type { LeftOut } from '../values/left-out'
import { urlKey } from '../values/urls'
import { itemsOf, LIST_NAMES, LISTS, MAX_ITEMS, missingFrom } from './lists'
import type { ListName } from './lists'

/** How Kustomer shows a value that is kept from whoever reads it. */
const MASKED = /^[*•]+$/

/** What an event, or several of one person, say of a customer. */
export interface Wanted extends CustomerAttributes {
  /** Half a name, which counts where the customer has none. */
  nameIfNone?: string
}

/** What an update takes. */
export interface Difference {
  /** Undefined where nothing differs. */
  changes?: CustomerAttributes
  /** What the customer's lists have no room for. */
  leftOut: LeftOut[]
}

/**
 * The smallest update that brings what is wanted to a customer.
 *
 * A list is the union of what is there, which comes first, and what is new, at most 10 items in all, so that nothing
 * is lost whether Kustomer replaces a list or merges it. The company is always repeated, since Kustomer unlinks a
 * customer from a company that an update leaves out, and so is the `rev` that was read, which locks the record against
 * what somebody else has changed since. The customer's own externalId is never replaced.
 *
 * @param wanted.nameIfNone half a name, for a customer who has none
 * @param isCustomWhole whether Kustomer was seen to replace all custom attributes by those of an update
 */
export function differenceTo(customer: Customer, wanted: Wanted, isCustomWhole = false): Difference {
  const lists = LIST_NAMES.map((name) => listDifference(customer, wanted, name))
  const changes: CustomerAttributes = {
    ...scalarChanges(customer, wanted),
    ...(Object.assign({}, ...lists.map((list) => list.changes)) as CustomerAttributes),
    ...customChanges(customer, wanted, isCustomWhole)
  }
  const { rev } = customer.attributes
  return {
    changes:
      Object.keys(changes).length > 0
        ? removeUndefined({
            ...changes,
            company: customer.companyId,
            rev: typeof rev === 'number' ? rev : undefined
          })
        : undefined,
    leftOut: lists.flatMap(({ leftOut }) => leftOut)
  }
}

/** A customer as they are once changes are made. */
export function withChanges(customer: Customer, changes: CustomerAttributes): Customer {
  const custom = { ...customOf(customer), ...changes.custom }
  return { ...customer, attributes: { ...customer.attributes, ...changes, custom } }
}

/** The custom attributes of a customer's record that may be written back: a masked one would replace what it hides. */
export function customOf({ attributes }: Customer): CustomAttributes {
  const custom = Object.entries(isObject(attributes.custom) ? attributes.custom : {})
  return Object.fromEntries(custom.filter(([, value]) => !MASKED.test(String(value)))) as CustomAttributes
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

function listDifference(customer: Customer, wanted: CustomerAttributes, name: ListName): Difference {
  const current = itemsOf(customer, name)
  const missing = missingFrom(customer, wanted, name)
  const added = missing.slice(0, Math.max(0, MAX_ITEMS - current.length))
  const reason = `left out: the customer has ${MAX_ITEMS} already, which is all that Kustomer holds`
  return {
    changes: added.length > 0 ? { [name]: [...current, ...added] } : {},
    leftOut: missing.slice(added.length).map(() => ({ field: LISTS[name].field, reason }))
  }
}

function customChanges(customer: Customer, wanted: CustomerAttributes, isWhole: boolean): CustomerAttributes {
  const current = customOf(customer)
  const changed = Object.entries(wanted.custom ?? {}).filter(
    ([name, value]) => !isSameCustom(name, current[name], value)
  )
  const kept = isWhole ? customOf(customer) : {}
  return changed.length > 0 ? { custom: { ...kept, ...Object.fromEntries(changed) } } : {}
}

/**
 * The custom attributes that a customer had, that an update did not name, and that its answer shows no more: Kustomer
 * replaces them all, other than its own workflows let expect. One that came back masked is not among them.
 */
export function lostCustom(
  before: Customer,
  changes: CustomerAttributes,
  after: Customer | undefined
): CustomAttributes {
  const now = after?.attributes.custom
  const isTold = changes.custom !== undefined && isObject(now)
  const lost = Object.entries(isTold ? customOf(before) : {}).filter(
    ([name, value]) => !(name in (changes.custom ?? {})) && !isBlank(value) && isObject(now) && isBlank(now[name])
  )
  return Object.fromEntries(lost)
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
