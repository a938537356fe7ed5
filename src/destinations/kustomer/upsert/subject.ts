import type { Changes, RecordKind, StoredRecord } from '../api/records'
import type { LeftOut } from '../values/left-out'
import type { Wanted } from './diff'

/** What became of a record. */
export interface Upserted {
  outcome: 'created' | 'updated' | 'unchanged'
  /** As it is now. Its id is '' if Kustomer's answer to a creation had none. */
  record: StoredRecord
  /** What could not be written as the event gave it. */
  leftOut: LeftOut[]
  /** Why the event has to be retried, though the record is written. */
  pending?: Error
}

/** What to write. */
export interface Want {
  wanted: Wanted
  leftOut: LeftOut[]
  pending?: Error
}

/** What to do about a write that was refused because of another record. */
export interface Conflict {
  /** The record to update instead. */
  record?: StoredRecord
  /** Whether another record was merged into it. */
  isMerged?: boolean
  /** The identifiers that other records hold, as keys, each with the reason to tell. */
  taken?: Map<string, string>
}

/** What an event, or several about one record, ask for. The functions are what each kind of record does in its own way. */
export interface Subject {
  kind: RecordKind
  /** Returns what to write to a record, or to a new one, without the identifiers that are `taken`. */
  want: (record: StoredRecord | undefined, taken: ReadonlyMap<string, string>) => Promise<Want>
  /** Whether a record that somebody else has changed is still the one that the event is about. */
  isSame: (record: StoredRecord) => boolean
  /** Looks for the record that made Kustomer refuse a write. */
  findConflict: (record: StoredRecord | undefined, sent: Changes) => Promise<Conflict | undefined>
  /** The key of a contact that can be shared, though no other record is known to have it. */
  shareable?: string
  /** Whether the record can be found without its externalId. */
  hasOtherIdentifier: (taken: ReadonlyMap<string, string>) => boolean
}
