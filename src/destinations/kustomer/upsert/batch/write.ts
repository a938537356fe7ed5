import { removeUndefined } from '@segment/actions-core'
import type { KustomerClient } from '../../api/client'
import { tryAgain } from '../../api/errors'
import type { BulkRecord, BulkResult, RecordKind, StoredRecord } from '../../api/records'
import { createAtOnce } from '../create'
import { creationOf, differenceTo, withChanges } from '../difference'
import { KINDS } from '../kinds'
import type { Subject, Upserted, Wish } from '../subject'
import { learnFrom, withoutUndefined, withoutUndefinedOf } from '../undefined-attributes'
import { bringUpToDate } from '../update'
import { forEachTenAtOnce } from './at-once'
import { fail, settle } from './entries'
import type { Entry } from './entries'
import { portionsOf, runJob } from './jobs'
import type { JobOutcome } from './jobs'

/** What the events of a batch that are about one record say together, and the record as it was read. */
export interface Known<Event> {
  entries: Array<Entry<Event>>
  subject: Subject
  /** Undefined where it is yet to be created. */
  record?: StoredRecord
}

/** Events about one record that are to be upserted one after the other. */
export interface Rest<Event> {
  verb: 'create' | 'update'
  entries: Array<Entry<Event>>
  /** Tries to settle several of them as one first. */
  together?: () => Promise<void>
  /** What a single one goes on with, where something is known of it already. */
  goOn?: () => Promise<Upserted>
}

interface Write<Event> extends Known<Event> {
  verb: 'create' | 'update'
  wish: Wish
  body: BulkRecord
  /** What becomes of it if it is written. */
  upserted: Upserted
}

/** A job, a question after it and its results are three requests: fewer writes than that are cheaper one by one. */
const WORTH_A_JOB = 4

const REFUSED_BY_JOB = 'Kustomer refused it in a bulk job'

/**
 * Writes what differs, in one job for all creations and one for all updates, or one by one where there are only a few.
 * Whatever is unchanged or written has a result then.
 *
 * @returns what is still to be done: what was refused, what a job did not answer for, and creations of which there are
 *   only a few: one that is refused may turn out to be whoever contends, so that each event has to wait for its turn
 */
export async function writeAll<Event>(
  client: KustomerClient,
  kind: RecordKind,
  known: Array<Known<Event>>
): Promise<Array<Rest<Event>>> {
  const writes = (await withWishes(known)).flatMap(({ each, wish }) => writeOf(client, each, wish) ?? [])
  const rest: Array<Rest<Event>> = []
  const updates = writes.filter(({ verb }) => verb === 'update')
  const creations = writes.filter(({ verb }) => verb === 'create')
  // A bulk update takes no whatsapps, which an update of a company may have to repeat.
  const jobbable = updates.filter(({ body }) => body.whatsapps === undefined)
  const isJob = jobbable.length >= WORTH_A_JOB
  await forEachTenAtOnce(isJob ? updates.filter((update) => !jobbable.includes(update)) : updates, async (update) => {
    rest.push(...(await updateOne(client, update)))
  })
  if (creations.length < WORTH_A_JOB) {
    rest.push(...creations.map((creation) => creationInTurn(client, creation)))
  }
  const jobs = [creations, isJob ? jobbable : []].filter(({ length }) => length >= WORTH_A_JOB).flatMap(portionsOf)
  await forEachTenAtOnce(jobs, async (portion) => {
    rest.push(...(await writeTogether(client, kind, portion)))
  })
  return rest
}

/** What is wanted of each record, in their order. */
async function withWishes<Event>(known: Array<Known<Event>>): Promise<Array<{ each: Known<Event>; wish: Wish }>> {
  const wished: Array<{ each: Known<Event>; wish: Wish }> = []
  await forEachTenAtOnce([...known.entries()], async ([index, each]) => {
    wished[index] = { each, wish: await each.subject.wishFor(each.record) }
  })
  return wished
}

/** The write of a record, or undefined, its events settled, where nothing differs. */
function writeOf<Event>(client: KustomerClient, known: Known<Event>, wish: Wish): Write<Event> | undefined {
  const { entries, subject, record } = known
  const _clientRef = String(entries[0]?.index)
  const { wanted, leftOut: undefinedOnes } = withoutUndefined(client, subject.kind, wish.wanted)
  const leftOut = [...wish.leftOut, ...undefinedOnes]
  if (!record) {
    const attributes = creationOf(wanted)
    const created = { id: '', attributes: { ...attributes }, companyId: attributes.company }
    const upserted: Upserted = { outcome: 'created', record: created, leftOut, pending: wish.pending }
    return { ...known, verb: 'create', wish, body: { ...attributes, _clientRef }, upserted }
  }
  const { changes, ...difference } = differenceTo(
    subject.kind,
    withoutUndefinedOf(client, subject.kind, record),
    wanted
  )
  const all = { leftOut: [...leftOut, ...difference.leftOut], pending: wish.pending }
  if (!changes) {
    settle(entries, { outcome: 'unchanged', record, ...all })
    return undefined
  }
  const upserted: Upserted = { outcome: 'updated', record: withChanges(record, changes), ...all }
  const rev = KINDS[subject.kind].hasRevInBulk ? changes.rev : undefined
  return {
    ...known,
    verb: 'update',
    wish,
    body: removeUndefined({ ...changes, rev, id: record.id, _clientRef }),
    upserted
  }
}

