import type { MultiStatusResponse, RequestClient } from '@segment/actions-core'
import { KustomerClient } from '../api/client'
import { now } from '../api/clock'
import type { TrackingIdentity } from '../api/records'
import { linkToEmployer } from '../customers/company-link'
import { heldSpelling } from '../customers/match'
import { customerPlan, upsertCustomer } from '../customers/upsert'
import type { CustomerUpdate } from '../customers/upsert'
import type { Settings } from '../generated-types'
import { upsertBatch } from '../upsert/batch'
import { forEachTenAtOnce } from '../upsert/batch/at-once'
import { BUDGET, entriesOf, fail, failPending, readable, responseOf } from '../upsert/batch/entries'
import type { Entry } from '../upsert/batch/entries'
import { groupBy } from '../upsert/batch/groups'
import { fold } from '../upsert/fold'
import type { Upserted } from '../upsert/subject'
import { identifierKey } from '../values/identifiers'
import { tellLeftOut } from '../values/left-out'
import type { LeftOut } from '../values/left-out'
import { customerEvent } from './event'
import type { CustomerEvent } from './event'
import type { Payload } from './generated-types'

const UNCLAIMED = "anonymous history not linked: none of the event's identifiers belongs to this customer"

/** What the action answers with for an event that was delivered. */
export interface Delivered {
  outcome: Upserted['outcome']
  /** Missing only if Kustomer's answer to a creation had none. */
  customerId?: string
  leftOut: LeftOut[]
}

/**
 * Upserts the customer that an event is about, then claims their anonymous history if something was written.
 *
 * Requests: those of the upsert, and 1 for the claim.
 * @throws the framework's error, whose message also tells what was left out
 */
export async function deliver(client: KustomerClient, event: CustomerEvent): Promise<Delivered> {
  try {
    const upserted = await upsertCustomer(client, updateOf(client, event))
    const claim = claimOf(event, upserted)
    if (claim) {
      await client.claimHistory(claim)
    }
    if (upserted.pending) {
      throw upserted.pending
    }
    return deliveredOf(event, upserted)
  } catch (error) {
    throw tellLeftOut(error, event.leftOut)
  }
}

/**
 * Upserts the customers of a batch, and claims their anonymous histories.
 *
 * @returns each event's own outcome, in order: 200 with what the action answers with, or its error's status and message
 * @throws InvalidAuthenticationError that names the API Key setting, before any request
 */
export async function deliverBatch(
  request: RequestClient,
  settings: Settings,
  payloads: Payload[],
  signal?: AbortSignal
): Promise<MultiStatusResponse> {
  const client = new KustomerClient(request, settings, { signal, deadline: now() + BUDGET })
  const entries = entriesOf(payloads, customerEvent)
  const disputed = disputedNames(readable(entries).map(({ event }) => event))
  const plan = customerPlan<CustomerEvent>(client, (event) => updateOf(client, event), {
    fold: foldEvents,
    isApart: ({ employer }) => employer?.company.name !== undefined && disputed.has(employer.company.name),
    settle: (settled) => claimHistories(client, settled)
  })
  await upsertBatch(client, readable(entries), plan)
  failPending(readable(entries))
  return responseOf(entries, deliveredOf)
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

function deliveredOf(event: CustomerEvent, upserted: Upserted): Delivered {
  const { outcome, record, leftOut } = upserted
  const isUnclaimed = event.trackingId && outcome !== 'unchanged' && !claimOf(event, upserted)
  return {
    outcome,
    ...(record.id === '' ? {} : { customerId: record.id }),
    leftOut: [...event.leftOut, ...leftOut, ...(isUnclaimed ? [{ field: 'trackingId', reason: UNCLAIMED }] : [])]
  }
}
