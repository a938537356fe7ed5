import {
  companies,
  company,
  COMPANY_ID,
  customer,
  ID,
  identity,
  OTHER_ID,
  plainError,
  record
} from '../../__tests__/__helpers__/answers'
import { conversation, failure, MISSING } from '../../__tests__/__helpers__/conversation'
import type { Answer, Step } from '../../__tests__/__helpers__/conversation'
import type { Identifier } from '../../values/identifiers'
import { claimOf, deliver, deliveredOf, personOf } from '../deliver'
import type { CustomerEvent } from '../event'

const U1: Identifier = { name: 'externalId', value: 'u1' }
const EMAIL: Identifier = { name: 'email', value: 'ann@example.com' }
const PHONE: Identifier = { name: 'phone', value: '+15550100200' }
const TEN_EMAILS = Array.from({ length: 10 }, (_, index) => ({ email: `${index}@example.com` }))
const GENDER = { field: 'gender', reason: 'left out: neither m nor f' }
const UNCLAIMED = {
  field: 'trackingId',
  reason: 'left out: the customer holds none of the identifiers that the event gives'
}

const event = (given: Partial<CustomerEvent> = {}): CustomerEvent => ({
  identifiers: [U1],
  wanted: { externalId: 'u1' },
  leftOut: [],
  ...given
})
const byId = (answer: Answer): Step => ['GET customers/externalId=u1', answer]
const claim = (body: unknown, answer: Answer = [201, identity()]): Step => ['POST tracking/identity', body, answer]

describe('deliver', () => {
  it('upserts, and claims the history of the visitor', async () => {
    const kustomer = conversation(
      byId([200, customer({ externalId: 'u1' })]),
      claim({ trackingId: 'visitor', externalId: 'u1' })
    )
    expect(await deliver(kustomer.client(), event({ trackingId: 'visitor', leftOut: [GENDER] }))).toStrictEqual({
      outcome: 'unchanged',
      customerId: ID,
      leftOut: [GENDER]
    })
  })

  it('claims nothing without a visitor', async () => {
    const kustomer = conversation(byId(MISSING), [
      'POST customers',
      { externalId: 'u1' },
      [201, customer({ externalId: 'u1' })]
    ])
    expect(await deliver(kustomer.client(), event())).toStrictEqual({ outcome: 'created', customerId: ID, leftOut: [] })
  })

  it('claims for a customer who was created just now', async () => {
    const kustomer = conversation(
      byId(MISSING),
      ['POST customers', { externalId: 'u1' }, [200]],
      claim({ trackingId: 'visitor', externalId: 'u1' }, [200])
    )
    expect(await deliver(kustomer.client(), event({ trackingId: 'visitor' }))).toStrictEqual({
      outcome: 'created',
      leftOut: []
    })
  })

  it('claims by an identifier that the customer is given just now', async () => {
    const emails = [{ email: 'ann@example.com' }]
    const phones = [{ phone: '+15550100200' }]
    const kustomer = conversation(
      ['GET customers/email=ann%40example.com', MISSING],
      ['GET customers/phone=%2B15550100200', [200, customer({ phones })]],
      [`PATCH customers/${ID}`, { emails, rev: 1 }, [200, customer({ emails, phones })]],
      claim({ trackingId: 'visitor', email: 'ann@example.com' })
    )
    const given = event({ identifiers: [EMAIL, PHONE], wanted: { emails, phones }, trackingId: 'visitor' })
    expect(await deliver(kustomer.client(), given)).toMatchObject({ outcome: 'updated', leftOut: [] })
  })

  it('says in an error what was left out besides', async () => {
    const kustomer = conversation(byId([500, plainError('Down')]))
    expect(await failure(deliver(kustomer.client(), event({ leftOut: [GENDER] })))).toMatchObject({
      status: 500,
      message:
        'Could not look up the customer by externalId: Kustomer answered 500. Down. Not sent as given: gender (left out: neither m nor f).'
    })
  })

  it('names what failed, once the customer is there', async () => {
    const kustomer = conversation(
      byId([200, customer({ externalId: 'u1' })]),
      claim({ trackingId: 'visitor', externalId: 'u1' }, [403, plainError('Forbidden')])
    )
    expect(await failure(deliver(kustomer.client(), event({ trackingId: 'visitor' })))).toMatchObject({
      status: 403,
      message:
        "Could not claim the anonymous history: Kustomer answered 403. Forbidden. The API Key lacks a role. Kustomer's roles of a key cannot be changed: a new key with the role org.tracking is needed."
    })
  })
})

