import { isObject, removeUndefined } from '@segment/actions-core'
import type { Customer, CustomerAttributes } from '../records'
import { itemsOf, MAX_ITEMS, missingFrom } from './lists'
import type { ListName } from './lists'
import { urlKey } from './url'

/**
 * The smallest update that brings what is wanted to a customer, or undefined where nothing differs.
 *
 * A list is the union of what is there, which comes first, and what is new, at most 10 items in all, so that nothing
 * is lost whether Kustomer replaces a list or merges it. The company is always repeated, since Kustomer unlinks a
 * customer from a company that an update leaves out. The customer's own externalId is never replaced.
 */
export function changesTo(customer: Customer, wanted: CustomerAttributes): CustomerAttributes | undefined {
  const changes: CustomerAttributes = {
    ...scalarChanges(customer, wanted),
    ...listChange(customer, wanted, 'emails', 'sharedEmails'),
    ...listChange(customer, wanted, 'sharedEmails'),
    ...listChange(customer, wanted, 'phones', 'sharedPhones'),
    ...listChange(customer, wanted, 'sharedPhones'),
    ...listChange(customer, wanted, 'urls'),
    ...listChange(customer, wanted, 'locations'),
    ...customChanges(customer, wanted)
  }
  return Object.keys(changes).length > 0 ? removeUndefined({ ...changes, company: customer.companyId }) : undefined
}

function scalarChanges({ attributes }: Customer, wanted: CustomerAttributes): CustomerAttributes {
  const { externalId, name, username, avatarUrl, birthdayAt, signedUpAt, gender, locale, timeZone } = wanted
  return removeUndefined({
    externalId: isBlank(attributes.externalId) ? externalId : undefined,
    name: attributes.name === name ? undefined : name,
    username: attributes.username === username ? undefined : username,
    avatarUrl: isSame(urlKey, attributes.avatarUrl, avatarUrl) ? undefined : avatarUrl,
    birthdayAt: isSame(Date.parse, attributes.birthdayAt, birthdayAt) ? undefined : birthdayAt,
    signedUpAt: isSame(Date.parse, attributes.signedUpAt, signedUpAt) ? undefined : signedUpAt,
    gender: attributes.gender === gender ? undefined : gender,
    locale: attributes.locale === locale ? undefined : locale,
    timeZone: attributes.timeZone === timeZone ? undefined : timeZone
  })
}

/** @param elsewhere a list that may hold an addition already */
function listChange(
  customer: Customer,
  wanted: CustomerAttributes,
  name: ListName,
  ...elsewhere: ListName[]
): CustomerAttributes {
  const current = itemsOf(customer, name)
  const added = missingFrom(customer, wanted, name, ...elsewhere).slice(0, Math.max(0, MAX_ITEMS - current.length))
  return added.length > 0 ? { [name]: [...current, ...added] } : {}
}

function customChanges({ attributes }: Customer, wanted: CustomerAttributes): CustomerAttributes {
  const current = isObject(attributes.custom) ? attributes.custom : {}
  const changed = Object.entries(wanted.custom ?? {}).filter(([name, value]) =>
    name.endsWith('At') ? !isSame(Date.parse, current[name], value) : current[name] !== value
  )
  return changed.length > 0 ? { custom: Object.fromEntries(changed) } : {}
}

function isSame(keyOf: (text: string) => string | number, current: unknown, wanted: unknown): boolean {
  return typeof current === 'string' && typeof wanted === 'string' && keyOf(current) === keyOf(wanted)
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}
