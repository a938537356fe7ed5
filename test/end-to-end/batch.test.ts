import { now, pause } from './clock'
import { connect, isRetryable } from './support'
import type { Connection, Event, Outcome } from './support'
import { worldsFor } from './worlds'
import type { World } from './worlds'

const COMPANY = '5f00000000000000000000cc'
const [EMAIL, PHONE] = ['shared@example.com', '+15550107788']
/** So many requests may be under way when the first is refused. */
const AT_ONCE = 10
const JOB = /^(?:POST|PUT) \/v1\/customers\/bulk$/
const WRITE = /^(?:POST|PUT|PATCH) \/v1\/(?:customers|tracking)/

const listOf = <Item>(length: number, item: (index: number) => Item): Item[] =>
  Array.from({ length }, (_, i) => item(i))
const people = (count: number, traits: Record<string, string> = {}): Event[] =>
  listOf(count, (index) => ({ type: 'identify', userId: `u${index}`, traits: { name: `Name ${index}`, ...traits } }))
const renamed = (count: number) => people(count, { name: 'Ann' })
const statuses = (outcomes: Outcome[]) => outcomes.map(({ status }) => status)
const whatBecame = (outcomes: Outcome[]) => outcomes.map(({ body }) => body?.outcome)
const delivered = (count: number) => listOf(count, () => 200)

/** A connection to a Kustomer that knows so many people, linked to a company. */
async function connectTo(count: number, world: World, without: string[] = []): Promise<Connection> {
  const kustomer = connect(world, { without })
  for (const { userId, traits } of people(count)) {
    await kustomer.create({ externalId: userId, name: traits?.name, company: COMPANY })
  }
  return kustomer
}

