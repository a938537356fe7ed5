import { now } from '../api/clock'
import type { Reading } from './left-out'

const DAY = 86_400_000
const MINUTE = 60_000

/** No date is longer, and no pattern is tried on what is. */
const MAX_LENGTH = 100

const ISO_DATE_TIME =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s?(?:Z|([+-])(\d\d):?(\d\d))?)?$/i
const NUMBER = /^-?\d+(?:\.\d+)?$/
const SPELLED_DAY = /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d))?$/

const EARLIEST = Date.UTC(1900, 0, 1)
const LATEST = Date.UTC(2101, 0, 1) - 1

/** What the framework takes for a `datetime` before it asks the language: parts of a date in order, others optional. */
const PARTS = /^(\d{4})[-/]?(\d{1,2})?[-/]?(\d{0,2})[Tt\s]*(\d{1,2})?:?(\d{1,2})?:?(\d{1,2})?(?:[.:]?\d+)?$/
const ZONE = /(?:Z|UTC?|GMT|[ECMP][SD]T|:\d.*[+-]\d{2}:?\d{2})\s*(?:\([^)]*\))?$/i

const NO_DATE: Reading<never> = { told: 'left out: not a date that can be read' }

/**
 * A UTC date-time such as `2024-02-29T08:00:00.000Z` from an ISO day or date-time, from 8 or 14 digits that spell a day
 * from 1900 on, or from epoch seconds where that is a year from 1900 to 2100, else milliseconds where that is.
 */
export function readDate(value: string | number | boolean | undefined): Reading<string> {
  return reading(value, (text) => toUtc(text, LATEST))
}

/** The same for a birthday or a sign-up, which as a number is no later than tomorrow. */
export function readPastDate(value: string | number | undefined): Reading<string> {
  return reading(value, (text) => toUtc(text, now() + DAY))
}

/** The same for when an event happened, in any form that the framework takes for a `datetime`, such as RFC 2822's. */
export function readTimestamp(value: string | number | undefined): Reading<string> {
  return reading(value, (text) => toUtc(text, LATEST) ?? (NUMBER.test(text) ? undefined : looseToUtc(text)))
}

/**
 * An ISO day or date-time as a UTC date-time; one without a zone is read as UTC.
 *
 * @returns undefined for any other text, and for days that no calendar has
 */
export function isoToUtc(text: string): string | undefined {
  // Most text is no date, and told by its fifth character.
  const match = text.charAt(4) === '-' ? ISO_DATE_TIME.exec(text) : null
  if (!match) {
    return undefined
  }
  const [, year = '', month = '', day = '', hour = '00', minute = '00', second = '00', fraction = '', sign] = match
  if (!isCalendarDay(Number(year), Number(month), Number(day)) || !isTimeOfDay(hour, minute, second)) {
    return undefined
  }
  const utcText = `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}Z`
  return sign === undefined ? utcText : shifted(utcText, sign, Number(match[9]) * 60 + Number(match[10]))
}

function reading(
  value: string | number | boolean | undefined,
  read: (text: string) => string | undefined
): Reading<string> {
  const text = String(value ?? '').trim()
  if (text === '') {
    return {}
  }
  const utcText = text.length <= MAX_LENGTH ? read(text) : undefined
  return utcText === undefined ? NO_DATE : { value: utcText }
}

function toUtc(text: string, latest: number): string | undefined {
  return NUMBER.test(text) ? spelledToUtc(text) ?? epochToUtc(Number(text), latest) : isoToUtc(text)
}

function spelledToUtc(digits: string): string | undefined {
  const [, year = '', month = '', day = '', hour = '00', minute = '00', second = '00'] = SPELLED_DAY.exec(digits) ?? []
  return year >= '1900' ? isoToUtc(`${year}-${month}-${day}T${hour}:${minute}:${second}`) : undefined
}

function epochToUtc(epoch: number, latest: number): string | undefined {
  const instant = [epoch * 1000, epoch].find((milliseconds) => milliseconds >= EARLIEST && milliseconds <= latest)
  return instant === undefined ? undefined : new Date(instant).toISOString()
}

function looseToUtc(text: string): string | undefined {
  const parts = PARTS.exec(text)?.slice(1, 7).map(Number)
  if (!parts) {
    // What has no zone is UTC, wherever this runs.
    return utc(Date.parse(ZONE.test(text) ? text : `${text} UTC`))
  }
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map((part) => part || 0)
  return utc(Date.UTC(year, (month || 1) - 1, day || 1, hour, minute, second))
}

/** RFC 3339 has four digits for a year, so what lies outside them has no date-time. */
function utc(instant: number): string | undefined {
  const year = new Date(instant).getUTCFullYear()
  return year >= 0 && year <= 9999 ? new Date(instant).toISOString() : undefined
}

function shifted(utcText: string, sign: string, minutesAhead: number): string | undefined {
  return utc(Date.parse(utcText) + (sign === '-' ? minutesAhead : -minutesAhead) * MINUTE)
}

function isCalendarDay(year: number, month: number, day: number): boolean {
  const isLeapYear = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const days = month === 2 ? (isLeapYear ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31
  return month >= 1 && month <= 12 && day >= 1 && day <= days
}

/** Two digits each, so that they compare as text. */
function isTimeOfDay(hour: string, minute: string, second: string): boolean {
  return hour <= '23' && minute <= '59' && second <= '59'
}
