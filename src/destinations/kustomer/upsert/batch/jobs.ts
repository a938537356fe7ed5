import { MAX_RECORDS } from '../../api/client'
import type { KustomerClient } from '../../api/client'
import { now, pause } from '../../api/clock'
import { isRefusal } from '../../api/errors'
import type { BulkRecord, BulkResult, RecordKind } from '../../api/records'
import { bytesOf, MAX_BODY } from '../../values/body-size'

/** Pauses before asking after a job, in milliseconds. */
const PAUSES = [200, 400, 800, 1600, 3000]

/** How long a job is followed, in milliseconds, what the questions take included. */
const PATIENCE = 6000

/** What a job says of its records. */
export interface JobOutcome {
  /** Whether Kustomer has taken it and not told its end. */
  isUnfinished: boolean
  /** By `_clientRef`. A record that is missing was not answered for. */
  results: Map<string, BulkResult>
  /** Whether Kustomer refused it as a whole, so that nothing of it is written. */
  isRefused: boolean
  /** Why it was not taken, or cannot be followed. */
  failure?: Error
}

/** Records in portions that one job takes: at most 100 of them, and at most 100,000 bytes. */
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
 * Requests: 1, one for each question after it, and one for its results; 3 where it has ended at the first question.
 * It does not throw: a job that was not taken, that has not ended or that cannot be followed answers for nothing.
 */
export async function runJob(
  client: KustomerClient,
  kind: RecordKind,
  verb: 'create' | 'update',
  records: BulkRecord[]
): Promise<JobOutcome> {
  let isUnfinished = false
  let isRefused = false
  let failure: Error | undefined
  try {
    const jobId = await client.startBulk(kind, verb, records)
    isUnfinished = true
    const end = now() + PATIENCE
    for (const milliseconds of PAUSES) {
      if (now() + milliseconds > end) {
        break
      }
      await pause(milliseconds, client.signal)
      if (await client.isBulkComplete(jobId)) {
        const results = await client.bulkResults(jobId)
        return {
          isUnfinished: false,
          isRefused: false,
          results: new Map(results.map((result) => [result.clientRef, result]))
        }
      }
    }
  } catch (error) {
    // What became of its records is read from Kustomer itself.
    const { status = 0 } = error as Error & { status?: number }
    failure = error as Error
    isRefused = !isUnfinished && isRefusal(status)
  }
  return { isUnfinished, isRefused, results: new Map(), failure }
}
