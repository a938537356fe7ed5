import {
  company,
  COMPANY_ID,
  customer,
  ID,
  metadata,
  OTHER_ID,
  plainError,
  record,
  undefinedAttribute
} from '../../__tests__/__helpers__/answers'
import { conversation, failure, MISSING } from '../../__tests__/__helpers__/conversation'
import type { Answer, Step } from '../../__tests__/__helpers__/conversation'
import type { StoredRecord } from '../../api/records'
import type { Wanted } from '../diff'
import type { Conflict, Subject } from '../subject'
import { upsertRecord } from '../upsert'

const refused = (status = 409, words = 'Conflict'): Answer => [status, plainError(words)]
const update = (body: unknown, answer: Answer): Step => [`PATCH customers/${ID}`, body, answer]
const read = (attributes: Record<string, unknown>): Step => [`GET customers/${ID}`, [200, customer(attributes)]]
const creation = (body: unknown, answer: Answer): Step => ['POST customers', body, answer]
const UPDATED: Answer = [200, customer()]

/** A customer that an event asks this for. */
function subjectOf(wanted: Wanted, own: Partial<Subject> = {}): Subject {
  return {
    kind: 'customer',
    want: (_record, taken) =>
      Promise.resolve({
        wanted: taken.size > 0 ? { ...wanted, phones: undefined, sharedPhones: wanted.phones } : wanted,
        leftOut: [...taken.values()].map((reason) => ({ field: 'phone', reason }))
      }),
    isSame: () => true,
    findConflict: () => Promise.resolve({}),
    hasOtherIdentifier: () => true,
    ...own
  }
}

const upsert = (steps: Step[], subject: Subject, found?: StoredRecord) =>
  upsertRecord(conversation(...steps).client(), subject, found)

describe.each([400, 409, 422])('a write that is refused with %d', (status) => {
  it('stands in its own words if nothing helps', async () => {
    const steps = [creation({ emails: [] }, refused(status, 'No such luck'))]
    expect(await failure(upsert(steps, subjectOf({ emails: [] })))).toMatchObject({
      status,
      message: `Could not create the customer: Kustomer answered ${status}: "No such luck".`
    })
  })
})

describe('custom attributes', () => {
  const wanted: Wanted = { name: 'Ann', custom: { zipNum: 94107, planStr: 'gold', noneStr: 'x' } }

  it('are written as they are defined, after the metadata was read once', async () => {
    const defined = metadata({ zipStr: {}, planStr: { enumeration: ['free', 'pro'] } })
    const steps = [
      creation(wanted, [400, undefinedAttribute('zipNum')]),
      ['GET metadata/customer', [200, defined]] as Step,
      creation({ name: 'Ann', custom: { zipStr: '94107' } }, [201, customer()])
    ]
    expect(await upsert(steps, subjectOf(wanted))).toMatchObject({
      outcome: 'created',
      leftOut: [
        { field: 'customAttributes.planStr', reason: 'not one of the values of this attribute in Kustomer' },
        { field: 'customAttributes.noneStr', reason: 'not defined in Kustomer for the Klass customer' }
      ]
    })
  })

  it('are left out as Kustomer names them if the key lacks the role, and all after three', async () => {
    const custom = { aStr: 'a', bStr: 'b', cStr: 'c', dStr: 'd', eStr: 'e' }
    const without = (...names: string[]) =>
      Object.fromEntries(Object.entries(custom).filter(([name]) => !names.includes(name)))
    const steps = [
      creation({ custom }, [400, undefinedAttribute('aStr')]),
      ['GET metadata/customer', [403]] as Step,
      creation({ custom: without('aStr') }, [400, undefinedAttribute('bStr')]),
      creation({ custom: without('aStr', 'bStr') }, [400, undefinedAttribute('cStr')]),
      creation({ custom: without('aStr', 'bStr', 'cStr') }, [400, undefinedAttribute('dStr')]),
      creation({}, [201, customer()])
    ]
    const { leftOut } = await upsert(steps, subjectOf({ custom }))
    expect(leftOut.map(({ field }) => field)).toEqual(Object.keys(custom).map((name) => `customAttributes.${name}`))
  })

  it('that a record has and Kustomer no longer accepts are not repeated', async () => {
    const found = record({ rev: 2, custom: { oldStr: 'x', planStr: 'free' } })
    const steps = [
      update({ custom: { oldStr: 'x', planStr: 'pro' }, rev: 2 }, [400, undefinedAttribute('oldStr')]),
      ['GET metadata/customer', [200, metadata({ planStr: {} })]] as Step,
      update({ custom: { planStr: 'pro' }, rev: 2 }, UPDATED)
    ]
    expect(await upsert(steps, subjectOf({ custom: { planStr: 'pro' } }), found)).toMatchObject({
      outcome: 'updated',
      leftOut: []
    })
  })
})

