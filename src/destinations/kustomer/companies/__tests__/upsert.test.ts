import { briefCompany, companies, company, COMPANY_ID, OTHER_ID, plainError } from '../../__tests__/__helpers__/answers'
import { conversation, failure } from '../../__tests__/__helpers__/conversation'
import type { Answer, Step } from '../../__tests__/__helpers__/conversation'
import { companyPlan, upsertCompany } from '../upsert'
import type { CompanyUpdate } from '../upsert'

const byId = (...found: Array<{ data: unknown }>): Step => ['GET companies?externalId=a1', [200, companies(found)]]
const byName = (...found: Array<{ data: unknown }>): Step => ['GET companies?filter=Acme', [200, companies(found)]]
const creation = (body: unknown, answer: Answer = [201, company({ name: 'Acme' })]): Step => [
  'POST companies',
  body,
  answer
]
const update = (body: unknown, answer: Answer = [200, company()], id = COMPANY_ID): Step => [
  `PUT companies/${id}`,
  body,
  answer
]
const REFUSED: Answer = [409, plainError('Taken')]

const BOTH = { externalId: 'a1', name: 'Acme' }
const ACME: CompanyUpdate = { reference: BOTH, wanted: BOTH }
const BY_NAME: CompanyUpdate = { reference: { name: 'Acme' }, wanted: { name: 'Acme', employeeCount: 3 } }
const upsert = (event: CompanyUpdate, ...steps: Step[]) => upsertCompany(conversation(...steps).client(), event)
const at = (createdAt: string, attributes: Record<string, unknown> = {}) => ({ name: 'Acme', createdAt, ...attributes })

it('costs 1 request if nothing differs, 2 if something does, 3 if it is new', async () => {
  const known = company({ ...BOTH, rev: 2 })
  expect(await upsert(ACME, byId(known))).toMatchObject({ outcome: 'unchanged' })
  const changed: CompanyUpdate = { ...ACME, wanted: { ...BOTH, name: 'Acme Inc' } }
  expect(await upsert(changed, byId(known), update({ ...BOTH, name: 'Acme Inc', rev: 2 }))).toMatchObject({
    outcome: 'updated'
  })
  expect(await upsert(ACME, byId(), byName(), creation(BOTH))).toMatchObject({ outcome: 'created' })
})

it('is read whole before it is updated if a list shows only some of it', async () => {
  const steps: Step[] = [
    byId(briefCompany('Acme', 'a1')),
    [`GET companies/${COMPANY_ID}`, [200, company({ ...BOTH, rev: 2, domains: [{ domain: 'acme.example' }] })]],
    update({ ...BOTH, name: 'Acme Inc', domains: [{ domain: 'acme.example' }], rev: 2 })
  ]
  expect(await upsert({ ...ACME, wanted: { name: 'Acme Inc' } }, ...steps)).toMatchObject({ outcome: 'updated' })
})

it('goes on with a company that somebody has created in the meantime', async () => {
  const steps = [byId(), byName(), creation(BOTH, REFUSED), byId(company({ ...BOTH, rev: 1 }, OTHER_ID))]
  expect(await upsert(ACME, ...steps)).toMatchObject({ outcome: 'unchanged', record: { id: OTHER_ID } })
})

it('needs a name if it is new', async () => {
  const event: CompanyUpdate = { reference: { externalId: 'a1' }, wanted: { externalId: 'a1' } }
  expect(await failure(upsert(event, byId()))).toMatchObject({
    status: 400,
    message: expect.stringContaining('Name must have at least 3 characters')
  })
  const named = { ...event, nameIfNew: 'a1 (a1)' }
  expect(await upsert(named, byId(), creation({ name: 'a1 (a1)', externalId: 'a1' }))).toMatchObject({
    outcome: 'created'
  })
})

it('is not created by a name that Kustomer lists too many companies for', async () => {
  const pages = [1, 2, 3, 4, 5].map(
    (page): Step => [
      `GET companies?filter=Acme${page === 1 ? '' : `&page=${page}`}`,
      [200, companies([company({ name: 'Acme Bank' })], 'more')]
    ]
  )
  expect(await failure(upsert(BY_NAME, ...pages))).toMatchObject({
    status: 400,
    message: expect.stringContaining('Map External ID')
  })
})

