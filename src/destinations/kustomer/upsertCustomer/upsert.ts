import type { KustomerClient, Refused } from '../api/client'
import { tryAgain } from '../api/errors'
import type { Customer, CustomerAttributes } from '../api/records'
import type { Identifier } from '../values/identifiers'
import type { LeftOut } from '../values/left-out'
import { contactsOf, sharedContacts, withShared } from './contacts'
import { differenceTo, withChanges } from './difference'
import type { Wanted } from './difference'
import { mergeStub } from './merge-stub'
import { findHolder, holds, identifierKey, isStub, isTheSame } from './who-is-who'

/** Whom an event is about, and what it says of them. */
export interface Person {
  /** At least one, the strongest first. */
  identifiers: Identifier[]
  wanted: Wanted
}

/** What became of a customer. */
export interface Upserted {
  outcome: 'created' | 'updated' | 'unchanged'
  /** As they are now; without an id only where Kustomer's answer to a creation did not tell it. */
  customer: Customer
  /** What could not be written as the event gave it. */
  leftOut: LeftOut[]
}

/** How often a customer who was changed between our read and our write is compared anew. */
const MAX_UPDATES = 3

/** A record that was merged or deleted may keep an externalId for ever: the rest of an event is not lost with it. */
const KEPT_BY_ANOTHER =
  'left out: Kustomer refuses it for this customer, as it does while a record that is gone keeps it'

/**
 * How an update is first sent: with the `rev` that was read, and with the custom attributes that do not differ. Kustomer
 * may refuse either, such as an attribute that it shows though the organization has deleted it. One that is to give the
 * externalId is repeated before it is given up, since the event would name nobody by it.
 */
const CAREFUL = { isLocked: true, mayRepeatCustom: true, isRepeated: false }

const PURPOSE = { action: 'update the customer' }

/**
 * Creates the customer that an event is about, or updates the one that is there where something differs.
 *
 * Requests: unchanged 1, changed 2, new 2 (by email alone with a phone 3). Somebody may create, change, merge or delete
 * the customer between two of ours, and somebody else may hold a contact: each is looked into, and the flow may be cut
 * anywhere and run again.
 *
 * @throws RetryableError where others were faster each time; the error of a refusal that stands
 */
