import { COMPANY_ID, ID, record } from '../../__tests__/__helpers__/answers'
import { creationOf, differenceTo, withChanges } from '../difference'
import type { Wanted } from '../difference'

type Case = [what: string, attributes: Record<string, unknown>, wanted: Wanted, changes?: Record<string, unknown>]

const emails = (length: number) => Array.from({ length }, (_, index) => ({ email: `${index}@example.com` }))

const CASES: Case[] = [
  ['nothing wanted', { name: 'Ann' }, {}],
  ['what is there already', { name: 'Ann', gender: 'f', rev: 5 }, { name: 'Ann', gender: 'f' }],
  ['one new value', { name: 'Ann', locale: 'en' }, { name: 'Ann', locale: 'en-US' }, { locale: 'en-US' }],
  [
    'every new value',
    {},
    {
      externalId: 'u1',
      name: 'Ann Lee',
      username: 'ann',
      avatarUrl: 'https://example.com/a.png',
      birthdayAt: '1980-02-29T00:00:00.000Z',
      signedUpAt: '2024-01-01T00:00:00.000Z',
      gender: 'f',
      locale: 'en-US',
      timeZone: 'Europe/Vienna'
    },
    {
      externalId: 'u1',
      name: 'Ann Lee',
      username: 'ann',
      avatarUrl: 'https://example.com/a.png',
      birthdayAt: '1980-02-29T00:00:00.000Z',
      signedUpAt: '2024-01-01T00:00:00.000Z',
      gender: 'f',
      locale: 'en-US',
      timeZone: 'Europe/Vienna'
    }
  ],
  [
    'every value that is there',
    {
      externalId: 'u1',
      name: 'Ann Lee',
      username: 'ann',
      avatarUrl: 'https://Example.com/a.png',
      birthdayAt: '1980-02-29T02:00:00+02:00',
      signedUpAt: '2024-01-01T00:00:00Z',
      gender: 'f',
      locale: 'en-US',
      timeZone: 'Europe/Vienna'
    },
    {
      externalId: 'u1',
      name: 'Ann Lee',
      username: 'ann',
      avatarUrl: 'https://example.com/a.png',
      birthdayAt: '1980-02-29T00:00:00.000Z',
      signedUpAt: '2024-01-01T00:00:00.000Z',
      gender: 'f',
      locale: 'en-US',
      timeZone: 'Europe/Vienna'
    }
  ],
  ['a first externalId', { externalId: null }, { externalId: 'u1' }, { externalId: 'u1' }],
  ['a first externalId over a blank one', { externalId: '' }, { externalId: 'u1' }, { externalId: 'u1' }],
  ['another externalId', { externalId: 'u0' }, { externalId: 'u1' }],
  ['another name', { name: 'Ann' }, { name: 'Ann Lee' }, { name: 'Ann Lee' }],
  ['another username', { username: 'ann' }, { username: 'lee' }, { username: 'lee' }],
  ['another gender', { gender: 'm' }, { gender: 'f' }, { gender: 'f' }],
  ['another time zone', { timeZone: 'UTC' }, { timeZone: 'Europe/Vienna' }, { timeZone: 'Europe/Vienna' }],
  ['half a name where there is none', { name: null }, { nameIfNone: 'Ann' }, { name: 'Ann' }],
  ['half a name where there is a blank one', { name: '' }, { nameIfNone: 'Ann' }, { name: 'Ann' }],
  ['half a name where there is one', { name: 'Ann Lee' }, { nameIfNone: 'Ann' }],
  ['a full name and half a one', { name: null }, { name: 'Ann Lee', nameIfNone: 'Ann' }, { name: 'Ann Lee' }],
  [
    'another birthday',
    { birthdayAt: '1980-02-28T00:00:00Z' },
    { birthdayAt: '1980-02-29T00:00:00.000Z' },
    { birthdayAt: '1980-02-29T00:00:00.000Z' }
  ],
  [
    'another sign-up',
    { signedUpAt: '2024-01-01T00:00:00Z' },
    { signedUpAt: '2024-01-02T00:00:00.000Z' },
    { signedUpAt: '2024-01-02T00:00:00.000Z' }
  ],
  [
    'a sign-up over a value of another type',
    { signedUpAt: 5 },
    { signedUpAt: '2024-01-02T00:00:00.000Z' },
    { signedUpAt: '2024-01-02T00:00:00.000Z' }
  ],
  [
    'another avatar',
    { avatarUrl: 'https://a.example' },
    { avatarUrl: 'https://b.example' },
    { avatarUrl: 'https://b.example' }
  ],
  ['an email in another case', { emails: [{ email: 'Ann@Example.com' }] }, { emails: [{ email: 'ann@example.com' }] }],
  [
    'a new email, after what an agent added, without what may not be written',
    { emails: [{ id: 'x', type: 'work', email: 'a@example.com', verified: true, externalVerified: null }] },
    { emails: [{ email: 'b@example.com' }] },
    { emails: [{ type: 'work', email: 'a@example.com', verified: true }, { email: 'b@example.com' }] }
  ],
  [
    'a tenth email',
    { emails: emails(9) },
    { emails: [{ email: 'new@example.com' }] },
    { emails: [...emails(9), { email: 'new@example.com' }] }
  ],
  ['an email that is shared', { sharedEmails: [{ email: 'a@example.com' }] }, { emails: [{ email: 'A@example.com' }] }],
  [
    'an email to share',
    { sharedEmails: [{ id: 'x', email: 'a@example.com' }] },
    { sharedEmails: [{ email: 'b@example.com' }] },
    { sharedEmails: [{ email: 'a@example.com' }, { email: 'b@example.com' }] }
  ],
  [
    'new items of every list',
    { urls: [{ id: 'x', url: 'https://a.example' }], locations: [{ id: 'y', cityName: 'Wien', latitude: 48 }] },
    {
      phones: [{ phone: '+15550100200' }],
      sharedPhones: [{ phone: '+15550100299' }],
      urls: [{ type: 'website', url: 'https://b.example' }],
      locations: [{ cityName: 'Graz' }]
    },
    {
      phones: [{ phone: '+15550100200' }],
      sharedPhones: [{ phone: '+15550100299' }],
      urls: [{ url: 'https://a.example' }, { type: 'website', url: 'https://b.example' }],
      locations: [{ cityName: 'Wien', latitude: 48 }, { cityName: 'Graz' }]
    }
  ],
  [
    'the same custom attributes',
    { custom: { planStr: 'pro', renewsAt: '2026-01-01T00:00:00+00:00', otherStr: 'x' } },
    { custom: { planStr: 'pro', renewsAt: '2026-01-01T00:00:00.000Z' } }
  ],
  [
    'a custom date that differs',
    { custom: { renewsAt: '2026-01-01T00:00:00Z' } },
    { custom: { renewsAt: '2026-01-02T00:00:00.000Z' } },
    { custom: { renewsAt: '2026-01-02T00:00:00.000Z' } }
  ],
  [
    'custom text that is the same instant spelled otherwise',
    { custom: { renewsStr: '2026-01-01T00:00:00Z' } },
    { custom: { renewsStr: '2026-01-01T00:00:00.000Z' } },
    { custom: { renewsStr: '2026-01-01T00:00:00.000Z' } }
  ],
  [
    'a custom attribute to clear',
    { custom: { planStr: 'pro', renewsAt: '2026-01-01T00:00:00Z' } },
    { custom: { planStr: null, renewsAt: null } },
    { custom: { planStr: null, renewsAt: null } }
  ],
  [
    'a custom attribute to clear that is not there',
    { custom: { renewsAt: null } },
    { custom: { planStr: null, renewsAt: null } }
  ],
  [
    'a masked custom attribute',
    { custom: { cardStr: '****', pinStr: '••' } },
    { custom: { planStr: 'pro' } },
    { custom: { planStr: 'pro' } }
  ],
  [
    'a record of another shape',
    { emails: 'none', custom: 'none', phones: [null] },
    { phones: [{ phone: '5550100' }], custom: { planStr: 'pro' } },
    { phones: [{ phone: '5550100' }], custom: { planStr: 'pro' } }
  ]
]

