import type { KustomerClient, Written } from '../api/client'
import type { Changes, RecordKind, StoredRecord } from '../api/records'

/**
 * Updates a record, unless somebody has changed it since it was read: Kustomer refuses an old `rev`, and may refuse any.
 *
 * Requests: 1, and 1 or 2 after a refusal.
 * @returns `changed` if somebody has, with the record as it is now
 */
export async function updateUnchanged(
  client: KustomerClient,
  kind: RecordKind,
  { id, attributes: { rev } }: StoredRecord,
  changes: Changes
): Promise<Written | { outcome: 'changed'; current?: StoredRecord }> {
  const written = await client.updateRecord(kind, id, { ...changes, rev: rev as number | undefined })
  if (written.outcome !== 'refused' || rev === undefined) {
    return written
  }
  const current = await client.getRecord(kind, id)
  return current?.attributes.rev === rev ? client.updateRecord(kind, id, changes) : { outcome: 'changed', current }
}
