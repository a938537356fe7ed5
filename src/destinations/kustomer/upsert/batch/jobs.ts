import { MAX_RECORDS } from '../../api/client'
import type { KustomerClient } from '../../api/client'
import { now, pause } from '../../api/clock'
import type { BulkRecord, BulkResult, RecordKind } from '../../api/records'
import { bytesOf, MAX_BODY } from '../../values/body-size'

/** Pauses before asking about a job, in milliseconds. */
const PAUSES = [200, 400, 800, 1600, 3000]

/** How long a job is followed, in milliseconds. */
const PATIENCE = 6000

/** What a job says about its records. */
export interface JobOutcome {
  /** Whether Kustomer has taken it without telling how it ended. */
  isUnfinished: boolean
  /** By `_clientRef`. A record that is missing was not answered for. */
  results: Map<string, BulkResult>
}

/** Splits records into portions that one job takes: at most 100 records, and at most 100,000 bytes. */
export function portionsOf<Each extends { body: BulkRecord }>(writes: Each[]): Each[][] {
  const portions: Each[][] = []
  let bytes = Infinity
  for (const write of writes) {
    // Brackets or a comma, whichever is more, go with each record.
    const size = bytesOf(write.body) + 2
    const portion = portions[portions.length - 1]
    bytes += size
    if (!portion || bytes > MAX_BODY || portion.length === MAX_RECORDS) {
      portions.push([write])
      bytes = size
    } else {
      portion.push(write)
    }
  }
  return portions
}

/**
 * Runs a bulk job and follows it for 6 seconds.
 *
 * Requests: 1, one for each question after it, and one for its results: 3 if it has ended at the first question.
 * Does not throw: a job that was refused, has not ended, or cannot be followed has no results.
 */
export async function runJob(
  client: KustomerClient,
  kind: RecordKind,
  verb: 'create' | 'update',
  records: BulkRecord[]
): Promise<JobOutcome> {
  let isUnfinished = false
  try {
    const jobId = await client.startBulk(kind, verb, records)
    isUnfinished = true
    const end = now() + PATIENCE
    for (let question = 0; now() < end; question += 1) {
      await pause(Math.min(PAUSES[question] ?? Infinity, end - now()), client.signal)
      if (await client.isBulkComplete(jobId)) {
        const results = await client.bulkResults(jobId)
        return { isUnfinished: false, results: new Map(results.map((result) => [result.clientRef, result])) }
      }
    }
  } catch {
    // What became of its records is read from Kustomer itself.
  }
  return { isUnfinished, results: new Map() }
}
