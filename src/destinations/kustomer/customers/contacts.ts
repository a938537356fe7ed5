import { removeUndefined } from '@segment/actions-core'
import type { Wanted } from '../upsert/diff'
import type { Want } from '../upsert/subject'
import { identifierKey } from '../values/identifiers'
import type { Identifier } from '../values/identifiers'

/**
 * Returns what is wanted with some contacts moved to the lists that customers may share: Kustomer lets only one customer
 * have an email or a phone as their own.
 *
 * @param taken the contacts to move, as keys, each with the reason to tell
 */
export function withShared(wanted: Wanted, taken: ReadonlyMap<string, string>): Pick<Want, 'wanted' | 'leftOut'> {
  const contacts = contactsOf(wanted)
  const reasons = contacts.map((contact) => ({ field: contact.name, reason: taken.get(identifierKey(contact)) }))
  const leftOut = reasons.flatMap(({ field, reason }) => (reason === undefined ? [] : [{ field, reason }]))
  if (leftOut.length === 0) {
    return { wanted, leftOut }
  }
  const { emails = [], phones = [] } = wanted
  const isTaken = (contact: Identifier): boolean => taken.has(identifierKey(contact))
  const lists = {
    emails: filled(emails, (item) => !isTaken(emailOf(item))),
    sharedEmails: filled(emails, (item) => isTaken(emailOf(item))),
    phones: filled(phones, (item) => !isTaken(phoneOf(item))),
    sharedPhones: filled(phones, (item) => isTaken(phoneOf(item)))
  }
  return { wanted: removeUndefined({ ...wanted, ...lists }), leftOut }
}

/** Returns the emails and phones among what is wanted. */
export function contactsOf({ emails = [], phones = [] }: Wanted): Identifier[] {
  return [...emails.map(emailOf), ...phones.map(phoneOf)]
}

function filled<Item>(items: Item[], fits: (item: Item) => boolean): Item[] | undefined {
  const fitting = items.filter(fits)
  return fitting.length > 0 ? fitting : undefined
}

function emailOf({ email }: { email: string }): Identifier {
  return { name: 'email', value: email }
}

function phoneOf({ phone }: { phone: string }): Identifier {
  return { name: 'phone', value: phone }
}
