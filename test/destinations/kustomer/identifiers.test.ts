import {
  emailKey,
  identifiersOf,
  phoneKey,
  usableEmail,
  usablePhone
} from '../../../src/destinations/kustomer/identifiers'

describe('identifiersOf', () => {
  it('puts the strongest first', () => {
    expect(identifiersOf({ phone: '+15550100200', email: 'ann@example.com', externalId: 'u1' })).toEqual([
      { name: 'externalId', value: 'u1' },
      { name: 'email', value: 'ann@example.com' },
      { name: 'phone', value: '+15550100200' }
    ])
  })

  it('leaves out what is blank or not what it is called', () => {
    expect(identifiersOf({ externalId: ' ', email: 'ann', phone: 'none' })).toEqual([])
  })

  it.each(['x'.repeat(257), 'half of a pair \ud83d'])(
    'refuses an externalId that Kustomer cannot hold',
    (externalId) => {
      expect(() => identifiersOf({ externalId, email: 'ann@example.com' })).toThrow(/^External ID cannot be used/)
    }
  )

  it('takes an externalId of 256 characters in any script', () => {
    expect(identifiersOf({ externalId: '購'.repeat(256) })).toHaveLength(1)
  })
})

describe('usableEmail', () => {
  it.each([
    ['ann@example.com', 'ann@example.com'],
    [' Ann@Example.com ', 'Ann@Example.com'],
    ['ann+tag@sub.example.co.uk', 'ann+tag@sub.example.co.uk'],
    ['ann', undefined],
    ['ann@', undefined],
    ['ann@example', undefined],
    ['ann @example.com', undefined],
    ['ann@@example.com', undefined],
    [`${'a'.repeat(250)}@example.com`, undefined],
    ['\ud83d@example.com', undefined],
    [undefined, undefined]
  ])('takes %j as %j', (email, usable) => {
    expect(usableEmail(email)).toBe(usable)
  })
})

describe('usablePhone', () => {
  it.each([
    ['+1 (555) 010-0200', '+1 (555) 010-0200'],
    [' 5550100 ', '5550100'],
    ['+49.30/901820', '+49.30/901820'],
    ['555010', undefined],
    ['1234567890123456', undefined],
    ['call me', undefined],
    ['555-0100 x5', undefined],
    ['1+5550100', undefined],
    [undefined, undefined]
  ])('takes %j as %j', (phone, usable) => {
    expect(usablePhone(phone)).toBe(usable)
  })
})

it('compares emails without case and phones by their digits', () => {
  expect(emailKey(' Ann@Example.COM')).toBe(emailKey('ann@example.com'))
  expect(phoneKey('+1 (555) 010-0200')).toBe(phoneKey('15550100200'))
})
