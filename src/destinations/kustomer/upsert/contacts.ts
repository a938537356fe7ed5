import { removeUndefined } from '@segment/actions-core'
import type { CustomerAttributes, EmailItem, PhoneItem } from '../api/records'
import { identifierKey } from '../values/identifiers'
import type { Identifier } from '../values/identifiers'
import type { LeftOut } from '../values/left-out'

/** The emails and phones that an event gives. */
export function contactsOf({ emails = [], phones = [] }: CustomerAttributes): Identifier[] {
  return [...emails.map(emailOf), ...phones.map(phoneOf)]
}

/**
 * What is wanted, with contacts that a customer cannot have moved to the lists that customers may share, since Kustomer
 * keeps an email or a phone for one customer at a time.
 *
 * @param contested the keys of those contacts
 */
export function withShared<Wanted extends CustomerAttributes>(wanted: Wanted, contested: ReadonlySet<string>): Wanted {
  if (contested.size === 0) {
    return wanted
  }
  const isContested = (identifier: Identifier): boolean => contested.has(identifierKey(identifier))
  const { emails = [], phones = [] } = wanted
  return removeUndefined({
    ...wanted,
    emails: listed<EmailItem>(emails, (item) => !isContested(emailOf(item))),
    sharedEmails: listed<EmailItem>(emails, (item) => isContested(emailOf(item))),
    phones: listed<PhoneItem>(phones, (item) => !isContested(phoneOf(item))),
    sharedPhones: listed<PhoneItem>(phones, (item) => isContested(phoneOf(item)))
  })
}

/** Tells of the contacts that were moved. */
export function sharedContacts(wanted: CustomerAttributes, contested: ReadonlySet<string>): LeftOut[] {
  return contactsOf(wanted)
    .filter((contact) => contested.has(identifierKey(contact)))
    .map(({ name }) => ({
      field: name,
      reason: `moved to the shared ${name}s: Kustomer does not let the customer have it alone`
    }))
}

function listed<Item>(items: Item[], fits: (item: Item) => boolean): Item[] | undefined {
  const fitting = items.filter(fits)
  return fitting.length > 0 ? fitting : undefined
}

function emailOf({ email }: EmailItem): Identifier {
  return { name: 'email', value: email }
}

function phoneOf({ phone }: PhoneItem): Identifier {
  return { name: 'phone', value: phone }
}
