import { connect, isRetryable } from './support'
import type { Connection } from './support'
import { worldsFor } from './worlds'

const CREATION = /^POST \/v1\/customers$/
const UPDATE = /^PATCH \/v1\/customers\/[0-9a-f]{24}$/

const [EMAIL, PHONE] = ['ann@example.com', '+15550107788']
const ann = { type: 'identify' as const, userId: 'u1', traits: { email: EMAIL, phone: PHONE, name: 'Ann' } }
const whole = { externalId: 'u1', name: 'Ann', emails: [EMAIL], phones: [PHONE], shared: [] }

const updatesIn = (kustomer: Connection) => kustomer.requests().filter((line) => line.startsWith('PATCH'))

describe.each(worldsFor('customers'))('somebody who is known by less, %s,', (_name, world) => {
  it.each([
    ['an email', { emails: [{ email: 'ANN@example.com' }] }, { emails: ['ANN@example.com'] }],
    ['a phone', { phones: [{ phone: PHONE }] }, {}],
    ['both', { emails: [{ email: EMAIL }], phones: [{ phone: PHONE }] }, {}]
  ])('is found by %s, and given the userId', async (_names, attributes, expected) => {
    const kustomer = connect(world)
    const id = await kustomer.create(attributes)
    expect(await kustomer.deliver(ann)).toMatchObject({ status: 200, body: { outcome: 'updated', customerId: id } })
    expect(kustomer.people()).toMatchObject([{ ...whole, ...expected }])
  })

  it('is found by an email that they gave with a userId, where the event has none', async () => {
    const kustomer = connect(world)
    await kustomer.create({ externalId: 'u1', emails: [{ email: EMAIL }] })
    await kustomer.deliver({ type: 'identify', traits: { email: 'Ann@Example.com', name: 'Ann' } })
    expect(kustomer.people()).toMatchObject([{ externalId: 'u1', name: 'Ann', emails: [EMAIL] }])
  })

  it.each(['+1 (555) 010-7788', '0015550107788', '+1.555.010.7788'])('is found by %s', async (phone) => {
    const kustomer = connect(world)
    await kustomer.create({ phones: [{ phone: PHONE }] })
    await kustomer.deliver({ type: 'identify', traits: { phone, name: 'Ann' } })
    expect(kustomer.people()).toMatchObject([{ name: 'Ann', phones: [PHONE] }])
  })

  it('is nobody who only shares the email', async () => {
    const kustomer = connect(world)
    await kustomer.create({ externalId: 'bob', sharedEmails: [{ email: EMAIL }] })
    await kustomer.deliver({ type: 'identify', traits: { email: EMAIL, name: 'Ann' } })
    expect(kustomer.people()).toMatchObject([
      { externalId: 'bob', name: undefined, shared: [EMAIL] },
      { name: 'Ann', emails: [EMAIL] }
    ])
  })
})

describe.each(worldsFor('customers', 'phonesComparedAsWritten'))(
  'somebody whose phone an agent wrote, %s,',
  (_name, world) => {
    it('is found by its digits', async () => {
      const kustomer = connect(world)
      await kustomer.create({ phones: [{ phone: '+1 (555) 010-7788' }] })
      await kustomer.deliver({ type: 'identify', userId: 'u1', traits: { phone: PHONE, name: 'Ann' } })
      expect(kustomer.people()).toMatchObject([{ externalId: 'u1', name: 'Ann', phones: ['+1 (555) 010-7788'] }])
    })
  }
)

