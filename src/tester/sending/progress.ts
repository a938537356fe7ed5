import { styled } from './report'

interface Progress {
  events: number
  failed: number
  /** How much of the input is done, from 0 to 1; undefined if its size is unknown. */
  share?: number
  /** Such as `2 min left`. */
  left?: string
  /** Where events are written to, if that is the real Kustomer. */
  liveHost?: string
}

const BAR = 20

/** Too early to tell, in milliseconds. */
const EARLY = 1000

/** Returns the progress in one line of a terminal: the narrower it is, the less is said. */
export function progressLine(columns: number, { events, failed, share, left, liveHost }: Progress): string {
  const counts = `${events} sent, ${failed} failed`
  const filled = Math.round((share ?? 0) * BAR)
  const bar = share === undefined ? '' : `${'█'.repeat(filled)}${'░'.repeat(BAR - filled)} `
  const percentage = share === undefined ? '' : `${Math.floor(share * 100)}% · `
  const full = percentage + counts + (left === undefined ? '' : ` · ${left}`)
  const marks = liveHost === undefined ? [''] : [` LIVE ${liveHost} `, ' LIVE ']
  for (const mark of marks) {
    for (const text of [bar + full, full, percentage + counts, counts]) {
      if (mark.length + 1 + text.length < columns) {
        return mark === '' ? text : `${styled(['bold', 'inverse', 'red'], mark)} ${text}`
      }
    }
  }
  return counts.slice(0, Math.max(0, columns - 1))
}

/** Returns how long the rest of the input takes if it goes on as it did; undefined if that can't be told yet. */
export function timeLeft(elapsed: number, share = 0): string | undefined {
  if (elapsed < EARLY || share <= 0 || share >= 1) {
    return undefined
  }
  const seconds = Math.ceil((elapsed / 1000) * (1 / share - 1))
  return seconds < 100 ? `${seconds} s left` : `${Math.ceil(seconds / 60)} min left`
}
