import {
  companies,
  company,
  COMPANY_ID,
  companyRecord,
  customer,
  ID,
  OTHER_ID,
  plainError
} from '../../__tests__/__helpers__/answers'
import { conversation, failure, MISSING } from '../../__tests__/__helpers__/conversation'
import type { Answer, Step } from '../../__tests__/__helpers__/conversation'
import { LINKED_ELSEWHERE } from '../../upsert/difference'
import { deliver, deliveredOf, memberOf, withLink } from '../deliver'
import type { CompanyEvent } from '../event'

const EMPLOYEES = { field: 'employees', reason: 'left out: not a whole number' }
const UNKNOWN_USER = { field: 'userId', reason: 'not linked: Kustomer knows no customer with this External ID' }
const UNKNOWN_COMPANY = { field: 'userId', reason: 'not linked: Kustomer did not tell the ID of the company' }
const MEMBER = { externalId: 'u1', mayMove: false }

const event = (given: Partial<CompanyEvent> = {}): CompanyEvent => ({
  reference: { externalId: 'c1', name: 'Acme' },
  wanted: { externalId: 'c1', name: 'Acme' },
  leftOut: [],
  ...given
})
const byId = (answer: Answer): Step => ['GET companies?externalId=c1', answer]
const byName = (answer: Answer): Step => ['GET companies?filter=Acme', answer]
const byUser = (answer: Answer): Step => ['GET customers/externalId=u1', answer]
const link = (answer: Answer = [200]): Step => [`PATCH customers/${ID}`, { company: COMPANY_ID, rev: 1 }, answer]

const NONE: Answer = [200, companies()]
const known: Answer = [200, companies([company({ externalId: 'c1', name: 'Acme' })])]
const user = (companyId?: string): Answer => [200, customer({ externalId: 'u1' }, ID, companyId)]

const delivered = (given: CompanyEvent, ...steps: Step[]) => deliver(conversation(...steps).client(), given)

describe('deliver', () => {
  it('costs one request where nothing differs', async () => {
    expect(await delivered(event({ leftOut: [EMPLOYEES] }), byId(known))).toStrictEqual({
      outcome: 'unchanged',
      companyId: COMPANY_ID,
      leftOut: [EMPLOYEES]
    })
  })

  it('costs three where the company is new, and two by its name alone', async () => {
    const created: Answer = [201, company()]
    expect(
      await delivered(event(), byId(NONE), byName(NONE), [
        'POST companies',
        { externalId: 'c1', name: 'Acme' },
        created
      ])
    ).toStrictEqual({ outcome: 'created', companyId: COMPANY_ID, leftOut: [] })
    const named = event({ reference: { name: 'Acme' }, wanted: { name: 'Acme' } })
    expect(await delivered(named, byName(NONE), ['POST companies', { name: 'Acme' }, created])).toMatchObject({
      outcome: 'created'
    })
  })

  it('costs one more where the user is linked already, and one more again that links them', async () => {
    expect(await delivered(event({ member: MEMBER }), byId(known), byUser(user(COMPANY_ID)))).toMatchObject({
      outcome: 'unchanged',
      leftOut: []
    })
    expect(await delivered(event({ member: MEMBER }), byId(known), byUser(user()), link())).toStrictEqual({
      outcome: 'unchanged',
      companyId: COMPANY_ID,
      leftOut: []
    })
  })

  it('moves a user only where the switch says so', async () => {
    expect(await delivered(event({ member: MEMBER }), byId(known), byUser(user(OTHER_ID)))).toMatchObject({
      leftOut: [{ field: 'company', reason: LINKED_ELSEWHERE }]
    })
    const moving = event({ member: { ...MEMBER, mayMove: true } })
    expect(await delivered(moving, byId(known), byUser(user(OTHER_ID)), link())).toMatchObject({ leftOut: [] })
  })

  it('tells that nobody knows the user, after what was left out of the event', async () => {
    const given = event({ member: MEMBER, leftOut: [EMPLOYEES] })
    expect(await delivered(given, byId(known), byUser(MISSING))).toMatchObject({ leftOut: [EMPLOYEES, UNKNOWN_USER] })
  })

  it('looks for no user where Kustomer does not tell the ID of a new company, which is told', async () => {
    expect(
      await delivered(event({ member: MEMBER }), byId(NONE), byName(NONE), [
        'POST companies',
        { externalId: 'c1', name: 'Acme' },
        [201]
      ])
    ).toStrictEqual({ outcome: 'created', leftOut: [UNKNOWN_COMPANY] })
  })

  it.each<[string, Step[], string]>([
    ['the company', [byId([500, plainError('Down')])], 'Could not look up the company by externalId'],
    ['the user', [byId(known), byUser([500, plainError('Down')])], 'Could not look up the customer by externalId'],
    ['the link', [byId(known), byUser(user()), link([500, plainError('Down')])], 'Could not update the customer']
  ])('names what failed, and what was left out besides: %s', async (_what, steps, message) => {
    expect(await failure(delivered(event({ member: MEMBER, leftOut: [EMPLOYEES] }), ...steps))).toMatchObject({
      status: 500,
      message: `${message}: Kustomer answered 500. Down. Not sent as given: employees (left out: not a whole number).`
    })
  })
})

const upserted = { outcome: 'updated' as const, record: companyRecord(), leftOut: [{ field: 'email', reason: 'x' }] }
const nameless = { ...upserted, record: { id: '', attributes: {} } }

describe('memberOf', () => {
  it('is the user of the event, who is to be linked to its company', () => {
    expect(memberOf(event({ member: { externalId: 'u1', mayMove: true } }), upserted)).toEqual({
      externalId: 'u1',
      link: { id: COMPANY_ID, mayMove: true }
    })
  })

  it('is nobody without a user, or without the ID of the company', () => {
    expect(memberOf(event(), upserted)).toBeUndefined()
    expect(memberOf(event({ member: MEMBER }), nameless)).toBeUndefined()
  })
})

describe('withLink', () => {
  const linked = { ...upserted, outcome: 'unchanged' as const, leftOut: [{ field: 'company', reason: 'y' }] }

  it.each<[string, CompanyEvent, typeof linked | undefined, unknown[]]>([
    ['of the link too', event({ member: MEMBER }), linked, [...upserted.leftOut, ...linked.leftOut]],
    ['that nobody was linked', event({ member: MEMBER }), undefined, [...upserted.leftOut, UNKNOWN_COMPANY]],
    ['of no link where none was asked for', event(), undefined, upserted.leftOut]
  ])('tells %s', (_what, given, link, leftOut) => {
    expect(withLink(given, upserted, link)).toEqual({ ...upserted, leftOut })
  })
})

it('answers with what became of the company', () => {
  expect(deliveredOf(event({ leftOut: [EMPLOYEES] }), upserted)).toStrictEqual({
    outcome: 'updated',
    companyId: COMPANY_ID,
    leftOut: [EMPLOYEES, ...upserted.leftOut]
  })
  expect(deliveredOf(event(), nameless)).not.toHaveProperty('companyId')
})
