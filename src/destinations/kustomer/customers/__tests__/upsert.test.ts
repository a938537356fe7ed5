import { customer, ID, merge, OTHER_ID, plainError } from '../../__tests__/__helpers__/answers'
import { conversation, failure, MISSING } from '../../__tests__/__helpers__/conversation'
import type { Answer, Step } from '../../__tests__/__helpers__/conversation'
import type { Identifier } from '../../values/identifiers'
import { upsertCustomer } from '../upsert'
import type { CustomerUpdate } from '../upsert'

const U1: Identifier = { name: 'externalId', value: 'u1' }
const EMAIL: Identifier = { name: 'email', value: 'ann@example.com' }
const PHONE: Identifier = { name: 'phone', value: '+15550100200' }
const EMAILS = [{ email: 'ann@example.com' }]
const PHONES = [{ phone: '+15550100200' }]
const STUB = { externalId: 'u1', rev: 1 }

/** Ann, as an event names her by these identifiers. */
function ann(...identifiers: Identifier[]): CustomerUpdate {
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
const ALL = ANN.wanted
const SHARED = 'shared: another customer has it'
const REFUSED: Answer = [409, plainError('Conflict')]

const found = (attributes: Record<string, unknown>, id?: string, companyId?: string): Answer => [
  200,
  customer(attributes, id, companyId)
]
const byId = (answer: Answer): Step => ['GET customers/externalId=u1', answer]
const byEmail = (answer: Answer): Step => ['GET customers/email=ann%40example.com', answer]
const byPhone = (answer: Answer): Step => ['GET customers/phone=%2B15550100200', answer]
const read = (answer: Answer, id = ID): Step => [`GET customers/${id}`, answer]
const creation = (body: unknown, answer: Answer = [201, customer({}, ID)]): Step => ['POST customers', body, answer]
const update = (body: unknown, answer: Answer = [200, customer()], id = ID): Step => [
  `PATCH customers/${id}`,
  body,
  answer
]
const merging = (source: string, target: string, answer: Answer): Step => [
  'POST customers/merges',
  { source, target },
  answer
]
const upsert = (customerUpdate: CustomerUpdate, ...steps: Step[]) =>
  upsertCustomer(conversation(...steps).client(), customerUpdate)

describe('a customer', () => {
  it.each<[string, CustomerUpdate, Step[]]>([
    ['by externalId', ANN, [byId(MISSING)]],
    ['by email', ann(EMAIL), [byEmail(MISSING)]],
    ['by email with a phone', ann(EMAIL, PHONE), [byEmail(MISSING), byPhone(MISSING)]],
    ['by phone', ann(PHONE), [byPhone(MISSING)]]
  ])('who is new is created at once: %s', async (_how, event, looks) => {
    expect(await upsert(event, ...looks, creation(event.wanted))).toMatchObject({ outcome: 'created', leftOut: [] })
  })

  it.each<[string, CustomerUpdate, Step[]]>([
    ['by email', ann(EMAIL), [byEmail(found({ name: 'Ann Lee', emails: EMAILS }))]],
    [
      'by phone, if nobody has the email',
      { ...ann(EMAIL, PHONE), wanted: { name: 'Ann Lee' } },
      [byEmail(MISSING), byPhone(found({ name: 'Ann Lee', phones: PHONES }))]
    ]
  ])('who is unchanged costs no write: %s', async (_how, event, looks) => {
    expect(await upsert(event, ...looks)).toMatchObject({ outcome: 'unchanged' })
  })

  it('who is found by phone and has another email is somebody else, whose phone is shared', async () => {
    const family = found({ phones: PHONES, emails: [{ email: 'bob@example.com' }] }, OTHER_ID)
    const steps = [
      ...[byEmail(MISSING), byPhone(family)],
      ...[creation(ann(EMAIL, PHONE).wanted, REFUSED), byEmail(MISSING), byPhone(family)],
      creation({ name: 'Ann Lee', emails: EMAILS, sharedPhones: PHONES })
    ]
    expect(await upsert(ann(EMAIL, PHONE), ...steps)).toMatchObject({
      outcome: 'created',
      leftOut: [{ field: 'phone', reason: SHARED }]
    })
  })

  it('who must not be created is told', async () => {
    const ifMissing = { outcome: 'unchanged' as const, record: { id: '', attributes: {} }, leftOut: [] }
    expect(await upsert({ ...ann(U1), ifMissing }, byId(MISSING))).toBe(ifMissing)
  })
})

describe('a creation that is refused', () => {
  it('goes on with the customer whom somebody has made in the meantime', async () => {
    const steps = [byId(MISSING), creation(ALL, REFUSED), byId(found({ ...ALL, rev: 1 }))]
    expect(await upsert(ANN, ...steps)).toMatchObject({ outcome: 'unchanged', record: { id: ID } })
  })

  it('goes on with who is known by less, and shares what somebody else has', async () => {
    const steps = [
      ...[byId(MISSING), creation(ALL, REFUSED), byId(MISSING)],
      byEmail(found({ emails: EMAILS, rev: 1 })),
      byPhone(found({ externalId: 'u2', phones: PHONES }, OTHER_ID)),
      update({ externalId: 'u1', name: 'Ann Lee', sharedPhones: PHONES, rev: 1 })
    ]
    expect(await upsert(ANN, ...steps)).toMatchObject({
      outcome: 'updated',
      leftOut: [{ field: 'phone', reason: SHARED }]
    })
  })

  it('shares the phone if nobody is found to have it', async () => {
    const steps = [
      ...[byId(MISSING), creation(ALL, REFUSED), byId(MISSING), byEmail(MISSING), byPhone(MISSING)],
      creation({ externalId: 'u1', name: 'Ann Lee', emails: EMAILS, sharedPhones: PHONES })
    ]
    expect(await upsert(ANN, ...steps)).toMatchObject({ outcome: 'created', leftOut: [{ field: 'phone' }] })
  })
})

describe('a contact that an update adds and somebody else has', () => {
  const add = update({ name: 'Ann Lee', emails: EMAILS, rev: 1 }, REFUSED)
  const event = ann(U1, EMAIL)
  const lead = { emails: EMAILS, rev: 4 }
  const PASSED = [update({ externalId: null, rev: 1 }), update({ externalId: 'u1', rev: 4 }, [200], OTHER_ID)]

  it('merges a stub into them, whose external ID is passed on first', async () => {
    const steps = [
      ...[byId(found(STUB)), add, read(found(STUB)), byEmail(found({ ...lead, name: 'A.' }, OTHER_ID))],
      ...PASSED,
      merging(ID, OTHER_ID, [201, merge()]),
      read(found({ ...lead, name: 'A.', externalId: 'u1', rev: 6 }, OTHER_ID), OTHER_ID),
      update({ name: 'Ann Lee', rev: 6 }, [200], OTHER_ID)
    ]
    expect(await upsert(event, ...steps)).toMatchObject({ outcome: 'updated', record: { id: OTHER_ID }, leftOut: [] })
  })

  it('links them to the company of the stub if they have none', async () => {
    const linked = found({ emails: EMAILS, name: 'Ann Lee', externalId: 'u1' }, OTHER_ID, 'company')
    const steps = [
      byId(found(STUB, ID, 'company')),
      update({ name: 'Ann Lee', emails: EMAILS, company: 'company', rev: 1 }, REFUSED),
      ...[read(found(STUB, ID, 'company')), byEmail(found(lead, OTHER_ID))],
      ...[
        update({ externalId: null, company: 'company', rev: 1 }),
        update({ externalId: 'u1', rev: 4 }, [200], OTHER_ID)
      ],
      ...[merging(ID, OTHER_ID, [201, merge()]), read(found(lead, OTHER_ID), OTHER_ID)],
      ...[update({ company: 'company', rev: 4 }, [200], OTHER_ID), read(linked, OTHER_ID)]
    ]
    expect(await upsert(event, ...steps)).toMatchObject({ record: { id: OTHER_ID, companyId: 'company' } })
  })

  it.each<[string, Answer]>([
    ['without the role', [403]],
    ['if the merge is refused', [422]]
  ])('is shared %s, and the stub gets its external ID back', async (_how, answer) => {
    const steps = [
      ...[byId(found(STUB)), add, read(found(STUB)), byEmail(found(lead, OTHER_ID))],
      ...PASSED,
      merging(ID, OTHER_ID, answer),
      ...[update({ externalId: null }, [200], OTHER_ID), update({ externalId: 'u1', rev: 1 })],
      update({ name: 'Ann Lee', sharedEmails: EMAILS, rev: 1 })
    ]
    expect(await upsert(event, ...steps)).toMatchObject({
      outcome: 'updated',
      leftOut: [{ field: 'email', reason: SHARED }]
    })
  })

  it('is not merged with a second customer if the first merge is refused', async () => {
    const all = update({ name: 'Ann Lee', emails: EMAILS, phones: PHONES, rev: 1 }, REFUSED)
    const steps = [
      ...[byId(found(STUB)), all, read(found(STUB)), byEmail(found(lead, OTHER_ID)), ...PASSED],
      merging(ID, OTHER_ID, [403]),
      ...[update({ externalId: null }, [200], OTHER_ID), update({ externalId: 'u1', rev: 1 })],
      byPhone(found({ phones: PHONES }, '5f0c1a2b3c4d5e6f70819209')),
      update({ name: 'Ann Lee', sharedEmails: EMAILS, sharedPhones: PHONES, rev: 1 })
    ]
    expect(await upsert(ANN, ...steps)).toMatchObject({ leftOut: [{ field: 'email' }, { field: 'phone' }] })
  })

  it('merges a lead into ours', async () => {
    const ours = { externalId: 'u1', username: 'ann', rev: 1 }
    const steps = [
      ...[byId(found(ours)), add, read(found(ours)), byEmail(found(lead, OTHER_ID))],
      merging(OTHER_ID, ID, [201, merge()]),
      read(found({ ...ours, emails: EMAILS, rev: 2 })),
      update({ name: 'Ann Lee', rev: 2 })
    ]
    expect(await upsert(event, ...steps)).toMatchObject({ outcome: 'updated', record: { id: ID }, leftOut: [] })
  })

  it.each<[string, Record<string, unknown>, string | undefined]>([
    ['another external ID', { externalId: 'u2' }, undefined],
    ['another contact', { phones: [{ phone: '+15550100299' }] }, undefined],
    ['a name', { name: 'Bob' }, undefined],
    ['another company', {}, 'other']
  ])('is shared if they have %s', async (_what, theirs, company) => {
    const ours = { externalId: 'u1', username: 'ann', rev: 1 }
    const steps = [
      byId(found(ours, ID, 'company')),
      update({ name: 'Ann Lee', emails: EMAILS, company: 'company', rev: 1 }, REFUSED),
      ...[read(found(ours, ID, 'company')), byEmail(found({ ...lead, ...theirs }, OTHER_ID, company))],
      update({ name: 'Ann Lee', sharedEmails: EMAILS, company: 'company', rev: 1 })
    ]
    expect(await upsert(event, ...steps)).toMatchObject({ leftOut: [{ field: 'email', reason: SHARED }] })
  })

  const before = [byId(found(STUB)), add, read(found(STUB)), byEmail(found(lead, OTHER_ID))]

  it.each<[string, Step[]]>([
    ['while Kustomer merges', [...PASSED, merging(ID, OTHER_ID, [201, merge('pending')])]],
    ['if the stub has changed', [update({ externalId: null, rev: 1 }, REFUSED), read(found({ ...STUB, rev: 2 }))]],
    [
      'if the other has changed, and the stub gets its external ID back',
      [
        ...[update({ externalId: null, rev: 1 }), update({ externalId: 'u1', rev: 4 }, REFUSED, OTHER_ID)],
        ...[read(found({ ...lead, rev: 5 }, OTHER_ID), OTHER_ID), update({ externalId: 'u1', rev: 1 })]
      ]
    ]
  ])('is retried by Segment %s', async (_when, steps) => {
    expect(await failure(upsert(event, ...before, ...steps))).toMatchObject({
      status: 423,
      message: expect.stringMatching(/^Could not merge two customers of one person: (?:Kustomer has|one of them was)/)
    })
  })

  it('is retried by Segment if the external ID cannot be given back', async () => {
    const steps = [
      ...[...before, ...PASSED, merging(ID, OTHER_ID, [403])],
      update({ externalId: null }, REFUSED, OTHER_ID)
    ]
    expect(await failure(upsert(event, ...steps))).toMatchObject({ status: 423 })
  })

  it('passes no external ID on to a customer who has one', async () => {
    const merged = read(found({ ...lead, externalId: 'u1', name: 'Ann Lee' }, OTHER_ID), OTHER_ID)
    const target = { ...lead, externalId: 'u1' }
    const steps = [
      ...[byId(found(STUB)), add, read(found(STUB)), byEmail(found(target, OTHER_ID))],
      ...[merging(ID, OTHER_ID, [201, merge()]), merged]
    ]
    expect(await upsert(event, ...steps)).toMatchObject({ outcome: 'updated', record: { id: OTHER_ID } })
  })

  it('goes on with whoever has the external ID by now', async () => {
    const byMail = ann(U1, EMAIL)
    const nameless = found({ emails: EMAILS, rev: 1 })
    const steps = [
      ...[byId(MISSING), creation(byMail.wanted, REFUSED), byId(MISSING), byEmail(nameless)],
      ...[update({ externalId: 'u1', name: 'Ann Lee', rev: 1 }, REFUSED), read(nameless)],
      byId(found({ externalId: 'u1', name: 'Ann Lee', emails: EMAILS }, OTHER_ID))
    ]
    expect(await upsert(byMail, ...steps)).toMatchObject({ outcome: 'unchanged', record: { id: OTHER_ID } })
  })

  it('is the customer themselves if Kustomer lags', async () => {
    const steps = [
      ...[byId(found(STUB)), add, read(found(STUB)), byEmail(found({ ...STUB, emails: EMAILS }))],
      ...[update({ name: 'Ann Lee', emails: EMAILS }, [200])]
    ]
    expect(await upsert(event, ...steps)).toMatchObject({ outcome: 'updated', leftOut: [] })
  })

  it('keeps the company of the target', async () => {
    const linked = found({ ...lead, name: 'Ann Lee', externalId: 'u1' }, OTHER_ID, 'theirs')
    const steps = [
      byId(found(STUB, ID, 'company')),
      update({ name: 'Ann Lee', emails: EMAILS, company: 'company', rev: 1 }, REFUSED),
      ...[read(found(STUB, ID, 'company')), byEmail(found(lead, OTHER_ID, 'theirs'))],
      update({ externalId: null, company: 'company', rev: 1 }),
      update({ externalId: 'u1', company: 'theirs', rev: 4 }, [200], OTHER_ID),
      ...[merging(ID, OTHER_ID, [201, merge()]), read(linked, OTHER_ID)]
    ]
    expect(await upsert(event, ...steps)).toMatchObject({ record: { id: OTHER_ID, companyId: 'theirs' } })
  })

  it.each<[string, string | undefined, string | undefined]>([
    ['has none', undefined, 'company'],
    ['has ours', 'company', 'company'],
    ['has one and we have none', 'theirs', undefined]
  ])('is merged into ours if a lead %s', async (_what, theirs, own) => {
    const ours = { externalId: 'u1', username: 'ann', rev: 1 }
    const company = own === undefined ? {} : { company: own }
    const merged = read(found({ ...ours, emails: EMAILS, name: 'Ann Lee' }, ID, own ?? theirs))
    const steps = [
      byId(found(ours, ID, own)),
      update({ name: 'Ann Lee', emails: EMAILS, ...company, rev: 1 }, REFUSED),
      ...[read(found(ours, ID, own)), byEmail(found(lead, OTHER_ID, theirs))],
      ...[merging(OTHER_ID, ID, [201, merge()]), merged]
    ]
    expect(await upsert(event, ...steps)).toMatchObject({ outcome: 'updated', record: { id: ID } })
  })

  it.each<[string, Step[]]>([
    [
      'to free',
      [update({ externalId: null, rev: 1 }, REFUSED), read(found(STUB)), update({ externalId: null }, REFUSED)]
    ],
    [
      'to pass on',
      [
        ...[update({ externalId: null, rev: 1 }), update({ externalId: 'u1', rev: 4 }, REFUSED, OTHER_ID)],
        ...[read(found(lead, OTHER_ID), OTHER_ID), update({ externalId: 'u1' }, REFUSED, OTHER_ID)],
        update({ externalId: 'u1', rev: 1 })
      ]
    ]
  ])('is shared if Kustomer refuses %s the external ID', async (_what, steps) => {
    const sharing = update({ name: 'Ann Lee', sharedEmails: EMAILS, rev: 1 })
    expect(await upsert(event, ...before, ...steps, sharing)).toMatchObject({
      outcome: 'updated',
      leftOut: [{ field: 'email', reason: SHARED }]
    })
  })

  it('is merged if another event has passed the external ID on', async () => {
    const target = { ...lead, name: 'Ann Lee', externalId: 'u1', rev: 5 }
    const steps = [
      ...[update({ externalId: null, rev: 1 }), update({ externalId: 'u1', rev: 4 }, REFUSED, OTHER_ID)],
      ...[read(found(target, OTHER_ID), OTHER_ID), merging(ID, OTHER_ID, [201, merge()])],
      read(found(target, OTHER_ID), OTHER_ID)
    ]
    expect(await upsert(event, ...before, ...steps)).toMatchObject({ outcome: 'updated', record: { id: OTHER_ID } })
  })

  it('gives the external ID back to a stub that somebody has changed', async () => {
    const tagged = found({ externalId: null, tags: ['5e0c1a2b3c4d5e6f70819207'], rev: 3 })
    const steps = [
      ...[...PASSED, merging(ID, OTHER_ID, [403]), update({ externalId: null }, [200], OTHER_ID)],
      ...[update({ externalId: 'u1', rev: 1 }, REFUSED), read(tagged), update({ externalId: 'u1', rev: 3 })],
      update({ name: 'Ann Lee', sharedEmails: EMAILS, rev: 1 })
    ]
    expect(await upsert(event, ...before, ...steps)).toMatchObject({ leftOut: [{ field: 'email' }] })
  })

  it.each<[string, string | null, Step[], object]>([
    [
      'is taken back and given back',
      'u1',
      [
        update({ externalId: null, rev: 7 }, [200], OTHER_ID),
        ...[update({ externalId: 'u1', rev: 1 }), update({ name: 'Ann Lee', sharedEmails: EMAILS, rev: 1 })]
      ],
      { resolved: { leftOut: [{ field: 'email' }] } }
    ],
    ['is left to the next attempt if it is gone', null, [], { status: 423 }]
  ])('whose external ID meets a change after a refused merge: it %s', async (_what, externalId, rest, expected) => {
    const passed = [update({ externalId: null, rev: 1 }), update({ externalId: 'u1', rev: 4 }, found(lead), OTHER_ID)]
    const steps = [
      ...[...passed, merging(ID, OTHER_ID, [403]), update({ externalId: null, rev: 4 }, REFUSED, OTHER_ID)],
      ...[read(found({ ...lead, externalId, rev: 7 }, OTHER_ID), OTHER_ID), ...rest]
    ]
    expect(await failure(upsert(event, ...before, ...steps))).toMatchObject(expected)
  })

  it('is retried by Segment if the stub changes each time that it should get the external ID back', async () => {
    const changed = (rev: number) => read(found({ externalId: null, rev }))
    const steps = [
      ...[...PASSED, merging(ID, OTHER_ID, [403]), update({ externalId: null }, [200], OTHER_ID)],
      ...[update({ externalId: 'u1', rev: 1 }, REFUSED), changed(3)],
      ...[update({ externalId: 'u1', rev: 3 }, REFUSED), changed(4)],
      ...[update({ externalId: 'u1', rev: 4 }, REFUSED), changed(5)]
    ]
    expect(await failure(upsert(event, ...before, ...steps))).toMatchObject({ status: 423 })
  })

  it('links whoever remains to the company of the stub three times at most', async () => {
    const remaining = (rev: number) =>
      read(found({ ...lead, name: 'Ann Lee', externalId: 'u1', rev }, OTHER_ID), OTHER_ID)
    const attempt = (rev: number) => [
      update({ company: 'company', rev }, REFUSED, OTHER_ID),
      ...[remaining(rev + 1), remaining(rev + 1)]
    ]
    const steps = [
      byId(found(STUB, ID, 'company')),
      update({ name: 'Ann Lee', emails: EMAILS, company: 'company', rev: 1 }, REFUSED),
      ...[read(found(STUB, ID, 'company')), byEmail(found(lead, OTHER_ID))],
      update({ externalId: null, company: 'company', rev: 1 }),
      update({ externalId: 'u1', rev: 4 }, [200], OTHER_ID),
      ...[merging(ID, OTHER_ID, [201, merge()]), remaining(6), ...[6, 7, 8].flatMap(attempt)]
    ]
    expect(await upsert(event, ...steps)).toMatchObject({ record: { id: OTHER_ID } })
  })

  it('links whoever remains to the company of the stub, although somebody has changed them', async () => {
    const remaining = (rev: number, companyId?: string) =>
      read(found({ ...lead, name: 'Ann Lee', externalId: 'u1', rev }, OTHER_ID, companyId), OTHER_ID)
    const steps = [
      byId(found(STUB, ID, 'company')),
      update({ name: 'Ann Lee', emails: EMAILS, company: 'company', rev: 1 }, REFUSED),
      ...[read(found(STUB, ID, 'company')), byEmail(found(lead, OTHER_ID))],
      update({ externalId: null, company: 'company', rev: 1 }),
      update({ externalId: 'u1', rev: 4 }, [200], OTHER_ID),
      ...[merging(ID, OTHER_ID, [201, merge()]), remaining(6)],
      ...[update({ company: 'company', rev: 6 }, REFUSED, OTHER_ID), remaining(7), remaining(7)],
      ...[update({ company: 'company', rev: 7 }, [200], OTHER_ID), remaining(8, 'company')]
    ]
    expect(await upsert(event, ...steps)).toMatchObject({ record: { id: OTHER_ID, companyId: 'company' } })
  })

  it('is retried by Segment if whoever remains cannot be read', async () => {
    const steps = [...PASSED, merging(ID, OTHER_ID, [201, merge()]), read(MISSING, OTHER_ID)]
    expect(await failure(upsert(event, ...before, ...steps))).toMatchObject({
      status: 423,
      message: expect.stringContaining('the customer who remains could not be read')
    })
  })

  it('is merged if Kustomer refuses any rev', async () => {
    const steps = [
      ...before,
      ...[update({ externalId: null, rev: 1 }, REFUSED), read(found(STUB)), update({ externalId: null })],
      ...[update({ externalId: 'u1', rev: 4 }, REFUSED, OTHER_ID), read(found(lead, OTHER_ID), OTHER_ID)],
      ...[update({ externalId: 'u1' }, [200], OTHER_ID), merging(ID, OTHER_ID, [201, merge()])],
      read(found({ ...lead, name: 'Ann Lee', externalId: 'u1', rev: 6 }, OTHER_ID), OTHER_ID)
    ]
    expect(await upsert(event, ...steps)).toMatchObject({ outcome: 'updated', record: { id: OTHER_ID } })
  })
})
