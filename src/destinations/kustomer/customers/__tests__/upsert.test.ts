import {
  COMPANY_ID,
  customer,
  ID,
  merge,
  OTHER_ID,
  plainError,
  record,
  UNDEFINED_ATTRIBUTE
} from '../../__tests__/__helpers__/answers'
import { conversation, failure, MISSING } from '../../__tests__/__helpers__/conversation'
import type { Answer, Step } from '../../__tests__/__helpers__/conversation'
import type { Identifier } from '../../values/identifiers'
import { afterRefusedCreation, upsertCustomer } from '../upsert'
import type { Person } from '../upsert'

const U1: Identifier = { name: 'externalId', value: 'u1' }
const EMAIL: Identifier = { name: 'email', value: 'ann@example.com' }
const PHONE: Identifier = { name: 'phone', value: '+15550100200' }

const EMAILS = [{ email: 'ann@example.com' }]
const PHONES = [{ phone: '+15550100200' }]

/** Ann, as an event names her by these identifiers. */
function ann(...identifiers: Identifier[]): Person {
  return {
    identifiers,
    wanted: {
      ...(identifiers.includes(U1) ? { externalId: 'u1' } : {}),
      name: 'Ann Lee',
      ...(identifiers.includes(EMAIL) ? { emails: EMAILS } : {}),
      ...(identifiers.includes(PHONE) ? { phones: PHONES } : {})
    }
  }
}

const ANN = ann(U1, EMAIL, PHONE)
const ALL = { externalId: 'u1', name: 'Ann Lee', emails: EMAILS, phones: PHONES }

const found = (attributes: Record<string, unknown>, id?: string, companyId?: string): Answer => [
  200,
  customer(attributes, id, companyId)
]
const look = {
  byId: (answer: Answer): Step => ['GET customers/externalId=u1', answer],
  byEmail: (answer: Answer): Step => ['GET customers/email=ann%40example.com', answer],
  byPhone: (answer: Answer): Step => ['GET customers/phone=%2B15550100200', answer]
}
const read = (answer: Answer, id = ID): Step => [`GET customers/${id}`, answer]
const creation = (body: unknown, answer: Answer = [201, customer({}, ID)]): Step => ['POST customers', body, answer]
const update = (body: unknown, answer: Answer = [200, customer()], id = ID): Step => [
  `PATCH customers/${id}`,
  body,
  answer
]
const refused = (status = 409, words = 'Conflict'): Answer => [status, plainError(words)]

const SHARED_EMAIL = {
  field: 'email',
  reason: 'moved to the shared emails: Kustomer does not let the customer have it alone'
}
const SHARED_PHONE = {
  field: 'phone',
  reason: 'moved to the shared phones: Kustomer does not let the customer have it alone'
}

const upserted = (person: Person, ...steps: Step[]) => upsertCustomer(conversation(...steps).client(), person)

describe('a customer who is known', () => {
  it('costs one request where nothing differs', async () => {
    expect(await upserted(ANN, look.byId(found(ALL)))).toEqual({
      outcome: 'unchanged',
      record: record(ALL),
      leftOut: []
    })
  })

  it('costs two requests where something differs, which alone is sent, with the company and the rev', async () => {
    const before = { ...ALL, name: 'Ann', rev: 7 }
    const result = await upserted(
      ANN,
      look.byId(found(before, ID, COMPANY_ID)),
      update({ name: 'Ann Lee', company: COMPANY_ID, rev: 7 })
    )
    expect(result).toMatchObject({ outcome: 'updated', record: { id: ID, attributes: ALL }, leftOut: [] })
  })

  it.each<[string, Person, Step[]]>([
    ['email', ann(EMAIL), [look.byEmail(found({ name: 'Ann Lee', emails: EMAILS }))]],
    ['phone', ann(PHONE), [look.byPhone(found({ name: 'Ann Lee', phones: PHONES }))]],
    [
      'phone, where nobody has the email',
      ann(EMAIL, PHONE),
      [
        look.byEmail(MISSING),
        look.byPhone(found({ name: 'Ann Lee', phones: PHONES })),
        update({ emails: EMAILS, rev: 1 })
      ]
    ]
  ])('is found by %s', async (_how, person, steps) => {
    expect(await upserted(person, ...steps)).toMatchObject({ record: { id: ID } })
  })

  it('is not looked for by anything weaker', async () => {
    expect(
      await upserted(
        ANN,
        look.byId(found({ externalId: 'u1', rev: 3 })),
        update({ name: 'Ann Lee', emails: EMAILS, phones: PHONES, rev: 3 })
      )
    ).toMatchObject({ outcome: 'updated' })
  })
})

