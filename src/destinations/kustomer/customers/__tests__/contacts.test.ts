import { contactsOf, withShared } from '../contacts'

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
    const taken = new Map(contested.map((key) => [key, 'shared']))
    expect(withShared(wanted, taken).wanted).toStrictEqual({ name: 'Ann', ...lists })
  })

  it('adds no empty lists', () => {
    const taken = new Map([['email=ann@example.com', 'shared']])
    expect(withShared({ name: 'Ann' }, taken)).toStrictEqual({ wanted: { name: 'Ann' }, leftOut: [] })
  })
})

it('tells of what was moved, without the value', () => {
  const taken = new Map([
    ['phone=15550100200', 'shared: rejected'],
    ['email=bob@example.com', 'shared: taken']
  ])
  expect(withShared({ emails: [ANN, BOB], phones: [PHONE] }, taken).leftOut).toEqual([
    { field: 'email', reason: 'shared: taken' },
    { field: 'phone', reason: 'shared: rejected' }
  ])
})