describe('differenceTo', () => {
  it.each(CASES.map(([what, attributes, wanted, changes]) => ({ what, attributes, wanted, changes })))(
    'finds the smallest update for $what',
    ({ attributes, wanted, changes }) => {
      const found = record({ rev: 7, ...attributes })
      const rev = found.attributes.rev
      expect(differenceTo('customer', found, wanted)).toStrictEqual({
        ...(changes ? { changes: { ...changes, rev } } : {}),
        isRepeating: false,
        leftOut: []
      })
    }
  )

  it('always repeats the company', () => {
    const found = record({ rev: 7 }, ID, COMPANY_ID)
    expect(differenceTo('customer', found, { name: 'Ann' }).changes).toStrictEqual({
      name: 'Ann',
      company: COMPANY_ID,
      rev: 7
    })
    expect(differenceTo('customer', found, {}).changes).toBeUndefined()
  })

  it('sends no rev where the record tells none', () => {
    expect(differenceTo('customer', record({ rev: undefined }), { name: 'Ann' }).changes).toStrictEqual({ name: 'Ann' })
    expect(differenceTo('customer', record({ rev: '7' }), { name: 'Ann' }).changes).toStrictEqual({ name: 'Ann' })
    expect(differenceTo('customer', record({ rev: 0 }), { name: 'Ann' }).changes).toStrictEqual({ name: 'Ann', rev: 0 })
  })

  const FULL = 'left out: the customer has 10 already, which is all that Kustomer holds'

  it('tells what a full list has no room for', () => {
    expect(
      differenceTo('customer', record({ emails: emails(10) }), { emails: [{ email: 'new@example.com' }] })
    ).toEqual({
      isRepeating: false,
      leftOut: [{ field: 'email', reason: FULL }]
    })
    expect(
      differenceTo('customer', record({ emails: emails(12), phones: [], rev: 2 }), {
        emails: [{ email: 'new@example.com' }],
        phones: [{ phone: '+15550100200' }]
      })
    ).toEqual({
      changes: { phones: [{ phone: '+15550100200' }], rev: 2 },
      isRepeating: false,
      leftOut: [{ field: 'email', reason: FULL }]
    })
  })

  it('adds as many as there is room for, the first ones first', () => {
    const urls = Array.from({ length: 8 }, (_, index) => ({ url: `https://${index}.example` }))
    const wanted = ['a', 'b', 'c', 'd'].map((host) => ({ url: `https://${host}.example` }))
    const { changes, leftOut } = differenceTo('customer', record({ urls }), { urls: wanted })
    expect(changes?.urls).toEqual([...urls, ...wanted.slice(0, 2)])
    expect(leftOut).toEqual([
      { field: 'website', reason: FULL },
      { field: 'website', reason: FULL }
    ])
  })

  describe('where a custom attribute differs', () => {
    const found = record({
      rev: 1,
      custom: {
        planStr: 'pro',
        seatsNum: 3,
        cardStr: '****',
        pinStr: '••',
        starStr: '* gold',
        noneStr: null,
        zeroNum: 0
      }
    })
    const whole = { planStr: 'pro', seatsNum: 4, starStr: '* gold', zeroNum: 0 }

    it('repeats the others, but for those that are masked or have no value', () => {
      expect(differenceTo('customer', found, { custom: { seatsNum: 4 } })).toStrictEqual({
        changes: { custom: whole, rev: 1 },
        isRepeating: true,
        leftOut: []
      })
    })

    it('sends it alone on demand, and where it is the only one', () => {
      const alone = { changes: { custom: { seatsNum: 4 }, rev: 1 }, isRepeating: false, leftOut: [] }
      expect(differenceTo('customer', found, { custom: { seatsNum: 4 } }, false)).toStrictEqual(alone)
      expect(
        differenceTo('customer', record({ rev: 1, custom: { seatsNum: 3 } }), { custom: { seatsNum: 4 } })
      ).toStrictEqual(alone)
    })

    it('sends none where none differs', () => {
      expect(differenceTo('customer', found, { custom: { seatsNum: 3 } }).changes).toBeUndefined()
      expect(differenceTo('customer', found, { name: 'Ann' })).toMatchObject({
        changes: { name: 'Ann' },
        isRepeating: false
      })
      expect(differenceTo('customer', found, { name: 'Ann' }).changes?.custom).toBeUndefined()
    })

    it.each([
      [99, true],
      [100, false]
    ])('repeats %d others: %s, since Kustomer takes 100 at once', (count, isRepeating) => {
      const custom = Object.fromEntries(Array.from({ length: count }, (_, index) => [`other${index}Num`, index]))
      expect(differenceTo('customer', record({ custom }), { custom: { seatsNum: 4 } })).toMatchObject({ isRepeating })
    })

    it.each([
      [0, true],
      [1, false]
    ])('repeats them up to 99,900 bytes and %d: %s', (more, isRepeating) => {
      const empty = { custom: { bigTxt: '', seatsNum: 4 }, rev: 1 }
      const bigTxt = 'x'.repeat(99_900 - JSON.stringify(empty).length + more)
      expect(
        differenceTo('customer', record({ rev: 1, custom: { bigTxt } }), { custom: { seatsNum: 4 } })
      ).toMatchObject({
        isRepeating
      })
    })
  })
})

