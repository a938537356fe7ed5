import { removeUndefined, RetryableError } from '@segment/actions-core'
import type { KustomerClient } from '../../api/client'
import type { BulkRecord, StoredRecord } from '../../api/records'
import { learnAttributes } from '../attributes'
import type { Subject, Upserted } from '../subject'
import { conclude, newWrite, prepare } from '../write'
import type { Attempt, Write } from '../write'
import { forEachTenAtOnce } from './at-once'
import { fail, settle } from './entries'
import type { Entry } from './entries'
import { groupBy, separate } from './groups'
import { portionsOf, runJob } from './jobs'

/** How a kind of record is upserted in batches. */
export interface Plan<Event> {
  /** The identifiers that an event gives, as keys, the strongest first. */
  keysOf: (event: Event) => string[]
  /** Returns the identifiers that a record has, as keys. */
  keysIn?: (record: StoredRecord) => string[]
  /** Returns events about one record as one event; undefined if one write cannot say what they say. */
  fold: (events: Event[]) => Event | undefined
  /** Returns the record that an event is about. */
  find: (event: Event) => Promise<StoredRecord | undefined>
  /** Whether an event has to see what the events before it have written of other records. */
  isApart?: (event: Event) => boolean
  /** Upserts a record by itself. */
  write: (event: Event, record?: StoredRecord) => Promise<Upserted>
  /** Returns what a job writes. Without it, all records are written by themselves. */
  subjectOf?: (event: Event) => Subject
  /** Returns the outcome of an event whose record is not there and must not be created. */
  ifMissing?: (event: Event) => Upserted | undefined
  /** Runs once the records of some events are written. */
  settle?: (entries: Array<Entry<Event>>) => Promise<void>
}

/** The events about one record, folded, and the record as it was read. */
interface Read<Event> {
  entries: Array<Entry<Event>>
  event: Event
  record?: StoredRecord
}

/** A write for a job. */
interface Pending<Event> extends Read<Event> {
  write: Write
  attempt: Attempt
  body: BulkRecord
}

/** So many records are read, written, and settled before the next are read, so that each attempt gets further. */
const RECORDS_AT_A_TIME = 100

/** A job takes 3 requests: one that starts it, a question, and its results. */
const WORTH_A_JOB = 4

/**
 * Upserts the records of a batch; each entry has a result afterwards.
 *
 * Requests for 100 records, a job having ended at the first question: unchanged 100, changed 103, new 103.
 */
export async function upsertBatch<Event>(
  client: KustomerClient,
  entries: Array<Entry<Event>>,
  plan: Plan<Event>
): Promise<void> {
  const groups = groupBy(entries, ({ event }) => plan.keysOf(event)[0] ?? '')
  const [untied] = separate(groups, (group) => group.flatMap(({ event }) => plan.keysOf(event)))
  const alone = untied
    .filter((group) => !group.some(({ event }) => plan.isApart?.(event)))
    .flatMap((entries) => {
      const event = plan.fold(entries.map((entry) => entry.event))
      return event ? [{ entries, event }] : []
    })
  const ahead = new Set(alone.flatMap((group) => group.entries))
  const last = entries.filter((entry) => !ahead.has(entry))
  const awaited = new Set(last.flatMap(({ event }) => plan.keysOf(event)))
  for (let start = 0; start < alone.length; start += RECORDS_AT_A_TIME) {
    last.push(...(await upsertGroups(client, alone.slice(start, start + RECORDS_AT_A_TIME), plan, awaited)))
  }
  await upsertSingly(client, last, plan)
  await plan.settle?.(last)
}

/**
 * Reads, writes, and settles the records of some groups.
 *
 * @param awaited the identifiers of events that go last, as keys
 * @returns events whose record is one that these events are about, so that they have to go last as well
 */
async function upsertGroups<Event>(
  client: KustomerClient,
  groups: Array<Read<Event>>,
  plan: Plan<Event>,
  awaited: ReadonlySet<string>
): Promise<Array<Entry<Event>>> {
  const reads: Array<Read<Event>> = []
  await forEachTenAtOnce(groups, async ({ entries, event }) => {
    await attemptFor(entries, async () => {
      leaveBudgetToAgents(client)
      reads.push({ entries, event, record: await plan.find(event) })
    })
  })
  const keysIn = (record?: StoredRecord): string[] => (record && plan.keysIn?.(record)) ?? []
  const isAwaited = ({ record }: Read<Event>): boolean => keysIn(record).some((key) => awaited.has(key))
  const late = new Set(reads.filter(isAwaited).flatMap(({ entries }) => entries))
  const [alone, same] = separate(
    reads.filter((read) => !isAwaited(read)),
    ({ record, event }) => [...(record ? [record.id] : []), ...keysIn(record), ...plan.keysOf(event)]
  )
  const singles = same.flatMap(({ entries }) => entries)
  const rest = await writeAll(client, alone, plan)
  // New records may turn out to be one, so that each has to see those before it.
  singles.push(...rest.filter(({ record }) => !record).flatMap(({ entries }) => entries))
  await forEachTenAtOnce(
    rest.filter(({ record }) => record),
    ({ entries }) => upsertSingly(client, entries, plan)
  )
  await upsertSingly(client, singles, plan)
  await plan.settle?.(groups.flatMap(({ entries }) => entries).filter((entry) => !late.has(entry)))
  return [...late]
}