describe.each(worldsFor('batches'))('a batch, %s,', (_name, world) => {
  it('updates who has changed, creates who is new and leaves the others', async () => {
    const kustomer = await connectTo(10, world)
    const events = [...people(5), ...renamed(10).slice(5), ...people(15).slice(10)]
    const outcomes = await kustomer.deliverBatch(events)
    expect(statuses(outcomes)).toEqual(delivered(15))
    expect(kustomer.people()).toMatchObject([
      ...listOf(5, (index) => ({ externalId: `u${index}`, name: `Name ${index}`, company: COMPANY })),
      ...listOf(5, (index) => ({ externalId: `u${index + 5}`, name: 'Ann', company: COMPANY })),
      ...listOf(5, () => ({ name: expect.stringMatching(/^Name 1\d$/) }))
    ])
    expect(outcomes.map(({ body }) => body?.customerId).slice(0, 10)).toEqual(
      kustomer
        .people()
        .slice(0, 10)
        .map(({ id }) => id)
    )
    expect(kustomer.requests().filter((line) => line.includes('search'))).toEqual([])
  })

  it('tells each event its own outcome, in order', async () => {
    const kustomer = await connectTo(1, world)
    const outcomes = await kustomer.deliverBatch([
      { type: 'identify', userId: 'u0', traits: { name: 'Name 0' } },
      { type: 'identify', traits: { email: 'none' } },
      { type: 'identify', userId: 'new', traits: { website: 'localhost' } },
      { type: 'identify', userId: {} as string },
      { type: 'identify', userId: 'new', traits: { name: 'Ann' } }
    ])
    expect(outcomes).toMatchObject([
      { status: 200, body: { outcome: 'unchanged', leftOut: [] } },
      { status: 400, errormessage: expect.any(String) },
      { status: 200, body: { customerId: kustomer.people()[1]?.id, leftOut: [{ field: 'website' }] } },
      { status: 400, errormessage: 'External ID must be a string but it was an object.' },
      { status: 200, body: { customerId: kustomer.people()[1]?.id } }
    ])
    expect(kustomer.people()).toMatchObject([{ externalId: 'u0' }, { externalId: 'new', name: 'Ann' }])
  })

  it('says that nobody is named, without a request', async () => {
    const kustomer = connect(world)
    expect(statuses(await kustomer.sendBatch(listOf(5, () => ({ type: 'identify', userId: ' ' }))))).toEqual(
      listOf(5, () => 400)
    )
    expect(kustomer.requests()).toEqual([])
  })

  it('keeps the email that an agent has just added, and that no index knows of', async () => {
    const kustomer = await connectTo(6, world)
    const { id } = kustomer.person(2)
    await kustomer.edit(id, { emails: [{ email: 'agent@example.com' }], custom: { planStr: 'pro' } })
    await kustomer.deliverBatch(people(6, { email: '', phone: '' }).map(withEmail))
    expect(kustomer.people()).toHaveLength(6)
    expect(kustomer.people()[2]).toMatchObject({ emails: ['agent@example.com', 'new2@example.com'], company: COMPANY })
    expect(kustomer.sandbox.customers()[2]?.attributes.custom).toMatchObject({ planStr: 'pro' })
  })

  it('takes events that share an identifier for one person, however it is spelled', async () => {
    const kustomer = connect(world)
    const chain: Event[] = [
      { type: 'identify', userId: 'ann', traits: { email: EMAIL } },
      { type: 'identify', traits: { email: 'Shared@Example.com', phone: '+1 555 010 7788' } },
      { type: 'identify', traits: { phone: PHONE, name: 'Ann' } }
    ]
    expect(statuses(await kustomer.deliverBatch([...chain, ...people(4)]))).toEqual(delivered(7))
    expect(kustomer.people()).toHaveLength(5)
    const ann = kustomer.people().find(({ externalId }) => externalId === 'ann')
    expect(ann).toMatchObject({ name: 'Ann', emails: [EMAIL], phones: [PHONE], shared: [] })
  })

  it('takes events that are found to be of one record for one person', async () => {
    const kustomer = await connectTo(5, world)
    const { id } = kustomer.person(0)
    await kustomer.edit(id, { emails: [{ email: EMAIL }] })
    const byEmail: Event = { type: 'identify', traits: { email: EMAIL, phone: PHONE } }
    expect(statuses(await kustomer.deliverBatch([...renamed(5), byEmail]))).toEqual(delivered(6))
    expect(kustomer.people()).toHaveLength(5)
    expect(kustomer.people()[0]).toMatchObject({ name: 'Ann', emails: [EMAIL], phones: [PHONE] })
  })

  it('gives a contact that two contend for to the first, and shares it with the second', async () => {
    const kustomer = connect(world)
    const contending = ['bob', 'carl'].map((userId): Event => ({ type: 'identify', userId, traits: { email: EMAIL } }))
    expect(statuses(await kustomer.deliverBatch([...people(4), ...contending]))).toEqual(delivered(6))
    const found = (userId: string) => kustomer.people().find(({ externalId }) => externalId === userId)
    expect(kustomer.people()).toHaveLength(6)
    expect(found('bob')).toMatchObject({ emails: [EMAIL], shared: [] })
    expect(found('carl')).toMatchObject({ emails: [], shared: [EMAIL] })
    expect(whatBecame(await kustomer.deliverBatch(contending))).toEqual(['unchanged', 'unchanged'])
  })

  it('comes to rest where two hold the same digits', async () => {
    const kustomer = await connectTo(4, world)
    const [one, other] = [PHONE, PHONE.slice(1)]
    const events: Event[] = [
      { type: 'identify', userId: 'bob', traits: { phone: one } },
      { type: 'identify', userId: 'carl', traits: { phone: other } }
    ]
    expect(statuses(await kustomer.deliverBatch([...renamed(4), ...events]))).toEqual(delivered(6))
    expect(kustomer.people()).toHaveLength(6)
    expect(whatBecame(await kustomer.deliverBatch(events))).toEqual(['unchanged', 'unchanged'])
  })

  it('shares a contact that somebody else holds, and tells it', async () => {
    const kustomer = await connectTo(4, world)
    await kustomer.create({ externalId: 'bob', emails: [{ email: EMAIL }] })
    const outcomes = await kustomer.deliverBatch(
      people(8).map((event, index) => (index % 4 === 0 ? { ...event, traits: { email: EMAIL } } : event))
    )
    expect(statuses(outcomes)).toEqual(delivered(8))
    expect(outcomes[0]?.body?.leftOut).toMatchObject([{ field: 'email' }])
    expect(outcomes[4]?.body?.leftOut).toMatchObject([{ field: 'email' }])
    expect(kustomer.people()).toHaveLength(9)
    expect(kustomer.people().filter(({ shared }) => shared.includes(EMAIL))).toHaveLength(2)
  })

  it('updates whoever is created before its job runs', async () => {
    const kustomer = connect(world)
    kustomer.before(JOB, () => kustomer.create({ externalId: 'u3', emails: [{ email: 'agent@example.com' }] }))
    expect(statuses(await kustomer.deliverBatch(people(5)))).toEqual(delivered(5))
    expect(kustomer.people()).toHaveLength(5)
    expect(kustomer.people().find(({ externalId }) => externalId === 'u3')).toMatchObject({
      name: 'Name 3',
      emails: ['agent@example.com']
    })
  })

  it('creates whoever is deleted before its job runs', async () => {
    const kustomer = await connectTo(5, world)
    const { id } = kustomer.person(2)
    kustomer.before(JOB, () => kustomer.call('DELETE', `/v1/customers/${id}`))
    expect(statuses(await kustomer.deliverBatch(renamed(5)))).toEqual(delivered(5))
    expect(kustomer.people()).toMatchObject(listOf(5, () => ({ name: 'Ann' })))
  })

  it('delivers events without a value that Kustomer rejects, and tells it', async () => {
    const kustomer = await connectTo(5, world)
    kustomer.alterRequests(WRITE, (body) =>
      JSON.parse(JSON.stringify(body).replaceAll('"username":"refused"', `"username":"${'x'.repeat(300)}"`))
    )
    const refused = (event: Event | undefined): Event => ({ ...event, traits: { username: 'refused' } })
    const events = [...renamed(10), refused(people(1)[0]), refused(people(10)[9])]
    const outcomes = await kustomer.deliverBatch(events)
    expect(statuses(outcomes)).toEqual(delivered(12))
    expect(outcomes[10]?.body?.leftOut).toMatchObject([{ field: 'username' }])
    expect(kustomer.people()).toMatchObject(listOf(10, () => ({ name: 'Ann' })))
  })

  it('puts no more than 100,000 bytes into one request', async () => {
    const kustomer = await connectTo(5, world)
    const avatar = `https://example.com/${'a'.repeat(7_500)}`
    const outcomes = await kustomer.deliverBatch(people(20, { avatar }))
    expect(statuses(outcomes)).toEqual(delivered(20))
    expect(kustomer.sandbox.customers().every(({ attributes }) => attributes.avatarUrl === avatar)).toBe(true)
    expect(Math.max(...kustomer.bodies().map((body) => Buffer.byteLength(body)))).toBeLessThanOrEqual(100_000)
    expect(kustomer.requests().filter((line) => / 413$/.test(line))).toEqual([])
    expect(kustomer.people()).toHaveLength(20)
  })

  it('claims the history of a visitor once for each customer, and makes nobody by it', async () => {
    const kustomer = await connectTo(4, world)
    await kustomer.send({ type: 'track', event: 'Seen', anonymousId: 'visitor0' })
    await kustomer.send({ type: 'track', event: 'Seen', anonymousId: 'visitor6' })
    const events = renamed(8).map((event, index): Event => ({ ...event, anonymousId: `visitor${index}` }))
    kustomer.requests()
    expect(statuses(await kustomer.deliverBatch([...events, ...events]))).toEqual(delivered(16))
    expect(kustomer.people()).toHaveLength(8)
    const found = (userId: string) => kustomer.people().find(({ externalId }) => externalId === userId)
    expect([found('u0')?.events, found('u6')?.events, found('u1')?.events]).toEqual([['Seen'], ['Seen'], []])
    expect(kustomer.requests().filter((line) => line.startsWith('POST /v1/tracking/identity'))).toHaveLength(8)
  })

  it('fails the events whose history cannot be claimed, and only those', async () => {
    const kustomer = await connectTo(2, world)
    kustomer.sandbox.setFaults({ responses: [{ status: 503, path: '/v1/tracking' }] })
    const [first, second] = renamed(2)
    const visit: Event = { ...first, anonymousId: 'visitor' }
    const outcomes = await kustomer.sendBatch([visit, visit, second as Event])
    expect(outcomes).toMatchObject([
      { status: 503, errormessage: expect.stringContaining('Could not claim the anonymous history') },
      { status: 503 },
      { status: 200 }
    ])
  })

  it('ends in time, and gets further each time', async () => {
    const kustomer = await connectTo(8, world)
    kustomer.setLatency(2_000)
    const events = [...renamed(8), ...people(16).slice(8)]
    let rest = events
    for (let attempt = 1; rest.length > 0 && attempt <= 6; attempt += 1) {
      const startedAt = now()
      const outcomes = await kustomer.sendBatch(rest)
      expect(now() - startedAt).toBeLessThanOrEqual(27_000)
      expect(outcomes.every((outcome) => outcome.status === 200 || isRetryable(outcome))).toBe(true)
      rest = rest.filter((_event, index) => outcomes[index]?.status !== 200)
    }
    expect(rest).toEqual([])
    expect(kustomer.people()).toHaveLength(16)
    expect(kustomer.people().filter(({ name }) => name === 'Ann')).toHaveLength(8)
  })
})

