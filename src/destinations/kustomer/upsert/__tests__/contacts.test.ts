import { contactsOf, sharedContacts, withShared } from '../contacts'

const ANN = { email: 'Ann@example.com' }
const BOB = { type: 'work', email: 'bob@example.com' }
const PHONE = { phone: '+1 (555) 010-0200' }
const NATIONAL = { phone: '05550100200' }

describe('contactsOf', () => {
  it('lists emails, then phones', () => {
    expect(
      contactsOf({ name: 'Ann', emails: [ANN, BOB], phones: [PHONE], sharedEmails: [{ email: 'x@example.com' }] })
    ).toEqual([
      { name: 'email', value: 'Ann@example.com' },
      { name: 'email', value: 'bob@example.com' },
      { name: 'phone', value: '+1 (555) 010-0200' }
    ])
    expect(contactsOf({})).toEqual([])
  })
})

describe('withShared', () => {
  const wanted = { name: 'Ann', emails: [ANN, BOB], phones: [PHONE, NATIONAL] }

  it.each<[string, string[], Record<string, unknown>]>([
    ['nothing', [], { emails: [ANN, BOB], phones: [PHONE, NATIONAL] }],
    ['one email', ['email=ann@example.com'], { emails: [BOB], sharedEmails: [ANN], phones: [PHONE, NATIONAL] }],
    ['one phone', ['phone=15550100200'], { emails: [ANN, BOB], phones: [NATIONAL], sharedPhones: [PHONE] }],
    [
      'everything',
      ['email=ann@example.com', 'email=bob@example.com', 'phone=15550100200', 'phone=05550100200'],
      { sharedEmails: [ANN, BOB], sharedPhones: [PHONE, NATIONAL] }
    ],
    ['somebody else', ['email=carl@example.com', 'externalId=u1'], { emails: [ANN, BOB], phones: [PHONE, NATIONAL] }]
  ])('moves %s', (_what, contested, lists) => {
    expect(withShared(wanted, new Set(contested))).toStrictEqual({ name: 'Ann', ...lists })
  })

  it('adds no empty lists', () => {
    expect(withShared({ name: 'Ann' }, new Set(['email=ann@example.com']))).toStrictEqual({ name: 'Ann' })
  })
})

describe('sharedContacts', () => {
  it('tells of what was moved, without the value', () => {
    const wanted = { emails: [ANN, BOB], phones: [PHONE] }
    expect(sharedContacts(wanted, new Set(['phone=15550100200', 'email=bob@example.com']))).toEqual([
      { field: 'email', reason: 'moved to the shared emails: Kustomer does not let the customer have it alone' },
      { field: 'phone', reason: 'moved to the shared phones: Kustomer does not let the customer have it alone' }
    ])
    expect(sharedContacts(wanted, new Set())).toEqual([])
  })
})
