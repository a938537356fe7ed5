import {
  companies,
  company,
  COMPANY_ID,
  customer,
  customObject,
  ID,
  OTHER_ID,
  plainError
} from '../../__tests__/__helpers__/answers'
import { conversation, failure, MISSING } from '../../__tests__/__helpers__/conversation'
import type { Answer, Step } from '../../__tests__/__helpers__/conversation'
import { upsertObject } from '../upsert'
import type { ObjectUpdate } from '../upsert'

const LOOK_UP = 'GET klasses/order/externalId=o1'
const BY_USER_ID = 'GET customers/externalId=u1'
const REFUSED: Answer = [409, plainError('Taken')]
const AT = 'orderUpdatedAt'

const UPDATE: ObjectUpdate = {
  kind: 'kobject.order',
  externalId: 'o1',
  events: [{ title: 'Order 1', data: { total: 120 } }],
  owner: {
    customer: { identifiers: [{ name: 'externalId', value: 'u1' }], leftOut: [] },
    mayCreate: true
  },
  ifNew: { title: 'o1', tags: ['vip'] }
}
const BODY = { externalId: 'o1', title: 'Order 1', tags: ['vip'], data: { total: 120 }, customer: ID }

const known = (attributes: Record<string, unknown> = {}, customerId = ID) =>
  customObject({ externalId: 'o1', title: 'Order 1', data: { total: 120 }, rev: 3, ...attributes }, 'order', customerId)
const { id: OBJECT_ID } = known().data
const found = (answer = known()): Step => [LOOK_UP, [200, answer]]
const owned: Step = [BY_USER_ID, [200, customer({ externalId: 'u1' })]]
const creation = (answer: Answer = [201, known()], body: unknown = BODY): Step => ['POST klasses/order', body, answer]
const change = (body: unknown, answer: Answer = [200, known()]): Step => [
  `PUT klasses/order/${OBJECT_ID}`,
  body,
  answer
]
const upsert = (event: ObjectUpdate, ...steps: Step[]) => upsertObject(conversation(...steps).client(), event)

it('costs 1 request if nothing differs, 2 if something does, 3 if it is new', async () => {
  expect(await upsert(UPDATE, found())).toMatchObject({ outcome: 'unchanged', record: { id: OBJECT_ID }, leftOut: [] })
  const changes = { externalId: 'o1', title: 'Order 1', data: { total: 120 }, rev: 3 }
  expect(await upsert(UPDATE, found(known({ title: 'o1' })), change(changes))).toMatchObject({ outcome: 'updated' })
  expect(await upsert(UPDATE, [LOOK_UP, MISSING], owned, creation())).toMatchObject({
    outcome: 'created',
    record: { id: OBJECT_ID },
    leftOut: []
  })
})

it('is called by its external ID if it is new and has no title', async () => {
  const untitled = { ...UPDATE, events: [{}] }
  const body = { externalId: 'o1', title: 'o1', tags: ['vip'], customer: ID }
  expect(await upsert(untitled, [LOOK_UP, MISSING], owned, creation([201, known()], body))).toMatchObject({
    outcome: 'created'
  })
})

it.each([{ externalId: 'O1' }, { deleted: true }])(
  'is matched by its own external ID: not one with %j',
  async (shown) => {
    expect(await upsert(UPDATE, found(known(shown)), owned, creation())).toMatchObject({ outcome: 'created' })
  }
)

it('is given its external ID if it shows none', async () => {
  const changes = { externalId: 'o1', title: 'Order 1', data: { total: 120 }, rev: 3 }
  const steps = [found(known({ externalId: undefined })), change(changes)]
  expect(await upsert(UPDATE, ...steps)).toMatchObject({ outcome: 'updated' })
})

it('keeps what a newer event has written, and tells that the event was older', async () => {
  const event = { ...UPDATE, updatedAtAttribute: AT, events: [{ title: 'Old', custom: { [AT]: '2026-01-01' } }] }
  const shown = known({ custom: { [AT]: '2026-01-02' } })
  expect(await upsert(event, found(shown))).toMatchObject({ outcome: 'unchanged', leftOut: [{ field: 'timestamp' }] })
})