const COMPANY_GONE = { field: 'company', reason: 'not linked: the company was deleted in Kustomer' }

describe('an update', () => {
  const found = record({ rev: 2 })
  const ann = subjectOf({ name: 'Ann' })

  it('is compared anew with what somebody else has changed', async () => {
    const steps = [
      update({ name: 'Ann', rev: 2 }, refused()),
      read({ rev: 3, locale: 'en' }),
      update({ name: 'Ann', rev: 3 }, UPDATED)
    ]
    expect(await upsert(steps, ann, found)).toMatchObject({ outcome: 'updated' })
  })

  it('is retried by Segment if that happens three times', async () => {
    const steps = [2, 3, 4].flatMap((rev) => [update({ name: 'Ann', rev }, refused()), read({ rev: rev + 1 })])
    expect(await failure(upsert(steps, ann, found))).toMatchObject({
      status: 423,
      message: expect.stringContaining('update the customer: somebody else changed the record in the meantime')
    })
  })

  it.each<[string, Step[]]>([
    ['is gone', [update({ name: 'Ann', rev: 2 }, MISSING)]],
    ['is gone when it is read anew', [update({ name: 'Ann', rev: 2 }, refused()), [`GET customers/${ID}`, MISSING]]]
  ])('is retried by Segment if the record %s', async (_how, steps) => {
    expect(await failure(upsert(steps, ann, found))).toMatchObject({
      status: 423,
      message: expect.stringContaining('update the customer: the record was deleted or merged in the meantime')
    })
  })

  it('becomes a creation if the record is another one now', async () => {
    const steps = [
      ...[update({ name: 'Ann', rev: 2 }, refused()), read({ rev: 3 })],
      creation({ name: 'Ann' }, [201, customer({}, OTHER_ID)])
    ]
    const other = subjectOf({ name: 'Ann' }, { isSame: () => false })
    expect(await upsert(steps, other, found)).toMatchObject({ outcome: 'created', record: { id: OTHER_ID } })
  })

  it('is sent once without the rev if nobody changed the record', async () => {
    const steps = [update({ name: 'Ann', rev: 2 }, refused()), read({ rev: 2 }), update({ name: 'Ann' }, UPDATED)]
    expect(await upsert(steps, ann, found)).toMatchObject({ outcome: 'updated', leftOut: [] })
  })

  it('goes on with the record that has the identifier, which is locked again', async () => {
    const conflicts: Conflict[] = [{ record: record({ rev: 7, name: 'A' }, OTHER_ID) }]
    const subject = subjectOf({ name: 'Ann' }, { findConflict: () => Promise.resolve(conflicts.shift()) })
    const steps: Step[] = [
      update({ name: 'Ann', rev: 2 }, refused()),
      read({ rev: 2 }),
      [`PATCH customers/${OTHER_ID}`, { name: 'Ann', rev: 7 }, [200]]
    ]
    expect(await upsert(steps, subject, found)).toMatchObject({ outcome: 'updated', record: { id: OTHER_ID } })
  })

  it('is sent without the rev to each record that it goes on with', async () => {
    const conflicts: Conflict[] = [{}, { record: record({ rev: 7 }, OTHER_ID) }]
    const subject = subjectOf({ name: 'Ann' }, { findConflict: () => Promise.resolve(conflicts.shift()) })
    const other = (body: unknown, answer: Answer): Step => [`PATCH customers/${OTHER_ID}`, body, answer]
    const steps: Step[] = [
      ...[
        update({ name: 'Ann', rev: 2 }, refused(400)),
        read({ rev: 2 }),
        update({ name: 'Ann' }, refused(409, 'Taken'))
      ],
      other({ name: 'Ann', rev: 7 }, refused(400)),
      [`GET customers/${OTHER_ID}`, [200, customer({ rev: 7 }, OTHER_ID)]],
      other({ name: 'Ann' }, [200])
    ]
    expect(await upsert(steps, subject, found)).toMatchObject({ outcome: 'updated', record: { id: OTHER_ID } })
  })

  it('is sent without a company that is gone', async () => {
    const linked = record({ rev: 2 }, ID, COMPANY_ID)
    const body = { name: 'Ann', company: COMPANY_ID, rev: 2 }
    const steps: Step[] = [
      update(body, refused(400)),
      [`GET customers/${ID}`, [200, customer({ rev: 2 }, ID, COMPANY_ID)]],
      update({ name: 'Ann', company: COMPANY_ID }, refused(400)),
      [`GET companies/${COMPANY_ID}`, MISSING],
      update({ name: 'Ann' }, UPDATED)
    ]
    expect(await upsert(steps, ann, linked)).toMatchObject({ outcome: 'updated', leftOut: [COMPANY_GONE] })
  })

  it('is sent without the company of the event if that is gone', async () => {
    const known = record({ rev: undefined })
    const linking = subjectOf({ name: 'Ann', link: { id: COMPANY_ID, mayMove: true } })
    const steps: Step[] = [
      update({ name: 'Ann', company: COMPANY_ID }, refused(400)),
      ...[[`GET companies/${COMPANY_ID}`, MISSING] as Step, update({ name: 'Ann' }, UPDATED)]
    ]
    expect(await upsert(steps, linking, known)).toMatchObject({ outcome: 'updated', leftOut: [COMPANY_GONE] })
  })

  it('keeps the company if that is there', async () => {
    const linked = record({ rev: undefined }, ID, COMPANY_ID)
    const steps: Step[] = [
      update({ name: 'Ann', company: COMPANY_ID }, refused(400)),
      [`GET companies/${COMPANY_ID}`, [200, company()]]
    ]
    expect(await failure(upsert(steps, ann, linked))).toMatchObject({ status: 400 })
  })
})

