import { COMPANY_ID, customer, ID, NOT_FOUND, record } from '../../__tests__/__helpers__/answers'
import { conversation } from '../../__tests__/__helpers__/conversation'
import type { Identifier } from '../../values/identifiers'
import { findHolder, heldSpelling, holds, isStub, isSameCustomer } from '../match'

const U1: Identifier = { name: 'externalId', value: 'u1' }
const EMAIL: Identifier = { name: 'email', value: 'Ann@Example.com' }
const PHONE: Identifier = { name: 'phone', value: '+15550100200' }

describe('heldSpelling', () => {
  it.each<[string, Record<string, unknown>, Identifier, string | undefined]>([
    ['the externalId', { externalId: 'u1' }, U1, 'u1'],
    ['an externalId among others', { externalId: 'u0', externalIds: [{ externalId: 'u1' }] }, U1, 'u1'],
    ['an externalId in another case', { externalId: 'U1' }, U1, undefined],
    ['an externalId that is shared', { sharedExternalIds: [{ externalId: 'u1' }] }, U1, undefined],
    [
      'an email in another case',
      { emails: [{ email: 'x@example.com' }, { email: 'ANN@example.com' }] },
      EMAIL,
      'ANN@example.com'
    ],
    ['an email that is shared', { sharedEmails: [{ email: 'Ann@Example.com' }] }, EMAIL, undefined],
    ['another email', { emails: [{ email: 'bob@example.com' }] }, EMAIL, undefined],
    ['an email that is said to be an externalId', { externalId: 'Ann@Example.com' }, EMAIL, undefined],
    ['a phone in other words', { phones: [{ phone: '+1 (555) 010-0200' }] }, PHONE, '+1 (555) 010-0200'],
    ['a phone that is shared', { sharedPhones: [{ phone: '+15550100200' }] }, PHONE, undefined],
    ['a list of another shape', { emails: 'Ann@Example.com' }, EMAIL, undefined],
    ['items of another shape', { emails: [null, 'Ann@Example.com', { email: 5 }, { email: '' }] }, EMAIL, undefined],
    ['nothing', {}, EMAIL, undefined]
  ])('of %s', (_what, attributes, identifier, spelling) => {
    expect(heldSpelling(record(attributes), identifier)).toBe(spelling)
    expect(holds(record(attributes), identifier)).toBe(spelling !== undefined)
  })
})

describe('findHolder', () => {
  it('finds whoever holds it as their own', async () => {
    const kustomer = conversation([
      'GET customers/email=Ann%40Example.com',
      [200, customer({ emails: [{ email: 'ann@example.com' }] })]
    ])
    expect(await findHolder(kustomer.client(), EMAIL)).toEqual(record({ emails: [{ email: 'ann@example.com' }] }))
  })

  it.each<[string, [number, unknown]]>([
    ['nobody', [404, NOT_FOUND]],
    ['one who only shares it', [200, customer({ sharedEmails: [{ email: 'ann@example.com' }] })]],
    ['one who does not hold it', [200, customer({ emails: [{ email: 'bob@example.com' }] })]],
    ['one who is marked as deleted', [200, customer({ deleted: true, emails: [{ email: 'ann@example.com' }] })]]
  ])('does not find %s', async (_who, answer) => {
    const kustomer = conversation(['GET customers/email=Ann%40Example.com', answer])
    expect(await findHolder(kustomer.client(), EMAIL)).toBeUndefined()
  })
})

