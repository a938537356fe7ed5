import type { KustomerClient } from '../../api/client'
import type { TrackingIdentity } from '../../api/records'
import { claimOf } from '../deliver'
import { forEachTenAtOnce } from '../../upsert/batch/at-once'
import { fail } from '../../upsert/batch/entries'
import type { CustomerEntry } from './people'

/**
 * Claims the history of each visitor for the customers of their events, in the order of the events, visitors beside each
 * other. Only those whose event was delivered are claimed for, and what fails is the result of the event.
 */
export async function claimHistories(client: KustomerClient, entries: CustomerEntry[]): Promise<void> {
  const visitors = new Map<string, Array<{ entry: CustomerEntry; claim: TrackingIdentity }>>()
  for (const entry of entries) {
    const claim =
      entry.result && 'upserted' in entry.result ? claimOf(entry.event, entry.result.upserted.record) : undefined
    if (claim?.trackingId) {
      visitors.set(claim.trackingId, [...(visitors.get(claim.trackingId) ?? []), { entry, claim }])
    }
  }
  await forEachTenAtOnce([...visitors.values()], async (claims) => {
    let claimed = ''
    for (const { entry, claim } of claims) {
      try {
        if (JSON.stringify(claim) !== claimed) {
          await client.claimHistory(claim)
          claimed = JSON.stringify(claim)
        }
      } catch (error) {
        fail([entry], error)
      }
    }
  })
}
