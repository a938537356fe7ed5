import type { Reading } from './left-out'

const DIGITS = /^\d{1,3}(?:,\d{3})+$|^\d+$/

/** A number of people: digits, with or without commas between thousands. A range or a word is none. */
export function readCount(text: string | undefined): Reading<number> {
  const trimmed = text?.trim() ?? ''
  if (trimmed === '') {
    return {}
  }
  const count = DIGITS.test(trimmed) ? Number(trimmed.replace(/,/g, '')) : NaN
  return Number.isSafeInteger(count) ? { value: count } : { told: 'left out: not a whole number' }
}
