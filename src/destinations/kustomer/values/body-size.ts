import type { CustomerAttributes } from '../api/records'
import type { LeftOut } from './left-out'

/** The most bytes of a body, in UTF-8: Kustomer refuses one over 100 kB. */
export const MAX_BODY = 100_000

/** What an update may have to repeat beside an event's own attributes: lists, company, rev. */
const ROOM_FOR_THE_RECORD = 20_000

/** Custom attributes that may be cut: of another type, half a value is none. */
const TEXT = /(?:Str|Txt)$/

/** One character that is itself within JSON: most are, and need not be tried. */
const PLAIN = /^[ !#-[\]-~]$/

/** The size of a value as JSON in UTF-8. */
export function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value))
}

/** How many bytes a text takes within JSON, its quotes not counted. */
export function bytesInText(text: string): number {
  return PLAIN.test(text) ? 1 : bytesOf(text) - 2
}

/** How many characters a text takes within JSON, its quotes not counted. */
export function lengthInText(text: string): number {
  return PLAIN.test(text) ? 1 : JSON.stringify(text).length - 2
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

/** The start of a text that takes at most so much, no character in half. */
export function startWithin(text: string, max: number, sizeOf: (character: string) => number): string {
  let size = 0
  let end = 0
  for (const character of text) {
    size += sizeOf(character)
    if (size > max) {
      break
    }
    end += character.length
  }
  return text.slice(0, end)
}

/** The start of a text that takes at most so many bytes within JSON. */
export function cutToBytes(text: string, max: number): string {
  return startWithin(text, max, bytesInText)
}

/**
 * What an event wants of a customer, small enough for one body together with what an update repeats of the record. The
 * longest custom attributes give way first: text is cut, anything else is left out.
 */
export function fitCustomer(wanted: CustomerAttributes): { wanted: CustomerAttributes; leftOut: LeftOut[] } {
  const max = MAX_BODY - ROOM_FOR_THE_RECORD
  const { custom } = wanted
  const size = bytesOf(wanted)
  if (!custom || size <= max) {
    return { wanted, leftOut: [] }
  }
  const leftOut: LeftOut[] = []
  const texts = Object.entries(custom).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  const sizes = texts.map(([, text]) => bytesInText(text))
  const cap = capOn(sizes, max - size + sizes.reduce((sum, bytes) => sum + bytes, 0))
  const fitting = new Map(Object.entries(custom))
  texts.forEach(([name, text], index) => {
    if ((sizes[index] ?? 0) > cap) {
      const start = TEXT.test(name) ? cutToBytes(text, cap) : ''
      const field = `customAttributes.${name}`
      if (start === '') {
        fitting.delete(name)
        leftOut.push({ field, reason: 'left out: Kustomer takes 100,000 bytes at once' })
      } else {
        fitting.set(name, start)
        leftOut.push({ field, reason: 'cut: Kustomer takes 100,000 bytes at once' })
      }
    }
  })
  return { wanted: { ...wanted, custom: Object.fromEntries(fitting) }, leftOut }
}
