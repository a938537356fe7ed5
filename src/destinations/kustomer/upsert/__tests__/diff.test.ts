import { COMPANY_ID, companyRecord, ID, OTHER_ID, record } from '../../__tests__/__helpers__/answers'
import { creationOf, diffRecord, LINKED_ELSEWHERE, withChanges } from '../diff'
import type { Link, Wanted } from '../diff'

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

describe('diffRecord', () => {
  it.each(CASES.map(([what, attributes, wanted, changes]) => ({ what, attributes, wanted, changes })))(
    'finds the smallest update for $what',
    ({ attributes, wanted, changes }) => {
      const found = record({ rev: 7, ...attributes })
      const rev = found.attributes.rev
      expect(diffRecord('customer', found, wanted)).toStrictEqual({
        ...(changes ? { changes: { ...changes, rev } } : {}),
        leftOut: []
      })
    }
  )

  it('always repeats the company', () => {
    const found = record({ rev: 7 }, ID, COMPANY_ID)
    expect(diffRecord('customer', found, { name: 'Ann' }).changes).toStrictEqual({
      name: 'Ann',
      company: COMPANY_ID,
      rev: 7
    })
    expect(diffRecord('customer', found, {}).changes).toBeUndefined()
  })

  it('sends no rev where the record tells none', () => {
    expect(diffRecord('customer', record({ rev: undefined }), { name: 'Ann' }).changes).toStrictEqual({ name: 'Ann' })
    expect(diffRecord('customer', record({ rev: '7' }), { name: 'Ann' }).changes).toStrictEqual({ name: 'Ann' })
    expect(diffRecord('customer', record({ rev: 0 }), { name: 'Ann' }).changes).toStrictEqual({ name: 'Ann', rev: 0 })
  })

  const FULL = 'ignored: the customer already has 10, the most that Kustomer holds'

  it('tells what a full list has no room for', () => {
    expect(diffRecord('customer', record({ emails: emails(10) }), { emails: [{ email: 'new@example.com' }] })).toEqual({
      leftOut: [{ field: 'email', reason: FULL }]
    })
    expect(
      diffRecord('customer', record({ emails: emails(12), phones: [], rev: 2 }), {
        emails: [{ email: 'new@example.com' }],
        phones: [{ phone: '+15550100200' }]
      })
    ).toEqual({
      changes: { phones: [{ phone: '+15550100200' }], rev: 2 },
      leftOut: [{ field: 'email', reason: FULL }]
    })
  })

  it('adds as many as there is room for, the first ones first', () => {
    const urls = Array.from({ length: 8 }, (_, index) => ({ url: `https://${index}.example` }))
    const wanted = ['a', 'b', 'c', 'd'].map((host) => ({ url: `https://${host}.example` }))
    const { changes, leftOut } = diffRecord('customer', record({ urls }), { urls: wanted })
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
      expect(diffRecord('customer', found, { custom: { seatsNum: 4 } })).toStrictEqual({
        changes: { custom: whole, rev: 1 },
        leftOut: []
      })
    })

    it('sends it alone where it is the only one', () => {
      const alone = { changes: { custom: { seatsNum: 4 }, rev: 1 }, leftOut: [] }
      expect(
        diffRecord('customer', record({ rev: 1, custom: { seatsNum: 3 } }), { custom: { seatsNum: 4 } })
      ).toStrictEqual(alone)
    })

    it('sends none where none differs', () => {
      expect(diffRecord('customer', found, { custom: { seatsNum: 3 } }).changes).toBeUndefined()
      expect(diffRecord('customer', found, { name: 'Ann' }).changes?.custom).toBeUndefined()
    })

    it.each([
      [99, true],
      [100, false]
    ])('repeats %d others: %s, since Kustomer takes 100 at once', (count, isRepeating) => {
      const custom = Object.fromEntries(Array.from({ length: count }, (_, index) => [`other${index}Num`, index]))
      const { changes } = diffRecord('customer', record({ custom }), { custom: { seatsNum: 4 } })
      expect(Object.keys(changes?.custom ?? {})).toHaveLength(isRepeating ? count + 1 : 1)
    })

    it.each([
      [0, true],
      [1, false]
    ])('repeats them up to 99,900 bytes and %d: %s', (more, isRepeating) => {
      const empty = { custom: { bigTxt: '', seatsNum: 4 }, rev: 1 }
      const bigTxt = 'x'.repeat(99_900 - JSON.stringify(empty).length + more)
      const { changes } = diffRecord('customer', record({ rev: 1, custom: { bigTxt } }), { custom: { seatsNum: 4 } })
      expect('bigTxt' in (changes?.custom ?? {})).toBe(isRepeating)
    })
  })
})