describe('a customer who is new', () => {
  it.each<[string, Person, Step[]]>([
    ['externalId, email and phone', ANN, [look.byId(MISSING), creation(ALL)]],
    ['email', ann(EMAIL), [look.byEmail(MISSING), creation({ name: 'Ann Lee', emails: EMAILS })]],
    [
      'email and phone',
      ann(EMAIL, PHONE),
      [look.byEmail(MISSING), look.byPhone(MISSING), creation({ name: 'Ann Lee', emails: EMAILS, phones: PHONES })]
    ],
    ['phone', ann(PHONE), [look.byPhone(MISSING), creation({ name: 'Ann Lee', phones: PHONES })]]
  ])('is created at once, with %s', async (_what, person, steps) => {
    expect(await upserted(person, ...steps)).toEqual({
      outcome: 'created',
      record: { id: ID, attributes: person.wanted },
      leftOut: []
    })
  })

  it('is created though whoever was found is deleted, shares the contact or is somebody else', async () => {
    expect(await upserted(ANN, look.byId(found({ ...ALL, deleted: true })), creation(ALL))).toMatchObject({
      outcome: 'created'
    })
    expect(
      await upserted(
        ann(EMAIL),
        look.byEmail(found({ sharedEmails: EMAILS })),
        creation({ name: 'Ann Lee', emails: EMAILS })
      )
    ).toMatchObject({ outcome: 'created' })
  })

  it('is created where the phone is of one who has another email', async () => {
    const office = found({ emails: [{ email: 'bob@example.com' }], phones: PHONES }, OTHER_ID)
    expect(
      await upserted(
        ann(EMAIL, PHONE),
        look.byEmail(MISSING),
        look.byPhone(office),
        creation({ name: 'Ann Lee', emails: EMAILS, phones: PHONES })
      )
    ).toMatchObject({ outcome: 'created' })
  })

  it('has half a name where there is no other', async () => {
    const person = (wanted: Person['wanted']): Person => ({
      identifiers: [U1],
      wanted: { externalId: 'u1', ...wanted }
    })
    expect(
      await upserted(person({ nameIfNone: 'Ann' }), look.byId(MISSING), creation({ externalId: 'u1', name: 'Ann' }))
    ).toMatchObject({ outcome: 'created' })
    expect(
      await upserted(
        person({ name: 'Ann Lee', nameIfNone: 'Ann' }),
        look.byId(MISSING),
        creation({ externalId: 'u1', name: 'Ann Lee' })
      )
    ).toMatchObject({ outcome: 'created' })
  })

  it('has no id where the answer does not tell it', async () => {
    expect(
      await upserted(ann(EMAIL), look.byEmail(MISSING), creation({ name: 'Ann Lee', emails: EMAILS }, [200]))
    ).toEqual({
      outcome: 'created',
      record: { id: '', attributes: { name: 'Ann Lee', emails: EMAILS } },
      leftOut: []
    })
  })
})

