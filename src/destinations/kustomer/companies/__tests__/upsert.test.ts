import { PayloadValidationError, RetryableError } from '@segment/actions-core'
import {
  briefCompany,
  companies,
  company,
  COMPANY_ID,
  companyRecord,
  metadata,
  OTHER_ID,
  plainError,
  UNDEFINED_ATTRIBUTE
} from '../../__tests__/__helpers__/answers'
import { conversation, failure, MISSING } from '../../__tests__/__helpers__/conversation'
import type { Answer, Step } from '../../__tests__/__helpers__/conversation'
import type { Wanted } from '../../upsert/difference'
import { findCompany } from '../find'
import type { CompanyReference } from '../find'
import { companySubject, findForUpdate, idOfCompany, upsertCompany } from '../upsert'
import type { Firm } from '../upsert'

const A1 = { externalId: 'a1', name: 'Acme' }
const ALL = { externalId: 'a1', name: 'Acme', employeeCount: 12 }

/** A company, as an event names it, and with what it says of it. */
function firm(reference: CompanyReference, wanted: Wanted = {}): Firm {
  return { reference, wanted: { ...reference, ...wanted } }
}

const ACME = firm(A1, { employeeCount: 12 })
const NAMED = firm({ name: 'Acme' }, { employeeCount: 12 })

const list = (...found: Array<{ data: unknown }>): Answer => [200, companies(found)]
const look = {
  byId: (answer: Answer): Step => ['GET companies?externalId=a1', answer],
  byName: (answer: Answer): Step => ['GET companies?filter=Acme', answer]
}
const read = (answer: Answer, id = COMPANY_ID): Step => [`GET companies/${id}`, answer]
const creation = (body: unknown, answer: Answer = [201, company()]): Step => ['POST companies', body, answer]
const update = (body: unknown, answer: Answer = [200, company()], id = COMPANY_ID): Step => [
  `PUT companies/${id}`,
  body,
  answer
]
const refused = (status = 409, words = 'Conflict'): Answer => [status, plainError(words)]
const NOBODY = [look.byId(list()), look.byName(list())]

const upserted = (given: Firm, ...steps: Step[]) => upsertCompany(conversation(...steps).client(), given)

describe('a company that is there', () => {
  it('costs one request where nothing differs', async () => {
    expect(await upserted(ACME, look.byId(list(company(ALL))))).toEqual({
      outcome: 'unchanged',
      record: companyRecord(ALL),
      leftOut: []
    })
  })

  it('costs one request where nothing differs from what a list shows of it', async () => {
    expect(await upserted(firm(A1), look.byId(list(briefCompany('Acme', 'a1'))))).toMatchObject({
      outcome: 'unchanged',
      record: { id: COMPANY_ID, attributes: A1 }
    })
  })

  it('costs two requests where something differs, and is repeated with it', async () => {
    const before = { ...ALL, employeeCount: 10, domains: [{ domain: 'acme.com' }], rev: 7 }
    expect(
      await upserted(
        ACME,
        look.byId(list(company(before))),
        update({ externalId: 'a1', name: 'Acme', employeeCount: 12, domains: [{ domain: 'acme.com' }], rev: 7 })
      )
    ).toMatchObject({ outcome: 'updated', record: { id: COMPANY_ID, attributes: ALL }, leftOut: [] })
  })

  it('is read whole before it is updated, where a list shows less of it', async () => {
    const whole = { ...A1, employeeCount: 10, emails: [{ email: 'a@acme.com' }], custom: { planStr: 'pro' }, rev: 7 }
    expect(
      await upserted(
        ACME,
        look.byId(list(briefCompany('Acme', 'a1'))),
        read([200, company(whole)]),
        update({ ...ALL, emails: [{ email: 'a@acme.com' }], custom: { planStr: 'pro' }, rev: 7 })
      )
    ).toMatchObject({ outcome: 'updated', record: { attributes: { ...whole, employeeCount: 12 } } })
  })

  it('is not updated where nothing differs once it is read whole', async () => {
    expect(await upserted(ACME, look.byId(list(briefCompany('Acme', 'a1'))), read([200, company(ALL)]))).toMatchObject({
      outcome: 'unchanged',
      record: { id: COMPANY_ID, attributes: ALL }
    })
  })

  it.each(['rev', 'emails', 'phones', 'urls', 'domains', 'locations'])(
    'is not whole where a list does not show its %s',
    async (name) => {
      const { attributes } = company({ ...A1, employeeCount: 10 }).data
      const shown = Object.fromEntries(Object.entries(attributes).filter(([key]) => key !== name))
      const listed = list({ data: { id: COMPANY_ID, attributes: shown } })
      expect(await upserted(ACME, look.byId(listed), read([200, company(ALL)]))).toMatchObject({
        outcome: 'unchanged'
      })
    }
  )

  it('is not given again the externalId that a list shows and a read does not', async () => {
    const whole = company({ name: 'Acme', employeeCount: 12 })
    expect(await upserted(ACME, look.byId(list(briefCompany('Acme', 'a1'))), read([200, whole]))).toMatchObject({
      outcome: 'unchanged'
    })
  })

  it('is created anew where it is gone once it is read whole', async () => {
    expect(
      await upserted(ACME, look.byId(list(briefCompany('Acme', 'a1'))), read(MISSING), creation(ALL))
    ).toMatchObject({ outcome: 'created' })
  })

  it('is found by name, and given the externalId that it lacks', async () => {
    expect(
      await upserted(
        ACME,
        look.byId(list()),
        look.byName(list(company({ name: 'Acme', rev: 2 }))),
        update({ ...ALL, rev: 2 })
      )
    ).toMatchObject({ outcome: 'updated', record: { id: COMPANY_ID, attributes: ALL } })
  })

  it('needs no name that Kustomer would take for a new one', async () => {
    const hp = { externalId: 'a1', employeeCount: 12 }
    expect(await upserted(firm(hp), look.byId(list(company({ ...hp, name: 'HP' }))))).toMatchObject({
      outcome: 'unchanged'
    })
    expect(
      await upserted(
        { reference: { name: 'HP' }, wanted: { employeeCount: 12 } },
        ['GET companies?filter=HP', list(company({ name: 'HP', rev: 2 }))],
        update({ name: 'HP', employeeCount: 12, rev: 2 })
      )
    ).toMatchObject({ outcome: 'updated' })
  })
})