describe('a creation that Kustomer rejects', () => {
  const rejected = [[LOOK_UP, MISSING], owned, creation(REFUSED)] as Step[]

  it('updates the object that somebody has created in the meantime', async () => {
    expect(await upsert(UPDATE, ...rejected, found())).toMatchObject({ outcome: 'unchanged', leftOut: [] })
  })

  it('tells that this object belongs to somebody else', async () => {
    expect(await upsert(UPDATE, ...rejected, found(known({}, OTHER_ID)))).toMatchObject({
      leftOut: [{ field: 'externalId', reason: expect.stringContaining('not moved') }]
    })
  })

  it('is retried if its customer is gone', async () => {
    const steps: Step[] = [
      [LOOK_UP, MISSING],
      [`GET customers/${ID}`, MISSING]
    ]
    expect(await failure(upsert(UPDATE, ...rejected, ...steps))).toMatchObject({
      status: 423,
      message: expect.stringMatching(/^Could not create the custom object: its customer was merged or deleted/)
    })
  })

  it('goes on with its external ID, title, and customer, without the rest', async () => {
    const steps: Step[] = [
      [LOOK_UP, MISSING],
      [`GET customers/${ID}`, [200, customer({ externalId: 'u1' })]],
      creation([201, known()], { externalId: 'o1', title: 'Order 1', customer: ID })
    ]
    const { outcome, leftOut } = await upsert(UPDATE, ...rejected, ...steps)
    expect(outcome).toBe('created')
    expect(leftOut.map(({ field }) => field)).toEqual(['tags', 'data'])
  })

  it('fails with its own words if nothing helps, and never without its external ID', async () => {
    const bare = { ...UPDATE, events: [{}], ifNew: { title: 'o1' } }
    const steps: Step[] = [
      [LOOK_UP, MISSING],
      owned,
      creation(REFUSED, { externalId: 'o1', title: 'o1', customer: ID }),
      [LOOK_UP, MISSING],
      [`GET customers/${ID}`, [200, customer()]]
    ]
    expect(await failure(upsert(bare, ...steps))).toMatchObject({
      status: 409,
      message: expect.stringContaining('create the custom object')
    })
  })
})

it('updates an object that somebody else has changed in the meantime, compared anew', async () => {
  const body = (rev: number) => ({ externalId: 'o1', title: 'Order 1', data: { total: 120 }, rev })
  const steps = [
    ...[found(known({ title: 'o1' })), change(body(3), REFUSED)],
    [`GET klasses/order/${OBJECT_ID}`, [200, known({ title: 'Agent', rev: 4 })]] as Step,
    change(body(4))
  ]
  expect(await upsert(UPDATE, ...steps)).toMatchObject({ outcome: 'updated' })
})

it('looks for no other object if an update is rejected', async () => {
  const shown = known({ title: 'o1' })
  const body = { externalId: 'o1', title: 'Order 1', data: { total: 120 } }
  const steps: Step[] = [
    ...[found(shown), change({ ...body, rev: 3 }, REFUSED)],
    ...[[`GET klasses/order/${OBJECT_ID}`, [200, shown]] as Step, change(body, REFUSED)]
  ]
  expect(await failure(upsert(UPDATE, ...steps))).toMatchObject({ status: 409 })
})