describe('a creation that is refused', () => {
  it.each([400, 409, 422])('goes on with whoever holds the externalId now, at %d', async (status) => {
    const result = await upserted(
      ANN,
      look.byId(MISSING),
      creation(ALL, refused(status, 'Invalid request')),
      look.byId(found({ externalId: 'u1', rev: 2 })),
      update({ name: 'Ann Lee', emails: EMAILS, phones: PHONES, rev: 2 })
    )
    expect(result).toMatchObject({ outcome: 'updated', record: { id: ID } })
  })

  it('goes on with whoever is hers by email, who is given her externalId', async () => {
    const result = await upserted(
      ANN,
      look.byId(MISSING),
      creation(ALL, refused()),
      look.byId(MISSING),
      look.byEmail(found({ name: 'Ann', emails: EMAILS, rev: 4 })),
      look.byPhone(MISSING),
      update({ externalId: 'u1', name: 'Ann Lee', phones: PHONES, rev: 4 })
    )
    expect(result).toMatchObject({ outcome: 'updated', record: { id: ID }, leftOut: [] })
  })

  it('goes on with whoever is hers by phone, where the email is of somebody else', async () => {
    const result = await upserted(
      ANN,
      look.byId(MISSING),
      creation(ALL, refused()),
      look.byId(MISSING),
      look.byEmail(found({ externalId: 'u2', emails: EMAILS }, OTHER_ID)),
      look.byPhone(found({ phones: PHONES, rev: 4 })),
      update({ externalId: 'u1', name: 'Ann Lee', sharedEmails: EMAILS, rev: 4 })
    )
    expect(result).toMatchObject({ outcome: 'updated', record: { id: ID }, leftOut: [SHARED_EMAIL] })
  })

  it('goes on with the stronger of two who are both hers, and shares what the other has', async () => {
    const result = await upserted(
      ANN,
      look.byId(MISSING),
      creation(ALL, refused()),
      look.byId(MISSING),
      look.byEmail(found({ emails: EMAILS, rev: 4 })),
      look.byPhone(found({ phones: PHONES }, OTHER_ID)),
      update({ externalId: 'u1', name: 'Ann Lee', sharedPhones: PHONES, rev: 4 })
    )
    expect(result).toMatchObject({ record: { id: ID }, leftOut: [SHARED_PHONE] })
  })

  it('creates her with a shared email where somebody else holds it', async () => {
    const shared = { externalId: 'u1', name: 'Ann Lee', sharedEmails: EMAILS, phones: PHONES }
    const result = await upserted(
      ANN,
      look.byId(MISSING),
      creation(ALL, refused()),
      look.byId(MISSING),
      look.byEmail(found({ externalId: 'u2', emails: EMAILS }, OTHER_ID)),
      look.byPhone(MISSING),
      creation(shared)
    )
    expect(result).toEqual({ outcome: 'created', record: { id: ID, attributes: shared }, leftOut: [SHARED_EMAIL] })
  })

  it('shares all her contacts where nobody is found, in case somebody holds them unseen', async () => {
    const shared = { externalId: 'u1', name: 'Ann Lee', sharedEmails: EMAILS, sharedPhones: PHONES }
    const result = await upserted(
      ANN,
      look.byId(MISSING),
      creation(ALL, refused()),
      look.byId(MISSING),
      look.byEmail(MISSING),
      look.byPhone(MISSING),
      creation(shared)
    )
    expect(result).toEqual({
      outcome: 'created',
      record: { id: ID, attributes: shared },
      leftOut: [SHARED_EMAIL, SHARED_PHONE]
    })
  })

  it('shares a phone that nobody can be asked for', async () => {
    const person: Person = {
      identifiers: [U1],
      wanted: { externalId: 'u1', phones: [{ phone: '05550100200' }] }
    }
    expect(
      await upserted(
        person,
        look.byId(MISSING),
        creation(person.wanted, refused()),
        look.byId(MISSING),
        creation({ externalId: 'u1', sharedPhones: [{ phone: '05550100200' }] })
      )
    ).toMatchObject({ outcome: 'created' })
  })

  it('shares all her contacts where one was not enough, and then the refusal stands in its own words', async () => {
    const bob = found({ externalId: 'u2', emails: EMAILS }, OTHER_ID)
    const error = await failure(
      upserted(
        ANN,
        look.byId(MISSING),
        creation(ALL, refused(409, 'One')),
        look.byId(MISSING),
        look.byEmail(bob),
        look.byPhone(MISSING),
        creation({ externalId: 'u1', name: 'Ann Lee', sharedEmails: EMAILS, phones: PHONES }, refused(409, 'Two')),
        creation({ externalId: 'u1', name: 'Ann Lee', sharedEmails: EMAILS, sharedPhones: PHONES }, [
          400,
          UNDEFINED_ATTRIBUTE
        ]),
        look.byId(MISSING)
      )
    )
    expect(error).toMatchObject({
      status: 400,
      message:
        'Could not create the customer: Kustomer answered 400. Additional properties not allowed (planStr): /properties/custom/additionalProperties.'
    })
  })

  it('never shares what alone names her, since nobody would find her then', async () => {
    const error = await failure(
      upserted(
        ann(EMAIL, PHONE),
        look.byEmail(MISSING),
        look.byPhone(MISSING),
        creation({ name: 'Ann Lee', emails: EMAILS, phones: PHONES }, refused(400, 'One')),
        look.byEmail(MISSING),
        look.byPhone(MISSING),
        creation({ name: 'Ann Lee', emails: EMAILS, sharedPhones: PHONES }, refused(400, 'Two')),
        look.byEmail(MISSING)
      )
    )
    expect(error).toMatchObject({ status: 400, message: 'Could not create the customer: Kustomer answered 400. Two.' })
  })

  it('is not met a third time with the same body', async () => {
    const bob = found({ externalId: 'u2', emails: EMAILS }, OTHER_ID)
    const error = await failure(
      upserted(
        ann(U1, EMAIL),
        look.byId(MISSING),
        creation({ externalId: 'u1', name: 'Ann Lee', emails: EMAILS }, refused(409, 'One')),
        look.byId(MISSING),
        look.byEmail(bob),
        creation({ externalId: 'u1', name: 'Ann Lee', sharedEmails: EMAILS }, refused(422, 'Two')),
        look.byId(MISSING)
      )
    )
    expect(error).toMatchObject({ status: 422, message: 'Could not create the customer: Kustomer answered 422. Two.' })
  })

  it.each([
    [400, 'Taken'],
    [409, 'has already been merged'],
    [422, 'Taken']
  ])('stands, at %d, where there is no contact to share', async (status, words) => {
    const body = { externalId: 'u1', name: 'Ann Lee' }
    const steps = [look.byId(MISSING), creation(body, refused(status, words)), look.byId(MISSING)]
    expect(await failure(upserted(ann(U1), ...steps))).toMatchObject({
      status,
      message: `Could not create the customer: Kustomer answered ${status}. ${words}.`
    })
  })

  it('is looked into without being sent again where a job has met it', async () => {
    const error = new Error('of a job')
    const steps = [
      look.byId(MISSING),
      look.byEmail(MISSING),
      look.byPhone(MISSING),
      creation({ externalId: 'u1', name: 'Ann Lee', sharedEmails: EMAILS, sharedPhones: PHONES })
    ]
    expect(
      await afterRefusedCreation(conversation(...steps).client(), ANN, { outcome: 'refused', error })
    ).toMatchObject({
      outcome: 'created'
    })
    const nobody = conversation(look.byId(MISSING)).client()
    expect(await failure(afterRefusedCreation(nobody, ann(U1), { outcome: 'refused', error }))).toBe(error)
  })

  it.each([401, 403, 404, 413, 429, 500])('is none at %d', async (status) => {
    const error = await failure(upserted(ANN, look.byId(MISSING), creation(ALL, [status])))
    expect(error).toMatchObject({ status })
  })
})

