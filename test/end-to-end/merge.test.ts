import { connect } from './support'
import type { Connection, Event } from './support'
import { worldsFor } from './worlds'

const EMAIL = 'ann@example.com'
const MERGE = /^POST \/v1\/customers\/merges$/
const READ_BY_ID = /^GET \/v1\/customers\/[0-9a-f]{24}$/
const MERGE_ROLE = 'org.permission.customer_merge.create'

const seen: Event = { type: 'track', event: 'Order Completed', userId: 'u1' }
const seenByEmail: Event = { type: 'page', name: 'Home', context: { traits: { email: EMAIL } } }
const identified: Event = { type: 'identify', userId: 'u1', traits: { email: EMAIL, name: 'Ann' } }

async function deliverAll(kustomer: Connection, events: Event[]): Promise<void> {
  for (const event of events) {
    await kustomer.deliver(event)
  }
}

describe.each(worldsFor('merges', 'mergeLeavesTimeline'))('one person, %s,', (_name, world) => {
  it.each([
    ['identify, track', [identified, seen]],
    ['track, identify', [seen, identified]]
  ])('whom an agent knows by email stays one: %s', async (_order, events) => {
    const kustomer = connect(world)
    const id = await kustomer.create({ emails: [{ email: EMAIL }], name: 'A.', tags: ['vip'] })
    await deliverAll(kustomer, events)
    expect(kustomer.people()).toMatchObject([{ id, name: 'Ann', emails: [EMAIL], events: ['Order-Completed'] }])
  })

  it.each([
    [[identified, seen, seenByEmail]],
    [[identified, seenByEmail, seen]],
    [[seen, identified, seenByEmail]],
    [[seenByEmail, identified, seen]],
    [[seen, seenByEmail, identified]],
    [[seenByEmail, seen, identified]]
  ])('is one whatever comes first (%#)', async (events) => {
    const kustomer = connect(world)
    await deliverAll(kustomer, events)
    expect(kustomer.people()).toMatchObject([{ name: 'Ann', emails: [EMAIL] }])
    expect(kustomer.people()[0]?.events.sort()).toEqual(['Order-Completed', 'Viewed-Home-Page'])
  })

  it('is one in a batch too', async () => {
    const kustomer = connect(world)
    const id = await kustomer.create({ emails: [{ email: EMAIL }] })
    await kustomer.deliver(seen)
    const others = Array.from({ length: 4 }, (_, index): Event => ({ type: 'identify', userId: `other${index}` }))
    await kustomer.deliverBatch([...others, identified])
    expect(kustomer.people()).toHaveLength(5)
    expect(kustomer.people()[0]).toMatchObject({ id, name: 'Ann', emails: [EMAIL], events: ['Order-Completed'] })
  })
})

describe.each(worldsFor('merges'))('a stub, %s,', (_name, world) => {
  it('passes its userId on to the customer it is merged into', async () => {
    const kustomer = connect(world)
    await kustomer.create({ emails: [{ email: EMAIL }] })
    await deliverAll(kustomer, [seen, identified])
    expect(kustomer.people()).toMatchObject([{ externalId: 'u1', name: 'Ann', emails: [EMAIL] }])
  })

  it('keeps to itself what it gained in between', async () => {
    const kustomer = connect(world)
    await kustomer.create({ emails: [{ email: EMAIL }], name: 'A.' })
    await kustomer.deliver(seen)
    const stub = kustomer.people()[1]?.id ?? ''
    kustomer.before(READ_BY_ID, () => kustomer.edit(stub, { username: 'somebody' }))
    await kustomer.deliver(identified)
    expect(kustomer.people()).toMatchObject([
      { emails: [EMAIL], events: [] },
      { externalId: 'u1', shared: [EMAIL], events: ['Order-Completed'] }
    ])
  })

  it('that somebody else has merged is followed to where it went', async () => {
    const kustomer = connect(world)
    const target = await kustomer.create({ emails: [{ email: EMAIL }] })
    await kustomer.deliver(seen)
    const source = kustomer.people()[1]?.id
    kustomer.before(MERGE, () => kustomer.call('POST', '/v1/customers/merges', { source, target }))
    await kustomer.deliver(identified)
    expect(kustomer.people()).toMatchObject([{ id: target, name: 'Ann', emails: [EMAIL] }])
  })
})

describe.each(worldsFor('merges'))('a contact that somebody else holds is shared and told, %s,', (_name, world) => {
  const told = { status: 200, body: { leftOut: [{ field: 'email', reason: expect.stringContaining('shared') }] } }

  it.each([
    ['where both are more than a stub or a lead', { externalId: 'u1', name: 'A.' }, { name: 'B.' }],
    ['where they have another userId', { externalId: 'u1' }, { externalId: 'u2' }]
  ])('%s', async (_where, ours, theirs) => {
    const kustomer = connect(world)
    await kustomer.create({ emails: [{ email: EMAIL }], ...theirs })
    await kustomer.create(ours)
    expect(await kustomer.deliver(identified)).toMatchObject(told)
    expect(kustomer.people()).toMatchObject([
      { emails: [EMAIL], shared: [], ...theirs },
      { externalId: 'u1', name: 'Ann', emails: [], shared: [EMAIL] }
    ])
  })

  it('where the key may not merge', async () => {
    const kustomer = connect(world, { without: [MERGE_ROLE] })
    await kustomer.create({ emails: [{ email: EMAIL }] })
    await kustomer.deliver(seen)
    expect(await kustomer.deliver(identified)).toMatchObject(told)
    expect(kustomer.people()).toMatchObject([
      { emails: [EMAIL] },
      { externalId: 'u1', name: 'Ann', emails: [], shared: [EMAIL], events: ['Order-Completed'] }
    ])
  })

  it.each([400, 409, 422])('where the merge is refused with %d', async (status) => {
    const kustomer = connect(world)
    await kustomer.create({ emails: [{ email: EMAIL }] })
    await kustomer.deliver(seen)
    kustomer.sandbox.setFaults({ responses: [{ status, method: 'POST', path: '/v1/customers/merges' }] })
    expect(await kustomer.deliver(identified)).toMatchObject(told)
    expect(kustomer.people()).toMatchObject([{ emails: [EMAIL] }, { externalId: 'u1', shared: [EMAIL] }])
  })
})
