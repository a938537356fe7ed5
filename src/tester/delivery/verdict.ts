/** What Segment does with an event once it has been tried. */
export type Verdict = 'delivered' | 'retried' | 'dropped' | 'ignored'

const RETRIED = [408, 423, 429]

/**
 * What Segment does with an event that its action answered with a status.
 *
 * @param status undefined where there was none, since the connection was lost
 */
export function verdictOf(status: number | undefined): Verdict {
  if (status === undefined || status >= 500 || RETRIED.includes(status)) {
    return 'retried'
  }
  return status < 400 ? 'delivered' : 'dropped'
}
