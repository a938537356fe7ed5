const ISO_DATE_TIME = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2})?(?:[.,](\d{1,9}))?\s?(Z|[+-]\d{2}:?\d{2})?)?$/i

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
  const match = ISO_DATE_TIME.exec(text)
  if (!match) {
    return undefined
  }
  const [, day, minutes = '00:00', seconds = ':00', fraction = '0', zone = 'Z'] = match
  const instant = new Date(`${day}T${minutes}${seconds}.${fraction.slice(0, 3)}${offset(zone)}`)
  return isCalendarDay(day) ? utc(instant) : undefined
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

function isCalendarDay(day: string | undefined): boolean {
  const midnight = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(`${day}`)
}

function offset(zone: string): string {
  return zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase()
}