describe('a company that is created by its name alone', () => {
  const { wanted } = BY_NAME
  const created = (rev?: number): Step[] => [
    byName(),
    creation(wanted, [201, company({ ...at('2024-01-02', { rev }), ...wanted })])
  ]
  const own = company(at('2024-01-02'))

  it.each<[string, Array<{ data: unknown }>]>([
    ['nobody else has created one', [own]],
    ['a list lags', []],
    ['ours is the oldest', [own, company(at('2024-01-03'), OTHER_ID)]]
  ])('stays if %s', async (_why, listed) => {
    expect(await upsert(BY_NAME, ...created(1), byName(...listed))).toMatchObject({
      outcome: 'created',
      record: { id: COMPANY_ID }
    })
  })

  it.each<[string, Array<{ data: unknown }>, string, Step[]]>([
    ['stays if it is the older one in the list', [own, company(at('2024-01-03'), OTHER_ID)], COMPANY_ID, []],
    ['stays if no date of it is known', [company(at('2024-01-01'), OTHER_ID)], COMPANY_ID, []],
    [
      'gives way to an older one in the list',
      [own, company({ ...at('2024-01-01'), employeeCount: 3 }, OTHER_ID)],
      OTHER_ID,
      [update({ deleted: true, rev: 1 })]
    ]
  ])('whose creation was answered without a date %s', async (_what, listed, id, steps) => {
    const answer: Answer = [201, company({ ...wanted, rev: 1, createdAt: undefined })]
    const all = [byName(), creation(wanted, answer), byName(...listed), ...steps]
    expect(await upsert(BY_NAME, ...all)).toMatchObject({ record: { id } })
  })

  it.each<[string, Record<string, unknown>]>([
    ['an older one', at('2024-01-01')],
    ['one with an external ID', at('2024-01-03', { externalId: 'a1' })]
  ])('gives way to %s, which is brought up to date', async (_which, theirs) => {
    const other = company({ ...theirs, rev: 5 }, OTHER_ID)
    const { createdAt, ...repeated } = theirs
    const steps = [
      ...[...created(1), byName(own, other)],
      update({ deleted: true, rev: 1 }),
      update({ ...repeated, employeeCount: 3, rev: 5 }, [200], OTHER_ID)
    ]
    expect(await upsert(BY_NAME, ...steps)).toMatchObject({ outcome: 'updated', record: { id: OTHER_ID } })
    expect(createdAt).toBeDefined()
  })
})

it('keeps its old name if Kustomer rejects the new one', async () => {
  const known = company({ ...BOTH, rev: 1 })
  const event = { ...ACME, wanted: { externalId: 'a1', name: 'Taken Inc' } }
  const changes = { ...BOTH, name: 'Taken Inc' }
  const steps: Step[] = [
    ...[byId(known), update({ ...changes, rev: 1 }, REFUSED)],
    ...[[`GET companies/${COMPANY_ID}`, [200, known]] as Step, byId(known), update(changes, REFUSED)]
  ]
  expect(await upsert(event, ...steps)).toMatchObject({
    outcome: 'unchanged',
    record: { id: COMPANY_ID },
    leftOut: [{ field: 'name' }]
  })
})

it.each<[string, CompanyUpdate['reference'], string[]]>([
  ['both', BOTH, ['externalId=a1', 'name=Acme']],
  ['the external ID', { externalId: 'a1' }, ['externalId=a1']],
  ['the name', { name: 'Acme' }, ['name=Acme']]
])('is grouped in batches by %s', (_what, reference, keys) => {
  expect(companyPlan(conversation().client()).keysOf({ reference, wanted: {} })).toEqual(keys)
})

it.each<[string, Record<string, unknown>, object]>([
  ['that is still the same is updated', { externalId: 'a1' }, { outcome: 'updated' }],
  ['that has no ID is updated', {}, { outcome: 'updated' }]
])('a company that somebody has changed and %s', async (_what, attributes, expected) => {
  const event = { ...ACME, wanted: { externalId: 'a1', name: 'Acme Inc' } }
  const changed = company({ name: 'Acme', ...attributes, rev: 2 })
  const steps: Step[] = [
    ...[byId(company({ ...BOTH, rev: 1 })), update({ externalId: 'a1', name: 'Acme Inc', rev: 1 }, REFUSED)],
    ...[[`GET companies/${COMPANY_ID}`, [200, changed]] as Step, update({ externalId: 'a1', name: 'Acme Inc', rev: 2 })]
  ]
  expect(await upsert(event, ...steps)).toMatchObject(expected)
})

it('a company that has become another one is created', async () => {
  const event = { ...ACME, wanted: { externalId: 'a1', name: 'Acme Inc' } }
  const other = company({ name: 'Acme', externalId: 'a2', rev: 2 })
  const steps: Step[] = [
    ...[byId(company({ ...BOTH, rev: 1 })), update({ externalId: 'a1', name: 'Acme Inc', rev: 1 }, REFUSED)],
    ...[[`GET companies/${COMPANY_ID}`, [200, other]] as Step, creation({ externalId: 'a1', name: 'Acme Inc' })]
  ]
  expect(await upsert(event, ...steps)).toMatchObject({ outcome: 'created' })
})

it('gives up its external ID if it has a name', async () => {
  const steps = [byId(), byName(), creation(BOTH, REFUSED), byId(), byName(), creation({ name: 'Acme' })]
  expect(await upsert(ACME, ...steps)).toMatchObject({ outcome: 'created', leftOut: [{ field: 'externalId' }] })
})

it('keeps its external ID if nothing else names it', async () => {
  const event: CompanyUpdate = { reference: { externalId: 'a1' }, wanted: { externalId: 'a1' }, nameIfNew: 'Acme (a1)' }
  const steps = [byId(), creation({ externalId: 'a1', name: 'Acme (a1)' }, REFUSED), byId()]
  expect(await failure(upsert(event, ...steps))).toMatchObject({ status: 409 })
})

it('is not looked up once more if the answer to its creation has no ID', async () => {
  expect(await upsert(BY_NAME, byName(), creation(BY_NAME.wanted, [201]))).toMatchObject({ outcome: 'created' })
})
