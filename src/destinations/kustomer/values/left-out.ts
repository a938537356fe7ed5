/** One thing of an event that was left out, changed or shared, in plain words and never with the value. */
export interface LeftOut {
  /** The key of the payload's field, with a path below it: `email`, `address.country`, `customAttributes.score`. */
  field: string
  /** Such as `left out: not an email address` or `cut to 1,024 characters`. */
  reason: string
}

/** What a rule makes of a value: what Kustomer takes, and what was left out or changed of it. A blank has neither. */
export interface Reading<Value> {
  value?: Value
  told?: string
}

/** A message names no more than this, since Segment shows it in one line. */
const MAX_IN_WORDS = 10

/** What the readings of an event's fields left out or changed, in their order. */
export function leftOutOf(readings: Record<string, Reading<unknown>>): LeftOut[] {
  return Object.entries(readings).flatMap(([field, { told }]) => (told === undefined ? [] : [{ field, reason: told }]))
}

/** A message with what was left out of its event: the first ten things, and how many more there are. */
export function withLeftOut(message: string, leftOut: LeftOut[]): string {
  if (leftOut.length === 0) {
    return message
  }
  const things = leftOut.slice(0, MAX_IN_WORDS).map(({ field, reason }) => `${field} (${reason})`)
  const more = leftOut.length - things.length
  return `${message} Not sent as given: ${things.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`
}

/** An error whose message tells what was left out of its event, and which carries it for whoever lists it. */
export function tellLeftOut<Failure extends Error>(error: Failure, leftOut: LeftOut[]): Failure {
  error.message = withLeftOut(error.message, leftOut)
  return Object.assign(error, { leftOut })
}
