import type { SegmentEvent } from '@segment/actions-core'
import fc from 'fast-check'
import { connect, SEED } from './support'
import type { Connection } from './support'

type Identify = Partial<SegmentEvent>

const COMPANY = '5f00000000000000000000cc'
const hundred = <Item>(item: (index: number) => Item): Item[] => Array.from({ length: 100 }, (_, index) => item(index))
const people = hundred(
  (index): Identify => ({ type: 'identify', userId: `u${index}`, traits: { name: `Name ${index}` } })
)
const renamed = people.map((event): Identify => ({ ...event, traits: { name: 'Ann' } }))

/** A connection whose sandbox knows these people, and no requests on record. */
async function connectTo(events: Identify[]): Promise<Connection> {
  const connection = connect()
  for (const { userId, traits } of events) {
    await connection.call('POST', '/v1/customers', { externalId: userId, name: traits?.name, company: COMPANY })
  }
  return connection
}

describe('requests', () => {
  it('are one for 100 customers of whom nothing changes', async () => {
    const connection = await connectTo(people)
    const outcomes = await connection.sendBatch(people)
    expect(outcomes.map(({ status }) => status)).toEqual(hundred(() => 200))
    expect(connection.requests()).toEqual(['POST /v1/customers/search 200'])
  })

  it('are at most eight for 100 customers who change', async () => {
    const connection = await connectTo(people)
    const outcomes = await connection.sendBatch(renamed)
    expect(outcomes).toMatchObject(
      hundred((index) => ({
        status: 200,
        sent: { name: 'Ann' },
        body: { outcome: 'updated', customerId: connection.sandbox.customers()[index]?.id }
      }))
    )
    expect(connection.requests().length).toBeLessThanOrEqual(8)
    expect(connection.sandbox.customers()).toMatchObject(
      hundred((index) => ({
        attributes: { externalId: `u${index}`, name: 'Ann' },
        relationships: { company: { data: { id: COMPANY } } }
      }))
    )
  })

  it('are at most 108 for 100 new customers', async () => {
    const connection = connect()
    const outcomes = await connection.sendBatch(people.map(({ type, userId }) => ({ type, userId })))
    expect(outcomes).toMatchObject(hundred(() => ({ status: 200, body: { outcome: 'created' } })))
    expect(connection.requests().length).toBeLessThanOrEqual(108)
    expect(connection.sandbox.customers()).toHaveLength(100)
  })
})

it('takes two requests for a batch of one customer who changes, lists and all', async () => {
  const connection = await connectTo(people.slice(0, 1))
  await connection.sendBatch([{ type: 'identify', userId: 'u0', traits: { email: 'ann@example.com' } }])
  expect(connection.requests()).toEqual([
    'GET /v1/customers/externalId=u0 200',
    expect.stringMatching(/^PATCH \/v1\/customers\/[0-9a-f]{24} 200$/)
  ])
})

