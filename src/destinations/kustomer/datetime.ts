const ISO_DATE_TIME =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s?(?:Z|([+-])(\d\d):?(\d\d))?)?$/i

const MINUTE = 60_000

/** Smaller numbers could be a year or a calendar day, and a wrong date is worse than none. */
const SMALLEST_EPOCH = 1e8

/** In seconds this is the year 2286; in milliseconds, April 1970. */
const SMALLEST_EPOCH_IN_MILLISECONDS = 1e10

/**
 * An ISO day or date-time as a UTC date-time such as `2024-02-29T08:00:00.000Z`; one without a zone is read as UTC.
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

/**
 * A UTC date-time from an ISO day, an ISO date-time, epoch seconds or epoch milliseconds, as a number or as digits.
 *
 * @returns undefined for anything else
 */
export function toUtc(value: string | number): string | undefined {
  const text = String(value).trim()
  if (!/^-?\d+(?:\.\d+)?$/.test(text)) {
    return isoToUtc(text)
  }
  const epoch = Number(text)
  const size = Math.abs(epoch)
  return size < SMALLEST_EPOCH ? undefined : utc(new Date(size < SMALLEST_EPOCH_IN_MILLISECONDS ? epoch * 1000 : epoch))
}

/** RFC 3339 has four digits for a year, so what lies outside them has no date-time. */
function utc(instant: Date): string | undefined {
  const year = instant.getUTCFullYear()
  return year >= 0 && year <= 9999 ? instant.toISOString() : undefined
}

function shifted(utcText: string, sign: string, minutesAhead: number): string | undefined {
  return utc(new Date(Date.parse(utcText) + (sign === '-' ? minutesAhead : -minutesAhead) * MINUTE))
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
