import type { CustomerDirectory } from '../client'
import type { Identifier } from '../identifiers'
import type { Customer } from '../records'
import { holds } from './lists'

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
  directory: CustomerDirectory,
  identifiers: Identifier[],
  pastOthers = false
): Promise<Match> {
  const contested = new Set<Contact>()
  for (const identifier of identifiers) {
    const customer = await directory.findCustomer(identifier)
    if (!customer) {
      continue
    }
    if (identifier.name === 'externalId' || !carriesAnother(customer, identifiers)) {
      return { customer, contested }
    }
    contested.add(identifier.name)
    contactsHeldBy(customer, identifiers).forEach((contact) => contested.add(contact))
    if (!pastOthers) {
      break
    }
  }
  return { contested }
}

/** Which of the event's email and phone somebody beside its customer holds, at one request for each. */
export async function contestedBeside(
  customer: Customer,
  directory: CustomerDirectory,
  identifiers: Identifier[]
): Promise<ReadonlySet<Contact>> {
  const contested = new Set<Contact>()
  const held = contactsHeldBy(customer, identifiers)
  for (const identifier of identifiers) {
    if (identifier.name !== 'externalId' && !held.includes(identifier.name)) {
      const holder = await directory.findCustomer(identifier)
      if (holder && holder.id !== customer.id) {
        contested.add(identifier.name)
      }
    }
  }
  return contested
}

function contactsHeldBy(customer: Customer, identifiers: Identifier[]): Contact[] {
  return identifiers.flatMap((identifier) =>
    identifier.name !== 'externalId' && holds(customer, identifier) ? [identifier.name] : []
  )
}

function carriesAnother(customer: Customer, identifiers: Identifier[]): boolean {
  const externalId = identifiers.find(({ name }) => name === 'externalId')
  return externalId !== undefined && Boolean(customer.attributes.externalId) && !holds(customer, externalId)
}
