import { emailKey, phoneKey } from '../values/identifiers'
import { locationKey } from '../values/places'
import { urlKey } from '../values/urls'
import type { RecordKind } from '../api/records'

/** An item of a list, as it comes from outside. */
export type Item = Record<string, unknown>

export interface List {
  /** The keys that may be written: Kustomer refuses the rest of what a record shows, such as an item's id. */
  writable: string[]
  /** What two spellings of one item have in common. */
  keyOf: (item: Item) => string
  /** The list in which an item counts as there already. */
  elsewhere?: ListName
  /** The field of the payload that an item comes from. */
  field: string
}

/** When two values of an attribute are the same: to the letter, as addresses or moments, or as JSON in any order of keys. */
export type Sameness = 'letter' | 'url' | 'moment' | 'json'

/** The attributes of a kind of record that this destination writes, and how each is compared. */
export interface Kind {
  /** The attributes of one value. The externalId is not among them, since it is never replaced. */
  scalars: Record<string, Sameness>
  /** The attributes that hold up to 10 items. */
  lists: ListName[]
  /** What an update repeats besides, as far as the record shows it, should Kustomer drop what an update leaves out. */
  repeated: string[]
  /** The attributes that name a record, beside `name`. They are given up last. */
  identifiers: string[]
}

export type ListName = keyof typeof ITEMS

const EMAILS = {
  writable: ['type', 'email', 'verified'],
  keyOf: ({ email }: Item) => emailKey(String(email)),
  field: 'email'
}
const PHONES = {
  writable: ['type', 'phone', 'verified'],
  keyOf: ({ phone }: Item) => phoneKey(String(phone)),
  field: 'phone'
}
const ITEMS = {
  emails: { ...EMAILS, elsewhere: 'sharedEmails' },
  sharedEmails: { ...EMAILS, elsewhere: 'emails' },
  phones: { ...PHONES, elsewhere: 'sharedPhones' },
  sharedPhones: { ...PHONES, elsewhere: 'phones' },
  whatsapps: { ...PHONES },
  socials: {
    writable: ['type', 'username', 'userid', 'url', 'verified'],
    keyOf: ({ type, username }: Item) => `${String(type)} ${String(username)}`,
    field: 'socials'
  },
  urls: { writable: ['type', 'url'], keyOf: ({ url }: Item) => urlKey(String(url)), field: 'website' },
  domains: { writable: ['domain'], keyOf: ({ domain }: Item) => String(domain).toLowerCase(), field: 'website' },
  locations: {
    writable: [
      ...['type', 'name', 'address', 'address2', 'address3', 'latitude', 'longitude', 'countryCode', 'countryName'],
      ...['regionCode', 'regionName', 'cityName', 'zipCode', 'areaCode']
    ],
    keyOf: locationKey,
    field: 'address'
  }
}

/** The lists of records, whatever kind they are of. */
export const LISTS = ITEMS as Record<ListName, List>

const KINDS: Record<'customer' | 'company' | 'kobject', Kind> = {
  customer: {
    scalars: {
      name: 'letter',
      username: 'letter',
      avatarUrl: 'url',
      birthdayAt: 'moment',
      signedUpAt: 'moment',
      gender: 'letter',
      locale: 'letter',
      timeZone: 'letter'
    },
    lists: ['emails', 'sharedEmails', 'phones', 'sharedPhones', 'urls', 'locations'],
    repeated: [],
    identifiers: ['externalId', 'emails', 'sharedEmails', 'phones', 'sharedPhones']
  },
  // Nothing is published of what a PUT does to the attributes that it leaves out. Tags cannot be repeated: they are
  // written by name and shown by id.
  company: {
    scalars: { name: 'letter', avatarUrl: 'url', employeeCount: 'letter' },
    lists: ['emails', 'phones', 'urls', 'domains', 'locations'],
    repeated: ['externalId', 'defaultLang', 'whatsapps', 'socials'],
    identifiers: ['externalId']
  },
  // The rest is written on creation alone. An update accepts no owner, and would replace tags, which are shown by id.
  kobject: {
    scalars: { title: 'letter', description: 'letter', icon: 'letter', images: 'json', data: 'json' },
    lists: [],
    repeated: ['externalId'],
    identifiers: ['externalId', 'title', 'customer', 'link']
  }
}

export function kindOf(kind: RecordKind): Kind {
  return KINDS[kind === 'customer' || kind === 'company' ? kind : 'kobject']
}
