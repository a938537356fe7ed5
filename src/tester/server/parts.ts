import type { SegmentEvent } from '@segment/actions-core'
import { takesBatches } from '../delivery'
import { Batches, BATCH_SIZE } from '../delivery/batches'
import type { Part } from './answers'
import { choose } from './presets'
import type { Chosen, Setup } from './presets'

/** Whether an event would be sent with others where batching is on. */
export function isForBatch({ override }: Chosen): boolean {
  return override?.action !== undefined && takesBatches({ partnerAction: override.action })
}

/**
 * Splits events as the command does with `--batch`: those of each preset whose action takes batches go together, the
 * others alone.
 *
 * @throws HTTPException (400) for an action that there is not
 */
export async function partsOf(events: SegmentEvent[], setup: Setup): Promise<Part[]> {
  const batches = new Batches<number>(BATCH_SIZE)
  const parts: Part[] = []
  for (const [place, event] of events.entries()) {
    const chosen = await choose(event, setup)
    const batch = isForBatch(chosen) ? batches.add(chosen.route ?? '', place) : undefined
    if (batch) {
      parts.push({ places: batch, isBatch: true })
    } else if (!isForBatch(chosen)) {
      parts.push({ places: [place], isBatch: false })
    }
  }
  return [...parts, ...batches.rest().map((places) => ({ places, isBatch: true }))]
}

/** Whether any of these events would be sent with others. */
export async function haveBatches(events: SegmentEvent[], setup: Setup): Promise<boolean> {
  for (const event of events) {
    if (isForBatch(await choose(event, setup))) {
      return true
    }
  }
  return false
}
