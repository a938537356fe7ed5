import { bytesOf, capOn, cutToBytes } from './body-size'
import type { LeftOut } from './left-out'
import { jsonText } from './texts'

type Data = Record<string, unknown>

/** What a key takes beside its name and its value: colon and comma. */
const PUNCTUATION = 2
const QUOTES = 2

const CUT = 'cut: Kustomer accepts 100,000 bytes per request'
const TOO_LARGE = 'ignored: Kustomer accepts 100,000 bytes per request'

/** Returns the data of a custom object without values that are nested more than 50 levels deep. */
export function readData(data: Data = {}): { value?: Data; leftOut: LeftOut[] } {
  const entries = Object.entries(data)
  const kept = entries.filter(([, value]) => value !== undefined && jsonText(value) !== undefined)
  const leftOut = entries
    .filter(([, value]) => value !== undefined && jsonText(value) === undefined)
    .map(([key]) => ({ field: `data.${key}`, reason: 'ignored: nested too deeply' }))
  return { value: kept.length > 0 ? Object.fromEntries(kept) : undefined, leftOut }
}

/**
 * Returns the data as far as it fits. The largest values are shortened first: lists lose their last items, text its end.
 *
 * @param room how many bytes the data may take as JSON
 */
export function fitData(data: Data, room: number): { value: Data; leftOut: LeftOut[] } {
  const entries = Object.entries(data)
  const sizes = entries.map(([, value]) => bytesOf(value))
  const names = entries.reduce((sum, [key]) => sum + bytesOf(key) + PUNCTUATION, PUNCTUATION)
  const cap = capOn(sizes, room - names)
  const leftOut: LeftOut[] = []
  const fitting = entries.flatMap(([key, value], index): Array<[string, unknown]> => {
    if ((sizes[index] ?? 0) <= cap) {
      return [[key, value]]
    }
    const start = startOf(value, cap)
    leftOut.push({ field: `data.${key}`, reason: start === undefined ? TOO_LARGE : CUT })
    return start === undefined ? [] : [[key, start]]
  })
  return { value: Object.fromEntries(fitting), leftOut }
}

/** Returns the start of a list or a text; undefined for other values, and if nothing of it fits. */
function startOf(value: unknown, bytes: number): unknown {
  if (typeof value === 'string') {
    return cutToBytes(value, bytes - QUOTES) || undefined
  }
  let left = bytes - PUNCTUATION
  const end = Array.isArray(value) ? value.findIndex((item) => (left -= bytesOf(item) + 1) < 0) : 0
  return Array.isArray(value) && end > 0 ? value.slice(0, end) : undefined
}
