import { styled } from './report'

const BAR = 20

/**
 * The line that tells the progress, short enough for a terminal to show it in one line.
 *
 * @param share how much of the input has been dealt with, from 0 to 1; undefined where nobody knows
 * @param liveHost where events are written to, if that is the real Kustomer
 */
export function progressLine(
  columns: number,
  { events, failed }: { events: number; failed: number },
  share: number | undefined,
  liveHost: string | undefined
): string {
  const counts = `${events} sent, ${failed} failed`
  const percentage = share === undefined ? '' : `${Math.floor(share * 100)}% · `
  const filled = Math.round((share ?? 0) * BAR)
  const bar = share === undefined ? '' : `${'█'.repeat(filled)}${'░'.repeat(BAR - filled)} `
  const marks = liveHost === undefined ? [''] : [` LIVE ${liveHost} `, ' LIVE ']
  for (const mark of marks) {
    for (const text of [bar + percentage + counts, percentage + counts, counts]) {
      if (mark.length + 1 + text.length < columns) {
        return mark === '' ? text : `${styled(['bold', 'inverse', 'red'], mark)} ${text}`
      }
    }
  }
  return counts.slice(0, Math.max(0, columns - 1))
}
