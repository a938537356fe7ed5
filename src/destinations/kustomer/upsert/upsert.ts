import type { KustomerClient } from '../api/client'
import type { StoredRecord } from '../api/records'
import { remediesFor } from './remedies'
import type { Subject, Upserted } from './subject'
import { conclude, newWrite, prepare } from './write'

/**
 * Creates a record, or updates the one that was found if something differs. After a refusal, tries the remedies in order.
 *
 * Requests: none if nothing differs, else 1, and those of the remedies.
 * @param record as it was read just now
 * @throws RetryableError (423) if others were faster each time or the record is gone; the error of a refusal that no
 *   remedy helps
 */
export async function upsertRecord(client: KustomerClient, subject: Subject, record?: StoredRecord): Promise<Upserted> {
  const write = newWrite(client, subject, record)
  const remedy = remediesFor(write)
  for (;;) {
    const attempt = await prepare(write)
    const { changes } = attempt
    if (!changes) {
      return conclude(write, attempt)
    }
    const written = write.record
      ? await client.updateRecord(subject.kind, write.record.id, changes)
      : await client.createRecord(subject.kind, changes)
    if (written.outcome === 'written') {
      return conclude(write, attempt, written.record)
    }
    await remedy(attempt, written)
  }
}