describe('the company of a customer', () => {
  const left = { field: 'company', reason: LINKED_ELSEWHERE }

  it.each<[string, string | undefined, boolean, string | undefined, unknown[]]>([
    ['is the one that is wanted, where there is none', undefined, false, OTHER_ID, []],
    ['stays where it is the one that is wanted', OTHER_ID, false, undefined, []],
    ['stays where it is the one that is wanted, though it might be moved', OTHER_ID, true, undefined, []],
    ['stays where it is another one, which is told', COMPANY_ID, false, undefined, [left]],
    ['is replaced where it may be', COMPANY_ID, true, OTHER_ID, []]
  ])('%s', (_what, companyId, mayMove, company, leftOut) => {
    const link: Link = { id: OTHER_ID, mayMove }
    expect(diffRecord('customer', record({ rev: 7 }, ID, companyId), { link })).toStrictEqual({
      ...(company ? { changes: { company, rev: 7 } } : {}),
      leftOut
    })
  })

  it('is repeated where it stays and something else differs', () => {
    const wanted: Wanted = { name: 'Ann', link: { id: OTHER_ID, mayMove: false } }
    expect(diffRecord('customer', record({ rev: 7 }, ID, COMPANY_ID), wanted)).toStrictEqual({
      changes: { name: 'Ann', company: COMPANY_ID, rev: 7 },
      leftOut: [left]
    })
  })
})

