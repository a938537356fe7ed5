import { isObject, removeUndefined } from '@segment/actions-core'
import type { Location } from '../api/records'
import { leftOutOf } from './left-out'
import type { LeftOut } from './left-out'
import { readText, scalarText } from './texts'

/** The parts of an address, and the most characters that Kustomer accepts of each. */
const PARTS = { street: 256, city: 128, state: 128, postalCode: 30, country: 64 }

/**
 * Returns an address as a Kustomer location. A country or state of two letters is a code; anything else is a name.
 *
 * @returns no `place` if no part is valid
 */
export function readAddress(address: Record<string, unknown> = {}): { place?: Location; leftOut: LeftOut[] } {
  const { street, city, state, postalCode, country } = Object.fromEntries(
    Object.entries(PARTS).map(([name, max]) => {
      const { value, reason } = scalarText(name === 'street' ? streetOf(address) : address[name])
      return [name, reason === undefined ? readText(value, max) : { reason }]
    })
  ) as Record<keyof typeof PARTS, ReturnType<typeof readText>>
  const place: Location = removeUndefined({
    address: street.value,
    cityName: city.value,
    zipCode: postalCode.value,
    ...(isCode(state.value) ? { regionCode: state.value.toUpperCase() } : { regionName: state.value }),
    ...(isCode(country.value) ? { countryCode: country.value.toUpperCase() } : { countryName: country.value })
  })
  const readings = { street, city, state, postalCode, country }
  return {
    place: Object.keys(place).length > 0 ? place : undefined,
    leftOut: leftOutOf(readings).map(({ field, reason }) => ({ field: `address.${field}`, reason }))
  }
}

/** The default mapping takes the whole address for a street that isn't text, because an address can be text. */
function streetOf({ street }: Record<string, unknown>): unknown {
  return isObject(street) && Object.keys(PARTS).some((part) => part in street) ? street.street : street
}

/** Returns what two spellings of one place have in common: the parts that an address can set, without case. */
export function locationKey(item: Location): string {
  const { address, cityName, zipCode, regionCode, regionName, countryCode, countryName } = item
  const parts = [address, cityName, zipCode, regionCode ?? regionName, countryCode ?? countryName]
  return JSON.stringify(parts.map((part) => part ?? '')).toLowerCase()
}

function isCode(text: string | undefined): text is string {
  return text !== undefined && /^[a-z]{2}$/i.test(text)
}
