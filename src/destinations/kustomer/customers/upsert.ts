import type { KustomerClient, Refused } from '../api/client'
import type { Customer, CustomerAttributes } from '../api/records'
import { contactsOf, sharedContacts, withShared } from '../upsert/contacts'
import { createAtOnce, createWithLess } from '../upsert/create'
import { withChanges } from '../upsert/difference'
import type { Wanted } from '../upsert/difference'
import type { Contest, Subject, Upserted, Wish } from '../upsert/subject'
import { bringUpToDate } from '../upsert/update'
import { identifierKey } from '../values/identifiers'
import type { Identifier } from '../values/identifiers'
import { linkTo } from './company-link'
import type { Employer } from './company-link'
import { mergeStub } from './merge-stub'
import { findHolder, holds, isStub, isTheSame } from './who-is-who'

/** Whom an event is about, and what it says of them. */
export interface Person {
  /** At least one, the strongest first. */
  identifiers: Identifier[]
  wanted: Wanted
  /** The company that they work for. */
  employer?: Employer
}

/**
 * Creates the customer that an event is about, or updates the one that is there where something differs.
 *
 * Requests: unchanged 1, changed 2, new 2 (by email alone with a phone 3). Somebody may create, change, merge or delete
 * the customer between two of ours, and somebody else may hold a contact: each is looked into, and the flow may be cut
 * anywhere and run again.
 *
 * @throws RetryableError where others were faster each time; the error of a refusal that stands
 */
export async function upsertCustomer(client: KustomerClient, person: Person): Promise<Upserted> {
  const customer = await findCustomer(client, person)
  return customer ? bringUpToDate(client, customerSubject(client, person), customer) : create(client, person)
}

/** A person as the subject of an upsert. */
export function customerSubject(client: KustomerClient, person: Person): Subject {
  return {
    kind: 'customer',
    wishFor: (customer) => wishFor(client, person, customer),
    isAbout: (customer) => isAbout(customer, person),
    create: () => create(client, person),
    canGoOn: shareableKeys(person).length > 0,
    afterRefusedCreation: (refused) => afterRefusedCreation(client, person, refused),
    findMadeMeanwhile: () => findMadeMeanwhile(client, person),
    settleContest: (customer, changes) => settleContest(client, person, customer, changes)
  }
}

/**
 * The customer that an event is about, found by the strongest identifier that it gives: who has another externalId is
 * not found by a weaker one.
 */
export async function findCustomer(client: KustomerClient, { identifiers }: Person): Promise<Customer | undefined> {
  for (const identifier of identifiers) {
    const holder = await findHolder(client, identifier)
    if (holder || identifier.name === 'externalId') {
      return holder && isTheSame(holder, identifier.name, identifiers) ? holder : undefined
    }
  }
  return undefined
}

async function wishFor(client: KustomerClient, { wanted, employer }: Person, customer?: Customer): Promise<Wish> {
  if (!employer) {
    return { wanted, leftOut: [] }
  }
  const { link, leftOut, pending } = await linkTo(client, employer, customer)
  return { wanted: { ...wanted, link }, leftOut, pending }
}

/** Whether an event is about a customer still, who may have been given an externalId or an email of somebody else's. */
function isAbout(customer: Customer, { identifiers }: Person): boolean {
  const held = identifiers.find((identifier) => holds(customer, identifier))
  return held !== undefined && isTheSame(customer, held.name, identifiers)
}

/** Creates the customer, or goes on with who is there already: Kustomer refuses what would double somebody. */
async function create(client: KustomerClient, person: Person): Promise<Upserted> {
  const created = await createAtOnce(client, 'customer', await wishFor(client, person))
  return created.outcome === 'refused' ? afterRefusedCreation(client, person, created) : created
}

/**
 * Looks for those who hold the event's identifiers, once a creation was refused: the customer themselves, who was not
 * there a moment ago or is known by a weaker identifier; else others, with whom the contacts are shared.
 *
 * @throws the refusal, where it is met again
 */
export async function afterRefusedCreation(
  client: KustomerClient,
  person: Person,
  refused: Refused
): Promise<Upserted> {
  const { identifiers } = person
  const subject = customerSubject(client, person)
  const holders: Array<{ identifier: Identifier; holder: Customer }> = []
  for (const identifier of identifiers) {
    const holder = await findHolder(client, identifier)
    if (holder && identifier.name === 'externalId') {
      return bringUpToDate(client, subject, holder)
    }
    holders.push(...(holder ? [{ identifier, holder }] : []))
  }
  const own = holders.find(({ identifier, holder }) => isTheSame(holder, identifier.name, identifiers))?.holder
  const held = holders.filter(({ holder }) => holder.id !== own?.id).map(({ identifier }) => identifierKey(identifier))
  if (own) {
    return bringUpToDate(client, subject, own, held)
  }
  const wish = await wishFor(client, person)
  const all = shareableKeys(person)
  const attempts = [held, ...(all.length > held.length ? [all] : [])].filter((keys) => keys.length > 0)
  let { error } = refused
  for (const contested of attempts.map((keys) => new Set(keys))) {
    const created = await createAtOnce(client, 'customer', sharing(wish, contested))
    if (created.outcome !== 'refused') {
      return created
    }
    error = created.error
  }
  const made = attempts.length > 0 ? await findMadeMeanwhile(client, person) : undefined
  if (made) {
    return bringUpToDate(client, subject, made)
  }
  const created = await createWithLess(client, 'customer', sharing(wish, new Set(held)))
  if (created) {
    return created
  }
  throw error
}

/** What is wanted with contacts in the shared lists, and that this is so. */
function sharing(wish: Wish, contested: ReadonlySet<string>): Wish {
  const { wanted, leftOut } = wish
  return {
    ...wish,
    wanted: withShared(wanted, contested),
    leftOut: [...leftOut, ...sharedContacts(wanted, contested)]
  }
}

/** The contacts of an event that could be shared: all but what it names its customer by, whom nobody would find then. */
function shareableKeys({ identifiers: [strongest], wanted }: Person): string[] {
  const name = strongest && identifierKey(strongest)
  return contactsOf(wanted)
    .map(identifierKey)
    .filter((key) => key !== name)
}

/** Whoever has been made with what an event names its customer by since it was looked up. */
async function findMadeMeanwhile(
  client: KustomerClient,
  { identifiers: [strongest] }: Person
): Promise<Customer | undefined> {
  return strongest && findHolder(client, strongest)
}

/**
 * Looks who holds the contacts that an update adds. Whoever would have been found by one of them, had the identify call
 * come before the track call that made our customer, is the same person: the two are merged.
 *
 * @returns the keys of those that another customer holds, and the customer that ours was merged into
 */
async function settleContest(
  client: KustomerClient,
  { identifiers }: Person,
  customer: Customer,
  changes: CustomerAttributes
): Promise<Contest> {
  const changed = withChanges(customer, changes)
  const added = identifiers.filter((identifier) => holds(changed, identifier) && !holds(customer, identifier))
  const contested: string[] = []
  for (const contact of added.filter(({ name }) => name !== 'externalId')) {
    const holder = await findHolder(client, contact)
    if (holder && holder.id !== customer.id) {
      const target = isStub(customer) ? await mergeStub(client, customer, holder, contact, identifiers) : undefined
      if (target) {
        return { contested, target }
      }
      contested.push(identifierKey(contact))
    }
  }
  return { contested }
}
