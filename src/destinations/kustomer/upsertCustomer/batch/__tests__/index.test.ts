import { InvalidAuthenticationError } from '@segment/actions-core'
import type { MultiStatusResponse } from '@segment/actions-core'
import {
  batches,
  companies,
  company,
  COMPANY_ID,
  customer,
  ID,
  job,
  JOB_ID,
  OTHER_ID,
  plainError,
  UNDEFINED_ATTRIBUTE
} from '../../../__tests__/__helpers__/answers'
import { elapse, pause, setTime } from '../../../__tests__/__helpers__/clock'
import type * as FakeClock from '../../../__tests__/__helpers__/clock'
import { kustomerOf, SETTINGS } from '../../../__tests__/__helpers__/conversation'
import type { Answer, Kustomer } from '../../../__tests__/__helpers__/conversation'
import { countsOf, inTurn, jobRoutes, kustomerWith } from '../../../__tests__/__helpers__/routes'
import type { Route } from '../../../__tests__/__helpers__/routes'
import type { Payload } from '../../generated-types'
import { upsertBatch } from '../index'

jest.mock('../../../api/clock', () => jest.requireActual<typeof FakeClock>('../../../__tests__/__helpers__/clock'))

const JOB = `GET bulk/${JOB_ID}`
const RESULTS = `GET bulk/${JOB_ID}/batches`
const TAKEN = 'Kustomer has taken the change in a bulk job and not told yet what became of it.'
const BY_EMAIL = 'GET customers/email=ann%40example.com'

const byId = (number: number): string => `GET customers/externalId=u${number}`
const idOf = (number: number): string => `5f0000000000000000000${String(number).padStart(3, '0')}`
const found = (attributes: Record<string, unknown>, id = ID, companyId?: string): Answer => [
  200,
  customer(attributes, id, companyId)
]

/** People `u0`, `u1` and so on, as their events give them. */
const people = (length: number, more: (number: number) => Payload = () => ({})): Payload[] =>
  Array.from({ length }, (_, number) => ({ externalId: `u${number}`, name: `Name ${number}`, ...more(number) }))

/** The same people as they are known already. */
const known = (length: number, more: (number: number) => Record<string, unknown> = () => ({})): Record<string, Route> =>
  Object.fromEntries(
    Array.from({ length }, (_, number) => [
      byId(number),
      found({ externalId: `u${number}`, name: `Name ${number}`, ...more(number) }, idOf(number))
    ])
  )

const outcomesOf = (response: MultiStatusResponse): Array<Record<string, unknown>> =>
  response.getAllResponses().map((each) => each.value() as unknown as Record<string, unknown>)

async function upserted(kustomer: Kustomer, payloads: Payload[], signal?: AbortSignal) {
  const outcomes = outcomesOf(await upsertBatch(kustomer.request, SETTINGS, payloads, signal))
  return {
    outcomes,
    statuses: outcomes.map(({ status }) => status),
    messages: outcomes.map(({ errormessage }) => errormessage),
    bodies: outcomes.map(({ body }) => body as Record<string, unknown> | undefined),
    counts: countsOf(kustomer),
    calls: kustomer.sent.map(([call]) => call),
    bodyOf: (call: string) => kustomer.sent.filter(([sent]) => sent === call).map(([, body]) => body)
  }
}

const all = <Value>(length: number, value: Value): Value[] => Array.from({ length }, () => value)

beforeEach(() => {
  setTime(0)
  pause.mockClear()
})

describe('the requests of 100 people', () => {
  it('are 100 and no write where nothing differs', async () => {
    const { counts, statuses, bodies } = await upserted(kustomerWith(known(100)), people(100))
    expect(counts).toEqual({ 'GET customers/externalId': 100 })
    expect(statuses).toEqual(all(100, 200))
    expect(bodies[7]).toStrictEqual({ outcome: 'unchanged', customerId: idOf(7), leftOut: [] })
  })

  it('are 103 where they changed', async () => {
    const changed = known(100, () => ({ name: 'Old' }))
    const { counts, bodies } = await upserted(kustomerWith({ ...changed, ...jobRoutes('update') }), people(100))
    expect(counts).toEqual({ 'GET customers/externalId': 100, 'PUT customers/bulk': 1, [JOB]: 1, [RESULTS]: 1 })
    expect(bodies[7]).toStrictEqual({ outcome: 'updated', customerId: idOf(7), leftOut: [] })
  })

  it('are 103 where they are new, with email and phone', async () => {
    const payloads = people(100, (number) => ({
      email: `${number}@example.com`,
      phone: `+15550100${String(number).padStart(3, '0')}`
    }))
    const { counts, bodies, bodyOf } = await upserted(kustomerWith(jobRoutes('create')), payloads)
    expect(counts).toEqual({ 'GET customers/externalId': 100, 'POST customers/bulk': 1, [JOB]: 1, [RESULTS]: 1 })
    expect(bodies[7]).toStrictEqual({ outcome: 'created', customerId: 'new-7', leftOut: [] })
    expect((bodyOf('POST customers/bulk') as unknown[][])[0]?.[7]).toEqual({
      externalId: 'u7',
      name: 'Name 7',
      emails: [{ email: '7@example.com' }],
      phones: [{ phone: '+15550100007' }],
      _clientRef: '7'
    })
  })

  it('are one more for each claim', async () => {
    const payloads = people(100, (number) => ({ trackingId: `v${number}` }))
    const { counts, bodyOf } = await upserted(kustomerWith(jobRoutes('create')), payloads)
    expect(counts['POST tracking/identity']).toBe(100)
    expect(bodyOf('POST tracking/identity')).toContainEqual({ trackingId: 'v7', externalId: 'u7' })
  })

  it('never search', async () => {
    const { calls } = await upserted(kustomerWith(jobRoutes('create')), people(100))
    expect(calls.filter((call) => call.includes('search'))).toEqual([])
  })
})

