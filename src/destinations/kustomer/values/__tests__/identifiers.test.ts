import { PayloadValidationError } from '@segment/actions-core'
import {
  canLookUp,
  emailKey,
  identifierKey,
  identifiersOf,
  phoneKey,
  readEmail,
  readExternalId,
  readMentionedId,
  readPhone,
  readTrackingId
} from '../identifiers'
import type { Identifier } from '../identifiers'

const NO_EMAIL = { reason: 'not a valid email address' }
const NO_PHONE = { reason: 'not a valid phone number' }

describe('identifiersOf', () => {
  it('puts the strongest first', () => {
    expect(identifiersOf({ phone: '+1 555 010 0200', email: ' ann@example.com', externalId: 'u1' })).toEqual({
      identifiers: [
        { name: 'externalId', value: 'u1' },
        { name: 'email', value: 'ann@example.com' },
        { name: 'phone', value: '+15550100200' }
      ],
      email: 'ann@example.com',
      phone: '+15550100200',
      leftOut: []
    })
  })

  it('leaves out what is blank, and what is not what it is called', () => {
    expect(identifiersOf({ externalId: ' ', email: 'ann', phone: 'none' })).toEqual({
      identifiers: [],
      leftOut: [
        { field: 'email', reason: 'not a valid email address' },
        { field: 'phone', reason: 'not a valid phone number' }
      ]
    })
    expect(identifiersOf({ externalId: '', email: '', phone: '' })).toEqual({ identifiers: [], leftOut: [] })
  })

  it('keeps a national number, which names nobody', () => {
    expect(identifiersOf({ phone: '030 901820' })).toEqual({
      identifiers: [],
      phone: '030901820',
      leftOut: [{ field: 'phone', reason: "can't identify a customer without its country code" }]
    })
    expect(identifiersOf({ phone: '030 901820', email: 'ann@example.com' })).toEqual({
      identifiers: [{ name: 'email', value: 'ann@example.com' }],
      email: 'ann@example.com',
      phone: '030901820',
      leftOut: []
    })
  })
})

describe('readExternalId', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    [' ', undefined],
    [' u1 ', ' u1 '],
    ['購'.repeat(255), '購'.repeat(255)],
    ['a pair 😀', 'a pair 😀']
  ])('reads %j as %j', (text, value) => {
    expect(readExternalId(text)).toBe(value)
  })

  it.each(['x'.repeat(256), 'x'.repeat(1e7), 'high \ud83d', '\ud83d high', 'low \ude00', '\ude00 low'])(
    'refuses what Kustomer cannot hold',
    (externalId) => {
      const read = () => readExternalId(externalId)
      expect(read).toThrow(PayloadValidationError)
      expect(read).toThrow('External ID is invalid: must be 1 to 255 characters of valid Unicode.')
    }
  )
})

describe('readMentionedId', () => {
  it.each(['u1', ' u1 ', '購'.repeat(255), 'a pair 😀'])('takes %j as it is', (text) => {
    expect(readMentionedId(text)).toStrictEqual({ value: text })
  })

  it.each(['x'.repeat(256), 'high \ud83d', '\ude00 low'])('leaves out what Kustomer cannot hold', (text) => {
    expect(readMentionedId(text)).toStrictEqual({
      reason: 'must be 1 to 255 characters of valid Unicode'
    })
  })

  it.each([undefined, '', ' \n'])('has nothing to say of %j', (text) => {
    expect(readMentionedId(text)).toEqual({})
  })
})

describe('readEmail', () => {
  const longest = `${'a'.repeat(64)}@${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(61)}`

  it.each([
    ['ann@example.com'],
    ['Ann@Example.COM'],
    ['a.b.c@example.com'],
    ["o'hara+tag!#$%&*/=?^_`{|}~-@example.com"],
    ['1@sub.example.co.uk'],
    ['ann@xn--exmple-cua.com'],
    ['ann@example.xn--p1ai'],
    ['ann@a-b.1c.io'],
    [longest]
  ])('takes %s', (email) => {
    expect(readEmail(email)).toEqual({ value: email })
    expect(readEmail(` ${email}\n`)).toEqual({ value: email })
  })

  it.each([
    ['ann'],
    ['example.com'],
    ['@example.com'],
    ['ann@'],
    ['ann@example'],
    ['ann@.com'],
    ['ann@example..com'],
    ['ann@example.com.'],
    ['ann@example.c'],
    ['ann@example.1a'],
    ['ann@-example.com'],
    ['ann@example-.com'],
    ['ann@example.com-'],
    ['ann@exa_mple.com'],
    [`ann@${'b'.repeat(64)}.com`],
    [`ann@example.${'c'.repeat(64)}`],
    ['.ann@example.com'],
    ['ann.@example.com'],
    ['a..b@example.com'],
    ['ann @example.com'],
    ['ann@example.com bob@example.com'],
    ['ann@@example.com'],
    ['"ann"@example.com'],
    ['josé@example.com'],
    ['ann@exämple.com'],
    ['\ud83d@example.com'],
    [`${'a'.repeat(65)}@example.com`]
  ])('leaves %s out', (email) => {
    expect(readEmail(email)).toEqual(NO_EMAIL)
  })

  it.each([undefined, '', ' '])('has nothing to say of %j', (email) => {
    expect(readEmail(email)).toEqual({})
  })

  it('takes 254 characters', () => {
    expect(longest).toHaveLength(254)
    expect(readEmail(`${longest}e`)).toEqual({ reason: 'longer than 254 characters' })
  })
})

