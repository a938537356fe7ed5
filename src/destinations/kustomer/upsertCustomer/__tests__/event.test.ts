import { PayloadValidationError } from '@segment/actions-core'
import { customerEvent } from '../event'
import type { Payload } from '../generated-types'

const NOBODY =
  'No customer to upsert: none of External ID, Email and Phone has a usable value. Map at least one of them.'

it('is of whom its identifiers name, with what it says of them', () => {
  const payload = { externalId: 'u1', email: 'ann@example.com', phone: '+1 555 010 7788', trackingId: ' v1 ' }
  expect(customerEvent({ ...payload, firstName: 'Ann', gender: 'x' })).toEqual({
    identifiers: [
      { name: 'externalId', value: 'u1' },
      { name: 'email', value: 'ann@example.com' },
      { name: 'phone', value: '+15550107788' }
    ],
    wanted: {
      externalId: 'u1',
      nameIfNone: 'Ann',
      emails: [{ email: 'ann@example.com' }],
      phones: [{ phone: '+15550107788' }]
    },
    trackingId: 'v1',
    leftOut: [{ field: 'gender', reason: 'left out: Kustomer knows m and f' }]
  })
})

it('is of somebody who works for a company, which is left out where it cannot be used', () => {
  expect(customerEvent({ externalId: 'u1', company: { id: 'c1', name: 'Acme' }, moveCustomer: true })).toEqual({
    identifiers: [{ name: 'externalId', value: 'u1' }],
    wanted: { externalId: 'u1' },
    employer: { company: { externalId: 'c1', name: 'Acme' }, mayMove: true },
    leftOut: []
  })
  const { employer, leftOut } = customerEvent({ externalId: 'u1', gender: 'x', company: { id: 'x'.repeat(256) } })
  expect(employer).toBeUndefined()
  expect(leftOut.map(({ field }) => field)).toEqual(['gender', 'company.id'])
})

it('stores a phone that nobody can be looked up by', () => {
  expect(customerEvent({ email: 'ann@example.com', phone: '030 901820' })).toEqual({
    identifiers: [{ name: 'email', value: 'ann@example.com' }],
    wanted: { emails: [{ email: 'ann@example.com' }], phones: [{ phone: '030901820' }] },
    leftOut: []
  })
})

it('tells what was left out in the order of identifiers, visitor and the rest', () => {
  const payload = {
    externalId: 'u1',
    email: 'ann',
    phone: 'none',
    trackingId: 'x'.repeat(1025),
    username: 'x'.repeat(257)
  }
  expect(customerEvent(payload).leftOut).toEqual([
    { field: 'email', reason: 'left out: not an email address' },
    { field: 'phone', reason: 'left out: not a phone number' },
    { field: 'trackingId', reason: 'left out: longer than 1,024 characters' },
    { field: 'username', reason: 'left out: longer than 256 characters' }
  ])
})

it.each<[Payload, string]>([
  [{}, NOBODY],
  [{ externalId: '', email: ' ', phone: '', trackingId: 'v1' }, NOBODY],
  [{ email: 'ann' }, `${NOBODY} Not sent as given: email (left out: not an email address).`],
  [{ phone: '030 901820' }, `${NOBODY} Not sent as given: phone (names nobody: a number without its country code).`],
  [
    { externalId: 'x'.repeat(256), email: 'ann@example.com' },
    'External ID cannot be used: Kustomer takes 1 to 255 characters of well-formed text.'
  ]
])('refuses what names nobody, case %#', (payload, message) => {
  const read = () => customerEvent(payload)
  expect(read).toThrow(PayloadValidationError)
  expect(read).toThrow(new Error(message))
})

it('reads the same from an event that comes alone, whose blanks the framework drops, and one of a batch', () => {
  const blank = { externalId: 'u1', email: '', phone: '', trackingId: '', name: '', birthdayAt: '', gender: '' }
  expect(customerEvent({ ...blank, website: '', locale: '', username: '', avatarUrl: '' })).toEqual(
    customerEvent({ externalId: 'u1' })
  )
})