it('works off 100 people before it reads the next', async () => {
  const { calls, statuses } = await upserted(
    kustomerWith(jobRoutes('create')),
    people(102, () => ({ trackingId: 'v' }))
  )
  const lastClaim = calls.slice(0, calls.indexOf(byId(100))).filter((call) => call === 'POST tracking/identity')
  expect(calls.indexOf(byId(100))).toBeGreaterThan(calls.indexOf(RESULTS))
  expect(lastClaim).toHaveLength(100)
  expect(calls.slice(calls.indexOf(byId(100)))).toEqual([
    byId(100),
    byId(101),
    'POST customers',
    'POST customers',
    'POST tracking/identity',
    'POST tracking/identity'
  ])
  expect(statuses).toEqual(all(102, 200))
})

describe('writes', () => {
  it.each([1, 2, 3])('are sent one by one where there are only %d', async (length) => {
    const created = await upserted(kustomerWith(), people(length))
    expect(created.counts).toEqual({ 'GET customers/externalId': length, 'POST customers': length })
    const old = known(length, () => ({ name: 'Old' }))
    const updated = await upserted(kustomerWith(old), people(length))
    expect(updated.counts).toEqual({ 'GET customers/externalId': length, 'PATCH customer': length })
    expect(updated.bodies[0]).toStrictEqual({ outcome: 'updated', customerId: idOf(0), leftOut: [] })
  })

  it('are not sent again where one of them fails that is of a single event', async () => {
    const { calls, statuses } = await upserted(kustomerWith({ 'POST customers': [413] }), people(1))
    expect(statuses).toEqual([413])
    expect(calls).toEqual([byId(0), 'POST customers'])
    const update = `PATCH customers/${idOf(0)}`
    const changed = kustomerWith({ ...known(1, () => ({ name: 'Old' })), [update]: [413] })
    expect(await upserted(changed, people(1))).toMatchObject({ statuses: [413], calls: [byId(0), update] })
  })

  it('are sent in a job from four on, each kind for itself', async () => {
    const old = known(4, () => ({ name: 'Old' }))
    const { counts, bodies } = await upserted(kustomerWith({ ...old, ...jobRoutes('update') }), people(7))
    expect(counts).toEqual({
      'GET customers/externalId': 7,
      'PUT customers/bulk': 1,
      [JOB]: 1,
      [RESULTS]: 1,
      'POST customers': 3
    })
    expect(bodies.map((body) => body?.outcome)).toEqual([...all(4, 'updated'), ...all(3, 'created')])
  })

  it('are sent in two jobs where both kinds are many', async () => {
    const old = known(4, () => ({ name: 'Old' }))
    const updates = jobRoutes('update', () => ({}), OTHER_ID)
    const { counts, statuses } = await upserted(kustomerWith({ ...old, ...jobRoutes('create'), ...updates }), people(8))
    expect(counts).toMatchObject({ 'POST customers/bulk': 1, 'PUT customers/bulk': 1 })
    expect(statuses).toEqual(all(8, 200))
  })

  it('carry a reference of ours, the company and the rev', async () => {
    const old = Object.fromEntries(
      Array.from({ length: 4 }, (_, number) => [
        byId(number),
        found({ externalId: `u${number}`, rev: number }, idOf(number), COMPANY_ID)
      ])
    )
    const payloads = [{ email: 'nobody' }, ...people(4)]
    const { bodyOf } = await upserted(kustomerWith({ ...old, ...jobRoutes('update') }), payloads)
    expect(bodyOf('PUT customers/bulk')).toEqual([
      [0, 1, 2, 3].map((number) => ({
        id: idOf(number),
        _clientRef: String(number + 1),
        name: `Name ${number}`,
        company: COMPANY_ID,
        rev: number
      }))
    ])
  })

  it('are cut into jobs of at most 100,000 bytes', async () => {
    const name = 'x'.repeat(256)
    const custom = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`a${index}Str`, 'y'.repeat(1000)]))
    const kustomer = kustomerWith({
      'POST customers/bulk': [201, job()],
      [JOB]: [200, job('complete')],
      [RESULTS]: [
        200,
        batches(
          Array.from({ length: 8 }, (_, index) => [
            { _clientRef: String(index), status: 'created', objectId: idOf(index) }
          ]).flat()
        )
      ]
    })
    const { bodyOf, counts, statuses } = await upserted(
      kustomer,
      people(8, () => ({ name, customAttributes: custom }))
    )
    const jobs = bodyOf('POST customers/bulk') as unknown[][]
    expect(jobs.map(({ length }) => length)).toEqual([4, 4])
    expect(jobs.every((records) => Buffer.byteLength(JSON.stringify(records)) <= 100_000)).toBe(true)
    expect(counts['POST customers/bulk']).toBe(2)
    expect(statuses).toEqual(all(8, 200))
  })

  it('leave a customer the id that they were read with, whatever a job tells', async () => {
    const old = known(4, () => ({ name: 'Old' }))
    const { bodies } = await upserted(
      kustomerWith({ ...old, ...jobRoutes('update', () => ({ objectId: undefined })) }),
      people(4)
    )
    expect(bodies.map((body) => body?.customerId)).toEqual([0, 1, 2, 3].map(idOf))
  })
})