describe('a company', () => {
  const email = { type: 'work', email: 'office@acme.example', verified: true }
  const phone = { type: 'work', phone: '+15550100200' }
  const whatsapp = { type: 'mobile', phone: '+15550100201', verified: true }
  const social = { type: 'linkedin', username: 'acme', userid: '7', url: 'https://acme.example/in', verified: false }
  const url = { type: 'website', url: 'https://acme.example' }
  const location = { type: 'work', cityName: 'Graz' }
  const known = {
    externalId: 'c1',
    name: 'Acme',
    defaultLang: 'en',
    avatarUrl: 'https://acme.example/a.png',
    employeeCount: 5,
    emails: [email],
    phones: [phone],
    whatsapps: [whatsapp],
    socials: [social],
    urls: [url],
    domains: [{ domain: 'acme.example' }],
    locations: [location],
    custom: { tierStr: 'gold', seatsNum: 0 }
  }

  it('is not written where nothing differs', () => {
    const { externalId, name, avatarUrl, employeeCount } = known
    const wanted: Wanted = {
      ...{ externalId, name, avatarUrl, employeeCount },
      emails: [{ email: 'Office@Acme.example' }],
      phones: [{ phone: '1 555 010 0200' }],
      urls: [{ url: 'https://ACME.example/' }],
      domains: [{ domain: 'Acme.Example' }],
      locations: [{ cityName: 'graz' }],
      custom: { tierStr: 'gold', seatsNum: 0 }
    }
    expect(diffRecord('company', companyRecord(known), wanted)).toStrictEqual({ leftOut: [] })
  })

  it.each<[string, Wanted, Record<string, unknown>]>([
    ['the name', { name: 'Acme Inc' }, { name: 'Acme Inc' }],
    ['the avatar', { avatarUrl: 'https://acme.example/b.png' }, { avatarUrl: 'https://acme.example/b.png' }],
    ['the number of employees', { employeeCount: 6 }, { employeeCount: 6 }],
    ['a domain', { domains: [{ domain: 'acme.test' }] }, { domains: [...known.domains, { domain: 'acme.test' }] }],
    ['a custom attribute', { custom: { seatsNum: 3 } }, { custom: { tierStr: 'gold', seatsNum: 3 } }]
  ])('is written with all that may be, where %s differs', (_what, wanted, changed) => {
    expect(diffRecord('company', companyRecord({ ...known, rev: 7 }), wanted)).toStrictEqual({
      changes: { ...known, ...changed, rev: 7 },
      leftOut: []
    })
  })

  it('is written without what may not be: what Kustomer adds, masks or leaves blank, tags, and ids of items', () => {
    const shown = {
      ...known,
      avatarUrl: '****',
      defaultLang: null,
      employeeCount: null,
      tags: ['5a0000000000000000000001'],
      phones: null,
      locations: [{ ...location, id: 'x', address: null }],
      emails: [{ ...email, externalVerified: true }],
      custom: { tierStr: 'gold', cardStr: '****', noneStr: null }
    }
    const { externalId, whatsapps, socials, urls, domains } = known
    expect(diffRecord('company', companyRecord({ ...shown, rev: 7 }), { name: 'Acme Inc' }).changes).toStrictEqual({
      ...{ externalId, name: 'Acme Inc', whatsapps, socials, urls, domains },
      emails: [email],
      locations: [location],
      custom: { tierStr: 'gold' },
      rev: 7
    })
  })

  it('repeats nothing where there is nothing else', () => {
    expect(diffRecord('company', companyRecord({ rev: 7, name: 'Acme' }), { name: 'Acme Inc' })).toStrictEqual({
      changes: { name: 'Acme Inc', rev: 7 },
      leftOut: []
    })
  })

  it.each([
    [100, true],
    [101, false]
  ])('repeats %d custom attributes: %s, since Kustomer takes 100 at once', (count, isRepeating) => {
    const custom = Object.fromEntries(Array.from({ length: count }, (_, index) => [`other${index}Num`, index]))
    const { changes } = diffRecord('company', companyRecord({ name: 'Acme', custom }), { name: 'Acme Inc' })
    expect(changes?.custom !== undefined).toBe(isRepeating)
  })

  it('never has another externalId, and is given its first', () => {
    const { changes } = diffRecord('company', companyRecord({ name: 'Acme' }), { externalId: 'c1' })
    expect(changes).toMatchObject({ externalId: 'c1', name: 'Acme' })
    expect(diffRecord('company', companyRecord(known), { externalId: 'c2' }).changes).toBeUndefined()
  })

  it('has no room for an eleventh domain, which is told', () => {
    const domains = Array.from({ length: 10 }, (_, index) => ({ domain: `${index}.example` }))
    expect(diffRecord('company', companyRecord({ domains }), { domains: [{ domain: 'acme.test' }] })).toStrictEqual({
      leftOut: [{ field: 'website', reason: 'ignored: the company already has 10, the most that Kustomer holds' }]
    })
  })

  it('is not asked for the attributes of a customer', () => {
    const { changes } = diffRecord('company', companyRecord({ rev: 7, username: 'acme', sharedEmails: [email] }), {
      name: 'Acme',
      username: 'acme2',
      locale: 'en'
    })
    expect(changes).toStrictEqual({ name: 'Acme', rev: 7 })
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

  it('is the customer with the company that they were linked to', () => {
    expect(withChanges(record({}, ID, COMPANY_ID), { company: OTHER_ID }).companyId).toBe(OTHER_ID)
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

describe('the data of a custom object', () => {
  const shown = {
    title: 'Order 1',
    externalId: 'o1',
    data: { total: 1, lines: [{ sku: 'a', count: 2 }], ship: { b: 1, a: 2 } }
  }

  it.each<[string, Wanted['data'], boolean]>([
    [
      'is the same in another order of keys',
      { ship: { a: 2, b: 1 }, lines: [{ count: 2, sku: 'a' }], total: 1 },
      false
    ],
    ['differs by a nested value', { ...shown.data, ship: { a: 2, b: 2 } }, true],
    ['differs by the type of a value', { ...shown.data, total: '1' }, true],
    ['differs by the order of a list', { ...shown.data, lines: [{ sku: 'a', count: 2 }, { sku: 'b' }] }, true],
    ['differs by a missing key', { total: 1 }, true]
  ])('%s', (_how, data, differs) => {
    const { changes } = diffRecord('kobject.order', { id: ID, attributes: shown }, { data })
    expect(changes).toEqual(differs ? { externalId: 'o1', title: 'Order 1', data } : undefined)
  })

  it('is compared with what is not shown', () => {
    const { changes } = diffRecord('kobject.order', { id: ID, attributes: {} }, { data: {}, description: 'x' })
    expect(changes).toEqual({ data: {}, description: 'x' })
  })
})

it.each([
  ['a number with text', 5, '5', true],
  ['text with a number', '5', 5, true],
  ['null with text', null, '5', true],
  ['a number with itself', 5, 5, false]
])('compares %s as it is', (_what, current, wanted, differs) => {
  const record = { id: ID, attributes: { custom: { sizeNum: current } } }
  const { changes } = diffRecord('customer', record, { custom: { sizeNum: wanted } })
  expect(changes).toEqual(differs ? { custom: { sizeNum: wanted } } : undefined)
})
