import type { KustomerClient } from '../api/client'
import type { Customer } from '../api/records'
import type { Link } from '../upsert/difference'
import type { Subject, Upserted } from '../upsert/subject'
import { bringUpToDate } from '../upsert/update'
import type { Identifier } from '../values/identifiers'
import { customerSubject } from './upsert'
import { findHolder } from './who-is-who'

/** A customer who is to be linked to a company, if Kustomer knows them. */
export interface Member {
  /** By which they are known. */
  externalId: string
  link: Link
}

/** What becomes of somebody whom Kustomer does not know. */
export const UNKNOWN: Upserted = {
  outcome: 'unchanged',
  record: { id: '', attributes: {} },
  leftOut: [{ field: 'userId', reason: 'not linked: Kustomer knows no customer with this External ID' }]
}

/** The customer, at one request; undefined where Kustomer does not know them, and nobody is created. */
export function findMember(client: KustomerClient, { externalId }: Member): Promise<Customer | undefined> {
  return findHolder(client, { name: 'externalId', value: externalId })
}

/**
 * Links a customer to a company, unless they are linked already, or may not be moved.
 *
 * Requests: 1, and 1 more that links.
 */
export async function linkMember(client: KustomerClient, member: Member): Promise<Upserted> {
  const customer = await findMember(client, member)
  return customer ? bringUpToDate(client, memberSubject(client, member, customer), customer) : UNKNOWN
}

/** A member as the subject of an upsert that writes nothing but the link. */
export function memberSubject(client: KustomerClient, { externalId, link }: Member, customer: Customer): Subject {
  const identifiers: Identifier[] = [{ name: 'externalId', value: externalId }]
  return {
    ...customerSubject(client, { identifiers, wanted: { link } }),
    // Whoever has become somebody else in the meantime is not the member any more.
    create: () => Promise.resolve({ ...UNKNOWN, record: customer })
  }
}
