import { now } from '../api/clock'
import type { Reading } from './left-out'

const DAY = 86_400_000
const MINUTE = 60_000

/** No date is longer, and no pattern is tried on longer text. */
const MAX_LENGTH = 100

const ZONE = '(?:Z|UTC|GMT)?(?:([+-])(\\d\\d)(?::?(\\d\\d))?)?'
const ISO = new RegExp(
  `^(\\d{4})-(\\d\\d)-(\\d\\d)(?:[T ](\\d\\d:\\d\\d)(?::(\\d\\d)(?:[.,](\\d{1,9}))?)?\\s?${ZONE})?$`,
  'i'
)
/** As in `Mon, 02 Mar 2026 09:02:00 GMT`, and in `Mon Mar 02 2026 10:02:00 GMT+0100 (Central European Standard Time)`. */
const WORDS = new RegExp(
  `^(?:[a-z]{3},? )?(?:(\\d\\d?) ([a-z]{3})|([a-z]{3}) (\\d\\d?)) (\\d{4}) (\\d\\d:\\d\\d:\\d\\d) (?=\\S)${ZONE}(?: \\(.+\\))?$`,
  'i'
)
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
/** Fewer digits, such as `1990`, say too little. */
const EPOCH = /^-?\d{7,}(?:\.\d+)?$/
const SPELLED_DAY = /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d))?$/

type Given = string | number | boolean | undefined

const EARLIEST = Date.UTC(1900, 0, 1)
const LATEST = Date.UTC(2101, 0, 1) - 1

/**
 * Returns a UTC date-time such as `2024-02-29T08:00:00.000Z` from an ISO day or date-time; a date in words with its zone;
 * 8 or 14 digits that spell a day from 1900 on; or a number that as epoch seconds, else as milliseconds, is in the years
 * 1900 to 2100.
 */
export function readDate(value: Given): Reading<string> {
  return reading(value, LATEST)
}

/** Returns the same for a birthday or a sign-up: a number must not be later than tomorrow. */
export function readPastDate(value: Given): Reading<string> {
  return reading(value, now() + DAY)
}

/** Returns an ISO day or date-time as a UTC date-time. Without a zone, it is UTC. */
export function isoToUtc(text: string): string | undefined {
  // Most text isn't a date, and its fifth character tells.
  const match = text.charAt(4) === '-' ? ISO.exec(text) : null
  if (!match) {
    return undefined
  }
  const [, year, month, day, time = '00:00', second = '00', fraction = '', ...zone] = match
  return toUtc(`${year}-${month}-${day}`, `${time}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}`, zone)
}

function reading(value: Given, latest: number): Reading<string> {
  const text = String(value ?? '').trim()
  if (text === '') {
    return {}
  }
  const date =
    text.length > MAX_LENGTH
      ? undefined
      : spelledToUtc(text) ?? epochToUtc(text, latest) ?? isoToUtc(text) ?? wordsToUtc(text)
  return date === undefined ? { reason: 'not a valid date' } : { value: date }
}

function wordsToUtc(text: string): string | undefined {
  const match = WORDS.exec(text.replace(/ {2,}/g, ' '))
  const [, firstDay, secondMonth, firstMonth, secondDay, year = '', time = '', ...zone] = match ?? []
  const month = MONTHS.indexOf((firstMonth ?? secondMonth ?? '').toLowerCase()) + 1
  const day = `${year}-${String(month).padStart(2, '0')}-${(firstDay ?? secondDay ?? '').padStart(2, '0')}`
  return match ? toUtc(day, `${time}.000`, zone) : undefined
}

function spelledToUtc(digits: string): string | undefined {
  const [, year = '', month, day, hour = '00', minute = '00', second = '00'] = SPELLED_DAY.exec(digits) ?? []
  return year >= '1900' ? toUtc(`${year}-${month}-${day}`, `${hour}:${minute}:${second}.000`) : undefined
}

function epochToUtc(text: string, latest: number): string | undefined {
  const epoch = EPOCH.test(text) ? Number(text) : NaN
  const instant = [epoch * 1000, epoch].find((milliseconds) => milliseconds >= EARLIEST && milliseconds <= latest)
  return instant === undefined ? undefined : new Date(instant).toISOString()
}

/** Returns undefined for days and times that don't exist, and for years that RFC 3339 can't write. */
function toUtc(day: string, time: string, [sign, hours = '0', minutes = '0']: string[] = []): string | undefined {
  const instant = Date.parse(`${day}T${time}Z`)
  if (Number.isNaN(instant) || new Date(instant).toISOString().slice(0, day.length) !== day) {
    return undefined
  }
  const ahead = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -MINUTE : MINUTE)
  const date = new Date(instant - ahead).toISOString()
  return date.length === '2024-02-29T08:00:00.000Z'.length ? date : undefined
}