describe('the company of the customer', () => {
  const working = (given: Partial<CustomerEvent> = {}) =>
    event({ employer: { company: { externalId: 'c1', name: 'Acme' }, mayMove: false }, ...given })
  const byCompany = (answer: Answer): Step => ['GET companies?externalId=c1', answer]
  const acme: Answer = [200, companies([company({ externalId: 'c1', name: 'Acme' })])]

  it('is linked with the update that writes the rest', async () => {
    const kustomer = conversation(byId([200, customer({ externalId: 'u1' })]), byCompany(acme), [
      `PATCH customers/${ID}`,
      { name: 'Ann', company: COMPANY_ID, rev: 1 },
      [200]
    ])
    const given = working({ wanted: { externalId: 'u1', name: 'Ann' } })
    expect(await deliver(kustomer.client(), given)).toMatchObject({ outcome: 'updated', leftOut: [] })
  })

  it('costs no request where a bare name is linked already, and one where it has an ID', async () => {
    const bare = { company: { name: 'Acme' }, mayMove: false }
    const linked: Answer = [200, customer({ externalId: 'u1', companyName: 'Acme' }, ID, COMPANY_ID)]
    const first = conversation(byId(linked))
    expect(await deliver(first.client(), working({ employer: bare }))).toMatchObject({ outcome: 'unchanged' })
    const second = conversation(byId(linked), byCompany(acme))
    expect(await deliver(second.client(), working())).toMatchObject({ outcome: 'unchanged', leftOut: [] })
  })

  it('stays where an agent has linked another one, which is told, and the customer is written', async () => {
    const linked: Answer = [200, customer({ externalId: 'u1' }, ID, OTHER_ID)]
    const kustomer = conversation(byId(linked), byCompany(acme), [
      `PATCH customers/${ID}`,
      { name: 'Ann', company: OTHER_ID, rev: 1 },
      [200]
    ])
    const given = working({ wanted: { externalId: 'u1', name: 'Ann' } })
    expect(await deliver(kustomer.client(), given)).toMatchObject({
      outcome: 'updated',
      leftOut: [{ field: 'company' }]
    })
  })

  it('never sinks the event where it cannot be used', async () => {
    const kustomer = conversation(byId(MISSING), byCompany([403]), [
      'POST customers',
      { externalId: 'u1' },
      [201, customer({ externalId: 'u1' })]
    ])
    expect(await deliver(kustomer.client(), working())).toMatchObject({
      outcome: 'created',
      leftOut: [{ field: 'company', reason: expect.stringContaining('org.permission.company.read') }]
    })
  })

  it('makes the event retryable where it may be found later, once the customer is written and claimed', async () => {
    const kustomer = conversation(
      byId(MISSING),
      byCompany([500, plainError('Down')]),
      ['POST customers', { externalId: 'u1' }, [201, customer({ externalId: 'u1' })]],
      claim({ trackingId: 'visitor', externalId: 'u1' })
    )
    expect(
      await failure(deliver(kustomer.client(), working({ trackingId: 'visitor', leftOut: [GENDER] })))
    ).toMatchObject({
      status: 500,
      message:
        'Could not look up the company by externalId: Kustomer answered 500. Down. Not sent as given: gender (left out: neither m nor f).'
    })
  })
})

it('hands the company on', () => {
  const employer = { company: { name: 'Acme' }, mayMove: true }
  expect(personOf(event({ employer })).employer).toBe(employer)
})

it('hands the half of a name on to whoever has none', () => {
  expect(personOf(event({ nameIfNone: 'Ann' }))).toEqual({
    identifiers: [U1],
    wanted: { externalId: 'u1', nameIfNone: 'Ann' }
  })
})

describe('claimOf', () => {
  const all = event({ identifiers: [U1, EMAIL, PHONE], trackingId: 'visitor' })

  it.each<[string, Record<string, unknown>, unknown]>([
    ['externalId', { externalId: 'u1', emails: [{ email: 'ann@example.com' }] }, { externalId: 'u1' }],
    [
      'email, as it is held',
      { externalId: 'u0', emails: [{ email: 'Ann@Example.com' }], phones: [{ phone: '+15550100200' }] },
      { email: 'Ann@Example.com' }
    ],
    [
      'phone, as it is held',
      { sharedEmails: [{ email: 'ann@example.com' }], phones: [{ phone: '+1 (555) 010-0200' }] },
      { phone: '+1 (555) 010-0200' }
    ]
  ])('is by the strongest that is held: %s', (_what, attributes, identifier) => {
    expect(claimOf(all, record(attributes))).toStrictEqual({ trackingId: 'visitor', ...(identifier as object) })
  })

  it.each<[string, CustomerEvent, Record<string, unknown>]>([
    ['nothing is held', all, { sharedEmails: [{ email: 'ann@example.com' }] }],
    ['a full list had no room', event({ identifiers: [EMAIL], trackingId: 'visitor' }), { emails: TEN_EMAILS }],
    ['there is no visitor', event({ identifiers: [U1] }), { externalId: 'u1' }],
    ['the visitor is blank', event({ identifiers: [U1], trackingId: '' }), { externalId: 'u1' }]
  ])('is none where %s', (_what, given, attributes) => {
    expect(claimOf(given, record(attributes))).toBeUndefined()
  })
})

describe('deliveredOf', () => {
  const upserted = {
    outcome: 'updated' as const,
    record: record({ externalId: 'u1' }),
    leftOut: [{ field: 'email', reason: 'x' }]
  }

  it("tells the event's, then the customer's, then the claim's", () => {
    const given = event({ identifiers: [EMAIL], trackingId: 'visitor', leftOut: [GENDER] })
    expect(deliveredOf(given, upserted)).toStrictEqual({
      outcome: 'updated',
      customerId: ID,
      leftOut: [GENDER, { field: 'email', reason: 'x' }, UNCLAIMED]
    })
  })

  it('tells nothing of a claim that was made, or that nobody asked for', () => {
    expect(deliveredOf(event({ trackingId: 'visitor' }), upserted).leftOut).toEqual(upserted.leftOut)
    expect(deliveredOf(event({ identifiers: [EMAIL] }), upserted).leftOut).toEqual(upserted.leftOut)
  })
})
