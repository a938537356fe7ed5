import type { KustomerClient, Written } from '../api/client'
import type { Changes, RecordKind, StoredRecord } from '../api/records'

/**
 * Updates a record, unless somebody has changed it since it was read: Kustomer refuses an old `rev`, and may refuse any.
 *
 * Requests: 1, and 1 or 2 after a refusal.
 */
export async function updateUnchanged(
  client: KustomerClient,
  kind: RecordKind,
  { id, attributes: { rev } }: StoredRecord,
  changes: Changes
): Promise<Written> {
  const written = await client.updateRecord(kind, id, { ...changes, rev: rev as number | undefined })
  const mayUnlock = written.outcome === 'refused' && rev !== undefined
  return mayUnlock && (await client.getRecord(kind, id))?.attributes.rev === rev
    ? client.updateRecord(kind, id, changes)
    : written
}
