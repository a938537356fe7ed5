import { bytesOf, capOn } from './body-size'
import type { LeftOut } from './left-out'
import { jsonText } from './texts'

type Data = Record<string, unknown>

/** What a key or an item takes beside its name and its value, and what the brackets take. */
const PUNCTUATION = 2

/** Returns the data of a custom object without values that are nested more than 50 levels deep. */
export function readData(data: Data = {}): { value?: Data; leftOut: LeftOut[] } {
  const entries = Object.entries(data).filter(([, value]) => value !== undefined)
  const deep = new Set(entries.filter(([, value]) => jsonText(value) === undefined).map(([key]) => key))
  const value = Object.fromEntries(entries.filter(([key]) => !deep.has(key)))
  const leftOut = [...deep].map((key) => ({ field: `data.${key}`, reason: 'ignored: nested too deeply' }))
  return { value: Object.keys(value).length > 0 ? value : undefined, leftOut }
}

/**
 * Returns the data as far as it fits. The largest values give way first: lists lose their last items, and others are
 * ignored.
 *
 * @param room how many bytes the data may take as JSON
 */
export function fitData(data: Data, room: number): { value: Data; leftOut: LeftOut[] } {
  const entries = Object.entries(data).map(([key, value]) => ({ key, value, size: bytesOf(value) }))
  const names = entries.reduce((sum, { key }) => sum + bytesOf(key) + PUNCTUATION, PUNCTUATION)
  const cap = capOn(
    entries.map(({ size }) => size),
    room - names
  )
  const fitted = entries.map((entry) => (entry.size > cap ? { ...entry, value: startOf(entry.value, cap) } : entry))
  const large = fitted.filter(({ size }) => size > cap)
  return {
    value: Object.fromEntries(fitted.flatMap(({ key, value }) => (value === undefined ? [] : [[key, value]]))),
    leftOut: large.map(({ key, value }) => ({
      field: `data.${key}`,
      reason: `${value === undefined ? 'ignored' : 'cut'}: Kustomer accepts 100,000 bytes per request`
    }))
  }
}

/** Returns the first items of a list that fit; undefined for other values, and if none fits. */
function startOf(value: unknown, bytes: number): unknown[] | undefined {
  const list: unknown[] = Array.isArray(value) ? value : []
  let left = bytes - PUNCTUATION
  const end = list.findIndex((item) => (left -= bytesOf(item) + 1) < 0)
  return end > 0 ? list.slice(0, end) : undefined
}