describe('a company that is new', () => {
  it('costs three requests', async () => {
    expect(await upserted(ACME, ...NOBODY, creation(ALL))).toEqual({
      outcome: 'created',
      record: { id: COMPANY_ID, attributes: ALL },
      leftOut: []
    })
  })

  it('costs two requests by name alone', async () => {
    const attributes = { name: 'Acme', employeeCount: 12 }
    expect(await upserted(NAMED, look.byName(list()), creation(attributes))).toEqual({
      outcome: 'created',
      record: { id: COMPANY_ID, attributes },
      leftOut: []
    })
  })

  it.each<[string, Firm, Step[]]>([
    ['none', firm({ externalId: 'a1' }), [look.byId(list())]],
    ['a short one', firm({ externalId: 'a1', name: 'HP' }), [look.byId(list()), ['GET companies?filter=HP', list()]]],
    ['one left out', { reference: { name: 'HP' }, wanted: {} }, [['GET companies?filter=HP', list()]]],
    ['a long one', firm({ externalId: 'a1' }, { name: 'x'.repeat(256) }), [look.byId(list())]]
  ])('needs a name: %s', async (_what, given, steps) => {
    const error = await failure(upserted(given, ...steps))
    expect(error).toBeInstanceOf(PayloadValidationError)
    expect(error).toMatchObject({
      message: 'The company is not in Kustomer yet, and a new one needs a Name of 3 to 255 characters.'
    })
  })

  it('is created without the custom attributes that are not defined', async () => {
    const custom = { planStr: 'pro', seatsNum: 3 }
    expect(
      await upserted(
        firm(A1, { custom }),
        ...NOBODY,
        creation({ ...A1, custom }, [400, UNDEFINED_ATTRIBUTE]),
        ['GET metadata/company', [200, metadata({ seatsNum: {} }, 'company')]],
        creation({ ...A1, custom: { seatsNum: 3 } })
      )
    ).toMatchObject({ outcome: 'created', leftOut: [{ field: 'customAttributes.planStr' }] })
  })

  it('is created though Kustomer does not tell its id', async () => {
    expect(await upserted(ACME, ...NOBODY, creation(ALL, [201]))).toMatchObject({
      outcome: 'created',
      record: { id: '', attributes: ALL }
    })
  })
})

