import { record } from '../../__tests__/__helpers__/answers'
import type { RecordKind } from '../../api/records'
import { kindOf, LISTS } from '../kinds'
import type { ListName } from '../kinds'
import { itemsOf, MAX_ITEMS, missingFrom, uniteItems } from '../lists'

it('knows the lists that are written, and the field of each', () => {
  const listed = (kind: RecordKind) =>
    kindOf(kind).lists.map((name) => [name, LISTS[name].field, LISTS[name].elsewhere])
  expect(listed('customer')).toEqual([
    ['emails', 'email', 'sharedEmails'],
    ['sharedEmails', 'email', 'emails'],
    ['phones', 'phone', 'sharedPhones'],
    ['sharedPhones', 'phone', 'phones'],
    ['urls', 'website', undefined],
    ['locations', 'address', undefined]
  ])
  expect(listed('company')).toEqual([
    ['emails', 'email', 'sharedEmails'],
    ['phones', 'phone', 'sharedPhones'],
    ['urls', 'website', undefined],
    ['domains', 'website', undefined],
    ['locations', 'address', undefined]
  ])
  expect(MAX_ITEMS).toBe(10)
})

describe('itemsOf', () => {
  const shown = { id: null, externalVerified: true, extra: 'x' }
  const location = {
    type: 'home',
    name: 'Flat',
    address: '1 Main Street',
    address2: 'Door 2',
    address3: 'Floor 3',
    latitude: 47.1,
    longitude: 15.4,
    countryCode: 'AT',
    countryName: 'Austria',
    regionCode: 'ST',
    regionName: 'Styria',
    cityName: 'Graz',
    zipCode: '8010',
    areaCode: '316'
  }

  it.each<[ListName, Record<string, unknown>]>([
    ['emails', { type: 'home', email: 'ann@example.com', verified: true }],
    ['sharedEmails', { type: 'work', email: 'ann@example.com', verified: false }],
    ['phones', { type: 'mobile', phone: '+15550100200', verified: true }],
    ['sharedPhones', { type: 'other', phone: '+15550100200', verified: false }],
    ['whatsapps', { type: 'mobile', phone: '+15550100200', verified: true }],
    ['socials', { type: 'twitter', username: 'acme', userid: '1', url: 'https://acme.example', verified: true }],
    ['urls', { type: 'website', url: 'https://example.com' }],
    ['domains', { domain: 'acme.example' }],
    ['locations', location]
  ])('reads of %s what may be written back', (name, item) => {
    expect(itemsOf(record({ [name]: [{ ...item, ...shown }] }), name)).toEqual([item])
  })

  it('leaves out what is null, which no item may be', () => {
    const [item] = itemsOf(record({ emails: [{ type: null, email: 'ann@example.com', verified: false }] }), 'emails')
    expect(item).toStrictEqual({ email: 'ann@example.com', verified: false })
  })

  it('reads places that differ by their id alone once', () => {
    const graz = { type: 'home', cityName: 'Graz' }
    const locations = [{ ...graz, id: '1' }, { cityName: 'Wien' }, { ...graz, id: '2' }]
    expect(itemsOf(record({ locations }), 'locations')).toEqual([graz, { cityName: 'Wien' }])
  })

  it('keeps items that are spelled differently, as an agent left them', () => {
    const emails = [{ email: 'ann@example.com' }, { email: 'Ann@example.com' }]
    expect(itemsOf(record({ emails }), 'emails')).toEqual(emails)
  })

  it.each([undefined, null, 'text', {}, [null, 'text', 5]])('reads %j as nothing', (emails) => {
    expect(itemsOf(record({ emails }), 'emails')).toEqual([])
  })
})

describe('missingFrom', () => {
  it.each<[string, Record<string, unknown>, Record<string, unknown[]>, ListName, unknown[]]>([
    ['nothing wanted', {}, {}, 'emails', []],
    ['an email', {}, { emails: [{ email: 'a@example.com' }] }, 'emails', [{ email: 'a@example.com' }]],
    [
      'one that is there',
      { emails: [{ email: 'A@example.com' }] },
      { emails: [{ email: 'a@example.com' }] },
      'emails',
      []
    ],
    [
      'one that is shared',
      { sharedEmails: [{ email: 'A@example.com' }] },
      { emails: [{ email: 'a@example.com' }] },
      'emails',
      []
    ],
    [
      'one to share that is there',
      { emails: [{ email: 'A@example.com' }] },
      { sharedEmails: [{ email: 'a@example.com' }] },
      'sharedEmails',
      []
    ],
    [
      'one wanted twice',
      {},
      { emails: [{ email: 'a@example.com' }, { email: 'A@Example.com' }] },
      'emails',
      [{ email: 'a@example.com' }]
    ],
    [
      'a phone that is there',
      { phones: [{ phone: '+1 (555) 010-0200' }] },
      { phones: [{ phone: '+15550100200' }] },
      'phones',
      []
    ],
    [
      'a phone that is shared',
      { sharedPhones: [{ phone: '15550100200' }] },
      { phones: [{ phone: '+15550100200' }] },
      'phones',
      []
    ],
    [
      'a phone to share that is there',
      { phones: [{ phone: '15550100200' }] },
      { sharedPhones: [{ phone: '+15550100200' }] },
      'sharedPhones',
      []
    ],
    [
      'a URL that is there',
      { urls: [{ url: 'https://Acme.example/' }] },
      { urls: [{ url: 'https://acme.example' }] },
      'urls',
      []
    ],
    [
      'another URL',
      { urls: [{ url: 'https://acme.example/a' }] },
      { urls: [{ url: 'https://acme.example' }] },
      'urls',
      [{ url: 'https://acme.example' }]
    ],
    [
      'a domain that is there',
      { domains: [{ domain: 'Acme.example' }] },
      { domains: [{ domain: 'acme.Example' }] },
      'domains',
      []
    ],
    [
      'another domain',
      { domains: [{ domain: 'acme.example' }] },
      { domains: [{ domain: 'acme.test' }] },
      'domains',
      [{ domain: 'acme.test' }]
    ],
    [
      'a place that is there',
      { locations: [{ type: 'home', cityName: 'graz' }] },
      { locations: [{ cityName: 'Graz' }] },
      'locations',
      []
    ],
    [
      'another place',
      { locations: [{ cityName: 'Wien' }] },
      { locations: [{ cityName: 'Graz' }] },
      'locations',
      [{ cityName: 'Graz' }]
    ]
  ])('%s', (_what, attributes, wanted, name, missing) => {
    expect(missingFrom(record(attributes), wanted, name)).toEqual(missing)
  })
})

describe('uniteItems', () => {
  it('keeps the first list as it is, and of the second what is new, each once', () => {
    expect(
      uniteItems(
        'emails',
        [{ email: 'a@example.com' }, { email: 'A@example.com' }],
        [{ email: 'a@Example.com' }, { email: 'b@example.com' }, { email: 'B@example.com' }]
      )
    ).toEqual([{ email: 'a@example.com' }, { email: 'A@example.com' }, { email: 'b@example.com' }])
  })
})
