import { PayloadValidationError } from '@segment/actions-core'
import { bytesOf } from '../../values/body-size'
import { customerEvent } from '../event'
import type { Payload } from '../generated-types'

const NOBODY = "Can't tell who this customer is. Map at least one of External ID, Email, or Phone to a valid value."
const NO_COMPUTATION = 'The event has no value for its audience or computed trait, so there is nothing to update.'
const ID_LIMIT = 'must be 1 to 255 characters of valid Unicode'

/** What an event of the customer `u1` says beside their ID. */
function readingOf(payload: Payload) {
  const { wanted, leftOut, employer } = customerEvent({ externalId: 'u1', ...payload })
  const { externalId, ...others } = wanted
  expect(externalId).toBe('u1')
  return { wanted: others, leftOut, employer }
}

it('maps every field that Kustomer has an attribute for', () => {
  const payload = {
    externalId: 'u1',
    email: 'ann@example.com',
    phone: '030 901820',
    trackingId: ' v1 ',
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
    company: { id: 'c1', name: 'Acme' },
    moveCustomer: true,
    customAttributes: { plan: 'pro', oldStr: null }
  }
  expect(customerEvent(payload)).toEqual({
    identifiers: [
      { name: 'externalId', value: 'u1' },
      { name: 'email', value: 'ann@example.com' }
    ],
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
    trackingId: 'v1',
    employer: { company: { externalId: 'c1', name: 'Acme' }, mayMove: true },
    leftOut: []
  })
})

it('ignores blanks, which the framework drops from a single event but not from a batch', () => {
  const blank = { name: '', username: ' ', avatarUrl: '', birthdayAt: '', signedUpAt: ' ', gender: '', website: '' }
  const more = { firstName: ' ', lastName: '', locale: '', timeZone: ' ', trackingId: '', email: '', phone: ' ' }
  const nested = {
    address: { street: '', city: ' ' },
    company: { id: ' ', name: '' },
    customAttributes: { planStr: '' }
  }
  expect(customerEvent({ externalId: 'u1', ...blank, ...more, ...nested })).toEqual(customerEvent({ externalId: 'u1' }))
})

it('keeps half a name for customers without a name', () => {
  expect(readingOf({ firstName: 'Ann' }).wanted).toEqual({ nameIfNone: 'Ann' })
  expect(readingOf({ firstName: 'Ann', lastName: 'Lee' }).wanted).toEqual({ name: 'Ann Lee' })
})

it.each(['en_US.UTF-8@calendar=gregorian', 'en_US@euro', ' en_US '])('reads the locale %s', (locale) => {
  expect(readingOf({ locale })).toMatchObject({ wanted: { locale: 'en_US' }, leftOut: [] })
})

it('ignores invalid values and tells each, in the order of identifiers, visitor, and the rest', () => {
  const payload = {
    email: 'ann',
    phone: 'none',
    trackingId: 'x'.repeat(1025),
    name: 'x'.repeat(257),
    username: 'x'.repeat(257),
    avatarUrl: 'none',
    birthdayAt: '1990',
    signedUpAt: 'never',
    gender: 'other',
    website: 'http://localhost',
    locale: 'x'.repeat(17),
    timeZone: 'x'.repeat(65),
    address: { street: 'x'.repeat(257), city: 'Austin' },
    company: { id: { value: 'g1' } },
    customAttributes: { ключ: 'x', plan: 'pro' }
  }
  expect(readingOf(payload)).toEqual({
    wanted: { locations: [{ cityName: 'Austin' }], custom: { planStr: 'pro' } },
    leftOut: [
      { field: 'email', reason: 'not a valid email address' },
      { field: 'phone', reason: 'not a valid phone number' },
      { field: 'trackingId', reason: 'longer than 1,024 characters' },
      { field: 'name', reason: 'longer than 256 characters' },
      { field: 'username', reason: 'longer than 256 characters' },
      { field: 'avatarUrl', reason: 'not a valid web address' },
      { field: 'birthdayAt', reason: 'not a valid date' },
      { field: 'signedUpAt', reason: 'not a valid date' },
      { field: 'gender', reason: 'not m or f' },
      { field: 'website', reason: 'its host must be a public name, such as acme.com' },
      { field: 'locale', reason: 'longer than 16 characters' },
      { field: 'timeZone', reason: 'longer than 64 characters' },
      { field: 'address.street', reason: 'longer than 256 characters' },
      { field: 'customAttributes.ключ', reason: 'its name has no Latin letters' },
      { field: 'company.id', reason: 'not text' }
    ]
  })
})

it('accepts values that are just not too long', () => {
  const payload = { username: 'u'.repeat(256), locale: 'l'.repeat(16), timeZone: 't'.repeat(64) }
  expect(readingOf(payload)).toEqual({ wanted: payload, leftOut: [] })
})

it('accepts a birthday or a sign-up no later than tomorrow', () => {
  const seconds = String(Math.floor(Date.now() / 1000) + 10 * 86_400)
  const { wanted } = readingOf({ birthdayAt: seconds, signedUpAt: seconds })
  expect(wanted.birthdayAt).toMatch(/^1970-/)
  expect(wanted.signedUpAt).toMatch(/^1970-/)
})

