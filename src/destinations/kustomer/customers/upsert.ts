import type { KustomerClient } from '../api/client'
import type { Changes, Customer } from '../api/records'
import { withChanges } from '../upsert/diff'
import type { Wanted } from '../upsert/diff'
import type { Plan } from '../upsert/batch'
import type { Conflict, Subject, Upserted } from '../upsert/subject'
import { upsertRecord } from '../upsert/upsert'
import { identifierKey } from '../values/identifiers'
import type { Identifier } from '../values/identifiers'
import type { Linking } from './company-link'
import { contactsOf, withShared } from './contacts'
import { findCustomer, findHolder, holds, isSameCustomer, keysOfCustomer } from './match'
import { mergeSamePerson } from './merge'

/** Whom an event is about, and what it says of them. */
export interface CustomerUpdate {
  /** At least one, the strongest first. */
  identifiers: Identifier[]
  wanted: Wanted
  /** Returns the company to link the customer to. */
  linkFor?: (customer?: Customer) => Promise<Linking>
  /** What becomes of a customer who is not in Kustomer and must not be created. */
  ifMissing?: Upserted
}

const SHARED = 'shared: another customer has it'

/**
 * Creates the customer that an event is about, or updates them if something differs.
 *
 * Requests: unchanged 1, changed 2, new 2 (by email with a phone 3). A race or a contact that somebody else has takes 2
 * to 5 more, a merge up to 8. The flow can be cut anywhere and run again.
 *
 * @throws RetryableError if others were faster each time; the error of a refusal that stands
 */
export async function upsertCustomer(client: KustomerClient, update: CustomerUpdate): Promise<Upserted> {
  return writeCustomer(client, update, await findCustomer(client, update.identifiers))
}

/** Returns how customers are upserted in batches. */
export function customerPlan<Event>(
  client: KustomerClient,
  updateOf: (event: Event) => CustomerUpdate,
  own: Pick<Plan<Event>, 'fold' | 'settle' | 'isApart'>
): Plan<Event> {
  return {
    ...own,
    keysOf: (event) => updateOf(event).identifiers.map(identifierKey),
    keysIn: keysOfCustomer,
    find: (event) => findCustomer(client, updateOf(event).identifiers),
    write: (event, customer) => writeCustomer(client, updateOf(event), customer),
    subjectOf: (event) => customerSubject(client, updateOf(event)),
    ifMissing: (event) => updateOf(event).ifMissing
  }
}

/** Upserts a customer who was looked up already. */
export function writeCustomer(client: KustomerClient, update: CustomerUpdate, customer?: Customer) {
  return !customer && update.ifMissing
    ? Promise.resolve(update.ifMissing)
    : upsertRecord(client, customerSubject(client, update), customer)
}

function customerSubject(client: KustomerClient, update: CustomerUpdate): Subject {
  const { identifiers, wanted } = update
  const [strongest] = identifiers
  return {
    kind: 'customer',
    want: async (customer, taken) => {
      const { link, leftOut, pending } = (await update.linkFor?.(customer)) ?? { leftOut: [] }
      const shared = withShared(wanted, taken)
      return { wanted: { ...shared.wanted, link }, leftOut: [...leftOut, ...shared.leftOut], pending }
    },
    isSame: (customer) => {
      const held = identifiers.find((identifier) => holds(customer, identifier))
      return held !== undefined && isSameCustomer(customer, held.name, identifiers)
    },
    findConflict: (customer, sent) =>
      customer ? findHolders(client, identifiers, customer, sent) : findWhoIsThere(client, identifiers),
    shareable: contactsOf(wanted)
      .filter(({ name }) => name === 'phone' && strongest?.name !== 'phone')
      .map(identifierKey)[0],
    hasOtherIdentifier: (taken) => identifiers.slice(1).some((identifier) => !taken.has(identifierKey(identifier)))
  }
}

/**
 * Looks for the customers who made Kustomer refuse a creation: the customer that the event is about, who was not there a
 * moment ago or is known by a weaker identifier, and others who have its contacts.
 */
async function findWhoIsThere(client: KustomerClient, identifiers: Identifier[]): Promise<Conflict> {
  const taken = new Map<string, string>()
  let record: Customer | undefined
  for (const identifier of identifiers) {
    const holder = await findHolder(client, identifier)
    if (holder && identifier.name === 'externalId') {
      return { record: holder }
    }
    if (holder && !record && isSameCustomer(holder, identifier.name, identifiers)) {
      record = holder
    } else if (holder && holder.id !== record?.id) {
      taken.set(identifierKey(identifier), SHARED)
    }
  }
  return { record, taken }
}

/**
 * Looks who has the identifiers that an update adds: one person's two records are merged, somebody else's contacts are
 * shared.
 */
async function findHolders(
  client: KustomerClient,
  identifiers: Identifier[],
  customer: Customer,
  sent: Changes
): Promise<Conflict> {
  const changed = withChanges(customer, sent)
  const taken = new Map<string, string>()
  let merged: Customer | 'refused' | undefined
  for (const identifier of identifiers.filter((each) => holds(changed, each) && !holds(customer, each))) {
    const holder = await findHolder(client, identifier)
    if (!holder || holder.id === customer.id) {
      continue
    }
    if (identifier.name === 'externalId') {
      return { record: holder }
    }
    if (merged !== 'refused') {
      merged = await mergeSamePerson(client, customer, holder, identifier.name, identifiers)
    }
    if (merged !== undefined && merged !== 'refused') {
      return { record: merged, isMerged: true }
    }
    taken.set(identifierKey(identifier), SHARED)
  }
  return { taken }
}
