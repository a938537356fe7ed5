import { PayloadValidationError } from '@segment/actions-core'
import { bytesOf } from '../../values/body-size'
import { companyEvent } from '../event'
import type { Payload } from '../generated-types'

const NOBODY = "Can't tell which company this is. Map External ID or Name to a valid value."

it('is of the company that its ID and its name give, with what it says of it, and of its user', () => {
  const payload: Payload = {
    externalId: 'c1',
    name: ' Acme ',
    website: 'https://www.acme.example',
    email: 'Office@acme.example',
    phone: '+1 (555) 010-0200',
    employees: '1,200',
    address: { street: '1 Main Street', city: 'Graz', country: 'AT' },
    avatarUrl: 'https://acme.example/a.png',
    customAttributes: { tier: 'gold', oldStr: null },
    userId: 'u1',
    linkCustomer: true,
    moveCustomer: true
  }
  expect(companyEvent(payload)).toEqual({
    reference: { externalId: 'c1', name: 'Acme' },
    wanted: {
      externalId: 'c1',
      name: 'Acme',
      avatarUrl: 'https://acme.example/a.png',
      employeeCount: 1200,
      emails: [{ email: 'Office@acme.example' }],
      phones: [{ phone: '+15550100200' }],
      urls: [{ type: 'website', url: 'https://www.acme.example' }],
      domains: [{ domain: 'acme.example' }],
      locations: [{ address: '1 Main Street', cityName: 'Graz', countryCode: 'AT' }],
      custom: { tierStr: 'gold', oldStr: null }
    },
    nameIfNew: 'c1 (c1)',
    member: { externalId: 'u1', mayMove: true, mayCreate: true },
    leftOut: []
  })
})

it('says nothing of what is not given', () => {
  const { wanted, ...rest } = companyEvent({ externalId: 'c1' })
  expect(wanted).toStrictEqual({ externalId: 'c1' })
  expect(rest).toEqual({ reference: { externalId: 'c1' }, nameIfNew: 'c1 (c1)', leftOut: [] })
  expect(companyEvent({ name: 'Acme' })).toEqual({
    reference: { name: 'Acme' },
    wanted: { name: 'Acme' },
    leftOut: []
  })
})

it('reads the same from an event that comes alone, whose blanks the framework drops, and one of a batch', () => {
  const blank = { name: ' ', website: '', email: '', phone: '', employees: ' ', avatarUrl: '', userId: '', address: {} }
  expect(companyEvent({ externalId: 'c1', ...blank, customAttributes: {} })).toEqual(companyEvent({ externalId: 'c1' }))
})

it.each<[Payload, string | undefined, string?]>([
  [{ externalId: 'c1', name: ' Acme ' }, 'Acme'],
  [{ externalId: 'org-77', name: 'HP' }, 'HP (org-77)'],
  [{ name: '3M', website: 'https://www.3m.com' }, '3M (3m.com)'],
  [{ externalId: 'c1', name: 'x'.repeat(255) }, 'x'.repeat(255)],
  [{ externalId: 'c1', name: 'x'.repeat(256) }, 'x'.repeat(255), 'cut to 255 characters'],
  [{ externalId: 'c1' }, undefined]
])('names a company as Kustomer accepts it, case %#', (...[payload, name, reason]) => {
  expect(companyEvent(payload)).toMatchObject({
    reference: { name },
    leftOut: reason === undefined ? [] : [{ field: 'name', reason }]
  })
  expect(companyEvent(payload).wanted.name).toBe(name)
})

it('takes a picture whose host has no dot, as no website may', () => {
  const url = 'https://pictures/acme.png'
  expect(companyEvent({ externalId: 'c1', avatarUrl: url, website: url })).toMatchObject({
    wanted: { avatarUrl: url },
    leftOut: [{ field: 'website' }]
  })
})

