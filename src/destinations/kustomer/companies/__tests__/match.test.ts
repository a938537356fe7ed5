import {
  briefCompany,
  companies,
  company,
  COMPANY_ID,
  companyRecord,
  ID,
  OTHER_ID
} from '../../__tests__/__helpers__/answers'
import { conversation, MISSING } from '../../__tests__/__helpers__/conversation'
import type { Answer, Step } from '../../__tests__/__helpers__/conversation'
import { externalIdOf, findCompany } from '../match'
import type { CompanyReference } from '../match'

const list = (...found: Array<{ data: unknown }>): Answer => [200, companies(found)]
const byId = (answer: Answer): Step => ['GET companies?externalId=a1', answer]
const byName = (answer: Answer): Step => ['GET companies?filter=Acme', answer]

const find = (reference: CompanyReference, ...steps: Step[]) => findCompany(conversation(...steps).client(), reference)

const ACME = companyRecord({ name: 'Acme', externalId: 'a1' })
const BOTH = { externalId: 'a1', name: 'Acme' }

describe('by its externalId, a company', () => {
  it('is found as the list shows it', async () => {
    const answer = list(company({ name: 'Acme Corporation', externalId: 'a1' }))
    expect(await find(BOTH, byId(answer))).toEqual(companyRecord({ name: 'Acme Corporation', externalId: 'a1' }))
  })

  it('is found though the list spells the externalId in another way, or does not show it', async () => {
    const spelled = briefCompany('Acme', 'a1')
    expect(await find({ externalId: 'a1' }, byId(list(spelled)))).toEqual({
      id: COMPANY_ID,
      attributes: { ...spelled.data.attributes, externalId: 'a1' }
    })
    const hidden = briefCompany('Acme')
    expect(await find({ externalId: 'a1' }, byId(list(hidden)))).toEqual({
      id: COMPANY_ID,
      attributes: { ...hidden.data.attributes, externalId: 'a1' }
    })
  })

  it('is another where it has another externalId', async () => {
    const others = [company({ externalId: 'A1' }, ID), briefCompany('Acme', 'a12', OTHER_ID)]
    expect(await find({ externalId: 'a1' }, byId(list(...others)))).toBeUndefined()
    expect(await find({ externalId: 'a1' }, byId(list(...others, company({ externalId: 'a1' }))))).toMatchObject({
      id: COMPANY_ID
    })
  })

  it.each<[string, Answer]>([
    ['nobody', list()],
    ['one that is deleted', list(company({ externalId: 'a1', deleted: true }))],
    ['404', MISSING]
  ])('is not looked for any further without a name: %s', async (_what, answer) => {
    expect(await find({ externalId: 'a1' }, byId(answer))).toBeUndefined()
  })
})

describe('by its name, a company', () => {
  it('is found where nothing else names it', async () => {
    expect(await find({ name: 'Acme' }, byName(list(company({ name: 'Acme' }))))).toEqual(
      companyRecord({ name: 'Acme' })
    )
  })

  it.each(['Acme Corporation', 'acme', 'ACME', ' Acme', 'Acm', ''])(
    'is another where it is called %j',
    async (name) => {
      expect(await find({ name: 'Acme' }, byName(list(company({ name }))))).toBeUndefined()
      expect(
        await find({ name: 'Acme' }, byName(list(company({ name }, ID), company({ name: 'Acme' }))))
      ).toMatchObject({
        id: COMPANY_ID
      })
    }
  )

  it('is found on a later page', async () => {
    const first: Answer = [200, companies([company({ name: 'Acme Corporation' }, ID)], '/v1/companies?page=2')]
    expect(
      await find({ name: 'Acme' }, byName(first), ['GET companies?filter=Acme&page=2', list(company({ name: 'Acme' }))])
    ).toMatchObject({ id: COMPANY_ID })
  })

  it('is found where nobody has the externalId, if it has none', async () => {
    expect(await find(BOTH, byId(list()), byName(list(company({ name: 'Acme' }))))).toEqual(
      companyRecord({ name: 'Acme' })
    )
    expect(await find(BOTH, byId(list()), byName(list(briefCompany('Acme'))))).toMatchObject({ id: COMPANY_ID })
  })

  it.each([
    ['externalId', company({ name: 'Acme', externalId: 'b2' })],
    ['extenalId', briefCompany('Acme', 'b2')]
  ])('is another where the event gives an externalId and it has one, as %s', async (_spelling, other) => {
    expect(await find(BOTH, byId(list()), byName(list(other)))).toBeUndefined()
  })

  it('is the first without an externalId, if several are called so', async () => {
    const all = list(
      company({ name: 'Acme', externalId: 'b2' }, OTHER_ID),
      company({ name: 'Acme', externalId: null }),
      company({ name: 'Acme' }, ID)
    )
    expect(await find({ name: 'Acme' }, byName(all))).toMatchObject({ id: COMPANY_ID })
    expect(await find(BOTH, byId(list()), byName(all))).toMatchObject({ id: COMPANY_ID })
  })

  it('may have an externalId where the event gives none and no other is called so', async () => {
    const one = company({ name: 'Acme', externalId: 'a1' })
    expect(await find({ name: 'Acme' }, byName(list(one, company({ name: 'Acme Corporation' }, ID))))).toEqual(ACME)
    const other = company({ name: 'Acme', externalId: 'b2' }, OTHER_ID)
    expect(await find({ name: 'Acme' }, byName(list(one, other)))).toBeUndefined()
  })
})

it.each<[Record<string, unknown>, string | undefined]>([
  [{ externalId: 'a1' }, 'a1'],
  [{ extenalId: 'a1' }, 'a1'],
  [{ externalId: 'a1', extenalId: 'b2' }, 'a1'],
  [{ externalId: null, extenalId: 'a1' }, 'a1'],
  [{ externalId: '', extenalId: 'a1' }, 'a1'],
  [{ externalId: '' }, undefined],
  [{ externalId: null }, undefined],
  [{ externalId: 5 }, undefined],
  [{}, undefined]
])('reads the externalId of %j as %j', (attributes, externalId) => {
  expect(externalIdOf({ id: COMPANY_ID, attributes })).toBe(externalId)
})
