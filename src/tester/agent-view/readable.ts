/** The parts of a location in the order of an address. */
const ADDRESS = ['address', 'cityName', 'regionCode', 'regionName', 'zipCode', 'countryCode', 'countryName']
const UNREAD = ['id', 'type', 'verified', 'externalVerified']

/** A value in one line: the items of a list by what they hold. */
export function readable(value: unknown): string {
  if (Array.isArray(value)) {
    return value.map(readable).join('; ')
  }
  if (typeof value === 'object' && value !== null) {
    const parts = Object.entries(value).filter(([key]) => !UNREAD.includes(key))
    const inOrder = parts.sort(([one], [other]) => ADDRESS.indexOf(one) - ADDRESS.indexOf(other))
    return inOrder.map(([, part]) => readable(part)).join(', ')
  }
  if (value === undefined || value === null) {
    return ''
  }
  return typeof value === 'string' ? value : JSON.stringify(value)
}
