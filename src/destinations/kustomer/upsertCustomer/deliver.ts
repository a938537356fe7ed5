import type { MultiStatusResponse } from '@segment/actions-core'
import type { KustomerClient } from '../api/client'
import type { TrackingIdentity } from '../api/records'
import { linkToEmployer } from '../customers/company-link'
import { heldSpelling } from '../customers/match'
import { customerPlan, upsertCustomer } from '../customers/upsert'
import type { CustomerUpdate } from '../customers/upsert'
import { forEachTenAtOnce } from '../upsert/batch/at-once'
import { fail } from '../upsert/batch/entries'
import type { Entry } from '../upsert/batch/entries'
import { groupBy } from '../upsert/batch/groups'
import { deliverAll, deliverOne } from '../upsert/deliver'
import { fold } from '../upsert/fold'
import type { Upserted } from '../upsert/subject'
import { identifierKey } from '../values/identifiers'
import { customerEvent } from './event'
import type { CustomerEvent } from './event'
import type { Payload } from './generated-types'

const ID_NAME = 'customerId'

/**
 * Upserts the customer that an event is about, and links the visitor's anonymous history if something was written.
 *
 * Requests: those of the upsert, and 1 for the history.
 */
export function deliver(client: KustomerClient, event: CustomerEvent) {
  return deliverOne(event, ID_NAME, async () => {
    const upserted = await upsertCustomer(client, updateOf(client, event))
    const claim = claimOf(event, upserted)
    if (claim) {
      await client.claimHistory(claim)
    }
    return upserted
  })
}

/** Upserts the customers of a batch, and links their visitors' anonymous histories. */
export function deliverBatch(client: KustomerClient, payloads: Payload[]): Promise<MultiStatusResponse> {
  return deliverAll(client, payloads, ID_NAME, customerEvent, (events) => {
    const disputed = disputedNames(events)
    return customerPlan<CustomerEvent>(client, (event) => updateOf(client, event), {
      fold: foldEvents,
      isApart: ({ employer }) => employer?.company.name !== undefined && disputed.has(employer.company.name),
      settle: (settled) => claimHistories(client, settled)
    })
  })
}

function updateOf(client: KustomerClient, { identifiers, wanted, employer }: CustomerEvent): CustomerUpdate {
  return {
    identifiers,
    wanted,
    linkFor: employer && ((customer) => linkToEmployer(client, employer, customer))
  }
}

/** Returns the names of companies that some events give with an external ID, and others without it or with another. */
function disputedNames(events: CustomerEvent[]): Set<string> {
  const companies = new Map(events.map(({ employer }) => [JSON.stringify(employer?.company), employer?.company]))
  const names = [...companies.values()].flatMap((company) => company?.name ?? [])
  return new Set(names.filter((name, index) => names.indexOf(name) !== index))
}

/**
 * Returns events about one customer as one event; undefined if they give different companies or identifiers, or more
 * than one write can hold.
 */
function foldEvents(events: CustomerEvent[]): CustomerEvent | undefined {
  const [first] = events
  const kinds = new Set(
    events.map(({ identifiers, employer }) => JSON.stringify([identifiers.map(identifierKey), employer]))
  )
  const wanted = fold(
    'customer',
    events.map((event) => event.wanted)
  )
  return first && wanted && kinds.size === 1 ? { ...first, wanted } : undefined
}

/**
 * Returns the claim of a visitor's history by the strongest identifier that the customer has now, in their own spelling:
 * by any other, Kustomer would find somebody else, or create an empty customer.
 *
 * @returns undefined if nothing was written: the next track, page, or screen call of the customer claims their history
 */
function claimOf(
  { trackingId, identifiers }: CustomerEvent,
  { outcome, record }: Upserted
): TrackingIdentity | undefined {
  const held = identifiers.flatMap((identifier) => {
    const value = heldSpelling(record, identifier)
    return value === undefined ? [] : [{ [identifier.name]: value }]
  })
  return trackingId && held[0] && outcome !== 'unchanged' ? { trackingId, ...held[0] } : undefined
}

/** Claims histories once for each visitor and customer, in the order of the events; visitors beside each other. */
async function claimHistories(client: KustomerClient, entries: Array<Entry<CustomerEvent>>): Promise<void> {
  const claims = entries.flatMap((entry) => {
    const claim = entry.result && 'upserted' in entry.result ? claimOf(entry.event, entry.result.upserted) : undefined
    return claim ? [{ entry, claim, key: JSON.stringify(claim) }] : []
  })
  await forEachTenAtOnce(
    groupBy(claims, ({ claim }) => claim.trackingId ?? ''),
    async (ofVisitor) => {
      let claimed = ''
      for (const { entry, claim, key } of ofVisitor) {
        try {
          if (key !== claimed) {
            await client.claimHistory(claim)
            claimed = key
          }
        } catch (error) {
          fail([entry], error)
        }
      }
    }
  )
}
