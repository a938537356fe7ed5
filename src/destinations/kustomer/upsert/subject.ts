import type { Refused } from '../api/client'
import type { RecordKind, StoredRecord } from '../api/records'
import type { LeftOut } from '../values/left-out'
import type { Changes, Wanted } from './difference'

/** What became of a record. */
export interface Upserted {
  outcome: 'created' | 'updated' | 'unchanged'
  /** As it is now; without an id only where Kustomer's answer to a creation did not tell it. */
  record: StoredRecord
  /** What could not be written as the event gave it. */
  leftOut: LeftOut[]
  /** What has yet to be tried again, though the record is written. */
  pending?: Error
}

/** What is wanted of a record, once what depends on it is known. */
export interface Wish {
  wanted: Wanted
  leftOut: LeftOut[]
  pending?: Error
}

/** Who else holds what an update adds. */
export interface Contest {
  /** The keys of the contacts that another record holds. */
  contested: string[]
  /** The record that the one to be updated was merged into. */
  target?: StoredRecord
}

/** What an event, or several, are about: what each kind of record does in its own way. */
export interface Subject {
  kind: RecordKind
  /** What is wanted of the record that was found, or of a new one. */
  wishFor: (record?: StoredRecord) => Promise<Wish>
  /** Whether it is still about a record that somebody else has changed. */
  isAbout: (record: StoredRecord) => boolean
  /** Creates the record, or goes on with the one that is there. */
  create: () => Promise<Upserted>
  /** Whether a creation that was refused without words is looked into, rather than sent again. */
  canGoOn: boolean
  /** Goes on with whoever made a creation fail. */
  afterRefusedCreation: (refused: Refused) => Promise<Upserted>
  /** Who has been made with what names the record since it was looked up. */
  findMadeMeanwhile: () => Promise<StoredRecord | undefined>
  settleContest: (record: StoredRecord, changes: Changes) => Promise<Contest>
}