/** The event, with an email of its own. */
function withEmail(event: Event, index: number): Event {
  return { ...event, traits: { name: event.traits?.name as string, email: `new${index}@example.com` } }
}

describe.each(worldsFor('batches'))('a job, %s,', (_name, world) => {
  const everybodyIsThere = (kustomer: Connection) => {
    expect(kustomer.people()).toHaveLength(8)
    expect(kustomer.people().filter(({ name }) => name === 'Ann')).toHaveLength(4)
    expect(kustomer.people().filter(({ company }) => company === COMPANY)).toHaveLength(4)
  }
  const events = [...renamed(4), ...people(8).slice(4)]

  it.each([
    ['answers 500', { status: 500 }],
    ['answers something else', { status: 200, body: '<html>', contentType: 'text/html' }],
    ['may not be asked for', { status: 403 }],
    ['is over the limit', { status: 429, times: 1 }]
  ])('that %s has done its work all the same', async (_what, response) => {
    const kustomer = await connectTo(4, world)
    kustomer.sandbox.setFaults({ responses: [{ method: 'GET', path: '/v1/bulk', ...response }] })
    expect(statuses(await kustomer.deliverBatch(events))).toEqual(delivered(8))
    everybodyIsThere(kustomer)
  })

  it.each([400, 403, 503])('that is refused with %d is done otherwise', async (status) => {
    const kustomer = await connectTo(4, world)
    kustomer.sandbox.setFaults({ responses: [{ status, path: '/v1/customers/bulk', times: 2 }] })
    expect(statuses(await kustomer.deliverBatch(events))).toEqual(delivered(8))
    everybodyIsThere(kustomer)
  })

  it('that was taken, and the answer lost, makes nobody twice', async () => {
    const kustomer = await connectTo(4, world)
    const fault = { status: 502, path: '/v1/customers/bulk', times: 2, after: true }
    kustomer.sandbox.setFaults({ responses: [fault] })
    expect(statuses(await kustomer.deliverBatch(events))).toEqual(delivered(8))
    await pause(60_000)
    everybodyIsThere(kustomer)
  })

  it('that says nothing of a record leaves its event to be sent singly', async () => {
    const kustomer = await connectTo(4, world)
    kustomer.alterAnswers(/^GET \/v1\/bulk\/\w+\/batches$/, (answer) => {
      const { data } = answer as { data: Array<{ attributes: { results: unknown[] } }> }
      return {
        data: data.map((batch) => ({
          ...batch,
          attributes: { ...batch.attributes, results: batch.attributes.results.slice(2) }
        }))
      }
    })
    expect(statuses(await kustomer.deliverBatch(events))).toEqual(delivered(8))
    everybodyIsThere(kustomer)
  })

  it('that a signal cuts off is retryable', async () => {
    const kustomer = await connectTo(4, world)
    const controller = new AbortController()
    kustomer.before(/^GET \/v1\/bulk/, () => {
      controller.abort()
    })
    const outcomes = await kustomer.sendBatch(events, controller.signal)
    expect(outcomes.every(isRetryable)).toBe(true)
    expect(statuses(await kustomer.deliverBatch(events))).toEqual(delivered(8))
    everybodyIsThere(kustomer)
  })
})

