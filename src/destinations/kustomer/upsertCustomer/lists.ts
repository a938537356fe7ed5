import { isObject, removeUndefined } from '@segment/actions-core'
import type { Customer, CustomerAttributes } from '../records'
import { emailKey, phoneKey } from '../identifiers'
import type { Identifier } from '../identifiers'
import { locationKey } from './location'
import { urlKey } from './url'

/** Kustomer holds at most this many items in each list. */
export const MAX_ITEMS = 10

type Item = Record<string, unknown>

interface List {
  /** The keys that may be written: Kustomer refuses the rest of what a record shows, such as an item's id. */
  writable: string[]
  /** What two spellings of one item have in common. */
  keyOf: (item: Item) => string
}

const EMAILS: List = { writable: ['type', 'email', 'verified'], keyOf: ({ email }) => emailKey(String(email)) }
const PHONES: List = { writable: ['type', 'phone', 'verified'], keyOf: ({ phone }) => phoneKey(String(phone)) }
const URLS: List = { writable: ['type', 'url'], keyOf: ({ url }) => urlKey(String(url)) }
const LOCATIONS: List = {
  writable: [
    ...['type', 'name', 'address', 'address2', 'address3', 'latitude', 'longitude', 'countryCode', 'countryName'],
    ...['regionCode', 'regionName', 'cityName', 'zipCode', 'areaCode']
  ],
  keyOf: locationKey
}

/** The lists of a customer that this destination writes. */
export const LISTS = {
  emails: EMAILS,
  sharedEmails: EMAILS,
  phones: PHONES,
  sharedPhones: PHONES,
  urls: URLS,
  locations: LOCATIONS
}

export type ListName = keyof typeof LISTS

/** Whether an update writes any of these lists. */
export function isListChange(changes: CustomerAttributes | undefined): boolean {
  return Object.keys(changes ?? {}).some((key) => key in LISTS)
}

/** A list of a customer's record as it may be written back. */
export function itemsOf({ attributes }: Customer, name: ListName): Item[] {
  const list = attributes[name]
  return (Array.isArray(list) ? list : [])
    .filter(isObject)
    .map((item) =>
      removeUndefined(Object.fromEntries(LISTS[name].writable.map((key) => [key, item[key] ?? undefined])))
    )
}

/** Whether the customer carries this identifier as their own: shared emails and phones are nobody's own. */
export function holds(customer: Customer, { name, value }: Identifier): boolean {
  if (name === 'externalId') {
    return customer.attributes.externalId === value
  }
  const list = name === 'email' ? 'emails' : 'phones'
  const { keyOf } = LISTS[list]
  return itemsOf(customer, list).some((item) => keyOf(item) === keyOf({ [name]: value }))
}

/** Those of the wanted items that the customer holds in none of these lists. */
export function missingFrom(
  customer: Customer,
  wanted: CustomerAttributes,
  name: ListName,
  ...held: ListName[]
): Item[] {
  const { keyOf } = LISTS[name]
  const known = new Set([name, ...held].flatMap((list) => itemsOf(customer, list)).map(keyOf))
  return ((wanted[name] ?? []) as Item[]).filter((item) => !known.has(keyOf(item)))
}
