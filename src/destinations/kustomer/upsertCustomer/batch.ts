import { MultiStatusResponse } from '@segment/actions-core'
import type { IntegrationError, JSONLikeObject } from '@segment/actions-core'
import type { KustomerClient } from '../client'
import { sendWrites } from './bulk'
import type { WriteOutcome } from './bulk'
import { changesTo } from './changes'
import { forEachAFewAtATime } from './concurrency'
import { customerEvent } from './event'
import type { CustomerEvent } from './event'
import type { Payload } from './generated-types'
import { isListChange } from './lists'
import { StagedDirectory } from './staging'
import type { PendingWrite } from './staging'
import { upsert } from './upsert'
import type { Upserted } from './upsert'

const PAYLOAD_ERROR = { errortype: 'PAYLOAD_VALIDATION_FAILED' } as const

/** One event on its way through a batch: each step adds to it, and an error ends it. */
interface Entry {
  event?: CustomerEvent
  staged?: Upserted
  /** What the event's customer is written with, this event and others of the batch taken together. */
  write?: PendingWrite
  result?: { status: number; outcome: string; customerId?: string; jobId?: string }
  error?: unknown
}

/**
 * Upserts the customers of a batch with the outcome of upserting its events one by one, in order, for a handful of
 * requests: the customers are read together, the events are applied to what was read, and what differs in the end is
 * written together, events of one customer as one record. Then their anonymous history is claimed.
 *
 * @returns every event's own outcome, in order: 200, or 202 for a write that Kustomer has taken and not finished, or
 *   the status and the message of its error; this function does not throw
 */
export async function upsertBatch(client: KustomerClient, payloads: Payload[]): Promise<MultiStatusResponse> {
  const entries = payloads.map((payload): Entry => read(payload))
  const directory = new StagedDirectory(client)
  await stage(directory, entries)
  await write(client, directory.pendingWrites(), entries)
  await claimHistories(client, entries)
  return responseOf(entries)
}

function read(payload: Payload): Entry {
  try {
    return { event: customerEvent(payload) }
  } catch (error) {
    return { error }
  }
}

async function stage(directory: StagedDirectory, entries: Entry[]): Promise<void> {
  const events = entries.flatMap(({ event }) => (event ? [event] : []))
  await directory.readAhead(events.map(({ identifiers }) => identifiers))
  await forEachAFewAtATime(events, (event) => rereadIfListsChange(directory, event).catch(() => undefined))
  for (const entry of entries) {
    if (entry.event) {
      try {
        await rereadIfListsChange(directory, entry.event)
        entry.staged = await upsert(directory, entry.event.identifiers, entry.event.wanted)
      } catch (error) {
        entry.error = error
      }
    }
  }
}

/** A list is written as a whole, so one from the index, which lags behind, could drop what an agent has just added. */
async function rereadIfListsChange(directory: StagedDirectory, { identifiers, wanted }: CustomerEvent): Promise<void> {
  const customer = directory.indexedHolderOf(identifiers)
  if (customer && isListChange(changesTo(customer, wanted))) {
    await directory.reread(customer)
  }
}

async function write(client: KustomerClient, writes: PendingWrite[], entries: Entry[]): Promise<void> {
  const outcomes = await Promise.all(
    (['create', 'update'] as const).map((kind) =>
      sendWrites(
        client,
        writes.filter((pending) => pending.kind === kind)
      )
    )
  )
  for (const entry of entries) {
    const customerId = entry.staged?.customerId ?? ''
    const outcome = outcomes.map((byCustomer) => byCustomer.get(customerId)).find(Boolean)
    entry.write = writes.find((pending) => pending.customerId === customerId)
    await settle(client, entry, outcome)
  }
}

/** @param outcome of the write of the event's customer, or undefined where there was nothing to write */
async function settle(client: KustomerClient, entry: Entry, outcome: WriteOutcome | undefined): Promise<void> {
  const { event, staged } = entry
  if (!event || !staged) {
    return
  }
  switch (outcome?.outcome) {
    case undefined:
      entry.result = { status: 200, ...staged }
      break
    case 'written':
      entry.result = { status: 200, outcome: staged.outcome, customerId: outcome.customerId }
      break
    case 'accepted':
      entry.result = { status: 202, outcome: 'accepted', jobId: outcome.jobId }
      break
    case 'failed':
      entry.error = outcome.error
      break
    case 'overtaken':
      try {
        entry.result = { status: 200, ...(await upsert(client, event.identifiers, event.wanted)) }
      } catch (error) {
        entry.error = error
      }
  }
}

/**
 * Claims each visitor's history in the order of the events, visitors beside each other. A customer whose creation is
 * not finished is left out: claiming would create another one.
 */
async function claimHistories(client: KustomerClient, entries: Entry[]): Promise<void> {
  const visitors = new Map<string, Entry[]>()
  for (const entry of entries) {
    const trackingId = entry.event?.claim?.trackingId
    if (trackingId !== undefined && entry.result && !isUnfinishedCreation(entry)) {
      visitors.set(trackingId, [...(visitors.get(trackingId) ?? []), entry])
    }
  }
  await forEachAFewAtATime([...visitors.values()], async (visits) => {
    let claimed = ''
    for (const entry of visits) {
      const claim = entry.event?.claim
      if (claim && JSON.stringify(claim) !== claimed) {
        try {
          await client.claimHistory(claim)
          claimed = JSON.stringify(claim)
        } catch (error) {
          entry.error = error
        }
      }
    }
  })
}

function isUnfinishedCreation({ result, write: pending }: Entry): boolean {
  return result?.status === 202 && pending?.kind === 'create'
}

function responseOf(entries: Entry[]): MultiStatusResponse {
  const response = new MultiStatusResponse()
  for (const { event, write: pending, result, error } of entries) {
    const sent = (pending?.attributes ?? {}) as JSONLikeObject
    if (error === undefined && result) {
      const { status, ...body } = result
      response.pushSuccessResponse({ status, sent, body })
    } else {
      const { status = 500, message } = error as IntegrationError
      response.pushErrorResponse({ status, errormessage: message, ...(event ? { sent } : PAYLOAD_ERROR) })
    }
  }
  return response
}