describe('several events of one person', () => {
  it('are one read and one write, in order, and each has its own outcome', async () => {
    const { calls, bodies, bodyOf } = await upserted(kustomerWith({ 'POST customers': [201, customer({}, ID)] }), [
      { externalId: 'u1', name: 'Ann', locale: 'en', gender: 'unknown' },
      { externalId: 'u1', email: 'ann@example.com', name: 'Ann Lee' },
      { email: 'Ann@Example.com', firstName: 'Bea' }
    ])
    expect(calls).toEqual([byId(1), BY_EMAIL.replace('ann%40example.com', 'Ann%40Example.com'), 'POST customers'])
    expect(bodyOf('POST customers')).toEqual([
      { externalId: 'u1', name: 'Ann Lee', locale: 'en', emails: [{ email: 'ann@example.com' }] }
    ])
    expect(bodies).toEqual([
      { outcome: 'created', customerId: ID, leftOut: [expect.objectContaining({ field: 'gender' })] },
      { outcome: 'created', customerId: ID, leftOut: [] },
      { outcome: 'created', customerId: ID, leftOut: [] }
    ])
  })

  it('go one by one where their write is refused, so that a bad one sinks no other', async () => {
    const kustomer = kustomerWith({
      'POST customers': (body) =>
        JSON.stringify(body).includes('"bad"') ? [400, plainError('No')] : [201, customer({ externalId: 'u1' })]
    })
    const { statuses, calls } = await upserted(kustomer, [
      { externalId: 'u1', name: 'Ann' },
      { externalId: 'u1', username: 'bad' }
    ])
    expect(statuses).toEqual([200, 400])
    expect(calls).toEqual([byId(1), 'POST customers', byId(1), 'POST customers', byId(1), 'POST customers', byId(1)])
  })

  it('go one by one where the update of somebody known is refused, too', async () => {
    const kustomer = kustomerWith({
      ...known(1, () => ({ name: 'Old' })),
      [`GET customers/${idOf(0)}`]: found({ externalId: 'u0', name: 'Old' }, idOf(0)),
      [`PATCH customers/${idOf(0)}`]: (body) =>
        JSON.stringify(body).includes('"bad"') ? [400, plainError('No')] : [200]
    })
    const { statuses, bodyOf } = await upserted(kustomer, [
      { externalId: 'u0', name: 'Ann' },
      { externalId: 'u0', username: 'bad' }
    ])
    expect(statuses).toEqual([200, 400])
    const username = 'bad'
    expect(bodyOf(`PATCH customers/${idOf(0)}`)).toEqual([
      { name: 'Ann', username, rev: 1 },
      { name: 'Ann', username },
      { name: 'Ann', rev: 1 },
      { username, rev: 1 },
      { username }
    ])
  })

  it('are claimed for by each visitor', async () => {
    const { bodyOf } = await upserted(kustomerWith(), [
      { externalId: 'u1', trackingId: 'v1' },
      { externalId: 'u1', trackingId: 'v2' },
      { externalId: 'u1', trackingId: 'v1' }
    ])
    expect(bodyOf('POST tracking/identity')).toEqual([
      { trackingId: 'v1', externalId: 'u1' },
      { trackingId: 'v2', externalId: 'u1' }
    ])
  })
})