describe.each([400, 409, 422])('a creation that is refused with %d', (status) => {
  it('goes on with the company that was made meanwhile', async () => {
    expect(
      await upserted(
        ACME,
        ...NOBODY,
        creation(ALL, refused(status)),
        look.byId(list(company({ ...A1, rev: 2 }))),
        update({ ...ALL, rev: 2 })
      )
    ).toMatchObject({ outcome: 'updated', record: { id: COMPANY_ID } })
  })

  it('goes on with one of its name', async () => {
    expect(
      await upserted(
        ACME,
        ...NOBODY,
        creation(ALL, refused(status)),
        look.byId(list()),
        look.byName(list(briefCompany('Acme'))),
        read([200, company({ name: 'Acme', employeeCount: 12 })]),
        update({ ...ALL, rev: 1 })
      )
    ).toMatchObject({ outcome: 'updated' })
  })

  it('stands where there is none, and nothing to give up', async () => {
    const error = await failure(upserted(ACME, ...NOBODY, creation(ALL, refused(status, 'No')), ...NOBODY))
    expect(error).toMatchObject({ status, message: `Could not create the company: Kustomer answered ${status}. No.` })
  })

  it('is sent again without contacts and then custom attributes, before it stands', async () => {
    const contacts = {
      emails: [{ email: 'a@acme.com' }],
      phones: [{ phone: '+15550100200' }],
      domains: [{ domain: 'acme.com' }]
    }
    const custom = { planStr: 'pro' }
    const told = [
      { field: 'email', reason: 'left out: Kustomer refuses the rest together with it' },
      { field: 'phone', reason: 'left out: Kustomer refuses the rest together with it' },
      { field: 'website', reason: 'no domain: Kustomer refuses the rest together with it' }
    ]
    const given = firm(A1, { ...contacts, custom })
    const start = [...NOBODY, creation({ ...A1, ...contacts, custom }, refused(status)), ...NOBODY]
    expect(await upserted(given, ...start, creation({ ...A1, custom }))).toMatchObject({
      outcome: 'created',
      leftOut: told
    })
    expect(await upserted(given, ...start, creation({ ...A1, custom }, refused(status)), creation(A1))).toMatchObject({
      outcome: 'created',
      leftOut: [...told, { field: 'customAttributes', reason: 'left out: Kustomer refuses the rest together with it' }]
    })
    expect(
      await failure(
        upserted(given, ...start, creation({ ...A1, custom }, refused(status)), creation(A1, refused(status, 'Twice')))
      )
    ).toMatchObject({ status, message: `Could not create the company: Kustomer answered ${status}. Conflict.` })
  })
})

describe('an update that is refused', () => {
  const before = { ...A1, employeeCount: 10, rev: 2 }

  it('is compared anew with what somebody else has changed', async () => {
    expect(
      await upserted(
        ACME,
        look.byId(list(company(before))),
        update({ ...ALL, rev: 2 }, refused()),
        read([200, company({ ...A1, employeeCount: 11, avatarUrl: 'https://acme.com/a.png', rev: 3 })]),
        update({ ...ALL, avatarUrl: 'https://acme.com/a.png', rev: 3 })
      )
    ).toMatchObject({ outcome: 'updated' })
  })

  it('is no longer about a company that was given another externalId', async () => {
    expect(
      await upserted(
        ACME,
        look.byId(list()),
        look.byName(list(company({ name: 'Acme', rev: 2 }))),
        update({ ...ALL, rev: 2 }, refused()),
        read([200, company({ name: 'Acme', externalId: 'b2', rev: 3 })]),
        creation(ALL, [201, company(ALL, OTHER_ID)])
      )
    ).toMatchObject({ outcome: 'created', record: { id: OTHER_ID } })
  })

  it.each([
    ['any externalId, where the event gives none', NAMED, look.byName, { name: 'Acme', externalId: 'b2' }],
    ['none any more', ACME, look.byId, { name: 'Acme' }]
  ])('is still about a company that has %s', async (_what, given, by, after) => {
    expect(
      await upserted(
        given,
        by(list(company({ ...after, ...given.reference, rev: 2 }))),
        update({ ...after, ...given.wanted, rev: 2 }, refused()),
        read([200, company({ ...after, rev: 3 })]),
        update({ ...after, ...given.wanted, rev: 3 })
      )
    ).toMatchObject({ outcome: 'updated' })
  })

  describe('though it is repeated to give the externalId', () => {
    const found = company({ name: 'Acme', rev: 2 })
    const alone = { externalId: 'a1', employeeCount: 12 }
    const start = [
      look.byId(list()),
      look.byName(list(found)),
      update({ ...ALL, rev: 2 }, refused()),
      read([200, found]),
      update(ALL, refused()),
      read([200, found]),
      update(alone, refused()),
      read([200, found]),
      update(alone, refused()),
      read([200, found])
    ]

    it('goes on with the company that has it meanwhile', async () => {
      expect(await upserted(ACME, ...start, look.byId(list(company(ALL, OTHER_ID))))).toMatchObject({
        outcome: 'unchanged',
        record: { id: OTHER_ID }
      })
    })

    it('is sent without it where no company has it', async () => {
      const rest = { name: 'Acme', employeeCount: 12, rev: 2 }
      expect(await upserted(ACME, ...start, look.byId(list()), update(rest))).toMatchObject({
        outcome: 'updated',
        record: { id: COMPANY_ID },
        leftOut: [{ field: 'externalId' }]
      })
    })
  })

  it('is retryable where the company is gone', async () => {
    const error = await failure(upserted(ACME, look.byId(list(company(before))), update({ ...ALL, rev: 2 }, MISSING)))
    expect(error).toBeInstanceOf(RetryableError)
    expect(error).toMatchObject({
      status: 423,
      message: 'Could not update the company: the record was deleted or merged in the meantime.'
    })
  })

  it('stands where nothing else can be done', async () => {
    expect(
      await failure(
        upserted(
          ACME,
          look.byId(list(company(before))),
          update({ ...ALL, rev: 2 }, refused(422, 'No')),
          read([200, company(before)]),
          update(ALL, refused(422, 'No')),
          read([200, company(before)]),
          update({ employeeCount: 12 }, refused(422, 'No')),
          read([200, company(before)])
        )
      )
    ).toMatchObject({ status: 422, message: 'Could not update the company: Kustomer answered 422. No.' })
  })
})

