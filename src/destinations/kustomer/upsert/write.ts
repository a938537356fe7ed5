import type { KustomerClient, Written } from '../api/client'
import type { Changes, StoredRecord } from '../api/records'
import type { LeftOut } from '../values/left-out'
import { fitAttributes, knownAttributes, withoutRefused } from './attributes'
import { creationOf, diffRecord, withChanges } from './diff'
import type { Wanted } from './diff'
import type { Subject, Upserted, Want } from './subject'

/** A write under way, and what refusals have changed about it. */
export interface Write {
  client: KustomerClient
  subject: Subject
  /** Undefined for a creation. */
  record?: StoredRecord
  /** The identifiers that go to shared lists, as keys, each with the reason to tell. */
  taken: Map<string, string>
  /** The names of attributes that are not sent any more. */
  dropped: Set<string>
  /** What was given up. */
  givenUp: LeftOut[]
  /** Whether an update carries the `rev` that was read. */
  isLocked: boolean
  /** Whether another record was merged into this one. */
  isMerged: boolean
}

/** One attempt at a write. */
export interface Attempt extends Want {
  /** What is sent; undefined if nothing differs. */
  changes?: Changes
}

/** How an attempt failed. */
export type Failure = Exclude<Written, { outcome: 'written' }>

export function newWrite(client: KustomerClient, subject: Subject, record?: StoredRecord): Write {
  return { client, subject, record, taken: new Map(), dropped: new Set(), givenUp: [], isLocked: true, isMerged: false }
}

/** Returns what to send next. */
export async function prepare({ client, subject, record, ...write }: Write): Promise<Attempt> {
  const { kind } = subject
  const want = await subject.want(record, write.taken)
  const known = await knownAttributes(client, kind)
  const { custom, leftOut: unfit } = fitAttributes(known, kind, want.wanted.custom ?? {})
  const given = { ...want.wanted, custom: Object.keys(custom).length > 0 ? custom : undefined }
  const wanted = Object.fromEntries(Object.entries(given).filter(([name]) => !write.dropped.has(name))) as Wanted
  const told = [...write.givenUp, ...want.leftOut, ...unfit]
  if (!record) {
    return { wanted, changes: creationOf(wanted), leftOut: told, pending: want.pending }
  }
  const { changes, leftOut } = diffRecord(kind, withoutRefused(known, kind, record), wanted)
  return {
    wanted,
    changes: changes && !write.isLocked ? { ...changes, rev: undefined } : changes,
    leftOut: [...told, ...leftOut],
    pending: want.pending
  }
}

/**
 * Returns what became of a record after an attempt that was not refused.
 *
 * @param answer the record in Kustomer's answer to a creation
 */
export function conclude(
  { record, isMerged }: Write,
  { changes, leftOut, pending }: Attempt,
  answer?: StoredRecord
): Upserted {
  if (record) {
    const outcome = changes || isMerged ? 'updated' : 'unchanged'
    return { outcome, record: changes ? withChanges(record, changes) : record, leftOut, pending }
  }
  const { rev, createdAt } = answer?.attributes ?? {}
  const created = {
    id: answer?.id ?? '',
    attributes: { ...changes, rev, createdAt },
    companyId: changes?.company ?? undefined
  }
  return { outcome: 'created', record: created, leftOut, pending }
}