describe('outcomes', () => {
  it('belong to each event, in order', async () => {
    const connection = await connectTo(people.slice(0, 1))
    const outcomes = await connection.sendBatch([
      { type: 'identify', userId: 'u0', traits: { name: 'Name 0' } },
      { type: 'identify', traits: { email: 'none' } },
      { type: 'identify', userId: 'new' },
      { type: 'identify', userId: {} as string },
      { type: 'identify', userId: 'new', traits: { name: 'Ann' } }
    ])
    expect(outcomes).toMatchObject([
      { status: 200, body: { outcome: 'unchanged' } },
      { status: 400, errortype: 'PAYLOAD_VALIDATION_FAILED', errormessage: expect.stringContaining('No customer') },
      { status: 200, sent: { externalId: 'new', name: 'Ann' }, body: { outcome: 'created' } },
      { status: 400, errormessage: 'External ID must be a string but it was an object.' },
      { status: 200, sent: { externalId: 'new', name: 'Ann' }, body: { outcome: 'updated' } }
    ])
  })

  it.each([
    [0, []],
    [1, [200]],
    [250, Array<number>(250).fill(200)]
  ])('are right for a batch of %d', async (size, statuses) => {
    const connection = connect()
    const events = Array.from({ length: size }, (_, index): Identify => ({ type: 'identify', userId: `u${index}` }))
    const outcomes = size === 0 ? [] : await connection.sendBatch(events)
    expect(outcomes.map(({ status }) => status)).toEqual(statuses)
    expect(connection.sandbox.customers()).toHaveLength(size)
  })

  it('are errors where all are invalid, without a request', async () => {
    const connection = connect()
    const outcomes = await connection.sendBatch(people.map(() => ({ type: 'identify' as const })))
    expect(outcomes.map(({ status }) => status)).toEqual(hundred(() => 400))
    expect(connection.requests()).toEqual([])
  })

  it('are accepted where the job has not finished by the deadline', async () => {
    const connection = await connectTo(people)
    connection.sandbox.setFaults({ bulkDelayMs: 60_000 })
    const outcomes = await connection.sendBatch(renamed)
    const body = { outcome: 'accepted', jobId: expect.stringMatching(/^[0-9a-f]{24}$/) }
    expect(outcomes).toMatchObject(hundred(() => ({ status: 202, body })))
    expect(connection.requests()).toHaveLength(7)
  }, 10_000)

  it.each([429, 503])('are retryable with the %d of the job, for the events of the job alone', async (status) => {
    const connection = await connectTo(people.slice(0, 90))
    connection.sandbox.setFaults({ responses: [{ status, method: 'PUT' }] })
    const changed = [...renamed.slice(0, 80), ...people.slice(80)]
    const outcomes = await connection.sendBatch(changed)
    expect(outcomes.slice(0, 80)).toMatchObject(
      Array(80).fill({ status, errormessage: expect.stringContaining('Could not update 80 customers at once') })
    )
    expect(outcomes.slice(80, 90)).toMatchObject(Array(10).fill({ status: 200, body: { outcome: 'unchanged' } }))
    expect(outcomes.slice(90)).toMatchObject(Array(10).fill({ status: 200, body: { outcome: 'created' } }))
  })
})

describe('look-ups', () => {
  it.each([
    ['is refused', { responses: [{ status: 403, method: 'POST', path: '/v1/customers/search' }] }],
    ['is over its limit', { responses: [{ status: 429, method: 'POST', path: '/v1/customers/search' }] }],
    [
      'answers something else',
      {
        responses: [
          { status: 200, method: 'POST', path: '/v1/customers/search', body: '[]', contentType: 'application/json' }
        ]
      }
    ]
  ])('go one by one where the search %s', async (_how, faults) => {
    const connection = await connectTo(people.slice(0, 10))
    connection.sandbox.setFaults(faults)
    const outcomes = await connection.sendBatch(people.slice(0, 10))
    expect(outcomes).toMatchObject(Array(10).fill({ status: 200, body: { outcome: 'unchanged' } }))
    expect(connection.requests()).toHaveLength(11)
  })

  it('ask again for what the index does not know', async () => {
    const connection = connect()
    connection.sandbox.setFaults({ indexLags: true })
    await connection.call('POST', '/v1/customers', { externalId: 'u0', name: 'Name 0' })
    expect(await connection.sendBatch(people.slice(0, 2))).toMatchObject([
      { body: { outcome: 'unchanged' } },
      { body: { outcome: 'created' } }
    ])
  })

  it('read a customer again before a list is written', async () => {
    const connection = await connectTo(people.slice(0, 2))
    const [first] = connection.sandbox.customers()
    connection.sandbox.setFaults({ indexLags: true })
    const emails = [{ email: 'agent@example.com' }]
    await connection.call('PATCH', `/v1/customers/${first?.id}`, { emails, company: COMPANY })
    const traits = { name: 'Ann', email: 'ann@example.com' }
    await connection.sendBatch([{ type: 'identify', userId: 'u0', traits }, ...people.slice(1, 2)])
    expect(connection.sandbox.customers()[0]?.attributes).toMatchObject({
      name: 'Ann',
      emails: [{ email: 'agent@example.com' }, { email: 'ann@example.com' }]
    })
  })

  it('take a customer whom the index knows and Kustomer does not for none', async () => {
    const connection = await connectTo(people.slice(0, 2))
    const [first] = connection.sandbox.customers()
    connection.sandbox.setFaults({ indexLags: true })
    await connection.call('DELETE', `/v1/customers/${first?.id}`)
    const rename = { type: 'identify' as const, userId: 'u0', traits: { name: 'Ann' } }
    const addEmail = { type: 'identify' as const, userId: 'u0', traits: { email: 'ann@example.com' } }
    expect(await connection.sendBatch([addEmail, ...people.slice(1, 2)])).toMatchObject([
      { body: { outcome: 'created' } },
      { body: { outcome: 'unchanged' } }
    ])
    const [, recreated] = connection.sandbox.customers()
    await connection.call('DELETE', `/v1/customers/${recreated?.id}`)
    expect(await connection.sendBatch([rename, addEmail])).toMatchObject([{ status: 200 }, { status: 200 }])
    expect(connection.sandbox.customers()[1]?.attributes).toMatchObject({
      name: 'Ann',
      emails: [{ email: 'ann@example.com' }]
    })
  })

  it('stop at a refusal that all would meet', async () => {
    const connection = connect()
    connection.sandbox.setFaults({ rateLimit: 10 })
    const outcomes = await connection.sendBatch(people)
    expect(outcomes.filter(({ status }) => status === 429).length).toBeGreaterThan(85)
    expect(connection.requests().length).toBeLessThan(25)
  })
})

