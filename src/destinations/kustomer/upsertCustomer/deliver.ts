import type { KustomerClient } from '../api/client'
import type { Customer, TrackingIdentity } from '../api/records'
import { upsertCustomer } from '../customers/upsert'
import type { Person } from '../customers/upsert'
import { heldSpelling } from '../customers/who-is-who'
import type { Upserted } from '../upsert/subject'
import { tellLeftOut } from '../values/left-out'
import type { LeftOut } from '../values/left-out'
import type { CustomerEvent } from './event'

const UNCLAIMED = 'left out: the customer holds none of the identifiers that the event gives'

/** What became of an event that was delivered. */
export interface Delivered {
  outcome: Upserted['outcome']
  /** Missing only where Kustomer's answer to a creation did not tell it. */
  customerId?: string
  leftOut: LeftOut[]
}

/**
 * Upserts the customer that an event is about, then claims their anonymous history.
 *
 * Requests: those of the upsert, and one for the claim.
 * @throws the framework's error, whose message tells what was left out besides
 */
export async function deliver(client: KustomerClient, event: CustomerEvent): Promise<Delivered> {
  try {
    const upserted = await upsertCustomer(client, personOf(event))
    const claim = claimOf(event, upserted.record)
    if (claim) {
      await client.claimHistory(claim)
    }
    if (upserted.pending) {
      throw upserted.pending
    }
    return deliveredOf(event, upserted)
  } catch (error) {
    throw error instanceof Error ? tellLeftOut(error, event.leftOut) : error
  }
}

/** Whom an event is about, and what it says of them. */
export function personOf({ identifiers, wanted, nameIfNone, employer }: CustomerEvent): Person {
  return { identifiers, wanted: { ...wanted, nameIfNone }, employer }
}

/**
 * Claims a visitor's history by the strongest identifier that the customer is known to hold now, in their own spelling:
 * by any other, Kustomer would find somebody else, or make an empty customer.
 *
 * @returns undefined where the event has no visitor, or the customer none of its identifiers
 */
export function claimOf({ trackingId, identifiers }: CustomerEvent, customer: Customer): TrackingIdentity | undefined {
  const held = identifiers.flatMap((identifier) => {
    const value = heldSpelling(customer, identifier)
    return value === undefined ? [] : [{ [identifier.name]: value }]
  })
  return trackingId && held[0] ? { trackingId, ...held[0] } : undefined
}

/** What the action answers with. */
export function deliveredOf(event: CustomerEvent, { outcome, record, leftOut }: Upserted): Delivered {
  const isUnclaimed = event.trackingId && !claimOf(event, record)
  return {
    outcome,
    ...(record.id === '' ? {} : { customerId: record.id }),
    leftOut: [...event.leftOut, ...leftOut, ...(isUnclaimed ? [{ field: 'trackingId', reason: UNCLAIMED }] : [])]
  }
}