describe('isSameCustomer', () => {
  const bob = { email: 'bob@example.com' }

  it.each<[string, Record<string, unknown>, Identifier['name'], Identifier[], boolean]>([
    ['by externalId', { externalId: 'u1' }, 'externalId', [U1, EMAIL, PHONE], true],
    ['by externalId, with another email', { externalId: 'u1', emails: [bob] }, 'externalId', [U1, EMAIL], true],
    ['by email, without an externalId', { emails: [{ email: 'ann@example.com' }] }, 'email', [U1, EMAIL], true],
    ['by email, with the externalId', { externalId: 'u1' }, 'email', [U1, EMAIL], true],
    ['by email, with another externalId', { externalId: 'u2' }, 'email', [U1, EMAIL], false],
    ['by email, with another externalId listed', { externalIds: [{ externalId: 'u2' }] }, 'email', [U1, EMAIL], false],
    ['by email, with an externalId that the event does not give', { externalId: 'u2' }, 'email', [EMAIL], true],
    ['by phone, without anything', {}, 'phone', [U1, EMAIL, PHONE], true],
    ['by phone, with the email', { emails: [bob, { email: 'ann@example.com' }] }, 'phone', [EMAIL, PHONE], true],
    ['by phone, with another email', { emails: [bob] }, 'phone', [EMAIL, PHONE], false],
    ['by phone, with another email that is shared', { sharedEmails: [bob] }, 'phone', [EMAIL, PHONE], true],
    ['by phone, with an email where the event gives none', { emails: [bob] }, 'phone', [PHONE], true],
    ['by phone, with another externalId', { externalId: 'u2' }, 'phone', [U1, PHONE], false],
    [
      'by phone, with the externalId and another email',
      { externalId: 'u1', emails: [bob] },
      'phone',
      [U1, EMAIL, PHONE],
      false
    ],
    ['by email, with another phone', { phones: [{ phone: '+15550100299' }] }, 'email', [EMAIL, PHONE], true]
  ])('%s', (_how, attributes, found, identifiers, isSame) => {
    expect(isSameCustomer(record(attributes), found, identifiers)).toBe(isSame)
  })
})

describe('isStub', () => {
  it.each<[string, Record<string, unknown>]>([
    ['an externalId', { externalId: 'u1', externalIds: [{ externalId: 'u1' }] }],
    ['a locale and a time zone', { locale: 'en-US', timeZone: 'Europe/Vienna' }],
    [
      'what Kustomer sets by itself',
      { displayName: 'Unknown Fox', sentiment: { polarity: 1 }, lastSeenAt: '2024-01-01' }
    ],
    ['no conversation', { conversationCounts: { all: 0, open: 0 } }],
    ['no counts', { conversationCounts: undefined }],
    ['custom attributes that are all blank', { custom: { planStr: null, aStr: '' } }],
    ['empty text', { name: '', username: '' }]
  ])('takes a customer with %s for one', (_what, attributes) => {
    expect(isStub(record(attributes))).toBe(true)
  })

  it.each<[string, unknown]>([
    ['name', 'Ann'],
    ['username', 'ann'],
    ['signedUpAt', '2024-01-01T00:00:00.000Z'],
    ['birthdayAt', '1980-01-01T00:00:00.000Z'],
    ['emails', [{ email: 'ann@example.com' }]],
    ['sharedEmails', [{ email: 'ann@example.com' }]],
    ['phones', [{ phone: '+15550100200' }]],
    ['sharedPhones', [{ phone: '+15550100200' }]],
    ['whatsapps', [{ phone: '+15550100200' }]],
    ['socials', [{ type: 'twitter', username: 'ann' }]],
    ['sharedSocials', [{ type: 'twitter', username: 'ann' }]],
    ['urls', [{ url: 'https://example.com' }]],
    ['locations', [{ cityName: 'Graz' }]],
    ['tags', ['5a0000000000000000000001']],
    ['custom', { planStr: 'pro' }],
    ['custom', { noteStr: '', planStr: 'pro' }],
    ['custom', { isVipBool: false }],
    ['custom', { seatsNum: 0 }],
    ['conversationCounts', { all: 1 }]
  ])('takes a customer with %s %j for none', (name, value) => {
    expect(isStub(record({ [name]: value }))).toBe(false)
  })

  it('takes one who belongs to a company for one, as a group call creates them', () => {
    expect(isStub(record({}, ID, COMPANY_ID))).toBe(true)
  })
})
