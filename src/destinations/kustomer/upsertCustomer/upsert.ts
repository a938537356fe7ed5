import { RetryableError } from '@segment/actions-core'
import type { Conflict, CustomerDirectory } from '../client'
import type { Identifier } from '../identifiers'
import type { Customer, CustomerAttributes } from '../records'
import { shareContested } from './attributes'
import { changesTo } from './changes'
import { contestedBeside, matchCustomer } from './matching'
import type { Match } from './matching'

/** What became of a customer. Its id is missing only where Kustomer's answer to a creation did not tell it. */
export interface Upserted {
  outcome: 'created' | 'updated' | 'unchanged'
  customerId?: string
}

/**
 * Creates the customer that an event is about, or updates it where something differs.
 *
 * Requests: one for each identifier tried, and one to write. Somebody may create, change or delete the customer between
 * two of ours: a customer gone by then is created, and a conflict is looked into once.
 *
 * @throws RetryableError where the conflict remains
 */
export async function upsert(
  directory: CustomerDirectory,
  identifiers: Identifier[],
  wanted: CustomerAttributes
): Promise<Upserted> {
  const match = await matchCustomer(directory, identifiers)
  const written = await write(directory, wanted, match)
  if (written.outcome !== 'conflict') {
    return written
  }
  const rematch = await lookIntoConflict(directory, identifiers, written.customer)
  const learned = rematch.customer?.id !== written.customer?.id || rematch.contested.size > match.contested.size
  const rewritten = learned ? await write(directory, wanted, rematch) : written
  if (rewritten.outcome !== 'conflict') {
    return rewritten
  }
  throw new RetryableError(
    `Could not tell the customer apart: somebody else holds the externalId, email or phone. ${rewritten.words}`.trim()
  )
}

async function write(
  directory: CustomerDirectory,
  wanted: CustomerAttributes,
  { customer, contested }: Match
): Promise<Upserted | (Conflict & { customer?: Customer })> {
  const attributes = shareContested(wanted, contested)
  if (customer) {
    const changes = changesTo(customer, attributes)
    if (!changes) {
      return { outcome: 'unchanged', customerId: customer.id }
    }
    const updated = await directory.updateCustomer(customer.id, changes)
    if (updated.outcome === 'conflict') {
      return { ...updated, customer }
    }
    if (updated.outcome === 'updated') {
      return { outcome: 'updated', customerId: customer.id }
    }
  }
  const created = await directory.createCustomer(attributes)
  return created.outcome === 'conflict' ? created : { outcome: 'created', customerId: created.id }
}

/** @param customer the one that could not be updated; without it, one that could not be created */
async function lookIntoConflict(
  directory: CustomerDirectory,
  identifiers: Identifier[],
  customer: Customer | undefined
): Promise<Match> {
  return customer
    ? { customer, contested: await contestedBeside(customer, directory, identifiers) }
    : matchCustomer(directory, identifiers, true)
}
