import type { Reading } from './left-out'

const DIGITS = /^(?:\d+|\d{1,3}(?:,\d{3})+)$/

/** Returns a number of people: digits, with or without commas between thousands. */
export function readCount(text = ''): Reading<number> {
  const trimmed = text.trim()
  const count = DIGITS.test(trimmed) ? Number(trimmed.replace(/,/g, '')) : NaN
  return Number.isSafeInteger(count) ? { value: count } : { reason: trimmed === '' ? undefined : 'not a whole number' }
}