it('leaves room in a body for what an update repeats of the record', () => {
  const customAttributes = Object.fromEntries(
    Array.from({ length: 100 }, (_, index) => [`k${index}`, '購'.repeat(1000)])
  )
  const { wanted, leftOut } = customerEvent({ externalId: 'u1', username: 'x'.repeat(200), customAttributes })
  expect(bytesOf(wanted)).toBeLessThanOrEqual(80_000)
  expect(bytesOf(wanted)).toBeGreaterThan(76_000)
  expect(leftOut).toHaveLength(100 - Object.keys(wanted.custom ?? {}).length + 1)
})

it('lists 100 ignored values at most', () => {
  const customAttributes = Object.fromEntries(Array.from({ length: 200_000 }, (_, index) => [`k${index}`, index]))
  expect(readingOf({ customAttributes }).leftOut).toHaveLength(101)
})

describe('a company', () => {
  it.each<[string, Payload['company'], unknown]>([
    ['an ID and a name', { id: 'c1', name: 'Acme' }, { externalId: 'c1', name: 'Acme' }],
    ['an ID alone', { id: 'c1' }, { externalId: 'c1' }],
    ['an ID beside the whole trait', { id: 'c1', name: { id: 'c1', plan: 'pro' } }, { externalId: 'c1' }],
    ['a bare name', { name: ' Acme ' }, { name: 'Acme' }],
    ['numbers', { id: 42, name: 7 }, { externalId: '42', name: '7 (42)' }],
    ['company_name', { name: { company_name: 'Acme' } }, { name: 'Acme' }],
    ['a list of names', { name: ['Acme'] }, { name: 'Acme' }],
    ['a list of objects', { name: [{ id: 'c1', name: 'Acme' }] }, { externalId: 'c1', name: 'Acme' }],
    ['null', { id: null, name: null }, undefined],
    ['a blank object', { name: { id: '', name: null } }, undefined],
    ['an empty list', { name: [] }, undefined],
    ['nothing', {}, undefined]
  ])('is read from %s', (_what, company, reference) => {
    const { employer, leftOut } = readingOf({ company })
    expect(employer).toEqual(reference && { company: reference, mayMove: false })
    expect(leftOut).toEqual([])
  })

  const long = 'x'.repeat(256)
  it.each<[Payload['company'], unknown, string, string]>([
    [{ id: { value: 'g1' }, name: 'Acme' }, { name: 'Acme' }, 'company.id', 'not text'],
    [{ id: long, name: 'Acme' }, { name: 'Acme' }, 'company.id', ID_LIMIT],
    [{ id: 'c1', name: long }, { externalId: 'c1', name: long.slice(1) }, 'company.name', 'cut to 255 characters'],
    [{ name: 'HP' }, undefined, 'company.name', 'company names must have at least 3 characters'],
    [{ name: true }, undefined, 'company.name', 'not text'],
    [{ name: { title: 'Acme' } }, undefined, 'company', 'has no id or name'],
    [
      { name: ['Acme', 'Globex'] },
      { name: 'Acme' },
      'company',
      'only the first is used: Kustomer accepts one company per customer'
    ]
  ])('tells what is ignored of %j', (company, reference, field, reason) => {
    const { employer, leftOut } = readingOf({ company })
    expect(employer?.company).toEqual(reference)
    expect(leftOut).toEqual([{ field, reason }])
  })
})

describe('an audience or a computed trait', () => {
  const values = { high_value: true, left: false, spent: 0, email: 'ann@example.com' }

  it.each([
    ['high_value', { highValueBool: true }],
    ['left', { leftBool: false }],
    ['spent', { spentNum: 0 }]
  ])('%s becomes a custom attribute', (key, custom) => {
    expect(readingOf({ computation: { key, values } })).toEqual({ wanted: { custom }, leftOut: [] })
  })

  it('wins over a custom attribute with the same name', () => {
    const customAttributes = { left: true, plan: 'pro' }
    expect(readingOf({ computation: { key: 'left', values }, customAttributes }).wanted).toEqual({
      custom: { leftBool: false, planStr: 'pro' }
    })
  })

  it.each<NonNullable<Payload['computation']>>([
    {},
    { key: 'high_value' },
    { values },
    { key: 'unknown', values },
    { key: 5, values: { 5: true } },
    { key: 'constructor', values },
    { key: 'length', values: 'text' }
  ])('of %j has no value, so nobody is created', (computation) => {
    const payload = { externalId: 'u1', email: 'ann@example.com', phone: '5550100', computation }
    expect(() => customerEvent(payload)).toThrow(new PayloadValidationError(NO_COMPUTATION))
    expect(readingOf({ ...payload, name: 'Ann' })).toMatchObject({
      wanted: { name: 'Ann' },
      leftOut: [{ field: 'computation', reason: 'the event has no value for it' }]
    })
  })

  it('creates nobody if its value is blank', () => {
    const computation = { key: 'plan', values: { plan: ' ' } }
    expect(() => customerEvent({ externalId: 'u1', computation })).toThrow(new PayloadValidationError(NO_COMPUTATION))
  })
})

it.each<[Payload, string]>([
  [{}, NOBODY],
  [{ externalId: '', email: ' ', phone: '', trackingId: 'v1' }, NOBODY],
  [{ email: 'ann' }, `${NOBODY} Not sent as given: email (not a valid email address).`],
  [{ phone: '030 901820' }, `${NOBODY} Not sent as given: phone (can't identify a customer without its country code).`],
  [{ externalId: 'x'.repeat(256), email: 'ann@example.com' }, `External ID is invalid: ${ID_LIMIT}.`]
])('fails without a usable identifier, case %#', (payload, message) => {
  expect(() => customerEvent(payload)).toThrow(new PayloadValidationError(message))
})
