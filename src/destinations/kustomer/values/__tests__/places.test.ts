import { locationKey, readAddress } from '../places'

const told = (part: string, max: number) => ({
  field: `address.${part}`,
  reason: `longer than ${max} characters`
})

it.each([
  [
    { street: ' 1 Main Street ', city: 'Austin', state: 'Texas', postalCode: '78744', country: 'United States' },
    {
      address: '1 Main Street',
      cityName: 'Austin',
      regionName: 'Texas',
      zipCode: '78744',
      countryName: 'United States'
    }
  ],
  [
    { state: ' tx ', country: 'us' },
    { regionCode: 'TX', countryCode: 'US' }
  ],
  [
    { state: 'a1', country: 'USA' },
    { regionName: 'a1', countryName: 'USA' }
  ],
  [
    { state: 'x', country: 'ü' },
    { regionName: 'x', countryName: 'ü' }
  ],
  [
    {
      street: 'x'.repeat(256),
      city: 'x'.repeat(128),
      state: 'x'.repeat(128),
      postalCode: 'x'.repeat(30),
      country: 'x'.repeat(64)
    },
    {
      address: 'x'.repeat(256),
      cityName: 'x'.repeat(128),
      regionName: 'x'.repeat(128),
      zipCode: 'x'.repeat(30),
      countryName: 'x'.repeat(64)
    }
  ],
  [{ street: '12 Main St, Springfield' }, { address: '12 Main St, Springfield' }],
  [
    { street: { city: 'Austin' }, city: 'Austin', postalCode: 78744 },
    { cityName: 'Austin', zipCode: '78744' }
  ],
  [{ street: '', city: ' ' }, undefined],
  [{}, undefined],
  [undefined, undefined]
])('turns an address into a place, case %#', (address, place) => {
  expect(readAddress(address)).toEqual({ place, leftOut: [] })
})

it('leaves out the parts that are too long', () => {
  const address = {
    street: 'x'.repeat(257),
    city: 'x'.repeat(129),
    state: 'x'.repeat(129),
    postalCode: 'x'.repeat(31),
    country: 'x'.repeat(65)
  }
  expect(readAddress(address)).toEqual({
    leftOut: [told('street', 256), told('city', 128), told('state', 128), told('postalCode', 30), told('country', 64)]
  })
})

it.each([
  [{ cityName: 'AUSTIN', latitude: 30.2, name: 'home' }, { cityName: 'austin' }, true],
  [{ regionCode: 'TX' }, { regionName: 'tx' }, true],
  [{ countryCode: 'US' }, { countryName: 'us' }, true],
  [{ address: 'a' }, { address: 'b' }, false],
  [{ zipCode: '1' }, { zipCode: '2' }, false],
  [{ cityName: 'Austin' }, { regionName: 'Austin' }, false],
  [{ regionCode: 'TX' }, { countryCode: 'TX' }, false],
  [{ regionCode: 'TX' }, { regionCode: 'CA' }, false],
  [{ regionName: 'Texas' }, { regionName: 'Utah' }, false],
  [{ countryCode: 'US' }, { countryCode: 'AT' }, false],
  [{ countryName: 'Austria' }, { countryName: 'Chile' }, false],
  [{ cityName: 'Austin' }, { cityName: 'Austin', zipCode: '' }, true]
])('compares the places %j and %j', (one, other, same) => {
  expect(locationKey(one) === locationKey(other)).toBe(same)
})

it('leaves out the parts that are not text', () => {
  expect(readAddress({ street: { street: ['1'], city: 'Austin' } }).leftOut).toEqual([
    { field: 'address.street', reason: 'not text' }
  ])
  const address = { street: { line1: '1 Main Street' }, city: ['Austin'], state: true, country: 'us' }
  expect(readAddress(address)).toEqual({
    place: { countryCode: 'US' },
    leftOut: ['street', 'city', 'state'].map((part) => ({ field: `address.${part}`, reason: 'not text' }))
  })
})
