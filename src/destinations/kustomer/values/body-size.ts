import { removeUndefined } from '@segment/actions-core'
import { cut } from './texts'

/** The maximum size of a request's body in bytes of UTF-8. Kustomer rejects larger ones. */
export const MAX_BODY = 100_000

/** Bytes that an update may have to repeat besides an event's own attributes: lists, company, rev. */
const ROOM_FOR_THE_RECORD = 20_000

/** A comma and a colon, or the brackets of a list. */
const PUNCTUATION = 2

const URL_START = /^https?:/i

/** Returns the size of a value as JSON in bytes of UTF-8. */
export function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value))
}

/** Returns how many bytes are left for the custom attributes or the data of a record. */
export function roomFor(wanted: object): number {
  return MAX_BODY - ROOM_FOR_THE_RECORD - bytesOf({ ...wanted, custom: {} })
}

/**
 * Returns the values that fit. The largest is cut, then the next: a text at its end, a list after its last item that fits.
 *
 * @param room how many bytes they may take as JSON
 * @returns `reasons` by the names of the values that were cut or left out
 */
export function fitInto<Value>(
  values: Record<string, Value>,
  room: number
): { values: Record<string, Value>; reasons: Map<string, string> } {
  const fitted = new Map(Object.entries(values))
  const reasons = new Map<string, string>()
  const sizes = [...fitted].map(([name, value]) => {
    const size = bytesOf(value)
    return { name, value, size, whole: bytesOf(name) + size + PUNCTUATION }
  })
  let excess = sizes.reduce((sum, { whole }) => sum + whole, -room)
  for (const { name, value, size, whole } of sizes.sort((one, other) => other.size - one.size)) {
    if (excess <= 0) {
      break
    }
    const start = startOf(value, size - excess)
    reasons.set(name, `${start === undefined ? 'ignored' : 'cut'}: Kustomer accepts 100,000 bytes per request`)
    excess -= start === undefined ? whole : size - bytesOf(start)
    fitted.set(name, start as unknown as Value)
  }
  return { values: removeUndefined(Object.fromEntries(fitted)), reasons }
}

/** Returns the start of a text or a list that takes at most so many bytes, if there is one. A URL is never cut. */
function startOf(value: unknown, bytes: number): string | unknown[] | undefined {
  if (Array.isArray(value)) {
    let left = bytes - PUNCTUATION
    const end = value.findIndex((item) => (left -= bytesOf(item) + 1) < 0)
    return end > 0 ? value.slice(0, end) : undefined
  }
  const text = typeof value === 'string' && !URL_START.test(value) ? value : ''
  let [fits, tooLong] = [0, text.length]
  while (tooLong - fits > 1) {
    const middle = Math.floor((fits + tooLong) / 2)
    ;[fits, tooLong] = bytesOf(cut(text, middle)) <= bytes ? [middle, tooLong] : [fits, middle]
  }
  return cut(text, fits) || undefined
}
