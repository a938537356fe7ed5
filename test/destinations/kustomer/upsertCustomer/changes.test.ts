import type { CustomerAttributes } from '../../../../src/destinations/kustomer/records'
import { changesTo } from '../../../../src/destinations/kustomer/upsertCustomer/changes'

type Case = [
  what: string,
  attributes: Record<string, unknown>,
  wanted: CustomerAttributes,
  changes?: CustomerAttributes
]

const emails = Array.from({ length: 10 }, (_, index) => ({ email: `${index}@example.com` }))

const cases: Case[] = [
  ['nothing wanted', { name: 'Ann' }, {}],
  ['what is there already', { name: 'Ann', gender: 'f' }, { name: 'Ann', gender: 'f' }],
  ['one new value', { name: 'Ann', locale: 'en' }, { name: 'Ann', locale: 'en-US' }, { locale: 'en-US' }],
  ['a first externalId', { externalId: null }, { externalId: 'u1' }, { externalId: 'u1' }],
  ['another externalId', { externalId: 'u0' }, { externalId: 'u1' }],
  ['the same instant', { birthdayAt: '1980-02-29T02:00:00+02:00' }, { birthdayAt: '1980-02-29T00:00:00.000Z' }],
  [
    'another instant',
    { signedUpAt: '2024-01-01T00:00:00Z' },
    { signedUpAt: '2024-01-02T00:00:00.000Z' },
    { signedUpAt: '2024-01-02T00:00:00.000Z' }
  ],
  ['the same avatar', { avatarUrl: 'https://Example.com' }, { avatarUrl: 'https://example.com/' }],
  ['an email in another case', { emails: [{ email: 'Ann@Example.com' }] }, { emails: [{ email: 'ann@example.com' }] }],
  [
    'a new email, after what an agent added, without what may not be written',
    { emails: [{ id: 'x', type: 'work', email: 'a@example.com', verified: true, externalVerified: null }] },
    { emails: [{ email: 'b@example.com' }] },
    { emails: [{ type: 'work', email: 'a@example.com', verified: true }, { email: 'b@example.com' }] }
  ],
  ['an eleventh email', { emails }, { emails: [{ email: 'new@example.com' }] }],
  [
    'a tenth email',
    { emails: emails.slice(1) },
    { emails: [{ email: 'new@example.com' }] },
    { emails: [...emails.slice(1), { email: 'new@example.com' }] }
  ],
  ['an email that is shared', { sharedEmails: [{ email: 'a@example.com' }] }, { emails: [{ email: 'A@example.com' }] }],
  [
    'an email to share',
    { sharedEmails: [{ id: 'x', email: 'a@example.com' }] },
    { sharedEmails: [{ email: 'b@example.com' }] },
    { sharedEmails: [{ email: 'a@example.com' }, { email: 'b@example.com' }] }
  ],
  ['a phone spelled otherwise', { phones: [{ phone: '+1 555 010 0200' }] }, { phones: [{ phone: '15550100200' }] }],
  ['a phone that is shared', { sharedPhones: [{ phone: '+1 555 010 0200' }] }, { phones: [{ phone: '15550100200' }] }],
  [
    'a URL spelled otherwise',
    { urls: [{ url: 'https://Example.com' }] },
    { urls: [{ type: 'website', url: 'https://example.com/' }] }
  ],
  [
    'a new URL and location',
    { urls: [{ id: 'x', url: 'https://a.example' }], locations: [{ id: 'y', cityName: 'Austin', latitude: 30 }] },
    { urls: [{ type: 'website', url: 'https://b.example' }], locations: [{ cityName: 'Paris' }] },
    {
      urls: [{ url: 'https://a.example' }, { type: 'website', url: 'https://b.example' }],
      locations: [{ cityName: 'Austin', latitude: 30 }, { cityName: 'Paris' }]
    }
  ],
  [
    'custom attributes that differ alone',
    { custom: { planStr: 'pro', seatsNum: 3, renewsAt: '2026-01-01T00:00:00+00:00' } },
    { custom: { planStr: 'pro', seatsNum: 4, renewsAt: '2026-01-01T00:00:00.000Z', vipBool: false } },
    { custom: { seatsNum: 4, vipBool: false } }
  ],
  [
    'a record of another shape',
    { emails: 'none', custom: null, phones: [null] },
    { phones: [{ phone: '5550100' }] },
    { phones: [{ phone: '5550100' }] }
  ]
]

it.each(cases.map(([what, attributes, wanted, changes]) => ({ what, attributes, wanted, changes })))(
  'finds the smallest update for $what',
  ({ attributes, wanted, changes }) => {
    expect(changesTo({ id: '1', attributes }, wanted)).toEqual(changes)
    const company = changes && { ...changes, company: '2' }
    expect(changesTo({ id: '1', attributes, companyId: '2' }, wanted)).toEqual(company)
  }
)