describe('events that contend for an identifier', () => {
  it('go one by one, in order, after the jobs', async () => {
    const created: string[] = []
    const kustomer = kustomerWith({
      ...jobRoutes('create'),
      'POST customers': (body) => {
        created.push((body as { externalId: string }).externalId)
        return [201]
      }
    })
    const payloads: Payload[] = [
      { externalId: 'c1', email: 'ann@example.com' },
      { externalId: 'c2', email: 'ann@example.com' },
      ...people(4)
    ]
    const { calls, statuses, bodies } = await upserted(kustomer, payloads)
    expect(created).toEqual(['c1', 'c2'])
    expect(calls.indexOf('GET customers/externalId=c1')).toBeGreaterThan(calls.indexOf(RESULTS))
    expect(statuses).toEqual(all(6, 200))
    expect(bodies.map((body) => body?.outcome)).toEqual(all(6, 'created'))
  })

  it('go in the order of the batch with creations that are sent singly, which may turn out to be of the same person', async () => {
    const created: unknown[] = []
    const kustomer = kustomerWith({
      'POST customers': (body) => {
        const { externalId, name } = body as { externalId: string; name?: string }
        created.push(externalId)
        return name === 'Ann Lee' ? [400, UNDEFINED_ATTRIBUTE] : [201]
      }
    })
    await upserted(kustomer, [
      { externalId: 'c1', email: 'ann@example.com' },
      { externalId: 'u1', name: 'Ann' },
      { externalId: 'c2', email: 'ann@example.com' },
      { externalId: 'u1', name: 'Ann Lee' },
      { externalId: 'c3', email: 'ann@example.com' }
    ])
    expect(created).toEqual(['c1', 'u1', 'u1', 'c2', 'u1', 'c3'])
  })

  it('do not sink each other', async () => {
    const { statuses } = await upserted(kustomerWith({ 'GET customers/externalId=c1': [500] }), [
      { externalId: 'c1', email: 'ann@example.com' },
      { externalId: 'c2', email: 'ann@example.com' }
    ])
    expect(statuses).toEqual([500, 200])
  })
})