describe('the owner of a new object', () => {
  const owner = (given: Partial<ObjectUpdate['owner']>): ObjectUpdate => ({
    ...UPDATE,
    owner: { ...UPDATE.owner, ...given }
  })
  const companiesOf = (found?: { data: unknown }, id = 'c1'): Step => [
    `GET companies?externalId=${id}`,
    [200, companies(found ? [found] : [])]
  ]
  const ownedBy = (given: object) => creation([201, known()], { ...BODY, customer: undefined, ...given })

  it('is a company, if the event gives its ID', async () => {
    const steps = [
      [LOOK_UP, MISSING] as Step,
      companiesOf(company({ externalId: 'c1' })),
      ownedBy({ company: COMPANY_ID })
    ]
    expect(await upsert(owner({ companyId: 'c1' }), ...steps)).toMatchObject({ outcome: 'created' })
  })

  it('must be a company that exists', async () => {
    expect(await failure(upsert(owner({ companyId: 'c1' }), [LOOK_UP, MISSING], companiesOf()))).toMatchObject({
      status: 400,
      message: 'Kustomer has no company with this Company ID. Send a group call first, or clear Company ID.'
    })
  })

  it('is created with all identifiers of the event, found by the strongest alone', async () => {
    const event = owner({
      customer: {
        identifiers: [
          { name: 'externalId', value: 'u1' },
          { name: 'email', value: 'ann@example.com' },
          { name: 'phone', value: '+15550100' }
        ],
        email: 'ann@example.com',
        phone: '+15550100',
        leftOut: []
      }
    })
    const body = { externalId: 'u1', emails: [{ email: 'ann@example.com' }], phones: [{ phone: '+15550100' }] }
    const made: Step = ['POST customers', body, [201, customer({ externalId: 'u1' }, OTHER_ID)]]
    const steps: Step[] = [[LOOK_UP, MISSING], [BY_USER_ID, MISSING], made, ownedBy({ customer: OTHER_ID })]
    expect(await upsert(event, ...steps)).toMatchObject({ outcome: 'created' })
  })

  it('is created by an email alone', async () => {
    const identifiers = [{ name: 'email' as const, value: 'ann@example.com' }]
    const event = owner({ customer: { identifiers, email: 'ann@example.com', leftOut: [] } })
    const steps: Step[] = [
      [LOOK_UP, MISSING],
      ['GET customers/email=ann%40example.com', MISSING],
      ['POST customers', { emails: [{ email: 'ann@example.com' }] }, [201, customer({}, OTHER_ID)]],
      ownedBy({ customer: OTHER_ID })
    ]
    expect(await upsert(event, ...steps)).toMatchObject({ outcome: 'created' })
  })

  it("is left to Kustomer if its answer to the customer's creation had no ID", async () => {
    const made: Step = ['POST customers', { externalId: 'u1' }, [201]]
    const steps: Step[] = [[LOOK_UP, MISSING], [BY_USER_ID, MISSING], made, ownedBy({})]
    expect(await upsert(UPDATE, ...steps)).toMatchObject({ outcome: 'created' })
  })

  it('must be a customer who exists, if none is to be created', async () => {
    const event = owner({ mayCreate: false })
    expect(await upsert(event, [LOOK_UP, MISSING], owned, creation())).toMatchObject({ outcome: 'created' })
    expect(await failure(upsert(event, [LOOK_UP, MISSING], [BY_USER_ID, MISSING]))).toMatchObject({
      status: 400,
      message: 'Kustomer has no such customer. Turn on Create Customer, or send an identify call first.'
    })
  })

  it('is found once for all events of a batch', async () => {
    const identifiers = [{ name: 'externalId' as const, value: 'u2' }]
    const steps: Step[] = [
      ...[
        [LOOK_UP, MISSING] as Step,
        ['GET customers/externalId=u2', [200, customer({ externalId: 'u2' }, OTHER_ID)]] as Step
      ],
      ownedBy({ customer: OTHER_ID }),
      ...[[LOOK_UP, MISSING] as Step, owned, creation(), [LOOK_UP, MISSING] as Step, creation()],
      ...[[LOOK_UP, MISSING] as Step, companiesOf(company({ externalId: 'c1' })), ownedBy({ company: COMPANY_ID })],
      ...[[LOOK_UP, MISSING] as Step, companiesOf(company({ externalId: 'c2' }, OTHER_ID), 'c2')],
      ownedBy({ company: OTHER_ID })
    ]
    const client = conversation(...steps).client()
    const other = owner({ customer: { identifiers, leftOut: [] } })
    for (const event of [other, UPDATE, UPDATE, owner({ companyId: 'c1' }), owner({ companyId: 'c2' })]) {
      expect(await upsertObject(client, event)).toMatchObject({ outcome: 'created' })
    }
  })

  it.each<[string, string | undefined, object[]]>([
    ['another company', OTHER_ID, [{ field: 'externalId' }]],
    ['its own company', COMPANY_ID, []],
    ['nobody who is shown', undefined, []]
  ])(
    'is compared with whom an object belongs to that somebody has created in the meantime: %s',
    async (_whom, id, told) => {
      const { data } = known()
      const relationships = id === undefined ? {} : { company: { data: { type: 'company', id } } }
      const steps: Step[] = [
        ...[[LOOK_UP, MISSING] as Step, companiesOf(company({ externalId: 'c1' }))],
        creation(REFUSED, { ...BODY, customer: undefined, company: COMPANY_ID }),
        [LOOK_UP, [200, { data: { ...data, relationships } }]]
      ]
      expect(await upsert(owner({ companyId: 'c1' }), ...steps)).toMatchObject({ outcome: 'unchanged', leftOut: told })
    }
  )

  it('is not looked for among customers if a company is rejected', async () => {
    const bare = { ...owner({ companyId: 'c1' }), events: [{}], ifNew: { title: 'o1' } }
    const steps: Step[] = [
      ...[[LOOK_UP, MISSING] as Step, companiesOf(company({ externalId: 'c1' }))],
      creation(REFUSED, { externalId: 'o1', title: 'o1', company: COMPANY_ID }),
      [LOOK_UP, MISSING]
    ]
    expect(await failure(upsert(bare, ...steps))).toMatchObject({ status: 409 })
  })

  it('must be given', async () => {
    const event = owner({ customer: { identifiers: [], leftOut: [] } })
    expect(await upsert(event, found())).toMatchObject({ outcome: 'unchanged' })
    expect(await failure(upsert(event, [LOOK_UP, MISSING]))).toMatchObject({
      status: 400,
      message: "Can't tell whose object this is. Map External ID, Email, Phone, or Company ID to a valid value."
    })
  })
})