describe('readPhone', () => {
  it.each([
    ['+15550107788', '+15550107788'],
    ['+1 (555) 010-7788', '+15550107788'],
    ['+1.555.010.7788', '+15550107788'],
    ['+49\u00a030/901820', '+4930901820'],
    [' 5550100\n', '5550100'],
    ['555 010 7788', '5550107788'],
    ['0049 30 901820', '+4930901820'],
    ['(00) 49 30 901820', '+4930901820'],
    ['+0049 30 901820', '+4930901820'],
    ['030 901820', '030901820'],
    ['(0)30 901820', '030901820'],
    ['1234567', '1234567'],
    ['123456789012345', '123456789012345'],
    ['+123456789012345', '+123456789012345'],
    ['00123456789012345', '+123456789012345'],
    ['+44 (0)20 7946 0958', '+442079460958'],
    ['0044(0) 20 7946 0958', '+442079460958'],
    ['(+44) 20 7946 0958', '+442079460958'],
    ['+39 06 6982', '+39066982'],
    ['tel:+1-555-010-7788', '+15550107788'],
    ['TEL: 555 0100', '5550100'],
    ['+1\u2011555\u2013010\u20147788', '+15550107788'],
    ['+1 555 010 \u2212 7788', '+15550107788'],
    [`5550100${' '.repeat(56)}1`, '55501001']
  ])('reads %j as %s', (phone, value) => {
    expect(readPhone(phone)).toEqual({ value })
  })

  it.each([
    ['+1 555 010 7788 ext. 42'],
    ['+1 555 010 7788 ext 42'],
    ['+1 555 010 7788, EXT: 42'],
    ['+1 555 010 7788 extension 42'],
    ['+1 555 010 7788x42'],
    ['+1 555 010 7788 X 42'],
    ['+1 555 010 7788 #42'],
    ['+1-555-010-7788;ext=42']
  ])('leaves the extension of %j out', (phone) => {
    expect(readPhone(phone)).toEqual({ value: '+15550107788', reason: 'extension ignored' })
  })

  it.each([
    ['123456'],
    ['1234567890123456'],
    ['+12345 6'],
    ['0000 1234567'],
    ['+0 1234567'],
    ['call me'],
    ['5550100 home'],
    ['tel 5550100'],
    ['1+5550100'],
    ['++15550100'],
    ['ext. 42'],
    ['5550100 ext.'],
    ['５５５０１００'],
    [`5550100${' '.repeat(57)}1`],
    ['5'.repeat(1e7)]
  ])('leaves out what is no phone, case %#', (phone) => {
    expect(readPhone(phone)).toEqual(NO_PHONE)
  })

  it.each([undefined, '', ' '])('has nothing to say of %j', (phone) => {
    expect(readPhone(phone)).toEqual({})
  })
})

it.each([
  ['+15550107788', true],
  ['15550107788', true],
  ['030901820', false],
  ['+030901820', false],
  ['x5550100', false],
  ['5550100x', false],
  ['1234567890123456', false],
  ['1', false]
])('tells of the phone %j whether it can be looked up: %j', (phone, can) => {
  expect(canLookUp(phone)).toBe(can)
})

it('reads the id of a visitor, at most 1,024 characters', () => {
  expect(readTrackingId(' v1 ')).toEqual({ value: 'v1' })
  expect(readTrackingId(' ')).toEqual({})
  expect(readTrackingId('x'.repeat(1024))).toEqual({ value: 'x'.repeat(1024) })
  expect(readTrackingId('x'.repeat(1025))).toEqual({ reason: 'longer than 1,024 characters' })
})

it('compares emails without case', () => {
  expect(emailKey(' Ann@Example.COM ')).toBe('ann@example.com')
})

it.each([
  ['+1 (555) 010-0200', '15550100200'],
  ['0049 30 901820', '4930901820'],
  ['030 901820', '030901820'],
  ['4900 1234', '49001234']
])('compares the phone %s by %s', (phone, key) => {
  expect(phoneKey(phone)).toBe(key)
})

describe('identifierKey', () => {
  it.each<[Identifier, string]>([
    [{ name: 'externalId', value: ' U1 ' }, 'externalId= U1 '],
    [{ name: 'email', value: ' Ann@Example.com' }, 'email=ann@example.com'],
    [{ name: 'phone', value: '+1 (555) 010-0200' }, 'phone=15550100200'],
    [{ name: 'phone', value: '0015550100200' }, 'phone=15550100200']
  ])('of %j', (identifier, key) => {
    expect(identifierKey(identifier)).toBe(key)
  })
})