describe('what a job refuses', () => {
  const refuse =
    (ref: string, told: Record<string, unknown> = { status: 'error', error: 'duplicate detected' }) =>
    (each: string) =>
      each === ref ? told : {}
  const withEmail = (number: number): Payload => (number === 2 ? { email: 'ann@example.com' } : {})

  it.each([
    ['with a status', { status: 'error', error: 'duplicate detected' }],
    ['without a status', { error: 'duplicate detected' }],
    ['as an object', { error: { status: 409, code: 'conflict', title: 'Conflict' } }]
  ])('of a creation goes on at the look-ups, %s', async (_how, told) => {
    const bob = found({ externalId: 'u9', emails: [{ email: 'ann@example.com' }] }, OTHER_ID)
    const kustomer = kustomerWith({
      ...jobRoutes('create', refuse('2', told)),
      [BY_EMAIL]: bob,
      'POST customers': [201, customer({}, ID)]
    })
    const { calls, bodies, bodyOf } = await upserted(kustomer, people(4, withEmail))
    expect(calls.slice(-3)).toEqual([byId(2), BY_EMAIL, 'POST customers'])
    expect(bodyOf('POST customers')).toEqual([
      { externalId: 'u2', name: 'Name 2', sharedEmails: [{ email: 'ann@example.com' }] }
    ])
    expect(bodies[2]).toStrictEqual({
      outcome: 'created',
      customerId: ID,
      leftOut: [
        { field: 'email', reason: 'moved to the shared emails: Kustomer does not let the customer have it alone' }
      ]
    })
    expect(bodies[3]).toStrictEqual({ outcome: 'created', customerId: 'new-3', leftOut: [] })
  })

  it('of a creation is not created a second time where somebody was faster', async () => {
    const kustomer = kustomerWith({
      ...jobRoutes('create', refuse('2')),
      [byId(2)]: inTurn([404], found({ externalId: 'u2', name: 'Name 2', emails: [{ email: 'ann@example.com' }] }))
    })
    const { bodies, counts } = await upserted(kustomer, people(4, withEmail))
    expect(counts['POST customers']).toBeUndefined()
    expect(bodies[2]).toStrictEqual({ outcome: 'unchanged', customerId: ID, leftOut: [] })
  })

  it("of a creation without contacts is sent singly, for Kustomer's own words", async () => {
    const kustomer = kustomerWith({ ...jobRoutes('create', refuse('2')), 'POST customers': [400, UNDEFINED_ATTRIBUTE] })
    const { statuses, messages, calls } = await upserted(kustomer, people(4))
    expect(calls.slice(-3)).toEqual([byId(2), 'POST customers', byId(2)])
    expect(statuses).toEqual([200, 200, 400, 200])
    expect(messages[2]).toBe(
      'Could not create the customer: Kustomer answered 400. Additional properties not allowed (planStr): /properties/custom/additionalProperties.'
    )
  })

  it('of an update is read fresh and sent singly', async () => {
    const kustomer = kustomerWith({
      ...known(4, () => ({ name: 'Old', rev: 1 })),
      ...jobRoutes('update', refuse('2', { status: 'error', error: 'rev is stale' })),
      [byId(2)]: inTurn(
        found({ externalId: 'u2', name: 'Old', emails: [{ email: 'ann@example.com' }], rev: 1 }),
        found({ externalId: 'u2', name: 'Older', emails: [{ email: 'ann@example.com' }], rev: 2 })
      )
    })
    const { bodies, calls, bodyOf } = await upserted(kustomer, people(4, withEmail))
    expect(calls.slice(-2)).toEqual([byId(2), `PATCH customers/${ID}`])
    expect(bodyOf(`PATCH customers/${ID}`)).toEqual([{ name: 'Name 2', rev: 2 }])
    expect(bodies[2]).toStrictEqual({ outcome: 'updated', customerId: ID, leftOut: [] })
  })

  it('of several events of one person is sent event by event, in order', async () => {
    const kustomer = kustomerWith({
      ...jobRoutes('create', refuse('1')),
      'POST customers': (body) => (JSON.stringify(body).includes('"bad"') ? [400, plainError('No')] : [201])
    })
    const payloads = [...people(4), { externalId: 'u1', email: 'ann@example.com', username: 'bad' }]
    const { statuses, bodyOf } = await upserted(kustomer, payloads)
    expect(statuses).toEqual([200, 200, 200, 200, 400])
    expect(bodyOf('POST customers')[0]).toEqual({ externalId: 'u1', name: 'Name 1' })
  })

  it.each<[string, (ref: string) => Record<string, unknown> | undefined]>([
    ['says nothing of', (ref) => (ref === '2' ? undefined : {})],
    ['tells an unknown status of', (ref) => (ref === '2' ? { status: 'queued' } : {})]
  ])('or %s is sent singly', async (_what, telling) => {
    const kustomer = kustomerWith({
      ...jobRoutes('create', telling),
      [byId(2)]: inTurn([404], found({ externalId: 'u2', name: 'Name 2' }))
    })
    const { bodies, counts } = await upserted(kustomer, people(4))
    expect(counts['GET customers/externalId']).toBe(5)
    expect(bodies[2]).toStrictEqual({ outcome: 'unchanged', customerId: ID, leftOut: [] })
    expect(bodies[1]).toMatchObject({ outcome: 'created' })
  })

  it.each([400, 401, 403, 413, 422, 500])('as a whole, with %d, is sent singly', async (status) => {
    const { counts, statuses } = await upserted(kustomerWith({ 'POST customers/bulk': [status] }), people(5))
    expect(counts).toEqual({ 'GET customers/externalId': 10, 'POST customers/bulk': 1, 'POST customers': 5 })
    expect(statuses).toEqual(all(5, 200))
  })

  it('is not told as taken', async () => {
    const kustomer = kustomerWith({ 'POST customers/bulk': [400], 'POST customers': [500] })
    const { messages } = await upserted(kustomer, people(4))
    expect(messages).toEqual(all(4, 'Could not create the customer: Kustomer answered 500.'))
  })
})