describe('an update that is refused', () => {
  const NAME = ann(U1)
  const before = (rev: number, name = 'Ann') => found({ externalId: 'u1', name, rev })

  it.each([400, 409, 422])('is compared anew where somebody changed the customer, at %d', async (status) => {
    const result = await upserted(
      NAME,
      look.byId(before(1)),
      update({ name: 'Ann Lee', rev: 1 }, refused(status)),
      read(before(2)),
      update({ name: 'Ann Lee', rev: 2 })
    )
    expect(result).toMatchObject({ outcome: 'updated' })
  })

  it("keeps an agent's change between the read and the write", async () => {
    const agents = [{ type: 'work', email: 'lee@example.com' }]
    const result = await upserted(
      ann(U1, EMAIL),
      look.byId(found({ externalId: 'u1', name: 'Ann Lee', rev: 1 })),
      update({ emails: EMAILS, rev: 1 }, refused()),
      read(found({ externalId: 'u1', name: 'Ann Lee', emails: agents, rev: 2 })),
      update({ emails: [...agents, ...EMAILS], rev: 2 })
    )
    expect(result).toMatchObject({ outcome: 'updated' })
  })

  it('goes on with a creation where the customer has been given the externalId of somebody else', async () => {
    const nameless = { emails: EMAILS, name: 'Ann Lee' }
    const result = await upserted(
      ann(U1, EMAIL),
      look.byId(MISSING),
      creation({ externalId: 'u1', name: 'Ann Lee', emails: EMAILS }, refused()),
      look.byId(MISSING),
      look.byEmail(found({ ...nameless, rev: 1 }, OTHER_ID)),
      update({ externalId: 'u1', rev: 1 }, refused(), OTHER_ID),
      read(found({ ...nameless, externalId: 'u2', rev: 2 }, OTHER_ID), OTHER_ID),
      creation({ externalId: 'u1', name: 'Ann Lee', emails: EMAILS }, refused()),
      look.byId(MISSING),
      look.byEmail(found({ ...nameless, externalId: 'u2', rev: 2 }, OTHER_ID)),
      creation({ externalId: 'u1', name: 'Ann Lee', sharedEmails: EMAILS }, [201, customer({})])
    )
    expect(result).toMatchObject({ outcome: 'created', leftOut: [SHARED_EMAIL] })
  })

  it('is no write where somebody has made the same change', async () => {
    const result = await upserted(
      NAME,
      look.byId(before(1)),
      update({ name: 'Ann Lee', rev: 1 }, refused()),
      read(before(2, 'Ann Lee'))
    )
    expect(result).toMatchObject({ outcome: 'unchanged', record: { attributes: { rev: 2 } } })
  })

  it('is sent three times at the most', async () => {
    const error = await failure(
      upserted(
        NAME,
        look.byId(before(1)),
        update({ name: 'Ann Lee', rev: 1 }, refused()),
        read(before(2)),
        update({ name: 'Ann Lee', rev: 2 }, refused()),
        read(before(3)),
        update({ name: 'Ann Lee', rev: 3 }, refused()),
        read(before(4))
      )
    )
    expect(error).toMatchObject({
      status: 423,
      message: 'Could not update the customer: somebody else changed the record in the meantime, 3 times in a row.'
    })
  })

  it('is sent once without the rev where nobody changed the customer', async () => {
    const result = await upserted(
      NAME,
      look.byId(found({ externalId: 'u1', rev: 1 }, ID, COMPANY_ID)),
      update({ name: 'Ann Lee', company: COMPANY_ID, rev: 1 }, refused(400, 'rev is not allowed')),
      read(found({ externalId: 'u1', rev: 1 }, ID, COMPANY_ID)),
      update({ name: 'Ann Lee', company: COMPANY_ID })
    )
    expect(result).toMatchObject({ outcome: 'updated' })
  })

  it('stands, with its own status and words, where it is refused without the rev too', async () => {
    const error = await failure(
      upserted(
        NAME,
        look.byId(before(1)),
        update({ name: 'Ann Lee', rev: 1 }, refused(409, 'One')),
        read(before(1)),
        update({ name: 'Ann Lee' }, refused(422, 'Two')),
        read(before(1))
      )
    )
    expect(error).toMatchObject({ status: 422, message: 'Could not update the customer: Kustomer answered 422. Two.' })
  })

  it('stands at once where there was no rev to leave out', async () => {
    const none = found({ externalId: 'u1', rev: undefined })
    const steps = [look.byId(none), update({ name: 'Ann Lee' }, refused(400, 'No')), read(none)]
    expect(await failure(upserted(NAME, ...steps))).toMatchObject({ status: 400 })
  })

  it.each<[string, Step[]]>([
    ['the update', [update({ name: 'Ann Lee', rev: 1 }, MISSING)]],
    ['the read after it', [update({ name: 'Ann Lee', rev: 1 }, refused()), read(MISSING)]]
  ])('is retryable where the customer is gone at %s', async (_when, steps) => {
    expect(await failure(upserted(NAME, look.byId(before(1)), ...steps))).toMatchObject({
      status: 423,
      message: 'Could not update the customer: the record was deleted or merged in the meantime.'
    })
  })

  it.each([401, 403, 413, 429, 500])('is none at %d', async (status) => {
    const steps = [look.byId(before(1)), update({ name: 'Ann Lee', rev: 1 }, [status])]
    expect(await failure(upserted(NAME, ...steps))).toMatchObject({ status })
  })
})