describe.each(worldsFor('batches'))('a batch that meets a refusal of all, %s,', (_name, world) => {
  const isWrite = (line: string) => WRITE.test(line)
  const mixed = [...people(4), ...renamed(8).slice(4), ...people(12).slice(8)]

  it('delivers who is unchanged, whatever meets the others', async () => {
    const kustomer = await connectTo(8, world)
    kustomer.sandbox.setFaults({
      responses: (['POST', 'PUT', 'PATCH'] as const).map((method) => ({ status: 503, method }))
    })
    const outcomes = await kustomer.sendBatch(mixed)
    expect(statuses(outcomes)).toEqual([...delivered(4), ...listOf(8, () => 503)])
  })

  it('sends no update more where the key may not update', async () => {
    const kustomer = await connectTo(20, world, ['org.permission.customer.update'])
    const outcomes = await kustomer.sendBatch([...people(4), ...renamed(20).slice(4), ...people(24).slice(20)])
    const forbidden = world.missingRoleAnswers401 ? 401 : 403
    expect(statuses(outcomes)).toEqual([...delivered(4), ...listOf(16, () => forbidden), ...delivered(4)])
    expect(outcomes[4]?.errormessage).toContain('org.permission.customer.update')
    expect(kustomer.requests().filter((line) => line.startsWith('PATCH')).length).toBeLessThanOrEqual(AT_ONCE)
    expect(kustomer.people()).toHaveLength(24)
  })

  it('sends no read more where the key may not read', async () => {
    const kustomer = connect(world, { without: ['org.permission.customer.read'] })
    const forbidden = world.missingRoleAnswers401 ? 401 : 403
    expect(statuses(await kustomer.sendBatch(people(16)))).toEqual(listOf(16, () => forbidden))
    expect(kustomer.requests().length).toBeLessThanOrEqual(AT_ONCE)
  })

  it('does without the role for jobs', async () => {
    const kustomer = await connectTo(8, world, ['org.permission.bulk.read'])
    expect(statuses(await kustomer.deliverBatch(mixed))).toEqual(delivered(12))
    expect(kustomer.people()).toHaveLength(12)
  })

  it('sends nothing more after a 429, and delivers what it has read', async () => {
    const kustomer = await connectTo(30, world)
    kustomer.sandbox.setFaults({ rateLimit: 8 })
    const outcomes = await kustomer.sendBatch(people(30))
    expect(outcomes.filter(({ status }) => status === 200)).toHaveLength(8)
    expect(outcomes.filter(({ status }) => status === 429)).toHaveLength(22)
    expect(kustomer.requests().length).toBeLessThanOrEqual(8 + AT_ONCE)
    expect(statuses(await kustomer.deliverBatch(people(30)))).toEqual(delivered(30))
  })

  it('sends nothing more after a lost connection', async () => {
    const kustomer = await connectTo(16, world)
    kustomer.sandbox.setFaults({ dropConnections: 1 })
    const outcomes = await kustomer.sendBatch(people(16))
    expect(outcomes.filter(({ status }) => status === 503).length).toBeGreaterThanOrEqual(16 - AT_ONCE)
    const requests = kustomer.requests()
    expect(requests.length).toBeLessThanOrEqual(AT_ONCE)
    expect(requests.filter(isWrite)).toEqual([])
    expect(statuses(await kustomer.deliverBatch(renamed(16)))).toEqual(delivered(16))
  })
})