describe('a job that has not ended', () => {
  const running: Record<string, Route> = { 'POST customers/bulk': [201, job()], [JOB]: [200, job('running')] }

  it('is followed for 6 seconds, and its events are then upserted singly: a fresh read finds the work done', async () => {
    const done = Object.fromEntries(
      Array.from({ length: 4 }, (_, number) => [
        byId(number),
        inTurn([404], found({ externalId: `u${number}`, name: `Name ${number}` }, idOf(number)))
      ])
    )
    const { counts, bodies } = await upserted(kustomerWith({ ...running, ...done }), people(4))
    expect(pause.mock.calls.map(([milliseconds]) => milliseconds)).toEqual([200, 400, 800, 1600, 3000])
    expect(counts).toEqual({ 'GET customers/externalId': 8, 'POST customers/bulk': 1, [JOB]: 5 })
    expect(bodies[3]).toStrictEqual({ outcome: 'unchanged', customerId: idOf(3), leftOut: [] })
  })

  it.each([403, 404, 500])('or cannot be followed, at %d, is gone after singly', async (status) => {
    const { counts, statuses } = await upserted(kustomerWith({ ...running, [JOB]: [status] }), people(4))
    expect(counts).toEqual({ 'GET customers/externalId': 8, 'POST customers/bulk': 1, [JOB]: 1, 'POST customers': 4 })
    expect(statuses).toEqual(all(4, 200))
  })

  it('is told as taken and retryable, and claims nothing, once the time is up', async () => {
    const kustomer = kustomerWith({
      ...running,
      [JOB]: () => {
        elapse(25_000)
        return [200, job('running')]
      }
    })
    const { statuses, messages, counts } = await upserted(
      kustomer,
      people(4, () => ({ trackingId: 'v', gender: 'unknown' }))
    )
    expect(statuses).toEqual(all(4, 408))
    expect(messages[0]).toMatch(
      new RegExp(
        `^Could not look up the customer by externalId: api\\.kustomerapp\\.com did not answer in time\\. ${TAKEN} Not sent as given: gender \\(left out: .*\\)\\.$`
      )
    )
    expect(counts['POST tracking/identity']).toBeUndefined()
  })

  it('is told as taken and retryable where the signal comes in a pause', async () => {
    const controller = new AbortController()
    pause.mockImplementationOnce(() => {
      controller.abort()
      return Promise.resolve()
    })
    const { statuses, messages, calls } = await upserted(kustomerWith(running), people(4), controller.signal)
    expect(statuses).toEqual(all(4, 408))
    expect(messages).toEqual(
      all(4, `Could not follow the bulk job: api.kustomerapp.com did not answer in time. ${TAKEN}`)
    )
    expect(calls[calls.length - 1]).toBe('POST customers/bulk')
    expect(pause.mock.calls[0]?.[1]).toBe(controller.signal)
  })

  it('is told as taken after a 429', async () => {
    const { statuses, messages } = await upserted(kustomerWith({ ...running, [JOB]: [429] }), people(4))
    expect(statuses).toEqual(all(4, 429))
    expect(messages[0]).toBe(`Could not follow the bulk job: Kustomer answered 429. ${TAKEN}`)
  })
})

describe('the budget', () => {
  it('is 25 seconds, after which nothing more is sent', async () => {
    const slow = kustomerOf(() => {
      elapse(1_000)
      return [404]
    })
    const { counts, statuses } = await upserted(slow, people(30))
    expect(counts['GET customers/externalId']).toBe(25)
    expect(statuses).toEqual(all(30, 408))
  })

  it('shortens the time-outs', async () => {
    const kustomer = kustomerWith({
      [byId(0)]: () => {
        elapse(16_000)
        return [404]
      }
    })
    await upsertBatch(kustomer.request, SETTINGS, people(1))
    expect(kustomer.options.map(({ timeout }) => timeout)).toEqual([10_000, 9_000])
  })

  it('passes no signal on', async () => {
    const kustomer = kustomerWith()
    await upsertBatch(kustomer.request, SETTINGS, people(1), new AbortController().signal)
    expect(kustomer.options.filter((options) => 'signal' in options)).toEqual([])
  })
})

describe('what a key may not do', () => {
  it.each([401, 403])('is read, at %d: nothing more is read, and every event fails with it', async (status) => {
    const { counts, statuses, messages } = await upserted(
      kustomerOf(() => [status]),
      people(30)
    )
    expect(counts).toEqual({ 'GET customers/externalId': 10 })
    expect(statuses).toEqual(all(30, status))
    expect(messages[29]).toMatch(/^Could not look up the customer by externalId: Kustomer answered/)
  })

  it('is create: what changed is updated all the same', async () => {
    const kustomer = kustomerWith({
      ...known(2, () => ({ name: 'Old' })),
      'POST customers/bulk': [403],
      'POST customers': [403, plainError('Forbidden')]
    })
    const { counts, statuses } = await upserted(kustomer, people(32))
    expect(statuses).toEqual([200, 200, ...all(30, 403)])
    expect(counts['POST customers']).toBe(1)
    expect(counts['PATCH customer']).toBe(2)
  })

  it('is claim: the customers are written, and their events fail with it', async () => {
    const kustomer = kustomerWith({ 'POST tracking/identity': [403] })
    const { counts, outcomes } = await upserted(
      kustomer,
      people(2, (number) => (number ? { trackingId: 'v' } : {}))
    )
    expect(counts['POST customers']).toBe(2)
    expect(outcomes).toEqual([
      expect.objectContaining({ status: 200 }),
      {
        status: 403,
        errortype: 'FORBIDDEN',
        errormessage: expect.stringContaining('Could not claim the anonymous history: Kustomer answered 403.'),
        sent: { externalId: 'u1', name: 'Name 1' },
        body: { leftOut: [] }
      }
    ])
  })
})