describe('a contact that somebody else holds', () => {
  const KNOWN = { externalId: 'u1', name: 'Ann Lee', rev: 1 }
  const bob = { externalId: 'u2', emails: EMAILS, phones: PHONES }

  it('goes to the shared list', async () => {
    const result = await upserted(
      ANN,
      look.byId(found(KNOWN)),
      update({ emails: EMAILS, phones: PHONES, rev: 1 }, refused()),
      read(found(KNOWN)),
      look.byEmail(found(bob, OTHER_ID)),
      look.byPhone(MISSING),
      update({ sharedEmails: EMAILS, phones: PHONES, rev: 1 })
    )
    expect(result).toMatchObject({ outcome: 'updated', record: { id: ID }, leftOut: [SHARED_EMAIL] })
  })

  it('is one of two, and both go to the shared lists', async () => {
    const result = await upserted(
      ANN,
      look.byId(found(KNOWN)),
      update({ emails: EMAILS, phones: PHONES, rev: 1 }, refused()),
      read(found(KNOWN)),
      look.byEmail(found(bob, OTHER_ID)),
      look.byPhone(found(bob, OTHER_ID)),
      update({ sharedEmails: EMAILS, sharedPhones: PHONES, rev: 1 })
    )
    expect(result).toMatchObject({ leftOut: [SHARED_EMAIL, SHARED_PHONE] })
  })

  it('is moved once: refused again, the update is sent without the rev and then stands', async () => {
    const error = await failure(
      upserted(
        ann(U1, EMAIL),
        look.byId(found(KNOWN)),
        update({ emails: EMAILS, rev: 1 }, refused()),
        read(found(KNOWN)),
        look.byEmail(found(bob, OTHER_ID)),
        update({ sharedEmails: EMAILS, rev: 1 }, refused()),
        read(found(KNOWN)),
        update({ sharedEmails: EMAILS }, refused(400, 'No')),
        read(found(KNOWN))
      )
    )
    expect(error).toMatchObject({ status: 400 })
  })

  it('is hers by our comparison though Kustomer finds her by it: nobody else holds it', async () => {
    expect(
      await upserted(
        ann(U1, EMAIL),
        look.byId(found(KNOWN)),
        update({ emails: EMAILS, rev: 1 }, refused()),
        read(found(KNOWN)),
        look.byEmail(found({ ...KNOWN, emails: EMAILS })),
        update({ emails: EMAILS })
      )
    ).toMatchObject({ outcome: 'updated' })
  })

  it('is looked up again where the update is refused without the rev too', async () => {
    const result = await upserted(
      ann(U1, EMAIL),
      look.byId(found(KNOWN)),
      update({ emails: EMAILS, rev: 1 }, refused()),
      read(found(KNOWN)),
      look.byEmail(MISSING),
      update({ emails: EMAILS }, refused()),
      read(found(KNOWN)),
      look.byEmail(found(bob, OTHER_ID)),
      update({ sharedEmails: EMAILS, rev: 1 })
    )
    expect(result).toMatchObject({ outcome: 'updated', leftOut: [SHARED_EMAIL] })
  })

  it('is looked up only where the update adds it', async () => {
    const known = { ...KNOWN, name: 'Ann', emails: EMAILS }
    expect(
      await upserted(
        ann(U1, EMAIL),
        look.byId(found(known)),
        update({ name: 'Ann Lee', rev: 1 }, refused()),
        read(found(known)),
        update({ name: 'Ann Lee' })
      )
    ).toMatchObject({ outcome: 'updated' })
  })

  it('is not looked up where a refused creation has done so', async () => {
    const error = await failure(
      upserted(
        ANN,
        look.byId(MISSING),
        creation(ALL, refused()),
        look.byId(MISSING),
        look.byEmail(found(bob, OTHER_ID)),
        look.byPhone(found({ name: 'Ann Lee', phones: PHONES, rev: undefined })),
        update({ externalId: 'u1', sharedEmails: EMAILS }, refused(400, 'No')),
        read(found({ name: 'Ann Lee', phones: PHONES, rev: undefined })),
        update({ externalId: 'u1', sharedEmails: EMAILS }, refused(400, 'No')),
        read(found({ name: 'Ann Lee', phones: PHONES, rev: undefined })),
        look.byId(MISSING),
        update({ sharedEmails: EMAILS }, refused(400, 'No')),
        read(found({ name: 'Ann Lee', phones: PHONES, rev: undefined }))
      )
    )
    expect(error).toMatchObject({ status: 400 })
  })

  it('is written without an externalId that only a record that is gone can be keeping, which is told', async () => {
    const nameless = { emails: EMAILS, rev: 1 }
    expect(
      await upserted(
        ann(U1, EMAIL),
        look.byId(MISSING),
        creation({ externalId: 'u1', name: 'Ann Lee', emails: EMAILS }, refused()),
        look.byId(MISSING),
        look.byEmail(found(nameless)),
        update({ externalId: 'u1', name: 'Ann Lee', rev: 1 }, refused()),
        read(found(nameless)),
        update({ externalId: 'u1', name: 'Ann Lee' }, refused()),
        read(found(nameless)),
        update({ externalId: 'u1', name: 'Ann Lee' }, refused()),
        read(found(nameless)),
        look.byId(MISSING),
        update({ name: 'Ann Lee', rev: 1 })
      )
    ).toMatchObject({
      outcome: 'updated',
      leftOut: [
        {
          field: 'externalId',
          reason: 'left out: Kustomer refuses it for this record, as it does while a record that is gone keeps it'
        }
      ]
    })
  })
})

