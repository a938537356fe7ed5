import { bytesOf } from '../../values/body-size'
import { attributesOf } from '../attributes'

const NOBODY = { identifiers: [], leftOut: [] }

it('maps every field that Kustomer has an attribute for', () => {
  const payload = {
    trackingId: 'visitor',
    name: 'Ann Lee',
    firstName: 'Anna',
    username: ' ann ',
    avatarUrl: 'https://example.com/ann.png',
    birthdayAt: '1980-02-29',
    signedUpAt: '1700000000',
    gender: 'Female',
    website: 'example.com',
    address: { street: '1 Main Street', city: 'Austin', state: 'tx', postalCode: '78744', country: 'us' },
    locale: 'en-US',
    timeZone: 'America/Chicago',
    customAttributes: { plan: 'pro', oldStr: null }
  }
  const identification = {
    identifiers: [
      { name: 'externalId' as const, value: 'u1' },
      { name: 'email' as const, value: 'ann@example.com' }
    ],
    email: 'ann@example.com',
    phone: '030901820',
    leftOut: []
  }
  expect(attributesOf(payload, identification)).toEqual({
    wanted: {
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
      phones: [{ phone: '030901820' }],
      urls: [{ type: 'website', url: 'https://example.com' }],
      locations: [
        { address: '1 Main Street', cityName: 'Austin', regionCode: 'TX', zipCode: '78744', countryCode: 'US' }
      ],
      custom: { planStr: 'pro', oldStr: null }
    },
    leftOut: []
  })
})

it('takes what Engage has computed for a custom attribute, which counts more than a mapped one of its key', () => {
  const computation = { key: 'high_value', values: { high_value: false, email: 'ann@example.com' } }
  const customAttributes = { high_value: true, plan: 'pro' }
  expect(attributesOf({ computation, customAttributes }, NOBODY)).toEqual({
    wanted: { custom: { highValueBool: false, planStr: 'pro' } },
    leftOut: []
  })
  expect(attributesOf({ computation: { key: 'ltv', values: { ltv: 420.5 } } }, NOBODY).wanted).toEqual({
    custom: { ltvNum: 420.5 }
  })
})

it('says nothing of blanks', () => {
  const blank = { name: '', username: ' ', avatarUrl: '', birthdayAt: '', signedUpAt: ' ', gender: '', website: '' }
  const address = { street: '', city: ' ' }
  const { wanted, leftOut } = attributesOf(
    { ...blank, firstName: ' ', lastName: '', address, locale: '', timeZone: ' ', customAttributes: { planStr: '' } },
    NOBODY
  )
  expect(Object.keys(wanted)).toEqual([])
  expect(leftOut).toEqual([])
  expect(attributesOf({}, NOBODY)).toEqual({ wanted: {}, leftOut: [] })
})

it('keeps half a name for those who have none', () => {
  expect(attributesOf({ firstName: 'Ann' }, NOBODY)).toEqual({ wanted: { nameIfNone: 'Ann' }, leftOut: [] })
  expect(attributesOf({ firstName: 'Ann', lastName: 'Lee' }, NOBODY)).toEqual({
    wanted: { name: 'Ann Lee' },
    leftOut: []
  })
})

it('leaves out what Kustomer would refuse, and tells each', () => {
  const payload = {
    name: 'x'.repeat(257),
    username: 'x'.repeat(257),
    avatarUrl: 'none',
    birthdayAt: 'soon',
    signedUpAt: 'never',
    gender: 'other',
    website: 'http://localhost',
    locale: 'x'.repeat(17),
    timeZone: 'x'.repeat(65),
    address: { street: 'x'.repeat(257), city: 'Austin' },
    customAttributes: { scoreNum: 'n/a', plan: 'pro' }
  }
  const noDate = 'left out: not a date that can be read'
  expect(attributesOf(payload, NOBODY)).toEqual({
    wanted: { locations: [{ cityName: 'Austin' }], custom: { planStr: 'pro' } },
    leftOut: [
      { field: 'name', reason: 'left out: longer than 256 characters' },
      { field: 'username', reason: 'left out: longer than 256 characters' },
      { field: 'avatarUrl', reason: 'left out: not a web address' },
      { field: 'birthdayAt', reason: noDate },
      { field: 'signedUpAt', reason: noDate },
      { field: 'gender', reason: 'left out: Kustomer knows m and f' },
      { field: 'website', reason: 'left out: its host has no dot' },
      { field: 'locale', reason: 'left out: longer than 16 characters' },
      { field: 'timeZone', reason: 'left out: longer than 64 characters' },
      { field: 'address.street', reason: 'left out: longer than 256 characters' },
      { field: 'customAttributes.scoreNum', reason: 'left out: not a number' }
    ]
  })
})

it('takes what is just not too long', () => {
  const payload = { username: 'u'.repeat(256), locale: 'l'.repeat(16), timeZone: 't'.repeat(64) }
  expect(attributesOf(payload, NOBODY)).toEqual({ wanted: payload, leftOut: [] })
})

it('takes a birthday or a sign-up no later than tomorrow', () => {
  const seconds = String(Math.floor(Date.now() / 1000) + 10 * 86_400)
  const { wanted } = attributesOf({ birthdayAt: seconds, signedUpAt: seconds }, NOBODY)
  expect(wanted.birthdayAt).toMatch(/^1970-/)
  expect(wanted.signedUpAt).toMatch(/^1970-/)
})

it('leaves room in a body for what an update repeats of the record', () => {
  const customAttributes = Object.fromEntries(
    Array.from({ length: 100 }, (_, index) => [`k${index}`, '購'.repeat(1000)])
  )
  const { wanted, leftOut } = attributesOf({ username: 'x'.repeat(200), customAttributes }, NOBODY)
  expect(bytesOf(wanted)).toBeLessThanOrEqual(80_000)
  expect(bytesOf(wanted)).toBeGreaterThan(79_600)
  expect(Object.keys(wanted.custom ?? {})).toHaveLength(100)
  expect(leftOut).toHaveLength(100)
  expect(leftOut[0]).toEqual({ field: 'customAttributes.k0', reason: 'cut: Kustomer takes 100,000 bytes at once' })
})