describe('once Kustomer is not to be asked any more', () => {
  const LOST = Object.assign(new Error(), { code: 'ECONNRESET' })

  it.each<[string, Answer, number]>([
    ['a 429', [429, plainError('Slow down')], 429],
    ['a lost connection', LOST, 503]
  ])('nothing more is sent after %s, and what is left is retryable with that status', async (_what, answer, status) => {
    let reads = 0
    const kustomer = kustomerOf(() => {
      reads += 1
      return reads > 20 ? answer : [404]
    })
    const { counts, statuses } = await upserted(kustomer, people(100))
    expect(counts).toEqual({ 'GET customers/externalId': expect.any(Number) })
    expect(counts['GET customers/externalId']).toBeLessThanOrEqual(30)
    expect(statuses).toEqual(all(100, status))
  })

  it('who is unchanged is delivered', async () => {
    const { statuses } = await upserted(kustomerWith({ ...known(1), [byId(1)]: [429] }), people(3))
    expect(statuses).toEqual([200, 429, expect.any(Number)])
  })

  it('no history is claimed, and its event is retryable', async () => {
    const kustomer = kustomerWith({ ...known(1), 'POST customers': [429] })
    const { statuses, counts } = await upserted(
      kustomer,
      people(2, () => ({ trackingId: 'v' }))
    )
    expect(statuses).toEqual([429, 429])
    expect(counts['POST tracking/identity']).toBeUndefined()
  })

  it('each attempt delivers what it has read', async () => {
    let left = 250
    const kustomer = kustomerOf((call) => {
      left -= 1
      const number = Number(/externalId=u(\d+)$/.exec(call)?.[1])
      return left < 0 ? [429] : found({ externalId: `u${number}`, name: `Name ${number}` }, idOf(number))
    })
    const { statuses } = await upserted(kustomer, people(400))
    expect(statuses.filter((status) => status === 200)).toHaveLength(250)
    expect(statuses.filter((status) => status === 429)).toHaveLength(150)
    expect(kustomer.sent.length).toBeLessThanOrEqual(260)
  })
})

describe('the outcome of an event', () => {
  it('is a payload error where it names nobody, and nobody else is troubled', async () => {
    const { outcomes } = await upserted(kustomerWith(), [
      { email: 'nobody' },
      ...people(1),
      { externalId: 'x'.repeat(256) }
    ])
    expect(outcomes).toEqual([
      {
        status: 400,
        errortype: 'PAYLOAD_VALIDATION_FAILED',
        errormessage: expect.stringMatching(
          /^No customer to upsert: none of External ID, Email and Phone has a usable value\./
        )
      },
      {
        status: 200,
        sent: { externalId: 'u0', name: 'Name 0' },
        body: { outcome: 'created', leftOut: [] }
      },
      {
        status: 400,
        errortype: 'PAYLOAD_VALIDATION_FAILED',
        errormessage: expect.stringMatching(/^External ID cannot be used/)
      }
    ])
  })

  it('tells what was left out, in a failure too', async () => {
    const payloads = people(2, () => ({ gender: 'unknown' }))
    const { bodies, outcomes } = await upserted(kustomerWith({ [byId(1)]: [500] }), payloads)
    expect(bodies[0]).toMatchObject({ leftOut: [{ field: 'gender', reason: expect.any(String) }] })
    expect(outcomes[1]).toEqual({
      status: 500,
      errortype: 'INTERNAL_SERVER_ERROR',
      errormessage: expect.stringMatching(
        /^Could not look up the customer by externalId: Kustomer answered 500\. Not sent as given: gender \(.*\)\.$/
      ),
      sent: { externalId: 'u1', name: 'Name 1' },
      body: { leftOut: [expect.objectContaining({ field: 'gender' })] }
    })
  })

  it('tells what a full list had no room for, whether it is written or not', async () => {
    const urls = Array.from({ length: 10 }, (_, index) => ({ url: `https://${index}.example` }))
    const payloads = people(5, () => ({ website: 'https://new.example' }))
    const old = known(5, (number) => ({ urls, ...(number === 0 ? {} : { name: 'Old' }) }))
    const { bodies } = await upserted(kustomerWith({ ...old, ...jobRoutes('update') }), payloads)
    const leftOut = [
      { field: 'website', reason: 'left out: the customer has 10 already, which is all that Kustomer holds' }
    ]
    expect(bodies.map((body) => body?.leftOut)).toEqual(all(5, leftOut))
    expect(bodies.map((body) => body?.outcome)).toEqual(['unchanged', ...all(4, 'updated')])
  })

  it('is of its own status, in the order of the batch', async () => {
    const { statuses } = await upserted(kustomerWith({ [byId(1)]: [500], [byId(3)]: [503] }), people(5))
    expect(statuses).toEqual([200, 500, 200, 503, 200])
  })
})

