import { connect } from './support'
import { worldsFor } from './worlds'

const COMPANY = '5f00000000000000000000cc'
const READ = 'GET /v1/customers/externalId=u1'
const CREATE = 'POST /v1/customers'
const CLAIM = 'POST /v1/tracking/identity 201'
const UPDATE = expect.stringMatching(/^PATCH \/v1\/customers\/[0-9a-f]{24} 200$/)

const ann = { type: 'identify' as const, userId: 'u1', traits: { email: 'ann@example.com', name: 'Ann' } }

describe.each(worldsFor('customers'))('identify, %s,', (_name, world) => {
  it.each([
    ['a userId', { userId: 'u1' }, [`${READ} 404`, `${CREATE} 201`]],
    [
      'a userId, an email and a phone',
      { userId: 'u1', traits: { email: 'ann@example.com', phone: '+15550100' } },
      [`${READ} 404`, `${CREATE} 201`]
    ],
    ['a userId, an email and a visitor', { ...ann, anonymousId: 'visitor' }, [`${READ} 404`, `${CREATE} 201`, CLAIM]],
    [
      'an email',
      { traits: { email: 'ann@example.com' } },
      ['GET /v1/customers/email=ann@example.com 404', `${CREATE} 201`]
    ],
    ['a phone', { traits: { phone: '+1 555 0100' } }, ['GET /v1/customers/phone=+15550100 404', `${CREATE} 201`]],
    [
      'an email and a phone',
      { traits: { email: 'ann@example.com', phone: '+15550100' } },
      ['GET /v1/customers/email=ann@example.com 404', 'GET /v1/customers/phone=+15550100 404', `${CREATE} 201`]
    ]
  ])('creates whoever is new by %s', async (_names, event, requests) => {
    const kustomer = connect(world)
    const { body } = await kustomer.send({ type: 'identify', ...event })
    expect(kustomer.requests()).toEqual(requests)
    expect(kustomer.people()).toHaveLength(1)
    expect(body).toEqual({ outcome: 'created', customerId: kustomer.people()[0]?.id, leftOut: [] })
  })

  it('reads who is unchanged, and writes nothing', async () => {
    const kustomer = connect(world)
    const event = {
      ...ann,
      traits: {
        ...ann.traits,
        phone: '+1 (555) 010-0100',
        username: 'ann',
        avatar: 'https://example.com/ann.png',
        birthday: '1990-02-03',
        createdAt: 1_700_000_000,
        gender: 'female',
        website: 'example.com',
        address: { street: 'Main Street 1', city: 'New York', state: 'NY', postalCode: '10001', country: 'US' }
      },
      context: { locale: 'en-US', timezone: 'America/New_York' }
    }
    await kustomer.send(event)
    kustomer.requests()
    const again = { ...event, traits: { ...event.traits, email: 'Ann@Example.com', phone: '+15550100100' } }
    expect(await kustomer.send(again)).toMatchObject({ status: 200, body: { outcome: 'unchanged', leftOut: [] } })
    expect(kustomer.requests()).toEqual([`${READ} 200`])
  })

  it('keeps what an agent has added, whatever is new', async () => {
    const kustomer = connect(world)
    await kustomer.send(ann)
    const { id } = kustomer.person(0)
    await kustomer.edit(id, {
      emails: [{ email: 'ann@example.com' }, { type: 'work', email: 'agent@example.com' }],
      company: COMPANY,
      tags: ['vip'],
      custom: { planStr: 'pro', seatsNum: 3 }
    })
    const traits = { email: 'new@example.com', phone: '+15550100', website: 'https://ann.example.com' }
    expect(await kustomer.deliver({ ...ann, traits })).toMatchObject({ status: 200, body: { outcome: 'updated' } })
    expect(kustomer.people()).toMatchObject([
      { emails: ['ann@example.com', 'agent@example.com', 'new@example.com'], phones: ['+15550100'], company: COMPANY }
    ])
    expect(kustomer.sandbox.customers()[0]?.attributes).toMatchObject({
      emails: [{}, { type: 'work' }, {}],
      urls: [{ url: 'https://ann.example.com' }],
      custom: { planStr: 'pro', seatsNum: 3 }
    })
  })

  it('counts half a name only where there is none', async () => {
    const kustomer = connect(world)
    await kustomer.deliver({ type: 'identify', userId: 'u1', traits: { firstName: 'Ann' } })
    expect(kustomer.people()).toMatchObject([{ name: 'Ann' }])
    await kustomer.deliver({ type: 'identify', userId: 'u1', traits: { firstName: 'Ann', lastName: 'Lee' } })
    expect(kustomer.people()).toMatchObject([{ name: 'Ann Lee' }])
    await kustomer.deliver({ type: 'identify', userId: 'u1', traits: { lastName: 'Other' } })
    expect(kustomer.people()).toMatchObject([{ name: 'Ann Lee' }])
  })

  it('leaves out what Kustomer would refuse, tells it, and delivers the rest', async () => {
    const kustomer = connect(world)
    const traits = { ...ann.traits, phone: 'none', website: 'localhost', avatar: 'a picture', birthday: 'in spring' }
    const { status, body } = await kustomer.send({ ...ann, traits })
    expect(status).toBe(200)
    expect(body?.leftOut?.map(({ field }) => field).sort()).toEqual(['avatarUrl', 'birthdayAt', 'phone', 'website'])
    expect(JSON.stringify(body)).not.toMatch(/localhost|a picture|in spring/)
    expect(kustomer.people()).toMatchObject([{ name: 'Ann', emails: ['ann@example.com'] }])
  })

  it('says that nobody is named, without a request', async () => {
    const kustomer = connect(world)
    expect(await kustomer.send({ type: 'identify', traits: { name: 'Ann', phone: '0555 0100' } })).toMatchObject({
      status: 400,
      errormessage: expect.stringMatching(/phone/i)
    })
    expect(kustomer.requests()).toEqual([])
  })

  it('claims the history of the visitor, for this customer alone', async () => {
    const kustomer = connect(world)
    await kustomer.send({ type: 'track', event: 'Cart Viewed', anonymousId: 'visitor' })
    await kustomer.send({ type: 'track', event: 'Cart Viewed', anonymousId: 'somebody else' })
    expect(kustomer.people()).toEqual([])
    await kustomer.send({ ...ann, anonymousId: 'visitor' })
    await kustomer.send({ type: 'track', event: 'Order Completed', anonymousId: 'visitor' })
    expect(kustomer.people()).toMatchObject([{ externalId: 'u1', events: ['Cart-Viewed', 'Order-Completed'] }])
  })

  it('claims nothing by an email that the customer has no room for', async () => {
    const kustomer = connect(world)
    const emails = Array.from({ length: 10 }, (_, index) => ({ email: `ann${index}@example.com` }))
    await kustomer.create({ externalId: 'u1', emails, phones: [{ phone: '+15550100' }] })
    await kustomer.send({ type: 'track', event: 'Cart Viewed', anonymousId: 'visitor' })
    const outcome = await kustomer.deliver({ ...ann, anonymousId: 'visitor' })
    expect(outcome.body?.leftOut).toEqual([{ field: 'email', reason: expect.any(String) }])
    expect(kustomer.people()).toMatchObject([{ externalId: 'u1', events: ['Cart-Viewed'] }])
    expect(kustomer.people()[0]?.emails).toHaveLength(10)
  })

  it('erases a customer, and is content where there is none', async () => {
    const kustomer = connect(world)
    await kustomer.send(ann)
    await kustomer.erase('u1')
    expect(kustomer.people()).toEqual([])
    await kustomer.erase('u1')
    await kustomer.erase('nobody / 100%')
    expect(kustomer.requests().slice(-2)).toEqual([`${READ} 404`, 'GET /v1/customers/externalId=nobody / 100% 404'])
  })

  it('takes whoever is marked as deleted for gone', async () => {
    const kustomer = connect(world)
    const id = await kustomer.create({ emails: [{ email: 'ann@example.com' }], name: 'Gone' })
    kustomer.sandbox.markDeleted(id)
    await kustomer.deliver({ type: 'identify', traits: { email: 'ann@example.com', name: 'Ann' } })
    expect(kustomer.people()).toMatchObject([{ name: 'Ann' }])
  })
})

describe.each(worldsFor('customers', 'revRefused'))('identify, %s,', (_name, world) => {
  it('updates who has changed at two requests, three with the claim', async () => {
    const kustomer = connect(world)
    await kustomer.send(ann)
    kustomer.requests()
    await kustomer.send({ ...ann, traits: { name: 'Anne' } })
    expect(kustomer.requests()).toEqual([`${READ} 200`, UPDATE])
    await kustomer.send({ ...ann, traits: { name: 'Anna', phone: '+15550100' }, anonymousId: 'visitor' })
    expect(kustomer.requests()).toEqual([`${READ} 200`, UPDATE, CLAIM])
    await kustomer.send({ ...ann, traits: { name: 'Anna' }, anonymousId: 'visitor' })
    expect(kustomer.requests()).toEqual([`${READ} 200`])
  })
})
