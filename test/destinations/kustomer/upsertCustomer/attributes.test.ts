import {
  attributesOf,
  fullName,
  gender,
  shareContested
} from '../../../../src/destinations/kustomer/upsertCustomer/attributes'
import { location, locationKey } from '../../../../src/destinations/kustomer/upsertCustomer/location'
import { urlKey, usableUrl } from '../../../../src/destinations/kustomer/upsertCustomer/url'

it('maps every field that Kustomer has an attribute for', () => {
  const payload = {
    trackingId: 'visitor',
    name: 'Ann Lee',
    firstName: 'Anna',
    username: 'ann',
    avatarUrl: 'https://example.com/ann.png',
    birthdayAt: '1980-02-29',
    signedUpAt: '1700000000',
    gender: 'Female',
    website: 'https://example.com',
    address: { street: '1 Main Street', city: 'Austin', state: 'tx', postalCode: '78744', country: 'us' },
    locale: 'en-US',
    timeZone: 'America/Chicago',
    customAttributes: { plan: 'pro' }
  }
  const identifiers = [
    { name: 'externalId' as const, value: 'u1' },
    { name: 'email' as const, value: 'ann@example.com' },
    { name: 'phone' as const, value: '+15550100200' }
  ]
  expect(attributesOf(payload, identifiers)).toEqual({
    externalId: 'u1',
    name: 'Ann Lee',
    username: 'ann',
    avatarUrl: 'https://example.com/ann.png',
    birthdayAt: '1980-02-29T00:00:00.000Z',
    signedUpAt: '2023-11-14T22:13:20.000Z',
    gender: 'f',
    locale: 'en-US',
    timeZone: 'America/Chicago',
    emails: [{ email: 'ann@example.com' }],
    phones: [{ phone: '+15550100200' }],
    urls: [{ type: 'website', url: 'https://example.com' }],
    locations: [
      { address: '1 Main Street', cityName: 'Austin', regionCode: 'TX', zipCode: '78744', countryCode: 'US' }
    ],
    custom: { planStr: 'pro' }
  })
})

it.each([
  [{ name: 'Ann Lee', firstName: 'Anna', lastName: 'Leigh' }, 'Ann Lee'],
  [{ firstName: 'Ann', lastName: 'Lee' }, 'Ann Lee'],
  [{ firstName: ' Ann ' }, 'Ann'],
  [{ lastName: 'Lee', name: ' ' }, 'Lee'],
  [{}, undefined],
  [{ name: 'x'.repeat(257) }, undefined]
])('names the customer of %j %j', (payload, name) => {
  expect(fullName(payload)).toBe(name)
})

it.each([
  ['m', 'm'],
  ['Male', 'm'],
  [' man ', 'm'],
  ['F', 'f'],
  ['female', 'f'],
  ['woman', 'f'],
  ['nonbinary', undefined],
  ['constructor', undefined],
  [undefined, undefined]
])('reads the gender %j as %j', (word, expected) => {
  expect(gender(word)).toBe(expected)
})

it.each([
  ['https://example.com/a?b#c', 'https://example.com/a?b#c'],
  [' http://example.com ', 'http://example.com'],
  ['https://example.com/a b|c/ü', undefined],
  ['https://exämple.com/a b/ü', 'https://xn--exmple-cua.com/a%20b/%C3%BC'],
  ['example.com', undefined],
  ['not a url', undefined],
  ['javascript:alert(1)', undefined],
  [undefined, undefined]
])('takes the URL %j as %j', (url, usable) => {
  expect(usableUrl(url)).toBe(usable)
})

it.each([
  ['https://Example.com', 'https://example.com/', true],
  ['https://example.com/a/', 'https://example.com/a', true],
  ['https://example.com/A', 'https://example.com/a', false],
  ['http://example.com', 'https://example.com', false],
  ['no url', 'no url', true]
])('compares %s with %s', (one, other, same) => {
  expect(urlKey(one) === urlKey(other)).toBe(same)
})

it.each([
  [
    { state: 'Texas', country: 'United States' },
    { regionName: 'Texas', countryName: 'United States' }
  ],
  [
    { state: 'TX', country: 'us' },
    { regionCode: 'TX', countryCode: 'US' }
  ],
  [{ street: 'x'.repeat(257), city: ' Austin ' }, { cityName: 'Austin' }],
  [{ postalCode: 'x'.repeat(31), city: 'x'.repeat(129), state: 'x'.repeat(129) }, undefined],
  [{ street: '', city: ' ' }, undefined],
  [{}, undefined],
  [undefined, undefined]
])('turns the address %j into %j', (address, expected) => {
  expect(location(address)).toEqual(expected)
})

it('compares locations by what an address can set, without case', () => {
  expect(locationKey({ cityName: 'AUSTIN', latitude: 30.2, name: 'home' })).toBe(locationKey({ cityName: 'austin' }))
  expect(locationKey({ cityName: 'Austin' })).not.toBe(locationKey({ regionName: 'Austin' }))
})

it.each([
  [[], { emails: [{ email: 'e' }], phones: [{ phone: 'p' }] }],
  [['email'], { sharedEmails: [{ email: 'e' }], phones: [{ phone: 'p' }] }],
  [['phone'], { emails: [{ email: 'e' }], sharedPhones: [{ phone: 'p' }] }]
] as const)('shares what is contested: %j', (contested, expected) => {
  const attributes = { name: 'Ann', emails: [{ email: 'e' }], phones: [{ phone: 'p' }] }
  expect(shareContested(attributes, new Set<'email' | 'phone'>(contested))).toEqual({ name: 'Ann', ...expected })
})