describe('the companies of a batch', () => {
  const BY_COMPANY = 'GET companies?externalId=c1'
  const working = () => ({ company: { id: 'c1', name: 'Acme' } })
  const acme: Answer = [200, companies([company({ externalId: 'c1', name: 'Acme' })])]

  it('are looked up once each, and linked with the writes', async () => {
    const { counts, bodyOf, statuses } = await upserted(
      kustomerWith({ ...jobRoutes('create'), [BY_COMPANY]: acme }),
      people(100, working)
    )
    expect(counts).toEqual({
      'GET customers/externalId': 100,
      'GET companies?externalId': 1,
      'POST customers/bulk': 1,
      [JOB]: 1,
      [RESULTS]: 1
    })
    const [records] = bodyOf('POST customers/bulk') as Array<Array<{ company: unknown }>>
    expect(records?.map((each) => each.company)).toEqual(all(100, COMPANY_ID))
    expect(statuses).toEqual(all(100, 200))
  })

  it('are created once each', async () => {
    const { bodyOf } = await upserted(kustomerWith(jobRoutes('create')), people(5, working))
    expect(bodyOf('POST companies')).toEqual([{ externalId: 'c1', name: 'Acme' }])
  })

  it('make events retryable that could not be linked, once their customers are written and claimed', async () => {
    const { statuses, messages, counts } = await upserted(
      kustomerWith({ ...known(1), ...jobRoutes('create'), [BY_COMPANY]: [500] }),
      people(6, (number) => ({ trackingId: `v${number}`, ...(number === 5 ? {} : working()) }))
    )
    expect(statuses).toEqual([...all(5, 500), 200])
    expect(messages[1]).toBe('Could not look up the company by externalId: Kustomer answered 500.')
    expect(counts).toMatchObject({ 'POST customers/bulk': 1, 'POST tracking/identity': 6 })
  })

  it('sink no event where they cannot be used, which is told', async () => {
    const { bodies, counts } = await upserted(
      kustomerWith({ ...jobRoutes('create'), [BY_COMPANY]: [403] }),
      people(4, working)
    )
    expect(counts['GET companies?externalId']).toBe(1)
    expect(bodies).toEqual(
      [0, 1, 2, 3].map((number) => ({
        outcome: 'created',
        customerId: `new-${number}`,
        leftOut: [{ field: 'company', reason: expect.stringContaining('org.permission.company.read') as string }]
      }))
    )
  })

  it('are linked event by event, in order, where those of one person name several', async () => {
    const other = company({ externalId: 'c2', name: 'Other' }, OTHER_ID)
    const kustomer = kustomerWith({
      [BY_COMPANY]: acme,
      'GET companies?externalId=c2': [200, companies([other])],
      [byId(0)]: inTurn(
        found({ externalId: 'u0' }, idOf(0)),
        found({ externalId: 'u0' }, idOf(0)),
        found({ externalId: 'u0', rev: 2 }, idOf(0), COMPANY_ID)
      )
    })
    const { bodyOf } = await upserted(kustomer, [
      { externalId: 'u0', ...working(), moveCustomer: true },
      { externalId: 'u0', company: { id: 'c2', name: 'Other' }, moveCustomer: true }
    ])
    expect(bodyOf(`PATCH customers/${idOf(0)}`)).toEqual([
      { company: COMPANY_ID, rev: 1 },
      { company: OTHER_ID, rev: 2 }
    ])
  })
})

it('repeats custom attributes that do not differ in a job, since Kustomer may replace them all', async () => {
  const kustomer = kustomerWith({
    ...known(4, () => ({ custom: { planStr: 'pro', seatsNum: 1 } })),
    ...jobRoutes('update')
  })
  const { bodyOf, statuses } = await upserted(
    kustomer,
    people(4, () => ({ customAttributes: { seatsNum: 2 } }))
  )
  const [records] = bodyOf('PUT customers/bulk') as Array<Array<{ custom: unknown }>>
  expect(records?.map(({ custom }) => custom)).toEqual(all(4, { planStr: 'pro', seatsNum: 2 }))
  expect(statuses).toEqual(all(4, 200))
})

it('refuses a missing key before any request', async () => {
  const kustomer = kustomerWith()
  await expect(upsertBatch(kustomer.request, { apiKey: '', orgPod: 'prod1' }, people(1))).rejects.toBeInstanceOf(
    InvalidAuthenticationError
  )
  expect(kustomer.sent).toEqual([])
})