/**
 * Writes all creations in one job and all updates in another, or by themselves if there are only a few.
 *
 * @returns what has to be upserted event by event
 */
async function writeAll<Event>(
  client: KustomerClient,
  reads: Array<Read<Event>>,
  plan: Plan<Event>
): Promise<Array<Read<Event>>> {
  const rest: Array<Read<Event>> = []
  const pending: Array<Pending<Event>> = []
  const writeOne = async (read: Read<Event>): Promise<void> => {
    const isWritten = await attemptFor(read.entries, async () => {
      settle(read.entries, await plan.write(read.event, read.record))
    })
    rest.push(...(isWritten || read.entries.length === 1 ? [] : [read]))
  }
  await forEachTenAtOnce(reads, async (read) => {
    if (!plan.subjectOf) {
      return writeOne(read)
    }
    await attemptFor(read.entries, async () => {
      pending.push(...(await pendingOf(client, read, plan)))
    })
  })
  const verbOf = ({ record }: Pending<Event>) => (record ? 'update' : 'create')
  for (const writes of groupBy(pending, (each) => `${verbOf(each)} ${each.write.subject.kind}`)) {
    const verb = writes[0] ? verbOf(writes[0]) : 'create'
    if (writes.length < WORTH_A_JOB) {
      // Two new records may turn out to be one that exists.
      for (const write of writes) {
        await writeOne(write)
      }
    } else {
      await forEachTenAtOnce(portionsOf(writes), async (portion) => {
        rest.push(...(await writeInJob(client, plan, verb, portion)))
      })
    }
  }
  return rest
}

/** Returns the write of a record, if something differs; else settles its events. */
async function pendingOf<Event>(
  client: KustomerClient,
  read: Read<Event>,
  plan: Plan<Event>
): Promise<Array<Pending<Event>>> {
  const { entries, event, record } = read
  const missing = record ? undefined : plan.ifMissing?.(event)
  const subject = plan.subjectOf?.(event)
  if (missing || !subject) {
    settle(entries, missing ?? (await plan.write(event, record)))
    return []
  }
  const write = newWrite(client, subject, record)
  const attempt = await prepare(write)
  if (!attempt.changes) {
    settle(entries, conclude(write, attempt))
    return []
  }
  const body = removeUndefined({ ...attempt.changes, id: record?.id, _clientRef: String(entries[0]?.index) })
  return [{ ...read, write, attempt, body }]
}

/**
 * Writes records in a job. Those that it refuses for custom attributes that are not defined go into another one, once.
 *
 * @returns what has to be upserted event by event
 */
async function writeInJob<Event>(
  client: KustomerClient,
  plan: Plan<Event>,
  verb: 'create' | 'update',
  writes: Array<Pending<Event>>,
  isLast = false
): Promise<Array<Read<Event>>> {
  const kind = writes[0]?.write.subject.kind ?? 'customer'
  const bodies = writes.map(({ body }) => body)
  const { results, isUnfinished } = await runJob(client, kind, verb, bodies)
  const refused: Array<Pending<Event>> = []
  const unknown: Array<Read<Event>> = []
  let hasLearned = false
  for (const each of writes) {
    const result = results.get(each.body._clientRef)
    if (result?.isWritten) {
      settle(each.entries, conclude(each.write, each.attempt, { id: result.objectId ?? '', attributes: {} }))
    } else if (result) {
      refused.push(each)
      const learned = learnAttributes(client, kind, each.body.custom ?? {}, new Error(result.error))
      hasLearned = (await learned) || hasLearned
    } else {
      unknown.push(each)
      each.entries.forEach((entry) => (entry.isTaken = isUnfinished))
    }
  }
  if (isLast || !hasLearned || refused.length < WORTH_A_JOB) {
    return [...refused, ...unknown]
  }
  const again = (await Promise.all(refused.map((each) => pendingOf(client, each, plan)))).flat()
  return [...unknown, ...(await writeInJob(client, plan, verb, again, true))]
}

/** Upserts events one after the other, in the order of the batch, each read anew. */
async function upsertSingly<Event>(
  client: KustomerClient,
  entries: Array<Entry<Event>>,
  plan: Plan<Event>
): Promise<void> {
  for (const entry of entries.sort((one, other) => one.index - other.index)) {
    await attemptFor([entry], async () => {
      leaveBudgetToAgents(client)
      settle([entry], await plan.write(entry.event, await plan.find(entry.event)))
    })
  }
}

/** Runs a task for some events; what it throws is their result. @returns whether it succeeded */
async function attemptFor(entries: Entry[], task: () => Promise<void>): Promise<boolean> {
  try {
    await task()
    return true
  } catch (error) {
    fail(entries, error)
    return false
  }
}

/** @throws RetryableError (429) if little is left of the organization's requests per minute */
function leaveBudgetToAgents(client: KustomerClient): void {
  if (client.isBudgetLow) {
    throw new RetryableError(
      "Not sent yet: less than a fifth of your organization's requests per minute is left, and Kustomer's own app needs it. Segment retries the event.",
      429
    )
  }
}
