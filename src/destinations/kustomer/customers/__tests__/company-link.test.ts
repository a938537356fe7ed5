import { briefCompany, companies, company, COMPANY_ID, OTHER_ID, record } from '../../__tests__/__helpers__/answers'
import { conversation } from '../../__tests__/__helpers__/conversation'
import type { Answer, Step } from '../../__tests__/__helpers__/conversation'
import type { Customer } from '../../api/records'
import { linkToCompany, linkToEmployer } from '../company-link'
import type { Employer } from '../company-link'

const ACME = { externalId: 'a1', name: 'Acme' }
const BARE: Employer = { company: { name: 'Acme' }, mayMove: false }
const WITH_ID: Employer = { company: ACME, mayMove: false }
const byId = (...found: Array<{ data: unknown }>): Step => ['GET companies?externalId=a1', [200, companies(found)]]
const byName = (...found: Array<{ data: unknown }>): Step => ['GET companies?filter=Acme', [200, companies(found)]]
const linkedTo = (companyId: string, companyName?: string): Customer => ({
  ...record(companyName === undefined ? {} : { companyName }),
  companyId
})
const readLinked = (attributes: object, id = OTHER_ID): Step => [
  `GET companies/${id}`,
  [200, company({ ...attributes }, id)]
]
const link = (id = COMPANY_ID) => ({ link: { id, mayMove: true }, leftOut: [] })
const notLinked = (reason: string) => ({
  leftOut: [{ field: 'company', reason: expect.stringContaining(`not linked: ${reason}`) }]
})
const ELSEWHERE = notLinked('the customer is linked to another company')
const linkTo = (employer: Employer, customer: Customer | undefined, ...steps: Step[]) =>
  linkToEmployer(conversation(...steps).client(), employer, customer)

describe('a customer without a company', () => {
  it('is linked to the company that is found', async () => {
    expect(await linkTo(WITH_ID, undefined, byId(company(ACME)))).toEqual(link())
    expect(await linkTo(BARE, record(), byName(company({ name: 'Acme' })))).toEqual(link())
  })

  it('is linked to a company that is created', async () => {
    const steps: Step[] = [byId(), byName(), ['POST companies', ACME, [201, company(ACME)]]]
    expect(await linkTo(WITH_ID, undefined, ...steps)).toEqual(link())
  })

  it.each<[string, Answer, object]>([
    ['the answer has no ID', [201], notLinked("Kustomer's answer had no ID of the company")],
    ['the role is missing', [403], notLinked('Could not create the company')]
  ])('is not linked if %s', async (_why, answer, expected) => {
    expect(await linkTo(WITH_ID, undefined, byId(), byName(), ['POST companies', ACME, answer])).toEqual(expected)
  })

  it('is linked later if the failure is temporary', async () => {
    expect(await linkTo(WITH_ID, undefined, ['GET companies?externalId=a1', [503]])).toEqual({
      leftOut: [],
      pending: expect.objectContaining({ status: 503 })
    })
  })
})

describe('a customer who is linked to a company', () => {
  it('stays there without a request if the event gives its bare name', async () => {
    expect(await linkTo(BARE, linkedTo(OTHER_ID, 'Acme'))).toEqual({ leftOut: [] })
  })

  it('stays there without a request if the event gives another bare name', async () => {
    expect(await linkTo(BARE, linkedTo(OTHER_ID, 'Initech'))).toEqual(ELSEWHERE)
  })

  it('is moved if that is switched on', async () => {
    const steps = [byName(company({ name: 'Acme' }))]
    expect(await linkTo({ ...BARE, mayMove: true }, linkedTo(OTHER_ID, 'Initech'), ...steps)).toEqual(link())
  })

  it('is looked into if their answer shows no name of it', async () => {
    const steps = [byName(company({ name: 'Acme' })), readLinked({ name: 'Initech' })]
    expect(await linkTo(BARE, linkedTo(OTHER_ID), ...steps)).toEqual(ELSEWHERE)
  })

  it('stays at the company with the external ID', async () => {
    expect(await linkTo(WITH_ID, linkedTo(COMPANY_ID, 'Acme'), byId(company(ACME)))).toEqual(link())
  })

  it('stays at another company without creating the one that the event gives', async () => {
    expect(await linkTo(WITH_ID, linkedTo(OTHER_ID, 'Initech'), byId(), byName())).toEqual(ELSEWHERE)
  })

  it.each<[string, object, object]>([
    ['moves from the company of the same name without an ID', { name: 'Acme' }, link()],
    ['stays at a company of the same name with an ID of its own', { name: 'Acme', externalId: 'a2' }, ELSEWHERE],
    ['stays at a company with another name than they show', { name: 'Initech' }, ELSEWHERE]
  ])('%s', async (_what, linked, expected) => {
    const steps = [byId(company(ACME)), readLinked(linked)]
    expect(await linkTo(WITH_ID, linkedTo(OTHER_ID, 'Acme'), ...steps)).toEqual(expected)
  })

  it('stays if the company that they are linked to is gone', async () => {
    const steps: Step[] = [byId(briefCompany('Acme', 'a1')), [`GET companies/${OTHER_ID}`, [404]]]
    expect(await linkTo(WITH_ID, linkedTo(OTHER_ID, 'Acme'), ...steps)).toEqual(ELSEWHERE)
  })
})

it('looks a company up once for all events of a batch', async () => {
  const client = conversation(byId(company(ACME))).client()
  expect([await linkToEmployer(client, WITH_ID), await linkToEmployer(client, WITH_ID)]).toEqual([link(), link()])
})

it('creates a company once for all events of a batch, though the first may not use it', async () => {
  const client = conversation(
    ...[byId(), byName(), byId(), byName(), ['POST companies', ACME, [201, company(ACME)]] as Step]
  ).client()
  expect(await linkToEmployer(client, WITH_ID, linkedTo(OTHER_ID, 'Initech'))).toEqual(ELSEWHERE)
  expect([await linkToEmployer(client, WITH_ID), await linkToEmployer(client, WITH_ID)]).toEqual([link(), link()])
})

describe('a group call', () => {
  const { data } = company({ name: 'Acme' })
  const known = { id: COMPANY_ID, attributes: data.attributes }
  const linkToKnown = (mayMove: boolean, customer: Customer | undefined, ...steps: Step[]) =>
    linkToCompany(conversation(...steps).client(), known, mayMove, customer)

  it.each<[string, boolean, Customer | undefined, Step[], boolean]>([
    ['links whoever has no company', false, record(), [], false],
    ['links a new customer', false, undefined, [], false],
    ['says nothing new of its own members', false, linkedTo(COMPANY_ID, 'Acme'), [], false],
    ['may move others if that is switched on', true, linkedTo(OTHER_ID, 'Acme'), [], true],
    ['moves them from another spelling', false, linkedTo(OTHER_ID, 'Acme'), [readLinked({ name: 'Acme' })], true],
    ['leaves them at another company', false, linkedTo(OTHER_ID, 'Initech'), [], false]
  ])('%s', async (_what, mayMove, customer, steps, moves) => {
    expect(await linkToKnown(mayMove, customer, ...steps)).toEqual({
      link: { id: COMPANY_ID, mayMove: moves },
      leftOut: []
    })
  })
})