export async function upsert(client: KustomerClient, person: Person): Promise<Upserted> {
  const customer = await findCustomer(client, person)
  return customer ? bringUpToDate(client, person, customer) : create(client, person)
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

/** Whether an event is about a customer still, who may have been given an externalId or an email of somebody else's. */
function isAbout(customer: Customer, { identifiers }: Person): boolean {
  const held = identifiers.find((identifier) => holds(customer, identifier))
  return held !== undefined && isTheSame(customer, held.name, identifiers)
}

/** Creates the customer, or goes on with who is there already. */
export async function create(client: KustomerClient, person: Person): Promise<Upserted> {
  const created = await createAtOnce(client, person)
  return created.outcome === 'refused' ? afterRefusedCreation(client, person, created) : created
}

/** Creates the customer without another look: Kustomer refuses what would double somebody. */
export async function createAtOnce(client: KustomerClient, { wanted }: Person): Promise<Upserted | Refused> {
  const created = await client.createCustomer(creationOf(wanted))
  return created.outcome === 'created' ? isCreated(created.id, wanted) : created
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
  const { identifiers, wanted } = person
  const holders: Array<{ identifier: Identifier; holder: Customer }> = []
  for (const identifier of identifiers) {
    const holder = await findHolder(client, identifier)
    if (holder && identifier.name === 'externalId') {
      return bringUpToDate(client, person, holder)
    }
    holders.push(...(holder ? [{ identifier, holder }] : []))
  }
  const own = holders.find(({ identifier, holder }) => isTheSame(holder, identifier.name, identifiers))?.holder
  const held = holders.filter(({ holder }) => holder.id !== own?.id).map(({ identifier }) => identifierKey(identifier))
  if (own) {
    return bringUpToDate(client, person, own, held)
  }
  const all = shareableKeys(person)
  const attempts = [held, ...(all.length > held.length ? [all] : [])].filter((keys) => keys.length > 0)
  let { error } = refused
  for (const contested of attempts.map((keys) => new Set(keys))) {
    const shared = withShared(wanted, contested)
    const created = await client.createCustomer(creationOf(shared))
    if (created.outcome === 'created') {
      return isCreated(created.id, shared, sharedContacts(wanted, contested))
    }
    error = created.error
  }
  const made = attempts.length > 0 ? await findMadeMeanwhile(client, person) : undefined
  if (!made) {
    throw error
  }
  return bringUpToDate(client, person, made)
}

/** The contacts of an event that could be shared: all but what it names its customer by, whom nobody would find then. */
export function shareableKeys({ identifiers: [strongest], wanted }: Person): string[] {
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
 * Updates a customer where something differs, as often as somebody else changes them in between.
 *
 * @param held the keys of contacts that somebody else is known to hold
 * @throws RetryableError where others were faster each time, or the customer is gone; the error of a refusal that stands
 */
export async function bringUpToDate(
  client: KustomerClient,
  person: Person,
  found: Customer,
  held: string[] = []
): Promise<Upserted> {
  const contested = new Set(held)
  let { wanted } = person
  let customer = found
  let attempt = CAREFUL
  let timesOvertaken = 0
  const told: LeftOut[] = []
  for (;;) {
    const difference = differenceTo(customer, withShared(wanted, contested), attempt.mayRepeatCustom)
    const { changes } = difference
    const leftOut = [...told, ...sharedContacts(wanted, contested), ...difference.leftOut]
    if (!changes) {
      return { outcome: 'unchanged', customer, leftOut }
    }
    const updated = await client.updateCustomer(
      customer.id,
      attempt.isLocked ? changes : { ...changes, rev: undefined }
    )
    if (updated.outcome === 'updated') {
      return { outcome: 'updated', customer: withChanges(customer, changes), leftOut }
    }
    const anew = updated.outcome === 'missing' ? undefined : await client.getCustomer(customer.id)
    if (!anew || updated.outcome === 'missing') {
      throw tryAgain(PURPOSE, 'somebody deleted or merged them in the meantime')
    }
    if (anew.attributes.rev !== customer.attributes.rev) {
      timesOvertaken += 1
      if (timesOvertaken === MAX_UPDATES) {
        throw tryAgain(PURPOSE, `somebody else changed them in the meantime, ${MAX_UPDATES} times in a row`)
      }
      if (!isAbout(anew, person)) {
        return create(client, person)
      }
      customer = anew
      continue
    }
    const contest = await settleContest(client, person, anew, changes)
    contest.contested.forEach((key) => contested.add(key))
    if (contest.contested.length > 0 || contest.target) {
      attempt = CAREFUL
    } else if (attempt.isLocked && changes.rev !== undefined) {
      attempt = { ...attempt, isLocked: false }
    } else if (difference.repeatsCustom) {
      attempt = { ...attempt, mayRepeatCustom: false }
    } else if (changes.externalId !== undefined && !attempt.isRepeated) {
      attempt = { ...attempt, isRepeated: true }
    } else if (changes.externalId !== undefined) {
      const made = await findMadeMeanwhile(client, person)
      if (made) {
        return bringUpToDate(client, person, made)
      }
      wanted = { ...wanted, externalId: undefined }
      told.push({ field: 'externalId', reason: KEPT_BY_ANOTHER })
      attempt = CAREFUL
    } else {
      throw updated.error
    }
    customer = contest.target ?? anew
  }
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
): Promise<{ contested: string[]; target?: Customer }> {
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

/** What a customer is created with. */
export function creationOf({ nameIfNone, ...wanted }: Wanted): CustomerAttributes {
  return nameIfNone === undefined ? wanted : { name: nameIfNone, ...wanted }
}

function isCreated(id: string | undefined, wanted: Wanted, leftOut: LeftOut[] = []): Upserted {
  return { outcome: 'created', customer: { id: id ?? '', attributes: { ...wanted } }, leftOut }
}
