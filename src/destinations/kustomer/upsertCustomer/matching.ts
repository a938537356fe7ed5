import type { Customer, CustomerAttributes, KustomerClient } from '../client'
import type { Identifier } from '../identifiers'
import { missingFrom } from './lists'

export type Contact = 'email' | 'phone'

export interface Match {
  /** The event's own customer, or undefined where there is none yet. */
  customer?: Customer
  /** Those of the event's email and phone that somebody else holds. */
  contested: ReadonlySet<Contact>
}

/**
 * Finds the customer of an event by its strongest identifier that anyone holds, at one request for each one tried.
 *
 * A customer found by email or phone who carries another externalId is a different person: what they hold of the
 * event's email and phone is contested, and the event's own customer is yet to be created.
 *
 * @param pastOthers go on to the weaker identifiers after a different person is found
 */
export async function matchCustomer(
  client: KustomerClient,
  identifiers: Identifier[],
  wanted: CustomerAttributes,
  pastOthers = false
): Promise<Match> {
  const contested = new Set<Contact>()
  for (const identifier of identifiers) {
    const customer = await client.findCustomer(identifier)
    if (!customer) {
      continue
    }
    if (identifier.name === 'externalId' || !carriesAnother(customer, wanted.externalId)) {
      return { customer, contested }
    }
    contested.add(identifier.name)
    contactsHeldBy(customer, wanted).forEach((contact) => contested.add(contact))
    if (!pastOthers) {
      break
    }
  }
  return { contested }
}

/** Which of the event's email and phone somebody beside its customer holds, at one request for each. */
export async function contestedBeside(
  customer: Customer,
  client: KustomerClient,
  identifiers: Identifier[],
  wanted: CustomerAttributes
): Promise<ReadonlySet<Contact>> {
  const contested = new Set<Contact>()
  const held = contactsHeldBy(customer, wanted)
  for (const identifier of identifiers) {
    if (identifier.name !== 'externalId' && !held.includes(identifier.name)) {
      const holder = await client.findCustomer(identifier)
      if (holder && holder.id !== customer.id) {
        contested.add(identifier.name)
      }
    }
  }
  return contested
}

function contactsHeldBy(customer: Customer, wanted: CustomerAttributes): Contact[] {
  const held: Contact[] = []
  if (wanted.emails && missingFrom(customer, wanted, 'emails').length === 0) {
    held.push('email')
  }
  if (wanted.phones && missingFrom(customer, wanted, 'phones').length === 0) {
    held.push('phone')
  }
  return held
}

function carriesAnother({ attributes }: Customer, externalId: string | undefined): boolean {
  return externalId !== undefined && Boolean(attributes.externalId) && attributes.externalId !== externalId
}
