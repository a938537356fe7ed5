/** One value of an event that was left out, changed, or shared. It never contains the value itself. */
export interface LeftOut {
  /** The key of the payload's field, with a path below it: `email`, `address.country`, `customAttributes.score`. */
  field: string
  /** Such as `not a valid email address` or `cut to 1,024 characters`. */
  reason: string
}

/** A value as Kustomer accepts it, and why it was left out or changed. A blank value has neither. */
export interface Reading<Value> {
  value?: Value
  reason?: string
}

/** Segment shows a message in one line, so it names no more than this. */
const MAX_IN_MESSAGE = 10

const MAX_LEFT_OUT = 100

/** Returns what the readings of an event's fields left out or changed, in their order. */
export function leftOutOf(readings: Record<string, Reading<unknown>>): LeftOut[] {
  return Object.entries(readings).flatMap(([field, { reason }]) => (reason === undefined ? [] : [{ field, reason }]))
}

/** Returns the first 100, and how many more there are: an event can have any number of invalid values. */
export function atMost100(leftOut: LeftOut[]): LeftOut[] {
  const [next] = leftOut.slice(MAX_LEFT_OUT)
  const more = leftOut.length - MAX_LEFT_OUT
  return next
    ? [
        ...leftOut.slice(0, MAX_LEFT_OUT),
        { field: next.field.replace(/\..*/s, ''), reason: `and ${more.toLocaleString('en-US')} more values` }
      ]
    : leftOut
}

/** Returns a message with what was left out of its event. */
export function withLeftOut(message: string, leftOut: LeftOut[]): string {
  if (leftOut.length === 0) {
    return message
  }
  const shown = leftOut.slice(0, MAX_IN_MESSAGE).map(({ field, reason }) => `${field} (${reason})`)
  const more = leftOut.length - shown.length
  return `${message} Not sent as given: ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`
}

/** Adds what was left out of an event to an error: to its message, and as `leftOut`. */
export function tellLeftOut<Failure>(error: Failure, leftOut: LeftOut[]): Failure {
  if (error instanceof Error) {
    error.message = withLeftOut(error.message, leftOut)
    Object.assign(error, { leftOut })
  }
  return error
}
