import { DuplicateRefusal, notFound, Refusal } from '../errors'
import type { KustomerError } from '../errors'
import type { Agenda } from './agenda'
import { link, ORGANIZATION, USER } from './links'
import type { World } from './world'

/** One record of a job: what it is known by, and the work, which returns the id of what it wrote. */
export interface Task {
  clientRef?: string
  run: () => string
}

/** What a job is. */
export interface JobRequest {
  records: 'customers' | 'companies' | 'kobjects'
  path: string
  kind: 'create' | 'update' | 'delete'
  ids: string[]
  /** The body, as it came. */
  data: unknown
  tasks: Task[]
}

interface Outcome {
  clientRef?: string
  objectId?: string
  /** In words, where it was refused, and as Kustomer's own error. */
  error?: { words: string; full?: KustomerError }
}

interface Job extends JobRequest {
  id: string
  createdAt: string
  updatedAt: string
  outcomes?: Outcome[]
}

const DONE = { create: 'created', update: 'updated', delete: 'deleted' }
const METHOD = { create: 'POST', update: 'PUT', delete: 'DELETE' }

/** [A] How long a slow job takes, in milliseconds. */
const SLOW = 20_000

/** Jobs that are answered before they have run. */
export class BulkJobs {
  private readonly jobs = new Map<string, Job>()

  constructor(private readonly world: World, private readonly agenda: Agenda) {}

  /** Queues a job, to run after a delay in milliseconds. */
  queue(request: JobRequest, delay: number) {
    const now = this.world.now().toISOString()
    const job: Job = { ...request, id: this.world.newId(), createdAt: now, updatedAt: now }
    this.jobs.set(job.id, job)
    this.agenda.after(this.world.variants.jobsSlow ? Math.max(delay, SLOW) : delay, () => {
      job.outcomes = job.tasks.map(outcomeOf)
      job.updatedAt = this.world.now().toISOString()
    })
    return shown(job, 'queued')
  }

  /** @throws Refusal (404) */
  get(id: string) {
    const job = this.existing(id)
    return shown(job, job.outcomes ? 'complete' : 'running')
  }

  /** @throws Refusal (404) */
  batches(id: string) {
    const { outcomes, updatedAt, kind } = this.existing(id)
    const all = outcomes ?? []
    const failures = all.filter(({ error }) => error)
    const attributes = {
      status: outcomes ? 'complete' : 'scheduled',
      objectIds: all.flatMap(({ objectId }) => objectId ?? []),
      successCount: all.length - failures.length,
      failureCount: failures.length,
      completedAt: outcomes ? updatedAt : null,
      errors: failures.map((failure) => this.errorOf(failure)),
      ...(all.some(({ clientRef }) => clientRef !== undefined)
        ? { results: all.map((outcome) => this.resultOf(outcome, kind)) }
        : {})
    }
    const batchId = `${id.slice(0, -1)}b`
    return [
      {
        type: 'bulk_batch',
        id: batchId,
        attributes,
        relationships: { org: ORGANIZATION, bulk: link('bulk', id) },
        links: { self: `/v1/bulk/${id}/batches/${batchId}` }
      }
    ]
  }

  private resultOf(outcome: Outcome, kind: Job['kind']) {
    const { clientRef, objectId, error } = outcome
    return {
      _clientRef: clientRef,
      objectId,
      ...(this.world.variants.bulkResultsWithoutStatus ? {} : { status: error ? 'error' : DONE[kind] }),
      ...(error ? { error: this.errorOf(outcome) } : {})
    }
  }

  private errorOf({ error }: Outcome): KustomerError | string | undefined {
    return this.world.variants.bulkErrorsAsObjects ? error?.full : error?.words
  }

  private existing(id: string): Job {
    const job = this.jobs.get(id)
    if (!job) {
      throw notFound('id')
    }
    return job
  }
}

function outcomeOf({ clientRef, run }: Task): Outcome {
  try {
    return { clientRef, objectId: run() }
  } catch (error) {
    if (error instanceof Refusal) {
      return { clientRef, error: { words: wordsOf(error), full: error.errors[0] } }
    }
    throw error
  }
}

/** [P] What a double is called. [A] Anything else, by its title and its detail. */
function wordsOf(refusal: Refusal): string {
  const saysWhat = refusal.errors.some(({ source }) => source)
  if (refusal instanceof DuplicateRefusal && saysWhat) {
    return 'duplicate detected'
  }
  const { detail } = refusal.errors[0] ?? {}
  return detail === undefined ? refusal.message : `${refusal.message}: ${detail}`
}

/** [P] The keys of the published example. */
function shown({ id, ids, records, path, kind, data, createdAt, updatedAt }: Job, status: string) {
  return {
    type: 'bulk',
    id,
    attributes: {
      ids,
      context: `api.sobjects.${records}.bulk-${kind}`,
      status,
      v2: true,
      payload: { api: { data, path, method: METHOD[kind], service: 'sobjects' } },
      batches: { complete: status === 'complete' ? 1 : 0, total: 1 },
      createdAt,
      updatedAt,
      completed: status === 'complete'
    },
    relationships: { org: ORGANIZATION, createdBy: USER },
    links: { self: `/v1/bulk/${id}` }
  }
}
