/** The maximum size of a request's body in bytes of UTF-8. Kustomer rejects larger ones. */
export const MAX_BODY = 100_000

/** What an update may have to repeat beside an event's own attributes, in bytes: lists, company, rev. */
const ROOM_FOR_THE_RECORD = 20_000

/** One character that is itself within JSON: most are, and need not be tried. */
const PLAIN = /^[ !#-[\]-~]$/

/** The size of a value as JSON in UTF-8. */
export function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value))
}

/** How many bytes the custom attributes of a record may take beside what else an event says of it. */
export function roomFor(wanted: unknown): number {
  return MAX_BODY - ROOM_FOR_THE_RECORD - bytesOf(wanted)
}

/** The largest cap on sizes with which they fit together into `room`: the longest give way first. */
export function capOn(sizes: number[], room: number): number {
  let left = room
  const ascending = [...sizes].sort((one, other) => one - other)
  for (const [index, size] of ascending.entries()) {
    const share = Math.floor(left / (ascending.length - index))
    if (size > share) {
      return Math.max(0, share)
    }
    left -= size
  }
  return Infinity
}

/** Returns the start of a text that takes at most this many bytes within JSON. */
export function cutToBytes(text: string, max: number): string {
  let [bytes, end] = [0, 0]
  for (const character of text) {
    bytes += PLAIN.test(character) ? 1 : bytesOf(character) - 2
    if (bytes > max) {
      break
    }
    end += character.length
  }
  return text.slice(0, end)
}
