import { RetryableError } from '@segment/actions-core'
import type { Conflict, Customer, CustomerAttributes, KustomerClient } from '../client'
import type { Identifier } from '../identifiers'
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
  client: KustomerClient,
  identifiers: Identifier[],
  wanted: CustomerAttributes
): Promise<Upserted> {
  const match = await matchCustomer(client, identifiers, wanted)
  const written = await write(client, wanted, match)
  if (written.outcome !== 'conflict') {
    return written
  }
  const rematch = await lookIntoConflict(client, identifiers, wanted, written.customer)
  const learned = rematch.customer?.id !== written.customer?.id || rematch.contested.size > match.contested.size
  const rewritten = learned ? await write(client, wanted, rematch) : written
  if (rewritten.outcome !== 'conflict') {
    return rewritten
  }
  throw new RetryableError(
    `Could not tell the customer apart: somebody else holds the externalId, email or phone. ${rewritten.words}`.trim()
  )
}

async function write(
  client: KustomerClient,
  wanted: CustomerAttributes,
  { customer, contested }: Match
): Promise<Upserted | (Conflict & { customer?: Customer })> {
  const attributes = shareContested(wanted, contested)
  if (customer) {
    const changes = changesTo(customer, attributes)
    if (!changes) {
      return { outcome: 'unchanged', customerId: customer.id }
    }
    const updated = await client.updateCustomer(customer.id, changes)
    if (updated.outcome === 'conflict') {
      return { ...updated, customer }
    }
    if (updated.outcome === 'updated') {
      return { outcome: 'updated', customerId: customer.id }
    }
  }
  const created = await client.createCustomer(attributes)
  return created.outcome === 'conflict' ? created : { outcome: 'created', customerId: created.id }
}

/** @param customer the one that could not be updated; without it, one that could not be created */
async function lookIntoConflict(
  client: KustomerClient,
  identifiers: Identifier[],
  wanted: CustomerAttributes,
  customer: Customer | undefined
): Promise<Match> {
  return customer
    ? { customer, contested: await contestedBeside(customer, client, identifiers, wanted) }
    : matchCustomer(client, identifiers, wanted, true)
}