describe('withChanges', () => {
  it('is the customer as they are then', () => {
    const found = record({ name: 'Ann', locale: 'en', custom: { planStr: 'pro', cardStr: '***' } }, ID, COMPANY_ID)
    const changed = withChanges(found, { name: 'Ann Lee', custom: { seatsNum: 3 }, rev: 4 })
    expect(changed).toMatchObject({ id: ID, companyId: COMPANY_ID, attributes: { name: 'Ann Lee', locale: 'en' } })
    expect(changed.attributes.custom).toEqual({ planStr: 'pro', seatsNum: 3 })
    expect(found.attributes.name).toBe('Ann')
  })
})

describe('creationOf', () => {
  it('takes half a name where there is no full one', () => {
    expect(creationOf({ externalId: 'u1' })).toStrictEqual({ externalId: 'u1' })
    expect(creationOf({ externalId: 'u1', nameIfNone: 'Ann' })).toStrictEqual({ externalId: 'u1', name: 'Ann' })
    expect(creationOf({ name: 'Ann Lee', nameIfNone: 'Ann' })).toStrictEqual({ name: 'Ann Lee' })
  })

  it('links the customer', () => {
    expect(creationOf({ name: 'Ann', link: { id: COMPANY_ID, mayMove: false } })).toStrictEqual({
      name: 'Ann',
      company: COMPANY_ID
    })
  })
})