describe('a customer whom somebody makes between two requests', () => {
  const made = found({ externalId: 'u1', name: 'Ann', emails: EMAILS, rev: 1 }, OTHER_ID)
  const renamed = update({ name: 'Ann Lee', rev: 1 }, [200, customer({}, OTHER_ID)], OTHER_ID)

  it('is looked up once more before the refusal of a creation stands', async () => {
    expect(
      await upserted(
        ann(U1, EMAIL),
        look.byId(MISSING),
        creation({ externalId: 'u1', name: 'Ann Lee', emails: EMAILS }, refused()),
        look.byId(MISSING),
        look.byEmail(MISSING),
        creation({ externalId: 'u1', name: 'Ann Lee', sharedEmails: EMAILS }, refused()),
        look.byId(made),
        renamed
      )
    ).toMatchObject({ outcome: 'updated', record: { id: OTHER_ID } })
  })

  it('is looked up once more by the email, where nothing stronger names her', async () => {
    expect(
      await upserted(
        ann(EMAIL, PHONE),
        look.byEmail(MISSING),
        look.byPhone(MISSING),
        creation({ name: 'Ann Lee', emails: EMAILS, phones: PHONES }, refused()),
        look.byEmail(MISSING),
        look.byPhone(MISSING),
        creation({ name: 'Ann Lee', emails: EMAILS, sharedPhones: PHONES }, refused()),
        look.byEmail(made),
        update({ name: 'Ann Lee', phones: PHONES, rev: 1 }, [200, customer({}, OTHER_ID)], OTHER_ID)
      )
    ).toMatchObject({ outcome: 'updated', record: { id: OTHER_ID } })
  })

  it('is looked up once more before the refusal of an update stands that sets the externalId', async () => {
    const nameless = { name: 'Ann Lee', emails: EMAILS, rev: undefined }
    expect(
      await upserted(
        ann(U1, EMAIL),
        look.byId(MISSING),
        creation({ externalId: 'u1', name: 'Ann Lee', emails: EMAILS }, refused()),
        look.byId(MISSING),
        look.byEmail(found(nameless)),
        update({ externalId: 'u1' }, refused()),
        read(found(nameless)),
        update({ externalId: 'u1' }, refused()),
        read(found(nameless)),
        look.byId(made),
        renamed
      )
    ).toMatchObject({ outcome: 'updated', record: { id: OTHER_ID } })
  })
})