describe('races', () => {
  it('upsert a creation that conflicts by itself', async () => {
    const connection = connect()
    connection.before(/^POST \/v1\/customers\/bulk/, () =>
      connection.call('POST', '/v1/customers', { externalId: 'u3' })
    )
    const outcomes = await connection.sendBatch(people.slice(0, 5))
    expect(outcomes.map((outcome) => 'body' in outcome && (outcome.body as { outcome: string }).outcome)).toEqual([
      'created',
      'created',
      'created',
      'updated',
      'created'
    ])
    expect(connection.sandbox.customers()).toHaveLength(5)
  })

  it('create a customer who was deleted by then', async () => {
    const connection = await connectTo(people.slice(0, 5))
    const third = connection.sandbox.customers()[2]
    connection.before(/^PUT/, () => connection.call('DELETE', `/v1/customers/${third?.id}`))
    const outcomes = await connection.sendBatch(renamed.slice(0, 5))
    expect(outcomes[2]).toMatchObject({ status: 200, body: { outcome: 'created' } })
    expect(connection.sandbox.customers()).toHaveLength(5)
  })
})

it('claims anonymous history, once for each visitor and customer', async () => {
  const connection = await connectTo(people)
  await connection.call('POST', '/v1/tracking/event', { trackingId: 'visitor', name: 'Seen' })
  const [first, second] = people as [Identify, Identify]
  const visit = { ...first, anonymousId: 'visitor' }
  await connection.sendBatch([visit, visit, second])
  const [known] = connection.sandbox.customers()
  expect(connection.sandbox.timeline(known?.id ?? '')).toMatchObject([{ events: [{ name: 'Seen' }] }])
  expect(connection.requests()).toEqual(['POST /v1/customers/search 200', 'POST /v1/tracking/identity 201'])
})

it('claims no history for a customer whose creation is not finished', async () => {
  const connection = await connectTo(people.slice(0, 4))
  connection.sandbox.setFaults({ bulkDelayMs: 60_000 })
  const visited = (events: Identify[]) =>
    events.map((event, index): Identify => ({ ...event, anonymousId: `v${index}` }))
  const outcomes = await connection.sendBatch([...visited(renamed.slice(0, 4)), ...visited(people.slice(4, 8))])
  expect(outcomes.map(({ status }) => status)).toEqual(Array(8).fill(202))
  expect(connection.requests().filter((line) => line.startsWith('POST /v1/tracking/identity'))).toHaveLength(4)
}, 10_000)

