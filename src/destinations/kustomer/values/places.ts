import { removeUndefined } from '@segment/actions-core'
import type { LocationItem } from '../api/records'
import { leftOutOf } from './left-out'
import type { LeftOut } from './left-out'
import { readText } from './texts'

export interface Address {
  street?: string
  city?: string
  state?: string
  postalCode?: string
  country?: string
}

/**
 * An address as a Kustomer location, or none where nothing of it can be kept. A country or state of two letters is a
 * code; anything else is a name. A part that is too long for Kustomer is left out.
 */
export function readAddress(address: Address = {}): { place?: LocationItem; leftOut: LeftOut[] } {
  const parts = {
    'address.street': readText(address.street, 256),
    'address.city': readText(address.city, 128),
    'address.state': readText(address.state, 128),
    'address.postalCode': readText(address.postalCode, 30),
    'address.country': readText(address.country, 64)
  }
  const state = parts['address.state'].value
  const country = parts['address.country'].value
  const place: LocationItem = removeUndefined({
    address: parts['address.street'].value,
    cityName: parts['address.city'].value,
    zipCode: parts['address.postalCode'].value,
    ...(isCode(state) ? { regionCode: state.toUpperCase() } : { regionName: state }),
    ...(isCode(country) ? { countryCode: country.toUpperCase() } : { countryName: country })
  })
  return { place: Object.keys(place).length > 0 ? place : undefined, leftOut: leftOutOf(parts) }
}

/** What two spellings of one place have in common: the parts that an address can set, without case. */
export function locationKey(item: LocationItem): string {
  const { address, cityName, zipCode, regionCode, regionName, countryCode, countryName } = item
  const parts = [address, cityName, zipCode, regionCode ?? regionName, countryCode ?? countryName]
  return JSON.stringify(parts.map((part) => part ?? '')).toLowerCase()
}

function isCode(text: string | undefined): text is string {
  return text !== undefined && /^[a-z]{2}$/i.test(text)
}