describe('what a refusal may be about', () => {
  const phones = [{ phone: '+15550100200' }]
  const wanted: Wanted = { externalId: 'u1', name: 'Ann', phones, locale: 'xx', urls: [{ url: 'https://x.example' }] }

  const { externalId, phones: _phones, ...rest } = wanted
  const shared = { ...rest, externalId, sharedPhones: phones }

  const REASONS: Record<string, string> = {
    phone: "shared: Kustomer rejected it as the customer's own",
    externalId: 'ignored: a record that is gone may still have this ID'
  }
  const REJECTED = 'ignored: Kustomer rejected the write that included it'

  it.each<[string, Step[], string[]]>([
    ['a phone', [creation(shared, [201, customer()])], ['phone']],
    [
      'all but identifiers and name',
      [creation(shared, refused(400)), creation({ externalId, name: 'Ann', phones }, [201, customer()])],
      ['locale', 'website']
    ],
    [
      'the external ID',
      [
        ...[creation(shared, refused(400)), creation({ externalId, name: 'Ann', phones }, refused(400))],
        creation({ ...rest, phones }, [201, customer()])
      ],
      ['externalId']
    ]
  ])('is tried one after the other, the rest being sent again: %s', async (_what, steps, fields) => {
    const subject = subjectOf(wanted, { shareable: 'phone=1' })
    const { leftOut } = await upsert([creation(wanted, refused(400)), ...steps], subject)
    expect(leftOut).toEqual(fields.map((field) => ({ field, reason: REASONS[field] ?? REJECTED })))
  })

  it('is the external ID first for an update, which names the customer already', async () => {
    const found = record({ rev: undefined })
    const steps = [update({ externalId: 'u1', name: 'Ann' }, refused(400)), update({ name: 'Ann' }, UPDATED)]
    const { leftOut } = await upsert(steps, subjectOf({ externalId: 'u1', name: 'Ann' }), found)
    expect(leftOut.map(({ field }) => field)).toEqual(['externalId'])
  })

  it('is not the external ID if nothing else names the record', async () => {
    const steps = [
      creation({ externalId: 'u1', locale: 'xx' }, refused(400)),
      creation({ externalId: 'u1' }, [201, customer()])
    ]
    const subject = subjectOf({ externalId: 'u1', locale: 'xx' }, { hasOtherIdentifier: () => false })
    expect(await upsert(steps, subject)).toMatchObject({ outcome: 'created', leftOut: [{ field: 'locale' }] })
  })

  it.each([
    ['again if Kustomer says something else', 'Taken', 2],
    ['only once if Kustomer says the same', 'Conflict', 1]
  ])('is looked for among other records %s', async (_how, words, times) => {
    const findConflict = jest.fn((): Promise<Conflict> => Promise.resolve({}))
    const found = record({ rev: 1 })
    const steps = [
      ...[update({ name: 'Ann', rev: 1 }, refused(400)), read({ rev: 1 })],
      update({ name: 'Ann' }, refused(400, words))
    ]
    await failure(upsert(steps, subjectOf({ name: 'Ann' }, { findConflict }), found))
    expect(findConflict).toHaveBeenCalledTimes(times)
  })

  it('leaves a record unchanged, and told, if nothing else differs', async () => {
    const found = record({ rev: undefined })
    const steps = [update({ locale: 'xx' }, refused(422))]
    expect(await upsert(steps, subjectOf({ locale: 'xx' }), found)).toEqual({
      outcome: 'unchanged',
      record: found,
      leftOut: [{ field: 'locale', reason: REJECTED }]
    })
  })
})