describe('the domain', () => {
  it.each<[Payload, string | undefined]>([
    [{ website: 'acme.example', email: 'ann@other.example' }, 'acme.example'],
    [{ email: 'ann@acme.example' }, undefined],
    [{ website: 'https://directory.example/acme' }, undefined],
    [{}, undefined]
  ])('of %j is %s', (payload, domain) => {
    expect(companyEvent({ externalId: 'c1', ...payload }).wanted.domains).toEqual(domain && [{ domain }])
  })
})

describe('the user', () => {
  it.each<[string, Payload, unknown]>([
    ['is linked and not moved by default', { userId: ' u1 ' }, { externalId: ' u1 ', mayMove: false, mayCreate: true }],
    [
      'is linked where the switch is on',
      { userId: 'u1', linkCustomer: true },
      { externalId: 'u1', mayMove: false, mayCreate: true }
    ],
    [
      'is moved where that switch is on',
      { userId: 'u1', moveCustomer: true },
      { externalId: 'u1', mayMove: true, mayCreate: true }
    ],
    [
      'is not created where that switch is off',
      { userId: 'u1', createCustomer: false },
      { externalId: 'u1', mayMove: false, mayCreate: false }
    ],
    ['is not linked where the switch is off', { userId: 'u1', linkCustomer: false, moveCustomer: true }, undefined],
    ['is none where there is none', { moveCustomer: true }, undefined]
  ])('%s', (_what, payload, member) => {
    expect(companyEvent({ externalId: 'c1', ...payload }).member).toEqual(member)
  })

  it('is left out where no customer can have such an ID, and nobody is told with linking off', () => {
    const userId = 'x'.repeat(256)
    expect(companyEvent({ externalId: 'c1', userId })).toMatchObject({
      reference: { externalId: 'c1' },
      leftOut: [{ field: 'userId' }]
    })
    expect(companyEvent({ externalId: 'c1', userId }).member).toBeUndefined()
    expect(companyEvent({ externalId: 'c1', userId, linkCustomer: false }).leftOut).toEqual([])
  })
})

it('tells what was left out, in the order of the fields', () => {
  const payload: Payload = {
    externalId: 'c1',
    name: 'x'.repeat(256),
    website: 'localhost',
    email: 'none',
    phone: '12',
    employees: '10-50',
    avatarUrl: 'none',
    userId: 'x'.repeat(256),
    address: { street: 'x'.repeat(257) },
    customAttributes: { scoreNum: NaN }
  }
  expect(companyEvent(payload).leftOut.map(({ field }) => field)).toEqual([
    ...['name', 'userId', 'website', 'email', 'phone', 'employees', 'avatarUrl', 'address.street'],
    'customAttributes.scoreNum'
  ])
})

it('leaves room in a body for what an update repeats of the record', () => {
  const customAttributes = Object.fromEntries(
    Array.from({ length: 100 }, (_, index) => [`k${index}`, '購'.repeat(1000)])
  )
  const { wanted, leftOut } = companyEvent({ name: 'x'.repeat(200), customAttributes })
  expect(bytesOf(wanted)).toBeLessThanOrEqual(80_000)
  expect(bytesOf(wanted)).toBeGreaterThan(76_000)
  expect(leftOut).toHaveLength(100 - Object.keys(wanted.custom ?? {}).length + 1)
})

it.each<[Payload, string]>([
  [{}, NOBODY],
  [{ externalId: ' ', name: '', userId: 'u1' }, NOBODY],
  [{ name: 'AB' }, `${NOBODY} Not sent as given: name (company names must have at least 3 characters).`],
  [
    { externalId: 'x'.repeat(256), name: 'Acme' },
    'External ID is invalid: must be 1 to 255 characters of valid Unicode.'
  ]
])('refuses what names no company, case %#', (payload, message) => {
  const read = () => companyEvent(payload)
  expect(read).toThrow(PayloadValidationError)
  expect(read).toThrow(new Error(message))
})
