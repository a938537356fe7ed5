import type { Share } from '../delivery/batch-shares'
import type { BatchDelivery, Became, Delivery } from '../delivery'
import type { EventRead } from '../input/events'

/** One event of an input and what became of it, over all of its attempts. */
export interface Sent extends Became {
  read: EventRead
  action?: string
  /** The preset that chose the action. */
  preset?: string
  /** How many times it was sent to its action: not at all, where no preset takes it. */
  attempts: number
  /** The batch that it went in, counted from 1; undefined where it went alone. */
  batch?: number
  exchanges: Share[]
  /** What the attempts took, the pauses between them not included; in a batch, what the batch took. */
  milliseconds: number
}

/** What became of an event that went alone. */
export function alone(read: EventRead, delivery: Delivery): Sent {
  const { action, preset, outcome, customerId, companyId, leftOut, verdict, status, fields, milliseconds } = delivery
  const exchanges = delivery.exchanges.map((exchange) => ({ ...exchange, sharedBy: 1 }))
  const became = { outcome, customerId, companyId, leftOut, verdict, status, fields }
  return { read, action, preset, attempts: verdict === 'ignored' ? 0 : 1, ...became, exchanges, milliseconds }
}

/** What became of each event of a batch. */
export function together(reads: EventRead[], batch: number, whole: BatchDelivery): Sent[] {
  const { action, preset, milliseconds, results } = whole
  return reads.flatMap((read, index) => {
    const result = results[index]
    if (!result) {
      return []
    }
    const { outcome, customerId, companyId, leftOut, verdict, status, fields, exchanges } = result
    const became = { outcome, customerId, companyId, leftOut, verdict, status, fields }
    return [{ read, action, preset, attempts: 1, batch, ...became, exchanges, milliseconds }]
  })
}

/** What became of an event with its next attempt: that one's outcome, and what all of them took. */
export function again(before: Sent | undefined, next: Sent): Sent {
  return before
    ? {
        ...next,
        attempts: before.attempts + 1,
        exchanges: [...before.exchanges, ...next.exchanges],
        milliseconds: before.milliseconds + next.milliseconds
      }
    : next
}