describe('a stub', () => {
  const STUB = { externalId: 'u1', rev: 1 }
  const ANN_BEFORE = { name: 'Ann', emails: EMAILS, rev: 5 }
  const refusedUpdate = [
    look.byId(found(STUB)),
    update({ name: 'Ann Lee', emails: EMAILS, phones: PHONES, rev: 1 }, refused()),
    read(found(STUB)),
    look.byEmail(found(ANN_BEFORE, OTHER_ID))
  ]
  const merging = (answer: Answer): Step => ['POST customers/merges', { source: ID, target: OTHER_ID }, answer]
  const both = [read(found(STUB)), read(found(ANN_BEFORE, OTHER_ID), OTHER_ID)]

  it('is merged into the person whose contact the event gives, at eight requests and the update', async () => {
    const result = await upserted(
      ANN,
      ...refusedUpdate,
      ...both,
      merging([201, merge()]),
      read(found({ ...ANN_BEFORE, externalId: 'u1', rev: 6 }, OTHER_ID), OTHER_ID),
      update({ name: 'Ann Lee', phones: PHONES, rev: 6 }, [200, customer({}, OTHER_ID)], OTHER_ID)
    )
    expect(result).toMatchObject({ outcome: 'updated', record: { id: OTHER_ID }, leftOut: [] })
  })

  it('is given its externalId again where it does not pass over in a merge', async () => {
    expect(
      await upserted(
        ANN,
        ...refusedUpdate,
        ...both,
        merging([201, merge()]),
        read(found(ANN_BEFORE, OTHER_ID), OTHER_ID),
        update({ externalId: 'u1', name: 'Ann Lee', phones: PHONES, rev: 5 }, [200, customer({}, OTHER_ID)], OTHER_ID)
      )
    ).toMatchObject({ outcome: 'updated' })
  })

  it('is left alone without the role, and the contact shared', async () => {
    const result = await upserted(
      ANN,
      ...refusedUpdate,
      ...both,
      merging([403]),
      look.byPhone(MISSING),
      update({ name: 'Ann Lee', sharedEmails: EMAILS, phones: PHONES, rev: 1 })
    )
    expect(result).toMatchObject({ record: { id: ID }, leftOut: [SHARED_EMAIL] })
  })

  it('is not merged into a person of another externalId', async () => {
    expect(
      await upserted(
        ann(U1, EMAIL),
        look.byId(found(STUB)),
        update({ name: 'Ann Lee', emails: EMAILS, rev: 1 }, refused()),
        read(found(STUB)),
        look.byEmail(found({ externalId: 'u2', emails: EMAILS }, OTHER_ID)),
        update({ name: 'Ann Lee', sharedEmails: EMAILS, rev: 1 })
      )
    ).toMatchObject({ outcome: 'updated' })
  })

  it('is what a customer with a name is not', async () => {
    const named = { ...STUB, name: 'Ann' }
    expect(
      await upserted(
        ann(U1, EMAIL),
        look.byId(found(named)),
        update({ name: 'Ann Lee', emails: EMAILS, rev: 1 }, refused()),
        read(found(named)),
        look.byEmail(found(ANN_BEFORE, OTHER_ID)),
        update({ name: 'Ann Lee', sharedEmails: EMAILS, rev: 1 })
      )
    ).toMatchObject({ outcome: 'updated' })
  })

  it('is not moved from twice: what is refused of the other then stands', async () => {
    const after = { ...ANN_BEFORE, externalId: 'u1', rev: 6 }
    const change = { name: 'Ann Lee', phones: PHONES }
    const error = await failure(
      upserted(
        ANN,
        ...refusedUpdate,
        ...both,
        merging([201, merge()]),
        read(found(after, OTHER_ID), OTHER_ID),
        update({ ...change, rev: 6 }, refused(), OTHER_ID),
        read(found(after, OTHER_ID), OTHER_ID),
        look.byPhone(MISSING),
        update(change, refused(400, 'No'), OTHER_ID),
        read(found(after, OTHER_ID), OTHER_ID),
        look.byPhone(MISSING)
      )
    )
    expect(error).toMatchObject({ status: 400 })
  })
})

