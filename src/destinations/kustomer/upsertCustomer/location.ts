import { removeUndefined } from '@segment/actions-core'
import type { LocationItem } from '../records'
import type { Payload } from './generated-types'
import { within } from './text'

/**
 * An address as a Kustomer location, or undefined where nothing of it can be kept. A country or state of two letters
 * is a code; anything longer is a name. A part that is too long for Kustomer is left out.
 */
export function location(address: Payload['address']): LocationItem | undefined {
  const country = address?.country?.trim() ?? ''
  const state = address?.state?.trim() ?? ''
  const parts: LocationItem = {
    address: within(address?.street, 256),
    cityName: within(address?.city, 128),
    zipCode: within(address?.postalCode, 30),
    ...(isCode(state) ? { regionCode: state.toUpperCase() } : { regionName: within(state, 128) }),
    ...(isCode(country) ? { countryCode: country.toUpperCase() } : { countryName: within(country, 64) })
  }
  const known = removeUndefined(parts)
  return Object.keys(known).length > 0 ? known : undefined
}

/** What two spellings of one place have in common: the parts that an address can set, without case. */
export function locationKey(item: LocationItem): string {
  const { address, cityName, zipCode, regionCode, regionName, countryCode, countryName } = item
  const parts = [address, cityName, zipCode, regionCode ?? regionName, countryCode ?? countryName]
  return JSON.stringify(parts.map((part) => part ?? '')).toLowerCase()
}

function isCode(text: string): boolean {
  return /^[a-z]{2}$/i.test(text)
}
