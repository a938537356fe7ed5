import { RetryableError } from '@segment/actions-core'
import { MAX_RECORDS } from '../client'
import type { KustomerClient } from '../client'
import { httpFailure, isConflict } from '../errors'
import type { BulkResult } from '../records'
import type { PendingWrite } from './staging'

/** What became of a pending write. */
export type WriteOutcome =
  | { outcome: 'written'; customerId?: string }
  /** Kustomer has taken it and not said yet what became of it. */
  | { outcome: 'accepted'; jobId: string }
  /** Somebody else was faster: it is to be upserted anew. */
  | { outcome: 'overtaken' }
  | { outcome: 'failed'; error: unknown }

/** A job, a question after it and its results are three requests: fewer writes than that are cheaper one by one. */
const WORTH_A_JOB = 4

/** Pauses before asking after a job, in milliseconds: 6 seconds in all, well within the 10 of one request. */
const PAUSES = [200, 400, 800, 1600, 3000]

/**
 * Sends pending writes of one kind: one job for each 100 of them, or one request each where there are only a few.
 *
 * @returns what became of each, by `customerId`; this function does not throw
 */
export async function sendWrites(client: KustomerClient, writes: PendingWrite[]): Promise<Map<string, WriteOutcome>> {
  const outcomes = new Map<string, WriteOutcome>()
  if (writes.length < WORTH_A_JOB) {
    for (const write of writes) {
      outcomes.set(write.customerId, await sendOne(client, write).catch(failed))
    }
    return outcomes
  }
  for (let start = 0; start < writes.length; start += MAX_RECORDS) {
    const records = writes.slice(start, start + MAX_RECORDS)
    const results = await sendJob(client, records).catch(failed)
    for (const { customerId } of records) {
      outcomes.set(customerId, results instanceof Map ? results.get(customerId) ?? untold() : results)
    }
  }
  return outcomes
}

async function sendOne(client: KustomerClient, { kind, customerId, attributes }: PendingWrite): Promise<WriteOutcome> {
  if (kind === 'create') {
    const created = await client.createCustomer(attributes)
    return created.outcome === 'created' ? { outcome: 'written', customerId: created.id } : { outcome: 'overtaken' }
  }
  const updated = await client.updateCustomer(customerId, attributes)
  return updated.outcome === 'updated' ? { outcome: 'written', customerId } : { outcome: 'overtaken' }
}

async function sendJob(
  client: KustomerClient,
  writes: PendingWrite[]
): Promise<Map<string, WriteOutcome> | WriteOutcome> {
  const [{ kind }] = writes as [PendingWrite]
  const records = writes.map(({ customerId, attributes }) =>
    kind === 'create'
      ? { ...attributes, _clientRef: customerId }
      : { ...attributes, id: customerId, _clientRef: customerId }
  )
  const jobId = await client.startBulk(kind, records)
  for (const pause of PAUSES) {
    await sleep(pause)
    if (await client.isBulkComplete(jobId)) {
      const results = await client.bulkResults(jobId)
      return new Map(results.map((result) => [result.clientRef, outcomeOf(kind, result)]))
    }
  }
  return { outcome: 'accepted', jobId }
}

function outcomeOf(kind: PendingWrite['kind'], { id, failure }: BulkResult): WriteOutcome {
  if (!failure) {
    return id === undefined ? untold() : { outcome: 'written', customerId: id }
  }
  return failure.status === 404 || isConflict(failure.status, failure.words)
    ? { outcome: 'overtaken' }
    : { outcome: 'failed', error: httpFailure({ action: `${kind} the customer` }, failure.status, failure.words) }
}

function failed(error: unknown): WriteOutcome {
  return { outcome: 'failed', error }
}

function untold(): WriteOutcome {
  return failed(new RetryableError('Could not tell what became of the customer: the bulk job does not say.', 502))
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