describe('custom attributes', () => {
  const person: Person = { identifiers: [U1], wanted: { custom: { seatsNum: 4 } } }
  const known = (custom: unknown, rev = 1) => ({ externalId: 'u1', custom, rev })

  it('are sent whole where one of them differs, since Kustomer may replace them all', async () => {
    const result = await upserted(
      person,
      look.byId(found(known({ planStr: 'pro', cardStr: '***' }))),
      update({ custom: { planStr: 'pro', seatsNum: 4 }, rev: 1 })
    )
    expect(result.record.attributes.custom).toEqual({ planStr: 'pro', seatsNum: 4 })
  })

  it('are sent alone where the others are refused, as one that the organization has deleted is', async () => {
    const record = found(known({ planStr: 'pro' }))
    expect(
      await upserted(
        person,
        look.byId(record),
        update({ custom: { planStr: 'pro', seatsNum: 4 }, rev: 1 }, refused(400, 'No')),
        read(record),
        update({ custom: { planStr: 'pro', seatsNum: 4 } }, refused(400, 'No')),
        read(record),
        update({ custom: { seatsNum: 4 } })
      )
    ).toMatchObject({ outcome: 'updated' })
  })

  it('are sent whole again once the externalId is left out', async () => {
    const record = found({ emails: EMAILS, custom: { planStr: 'pro' }, rev: 1 })
    const email = { ...person, identifiers: [U1, EMAIL], wanted: { externalId: 'u1', ...person.wanted } }
    const whole = { planStr: 'pro', seatsNum: 4 }
    expect(
      await upserted(
        email,
        look.byId(MISSING),
        creation({ externalId: 'u1', custom: { seatsNum: 4 } }, refused()),
        look.byId(MISSING),
        look.byEmail(record),
        update({ externalId: 'u1', custom: whole, rev: 1 }, refused()),
        read(record),
        update({ externalId: 'u1', custom: whole }, refused()),
        read(record),
        update({ externalId: 'u1', custom: { seatsNum: 4 } }, refused()),
        read(record),
        update({ externalId: 'u1', custom: { seatsNum: 4 } }, refused()),
        read(record),
        look.byId(MISSING),
        update({ custom: whole, rev: 1 })
      )
    ).toMatchObject({ outcome: 'updated', leftOut: [{ field: 'externalId' }] })
  })
})