it('claims no history for an event that failed', async () => {
  const connection = connect()
  connection.sandbox.setFaults({ responses: [{ status: 500, method: 'GET' }] })
  const [outcome] = await connection.sendBatch([{ type: 'identify', userId: 'u0', anonymousId: 'visitor' }])
  expect(outcome).toMatchObject({ status: 500 })
  expect(connection.requests()).toEqual(['GET /v1/customers/externalId=u0 500'])
})

it('fails the events whose history cannot be claimed, and only those', async () => {
  const connection = await connectTo(people.slice(0, 2))
  connection.sandbox.setFaults({ responses: [{ status: 429, path: '/v1/tracking' }] })
  const [first, second] = people as [Identify, Identify]
  const visit = { ...first, anonymousId: 'visitor' }
  expect(await connection.sendBatch([visit, visit, second])).toMatchObject([
    { status: 429, errormessage: expect.stringContaining('Could not claim the anonymous history') },
    { status: 429 },
    { status: 200 }
  ])
})

it('names the role that following a job takes', async () => {
  const connection = await connectTo(people.slice(0, 4))
  connection.sandbox.setFaults({ responses: [{ status: 403, path: '/v1/bulk' }] })
  const [outcome] = await connection.sendBatch(renamed.slice(0, 4))
  expect(outcome).toMatchObject({ status: 403, errormessage: expect.stringContaining('org.permission.bulk.read') })
})

/** What is left in a sandbox, but for ids, times and any order but that of lists. */
function stateOf({ sandbox }: Connection): string[] {
  const accidental = ['id', 'createdAt', 'updatedAt', 'links', 'at', 'startedAt', 'endedAt']
  const inOrder = (_key: string, value: unknown): unknown =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(
          Object.entries(value)
            .filter(([key]) => !accidental.includes(key))
            .sort()
        )
      : value
  return sandbox
    .customers()
    .map((customer) => JSON.stringify({ ...customer, timeline: sandbox.timeline(customer.id) }, inOrder))
    .sort()
}

it('leaves behind what the events would have left one by one, in order', async () => {
  const identify = fc
    .record({
      userId: fc.constantFrom('ann', 'bob', 'carl', 'dora', 'emil', 'fay', undefined),
      email: fc.constantFrom('a@example.com', 'A@Example.com', 'b@example.com', undefined),
      phone: fc.constantFrom('5550100', '555-0100', undefined),
      name: fc.constantFrom('Ann', 'Bob', undefined),
      website: fc.constantFrom('https://a.example', 'https://b.example', undefined),
      anonymousId: fc.constantFrom('visitor', 'tablet', undefined)
    })
    .map(
      ({ userId, anonymousId, ...traits }) =>
        JSON.parse(JSON.stringify({ type: 'identify', userId, anonymousId, traits })) as Identify
    )
  const known = fc.uniqueArray(
    fc.record({
      externalId: fc.constantFrom('ann', 'bob', undefined),
      emails: fc.constantFrom([], [{ email: 'a@example.com' }], [{ type: 'work', email: 'b@example.com' }]),
      phones: fc.constantFrom([], [{ phone: '+5550100' }]),
      company: fc.constantFrom(COMPANY, undefined)
    }),
    { maxLength: 3 }
  )
  await fc.assert(
    fc.asyncProperty(known, fc.array(identify, { minLength: 1, maxLength: 12 }), async (customers, events) => {
      const states = []
      for (const batched of [false, true]) {
        const connection = connect()
        for (const customer of customers) {
          await connection.call('POST', '/v1/customers', JSON.parse(JSON.stringify(customer)))
        }
        await connection.call('POST', '/v1/tracking/event', { trackingId: 'visitor', name: 'Seen' })
        if (batched) {
          await connection.sendBatch(events)
        } else {
          for (const event of events) {
            await connection.send(event).catch(() => undefined)
          }
        }
        states.push(stateOf(connection))
      }
      expect(states[1]).toEqual(states[0])
    }),
    { numRuns: 60, endOnFailure: true, seed: SEED }
  )
}, 60_000)