describe.each(worldsFor('customers'))('two people, %s,', (_name, world) => {
  it('never become one by an email or a phone that both give', async () => {
    const kustomer = connect(world)
    await kustomer.deliver(ann)
    const bob = { ...ann, userId: 'bob', traits: { ...ann.traits, name: 'Bob' } }
    const told = [
      { field: 'email', reason: expect.stringContaining('shared') },
      { field: 'phone', reason: expect.stringContaining('shared') }
    ]
    expect(await kustomer.deliver(bob)).toMatchObject({ status: 200, body: { outcome: 'created', leftOut: told } })
    const people = [whole, { externalId: 'bob', name: 'Bob', emails: [], phones: [], shared: [EMAIL, PHONE] }]
    expect(kustomer.people()).toMatchObject(people)
    kustomer.requests()
    expect(await kustomer.deliver(bob)).toMatchObject({ status: 200, body: { outcome: 'unchanged' } })
    await kustomer.deliver(ann)
    expect(kustomer.people()).toMatchObject(people)
    expect(kustomer.requests()).toEqual(['GET /v1/customers/externalId=bob 200', 'GET /v1/customers/externalId=u1 200'])
  })

  it('are told apart where a third one holds the phone', async () => {
    const kustomer = connect(world)
    await kustomer.create({ externalId: 'ann', emails: [{ email: 'family@example.com' }] })
    await kustomer.create({ externalId: 'carl', phones: [{ phone: PHONE }] })
    await kustomer.deliver({ type: 'identify', userId: 'bob', traits: { email: 'family@example.com', phone: PHONE } })
    expect(kustomer.people()).toMatchObject([
      { externalId: 'ann', emails: ['family@example.com'], shared: [] },
      { externalId: 'carl', phones: [PHONE], shared: [] },
      { externalId: 'bob', emails: [], phones: [], shared: ['family@example.com', PHONE] }
    ])
  })

  it('stay apart where one takes on the email of the other', async () => {
    const kustomer = connect(world)
    await kustomer.create({ externalId: 'ann', emails: [{ email: EMAIL }] })
    await kustomer.create({ externalId: 'bob', name: 'Bob' })
    const outcome = await kustomer.deliver({ type: 'identify', userId: 'bob', traits: { email: EMAIL, city: 'Bonn' } })
    expect(outcome).toMatchObject({ status: 200, body: { outcome: 'updated', leftOut: [{ field: 'email' }] } })
    expect(kustomer.people()).toMatchObject([
      { externalId: 'ann', emails: [EMAIL], shared: [] },
      { externalId: 'bob', name: 'Bob', emails: [], shared: [EMAIL] }
    ])
  })

  it('stay apart where they share a phone and each has an email', async () => {
    const kustomer = connect(world)
    await kustomer.create({ name: 'Ann', emails: [{ email: EMAIL }], phones: [{ phone: PHONE }] })
    await kustomer.deliver({ type: 'identify', traits: { email: 'bob@example.com', phone: PHONE, name: 'Bob' } })
    expect(kustomer.people()).toMatchObject([
      { name: 'Ann', emails: [EMAIL], phones: [PHONE] },
      { name: 'Bob', emails: ['bob@example.com'], phones: [], shared: [PHONE] }
    ])
  })

  it('keep the histories of the visitors that they were', async () => {
    const kustomer = connect(world)
    await kustomer.send({ type: 'track', event: 'Seen by Ann', anonymousId: 'laptop' })
    await kustomer.send({ type: 'track', event: 'Seen by Bob', anonymousId: 'phone' })
    await kustomer.deliver({ ...ann, anonymousId: 'laptop' })
    await kustomer.deliver({ ...ann, userId: 'bob', anonymousId: 'phone' })
    expect(kustomer.people()).toMatchObject([
      { externalId: 'u1', events: ['Seen-by-Ann'] },
      { externalId: 'bob', events: ['Seen-by-Bob'] }
    ])
  })
})

describe.each(worldsFor('customers'))('between our look-up and our creation, %s,', (_name, world) => {
  it.each([
    ['their userId', { externalId: 'u1' }],
    ['their email', { emails: [{ email: EMAIL }] }],
    ['their phone', { phones: [{ phone: PHONE }] }],
    ['all of them', { externalId: 'u1', emails: [{ email: EMAIL }], phones: [{ phone: PHONE }] }]
  ])('whoever is created with %s is updated', async (_names, attributes) => {
    const kustomer = connect(world)
    kustomer.before(CREATION, () => kustomer.create(attributes))
    expect(await kustomer.deliver(ann)).toMatchObject({ status: 200, body: { outcome: 'updated', leftOut: [] } })
    expect(kustomer.people()).toMatchObject([whole])
  })

  it.each([
    ['email', { externalId: 'bob', emails: [{ email: EMAIL }] }, { emails: [], phones: [PHONE], shared: [EMAIL] }],
    ['phone', { externalId: 'bob', phones: [{ phone: PHONE }] }, { emails: [EMAIL], phones: [], shared: [PHONE] }],
    [
      'phone, and has an email,',
      { emails: [{ email: 'bob@example.com' }], phones: [{ phone: PHONE }] },
      { emails: [EMAIL], phones: [], shared: [PHONE] }
    ]
  ])('somebody else who is created with the %s keeps it', async (_names, attributes, expected) => {
    const kustomer = connect(world)
    kustomer.before(CREATION, () => kustomer.create(attributes))
    const outcome = await kustomer.deliver(ann)
    expect(outcome).toMatchObject({ status: 200, body: { outcome: 'created', leftOut: [{}] } })
    expect(kustomer.people()).toHaveLength(2)
    expect(kustomer.people()[1]).toMatchObject({ externalId: 'u1', name: 'Ann', ...expected })
  })

  it('everybody may take a contact, one after the other', async () => {
    const kustomer = connect(world)
    kustomer.before(CREATION, () => kustomer.create({ externalId: 'bob', emails: [{ email: EMAIL }] }))
    kustomer.before(CREATION, () => kustomer.create({ externalId: 'carl', phones: [{ phone: PHONE }] }))
    expect(await kustomer.deliver(ann)).toMatchObject({ status: 200, body: { outcome: 'created' } })
    expect(kustomer.people()).toMatchObject([
      { externalId: 'bob', emails: [EMAIL] },
      { externalId: 'carl', phones: [PHONE] },
      { externalId: 'u1', emails: [], phones: [], shared: [EMAIL, PHONE] }
    ])
  })
})

