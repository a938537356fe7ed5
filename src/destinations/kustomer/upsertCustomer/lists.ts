import { isObject, removeUndefined } from '@segment/actions-core'
import type { Customer, CustomerAttributes } from '../api/records'
import { emailKey, phoneKey } from '../values/identifiers'
import { locationKey } from '../values/places'
import { urlKey } from '../values/urls'

/** Kustomer holds at most this many items in each list. */
export const MAX_ITEMS = 10

export type ListName = 'emails' | 'sharedEmails' | 'phones' | 'sharedPhones' | 'urls' | 'locations'

type Item = Record<string, unknown>

interface List {
  /** The keys that may be written: Kustomer refuses the rest of what a record shows, such as an item's id. */
  writable: string[]
  /** What two spellings of one item have in common. */
  keyOf: (item: Item) => string
  /** The list in which an item counts as there already. */
  elsewhere?: ListName
  /** The field of the payload that an item comes from. */
  field: 'email' | 'phone' | 'website' | 'address'
}

const EMAILS: List = {
  writable: ['type', 'email', 'verified'],
  keyOf: ({ email }) => emailKey(String(email)),
  field: 'email'
}
const PHONES: List = {
  writable: ['type', 'phone', 'verified'],
  keyOf: ({ phone }) => phoneKey(String(phone)),
  field: 'phone'
}
const URLS: List = { writable: ['type', 'url'], keyOf: ({ url }) => urlKey(String(url)), field: 'website' }
const LOCATIONS: List = {
  writable: [
    ...['type', 'name', 'address', 'address2', 'address3', 'latitude', 'longitude', 'countryCode', 'countryName'],
    ...['regionCode', 'regionName', 'cityName', 'zipCode', 'areaCode']
  ],
  keyOf: locationKey,
  field: 'address'
}

/** The lists of a customer that this destination writes. */
export const LISTS: Record<ListName, List> = {
  emails: { ...EMAILS, elsewhere: 'sharedEmails' },
  sharedEmails: { ...EMAILS, elsewhere: 'emails' },
  phones: { ...PHONES, elsewhere: 'sharedPhones' },
  sharedPhones: { ...PHONES, elsewhere: 'phones' },
  urls: URLS,
  locations: LOCATIONS
}

export const LIST_NAMES = Object.keys(LISTS) as ListName[]

/** A list of a customer's record as it may be written back: no two items of it are the same to the letter. */
export function itemsOf({ attributes }: Customer, name: ListName): Item[] {
  const list = attributes[name]
  const items = (Array.isArray(list) ? list : [])
    .filter(isObject)
    .map((item) =>
      removeUndefined(Object.fromEntries(LISTS[name].writable.map((key) => [key, item[key] ?? undefined])))
    )
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()]
}

/** Those of the wanted items that the customer does not hold, each once. */
export function missingFrom(customer: Customer, wanted: CustomerAttributes, name: ListName): Item[] {
  const list = LISTS[name]
  const held = [name, ...(list.elsewhere ? [list.elsewhere] : [])].flatMap((each) => itemsOf(customer, each))
  const known = new Set(held.map(list.keyOf))
  return uniteItems(name, [], (wanted[name] ?? []) as Item[]).filter((item) => !known.has(list.keyOf(item)))
}

/** Two lists as one, no two items of the second alike, nor like one of the first. */
export function uniteItems<Each>(name: ListName, first: Each[], second: Each[]): Each[] {
  const { keyOf } = LISTS[name] as { keyOf: (item: Each) => string }
  const keys = new Set(first.map(keyOf))
  const added = second.filter((item) => !keys.has(keyOf(item)) && keys.add(keyOf(item)))
  return [...first, ...added]
}