describe.each(worldsFor('batches', 'revIgnored', 'revRefused'))('where rev locks, %s,', (_name, world) => {
  it('an agent who writes between our read and our job loses nothing', async () => {
    const kustomer = await connectTo(5, world)
    const { id } = kustomer.person(2)
    kustomer.before(JOB, () => kustomer.edit(id, { emails: [{ email: 'agent@example.com' }], username: 'agent' }))
    expect(statuses(await kustomer.deliverBatch(renamed(5).map(withEmail)))).toEqual(delivered(5))
    expect(kustomer.people()[2]).toMatchObject({ name: 'Ann', emails: ['agent@example.com', 'new2@example.com'] })
    expect(kustomer.sandbox.customers()[2]?.attributes.username).toBe('agent')
  })
})

describe.each(worldsFor('batches', 'revRefused'))('fewer than four writes, %s,', (_name, world) => {
  it('are sent one by one, on what was read', async () => {
    const kustomer = await connectTo(3, world)
    const outcomes = await kustomer.sendBatch([...renamed(3), ...people(6).slice(3)])
    expect(statuses(outcomes)).toEqual(delivered(6))
    const requests = kustomer.requests()
    expect(requests).toHaveLength(12)
    expect(requests.filter((line) => line.includes('bulk'))).toEqual([])
  })
})

it('matches one of two new users to an existing customer, even if Kustomer ignores rev', async () => {
  const kustomer = connect({ revIgnored: true })
  await kustomer.create({ emails: [{ email: EMAIL }], phones: [{ phone: PHONE }] })
  const events: Event[] = [
    { type: 'identify', userId: 'bob', traits: { email: EMAIL } },
    { type: 'identify', userId: 'carl', traits: { phone: PHONE } }
  ]
  expect(statuses(await kustomer.deliverBatch(events))).toEqual(delivered(2))
  expect(kustomer.people()).toMatchObject([{ externalId: 'bob' }, { externalId: 'carl' }])
})

it('reads no more once less than a fifth of the minute is left, writes what it has read, and comes through later', async () => {
  const kustomer = connect({})
  const events = Array.from({ length: 100 }, (_, index) => ({ type: 'identify' as const, userId: `u${index}` }))
  kustomer.sandbox.setFaults({ rateLimit: 1000, agentRequests: 790 })
  const outcomes = await kustomer.sendBatch(events)
  const written = outcomes.filter(({ status }) => status === 200).length
  expect(written).toBeGreaterThanOrEqual(50)
  expect(written).toBeLessThan(70)
  expect(kustomer.requests().length).toBeLessThanOrEqual(written + 3)
  expect(outcomes[99]).toMatchObject({ status: 429, errormessage: expect.stringContaining('Kustomer') })
  kustomer.sandbox.setFaults({})
  expect(statuses(await kustomer.deliverBatch(events))).toEqual(events.map(() => 200))
  expect(kustomer.people()).toHaveLength(100)
})