async function updateOne<Event>(
  client: KustomerClient,
  { entries, subject, record }: Write<Event>
): Promise<Array<Rest<Event>>> {
  try {
    settle(entries, await (record ? bringUpToDate(client, subject, record) : subject.create()))
    return []
  } catch (error) {
    if (entries.length > 1) {
      return [{ verb: 'update', entries }]
    }
    fail(entries, error)
    return []
  }
}

function creationInTurn<Event>(client: KustomerClient, { entries, subject }: Write<Event>): Rest<Event> {
  if (entries.length === 1) {
    return { verb: 'create', entries, goOn: subject.create }
  }
  const together = async (): Promise<void> => {
    try {
      const created = await createAtOnce(client, subject.kind, await subject.wishFor())
      if (created.outcome !== 'refused') {
        settle(entries, created)
      }
    } catch {
      // Each of them tells its own failure.
    }
  }
  return { verb: 'create', entries, together }
}

/** @param isLast whether what a job has refused for an attribute that is not defined is not sent in another job */
async function writeTogether<Event>(
  client: KustomerClient,
  kind: RecordKind,
  writes: Array<Write<Event>>,
  isLast = false
): Promise<Array<Rest<Event>>> {
  const verb = writes[0]?.verb ?? 'create'
  const job = await runJob(
    client,
    kind,
    verb,
    writes.map(({ body }) => body)
  )
  const refused: Array<Write<Event>> = []
  for (const write of writes) {
    const result = job.results.get(write.body._clientRef)
    if (result?.isWritten) {
      settle(write.entries, withId(write.upserted, result))
    } else {
      write.entries.forEach((entry) => (entry.isTaken = job.isUnfinished))
      refused.push(write)
    }
  }
  const isTold = ({ body }: Write<Event>): boolean => job.results.has(body._clientRef)
  // What a job has not answered for may be written all the same.
  const told = job.isRefused ? refused : refused.filter(isTold)
  const isAgain = !isLast && told.length >= WORTH_A_JOB && (await learnFromJob(client, kind, told, job))
  const again = isAgain ? told.flatMap((write) => writeOf(client, write, write.wish) ?? []) : []
  const single = isAgain ? refused.filter((write) => !told.includes(write)) : refused
  return [
    ...(again.length > 0 ? await writeTogether(client, kind, again, true) : []),
    ...single.map((write) => ({
      verb,
      entries: write.entries,
      goOn: isTold(write) ? afterRefusal(write) : undefined
    }))
  ]
}

/** Learns which custom attributes are not taken, from the words of a job that was refused, or of its records. */
async function learnFromJob<Event>(
  client: KustomerClient,
  kind: RecordKind,
  refused: Array<Write<Event>>,
  { results, failure }: JobOutcome
): Promise<boolean> {
  let hasLearned = false
  for (const { body } of refused) {
    const words = results.get(body._clientRef)?.error
    const refusal = words === undefined ? failure : new Error(words)
    const isOne = words !== undefined
    hasLearned = (refusal && (await learnFrom(client, kind, body.custom, refusal, isOne))) || hasLearned
  }
  return hasLearned
}

function withId(upserted: Upserted, { objectId = '' }: BulkResult): Upserted {
  const { record, outcome } = upserted
  return outcome === 'created' ? { ...upserted, record: { ...record, id: objectId } } : upserted
}

/**
 * A creation that a job has refused goes on with the look-ups that follow a refusal, so that nothing is created a second
 * time. Where several events were one, any of them may have been the reason; and where there is nothing that could be
 * done about it, nothing but the same creation, sent singly, tells Kustomer's own words.
 */
function afterRefusal<Event>({ verb, entries, subject }: Write<Event>): Rest<Event>['goOn'] {
  const purpose = { action: `create the ${subject.kind}` }
  const refused = { outcome: 'refused', error: tryAgain(purpose, REFUSED_BY_JOB) } as const
  return verb === 'create' && entries.length === 1 && subject.canGoOn
    ? () => subject.afterRefusedCreation(refused)
    : undefined
}
