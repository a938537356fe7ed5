import { notFound } from './errors'
import type { KustomerError } from './errors'

/** What became of one record of a job. [P] The fields; [A] how `status` is spelled. */
export interface RecordResult {
  _clientRef?: string
  status: 'success' | 'failure'
  id?: string
  error?: KustomerError
}

interface Job {
  id: string
  /** Milliseconds since the epoch. */
  runsAt: number
  run: () => RecordResult[]
  results?: RecordResult[]
}

/** Jobs that are answered before they have run. */
export class BulkJobs {
  private readonly jobs = new Map<string, Job>()
  private readonly newId: () => string
  private readonly now: () => Date

  constructor(newId: () => string, now: () => Date) {
    this.newId = newId
    this.now = now
  }

  /** Queues a job, to run after a delay in milliseconds. */
  queue(delay: number, run: () => RecordResult[]) {
    const job: Job = { id: this.newId(), runsAt: this.now().getTime() + delay, run }
    this.jobs.set(job.id, job)
    return { type: 'bulk', id: job.id, attributes: { status: 'queued' } }
  }

  /** Runs what is due. */
  runDue(): void {
    for (const job of this.jobs.values()) {
      if (!job.results && job.runsAt <= this.now().getTime()) {
        job.results = job.run()
      }
    }
  }

  /** @throws Refusal (404) */
  get(id: string) {
    const { results } = this.existing(id)
    const status = results ? 'complete' : 'running'
    return { type: 'bulk', id, attributes: { status, batches: { complete: results ? 1 : 0, total: 1 } } }
  }

  /** @throws Refusal (404) */
  batches(id: string) {
    const { results = [] } = this.existing(id)
    const failures = results.filter(({ status }) => status === 'failure')
    const attributes = {
      objectIds: results.flatMap((result) => result.id ?? []),
      successCount: results.length - failures.length,
      failureCount: failures.length,
      errors: failures.flatMap(({ error }) => error ?? []),
      results: results.filter(({ _clientRef }) => _clientRef !== undefined)
    }
    return [{ type: 'bulk_batch', id: `${id}-1`, attributes }]
  }

  private existing(id: string): Job {
    const job = this.jobs.get(id)
    if (!job) {
      throw notFound('id')
    }
    return job
  }
}
