import type { KustomerClient } from '../api/client'
import type { Customer } from '../api/records'
import type { Identifier } from '../values/identifiers'
import { holds, isStub, isTheSame } from './who-is-who'

/**
 * Merges a stub into the customer who holds the contact that its person gave: the order in which the track and the
 * identify calls of a person arrive must not decide how many people they are. Both are read anew before, since a merge
 * cannot be undone.
 *
 * Requests: at most 5.
 *
 * @param identifiers the event's
 * @returns the customer that is left; undefined where the two are not one, or the key lacks the role to merge them
 * @throws RetryableError (423) where Kustomer has not finished the merge
 */
export async function mergeStub(
  client: KustomerClient,
  stub: Customer,
  holder: Customer,
  contact: Identifier,
  identifiers: Identifier[]
): Promise<Customer | undefined> {
  const isTheirs = (customer: Customer): boolean =>
    holds(customer, contact) && isTheSame(customer, contact.name, identifiers)
  if (!isTheirs(holder)) {
    return undefined
  }
  const [ours, theirs] = await readBoth(client, stub, holder)
  if (!theirs || !isTheirs(theirs) || (ours && !isStub(ours))) {
    return undefined
  }
  if (!ours) {
    return theirs
  }
  const merge = await client.mergeCustomers(ours.id, theirs.id)
  if (merge === 'merged') {
    return client.getRecord('customer', theirs.id)
  }
  if (merge === 'forbidden') {
    return undefined
  }
  const [oursStill, theirsStill] = await readBoth(client, ours, theirs)
  return oursStill ? undefined : theirsStill
}

async function readBoth(client: KustomerClient, ...[first, second]: [Customer, Customer]) {
  return [await client.getRecord('customer', first.id), await client.getRecord('customer', second.id)] as const
}