describe.each(worldsFor('customers'))('between our look-up and our update, %s,', (_name, world) => {
  it('whoever is deleted is created at the next attempt', async () => {
    const kustomer = connect(world)
    const id = await kustomer.create({ externalId: 'u1' })
    kustomer.before(UPDATE, () => kustomer.call('DELETE', `/v1/customers/${id}`))
    expect(await kustomer.deliver(ann)).toMatchObject({ status: 200, body: { outcome: 'created' } })
    expect(kustomer.people()).toMatchObject([whole])
  })

  it('somebody else may take the contact', async () => {
    const kustomer = connect(world)
    await kustomer.create({ externalId: 'u1', name: 'Ann' })
    kustomer.before(UPDATE, () => kustomer.create({ externalId: 'bob', emails: [{ email: EMAIL }] }))
    expect(await kustomer.deliver(ann)).toMatchObject({ status: 200, body: { leftOut: [{ field: 'email' }] } })
    expect(kustomer.people()).toMatchObject([
      { externalId: 'u1', emails: [], phones: [PHONE], shared: [EMAIL] },
      { externalId: 'bob', emails: [EMAIL] }
    ])
  })
})

describe.each(worldsFor('customers', 'revIgnored', 'revRefused'))('where rev locks, %s,', (_name, world) => {
  it('an agent loses nothing to us, nor we to them', async () => {
    const kustomer = connect(world)
    const id = await kustomer.create({ externalId: 'u1' })
    kustomer.before(UPDATE, () =>
      kustomer.edit(id, {
        emails: [{ email: 'agent@example.com' }],
        company: '5f00000000000000000000cc',
        username: 'a'
      })
    )
    expect(await kustomer.send(ann)).toMatchObject({ status: 200, body: { outcome: 'updated' } })
    expect(kustomer.people()).toMatchObject([
      { ...whole, emails: ['agent@example.com', EMAIL], company: '5f00000000000000000000cc' }
    ])
    expect(kustomer.sandbox.customers()[0]?.attributes.username).toBe('a')
  })

  it('an agent who is faster three times makes us come back', async () => {
    const kustomer = connect(world)
    const id = await kustomer.create({ externalId: 'u1' })
    for (const username of ['a', 'b', 'c']) {
      kustomer.before(UPDATE, () => kustomer.edit(id, { username }))
    }
    const outcome = await kustomer.send(ann)
    expect(isRetryable(outcome)).toBe(true)
    expect(updatesIn(kustomer)).toHaveLength(3)
    expect(await kustomer.send(ann)).toMatchObject({ status: 200, body: { outcome: 'updated' } })
    expect(kustomer.people()).toMatchObject([whole])
  })
})

const REFUSALS = [
  [400, 'Additional properties not allowed'],
  [409, 'Taken'],
  [422, 'This customer has already been merged']
] as const

describe.each(worldsFor('customers'))('a refusal for good, %s,', (_name, world) => {
  it.each(REFUSALS)('of an update stands: %d %s', async (status, title) => {
    const kustomer = connect(world)
    await kustomer.create({ externalId: 'u1' })
    const body = JSON.stringify({ errors: [{ status, title }] })
    kustomer.sandbox.setFaults({ responses: [{ status, method: 'PATCH', contentType: 'application/json', body }] })
    expect(await kustomer.send(ann)).toMatchObject({ status, errormessage: expect.stringContaining(title) })
    expect(kustomer.requests().length).toBeLessThanOrEqual(12)
  })

  it.each(REFUSALS)('of a creation stands: %d %s', async (status, title) => {
    const kustomer = connect(world)
    const body = JSON.stringify({ errors: [{ status, title }] })
    const fault = { status, method: 'POST' as const, path: '/v1/customers', contentType: 'application/json', body }
    kustomer.sandbox.setFaults({ responses: [fault] })
    expect(await kustomer.send(ann)).toMatchObject({ status, errormessage: expect.stringContaining(title) })
    expect(kustomer.requests().length).toBeLessThanOrEqual(12)
  })

  it('does not come of two places that differ by their id alone', async () => {
    const kustomer = connect(world)
    await kustomer.create({ externalId: 'u1', locations: [{ type: 'home', address: 'Main Street 1' }] })
    kustomer.alterAnswers(/^GET/, (answer) => {
      const { data } = answer as { data: { attributes: { locations: Array<{ id: string }> } } }
      const [place] = data.attributes.locations
      return {
        data: { ...data, attributes: { ...data.attributes, locations: [place, { ...place, id: 'another' }] } }
      }
    })
    const address = { street: 'Side Street 2', city: 'Bonn' }
    expect(await kustomer.deliver({ ...ann, traits: { address } })).toMatchObject({ status: 200 })
    expect(kustomer.sandbox.customers()[0]?.attributes.locations).toMatchObject([
      { type: 'home', address: 'Main Street 1' },
      { address: 'Side Street 2', cityName: 'Bonn' }
    ])
  })
})