it('goes on from a creation in a batch that was refused', async () => {
  const client = conversation(
    look.byId(list(company({ ...A1, employeeCount: 10 }))),
    update({ ...ALL, rev: 1 })
  ).client()
  const subject = companySubject(client, ACME)
  expect(subject).toMatchObject({ kind: 'company', canGoOn: false })
  expect(await subject.wishFor()).toEqual({ wanted: ACME.wanted, leftOut: [] })
  expect(await subject.settleContest(companyRecord(), {})).toEqual({ contested: [] })
  expect(await subject.afterRefusedCreation({ outcome: 'refused', error: new Error('No') })).toMatchObject({
    outcome: 'updated'
  })
})

it('finds for an update nobody where nobody is', async () => {
  expect(await findForUpdate(conversation(...NOBODY).client(), ACME)).toBeUndefined()
})

describe('idOfCompany', () => {
  /** The id of the company that the first steps find. */
  async function idOf(reference: CompanyReference, ...steps: Step[]): Promise<string | undefined> {
    const client = conversation(...steps).client()
    return idOfCompany(client, reference, await findCompany(client, reference))
  }

  it('is that of a company that is there', async () => {
    expect(await idOf(A1, look.byId(list(briefCompany('Other', 'a1'))))).toBe(COMPANY_ID)
    expect(await idOf({ name: 'Acme' }, look.byName(list(briefCompany('Acme', 'b2'))))).toBe(COMPANY_ID)
  })

  it('is that of one that is given the externalId', async () => {
    expect(
      await idOf(
        A1,
        look.byId(list()),
        look.byName(list(company({ name: 'Acme', employeeCount: 10, rev: 2 }))),
        update({ ...A1, employeeCount: 10, rev: 2 })
      )
    ).toBe(COMPANY_ID)
  })

  it('is that of one that is read whole before it is given the externalId', async () => {
    expect(
      await idOf(
        A1,
        look.byId(list()),
        look.byName(list(briefCompany('Acme'))),
        read([200, company({ name: 'Acme', employeeCount: 10, rev: 2 })]),
        update({ ...A1, employeeCount: 10, rev: 2 })
      )
    ).toBe(COMPANY_ID)
  })

  it.each<[string, Answer]>([
    ['gone', MISSING],
    ['another one', [200, company({ name: 'Acme', externalId: 'b2' })]]
  ])('is that of a new one where what was listed is %s once it is read whole', async (_what, whole) => {
    const listed = look.byName(list(briefCompany('Acme')))
    expect(await idOf(A1, look.byId(list()), listed, read(whole), creation(A1, [201, company(A1, OTHER_ID)]))).toBe(
      OTHER_ID
    )
  })

  it('is that of one that is created, with its externalId and its name', async () => {
    expect(await idOf(A1, ...NOBODY, creation(A1))).toBe(COMPANY_ID)
    expect(await idOf({ name: 'Acme' }, look.byName(list()), creation({ name: 'Acme' }))).toBe(COMPANY_ID)
  })

  it('is looked up where Kustomer does not tell it', async () => {
    const untold = creation(A1, [201])
    expect(await idOf(A1, ...NOBODY, untold, look.byId(list(company(A1, OTHER_ID))))).toBe(OTHER_ID)
    expect(await idOf(A1, ...NOBODY, untold, ...NOBODY)).toBeUndefined()
  })

  it('is that of one that was made meanwhile', async () => {
    expect(await idOf(A1, ...NOBODY, creation(A1, refused()), look.byId(list(company(A1, OTHER_ID))))).toBe(OTHER_ID)
  })

  it('is none where a new company needs a name', async () => {
    expect(await failure(idOf({ externalId: 'a1' }, look.byId(list())))).toBeInstanceOf(PayloadValidationError)
  })
})
