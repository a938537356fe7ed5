import { InvalidAuthenticationError } from '@segment/actions-core'
import {
  companies,
  company,
  COMPANY_ID,
  customer,
  job,
  JOB_ID,
  metadata,
  plainError
} from '../../../__tests__/__helpers__/answers'
import { elapse, pause, setTime } from '../../../__tests__/__helpers__/clock'
import type * as FakeClock from '../../../__tests__/__helpers__/clock'
import { kustomerOf, SETTINGS } from '../../../__tests__/__helpers__/conversation'
import type { Answer, Kustomer } from '../../../__tests__/__helpers__/conversation'
import { inTurn, jobRoutes, kustomerWith } from '../../../__tests__/__helpers__/routes'
import type { Route } from '../../../__tests__/__helpers__/routes'
import type { Payload } from '../../generated-types'
import { upsertBatch } from '../index'

jest.mock('../../../api/clock', () => jest.requireActual<typeof FakeClock>('../../../__tests__/__helpers__/clock'))

const JOB = `GET bulk/${JOB_ID}`
const RESULTS = `GET bulk/${JOB_ID}/batches`

const idOf = (number: number): string => `5e0000000000000000000${String(number).padStart(3, '0')}`
const byId = (number: number): string => `GET companies?externalId=c${number}`
const byUser = (number: number): string => `GET customers/externalId=u${number}`
const found = (attributes: Record<string, unknown>, id = COMPANY_ID): Answer => [
  200,
  companies([company(attributes, id)])
]
const all = <Value>(length: number, of: (number: number) => Value): Value[] =>
  Array.from({ length }, (_, number) => of(number))
const routes = (length: number, of: (number: number) => [string, Route]): Record<string, Route> =>
  Object.fromEntries(all(length, of))

/** Companies `c0`, `c1` and so on, as their events give them. */
const groups = (length: number, more: (number: number) => Payload = () => ({})): Payload[] =>
  all(length, (number) => ({ externalId: `c${number}`, name: `Acme ${number}`, ...more(number) }))

/** The same companies as they are known already. */
const known = (length: number, more: Record<string, unknown> = {}): Record<string, Route> =>
  routes(length, (number) => [
    byId(number),
    found({ externalId: `c${number}`, name: `Acme ${number}`, ...more }, idOf(number))
  ])

const users = (length: number, companyOf: (number: number) => string | undefined): Record<string, Route> =>
  routes(length, (number) => [
    byUser(number),
    [
      200,
      customer(
        { externalId: `u${number}` },
        `5f0000000000000000000${String(number).padStart(3, '0')}`,
        companyOf(number)
      )
    ]
  ])

/** Routes for a job of companies that is complete at the first question. */
function companyJob(method: 'POST' | 'PUT', error: (ref: string) => string | undefined = () => undefined) {
  let refs: string[] = []
  return {
    [`${method} companies/bulk`]: (body: unknown): Answer => {
      refs = (body as Array<{ _clientRef: string }>).map(({ _clientRef }) => _clientRef)
      return [201, job()]
    },
    [JOB]: [200, job('complete')] as Answer,
    [RESULTS]: (): Answer => [
      200,
      {
        data: [
          {
            type: 'bulk_batch',
            id: '1',
            attributes: {
              results: refs.map((ref) => ({
                _clientRef: ref,
                ...(error(ref) ? { status: 'error', error: error(ref) } : { objectId: idOf(Number(ref)) })
              }))
            }
          }
        ]
      }
    ]
  }
}

async function upserted(kustomer: Kustomer, payloads: Payload[], signal?: AbortSignal) {
  const response = await upsertBatch(kustomer.request, SETTINGS, payloads, signal)
  const outcomes = response.getAllResponses().map((each) => each.value() as unknown as Record<string, unknown>)
  const counts: Record<string, number> = {}
  for (const [call] of kustomer.sent) {
    const kind = call.replace(/(externalId|filter)=.*$/, '$1').replace(/\/5[ef]\w+$/, '/id')
    counts[kind] = (counts[kind] ?? 0) + 1
  }
  return {
    counts,
    calls: kustomer.sent.map(([call]) => call),
    statuses: outcomes.map(({ status }) => status),
    messages: outcomes.map(({ errormessage }) => errormessage),
    bodies: outcomes.map(({ body }) => body),
    bodiesOf: (call: string) => kustomer.sent.filter(([sent]) => sent === call).map(([, body]) => body)
  }
}

beforeEach(() => {
  setTime(0)
  pause.mockClear()
})

describe('the requests of 100 events', () => {
  it('of one company that is unchanged are 1 for it, and 1 for each user', async () => {
    const payloads = all(100, (number): Payload => ({ externalId: 'c0', name: 'Acme 0', userId: `u${number}` }))
    const { counts, statuses } = await upserted(kustomerWith({ ...known(1), ...users(100, () => idOf(0)) }), payloads)
    expect(counts).toEqual({ 'GET companies?externalId': 1, 'GET customers/externalId': 100 })
    expect(statuses).toEqual(all(100, () => 200))
  })

  it('are 3 more where users are to be linked', async () => {
    const payloads = all(100, (number): Payload => ({ externalId: 'c0', name: 'Acme 0', userId: `u${number}` }))
    const { counts, bodies } = await upserted(
      kustomerWith({ ...known(1), ...users(100, () => undefined), ...jobRoutes('update') }),
      payloads
    )
    expect(counts).toEqual({
      'GET companies?externalId': 1,
      'GET customers/externalId': 100,
      'PUT customers/bulk': 1,
      [JOB]: 1,
      [RESULTS]: 1
    })
    expect(bodies[7]).toEqual({ outcome: 'unchanged', companyId: idOf(0), leftOut: [] })
  })

  it('of companies that are new are two look-ups for each, and 3 more', async () => {
    const { counts, bodies } = await upserted(kustomerWith(companyJob('POST')), groups(100))
    expect(counts).toEqual({
      'GET companies?externalId': 100,
      'GET companies?filter': 100,
      'POST companies/bulk': 1,
      [JOB]: 1,
      [RESULTS]: 1
    })
    expect(bodies[7]).toEqual({ outcome: 'created', companyId: idOf(7), leftOut: [] })
  })

  it('of companies that differ are one look-up for each, and 3 more', async () => {
    const payloads = groups(100, () => ({ employees: '6' }))
    const { counts, bodies } = await upserted(
      kustomerWith({ ...known(100, { employeeCount: 5 }), ...companyJob('PUT') }),
      payloads
    )
    expect(counts).toEqual({ 'GET companies?externalId': 100, 'PUT companies/bulk': 1, [JOB]: 1, [RESULTS]: 1 })
    expect(bodies[7]).toEqual({ outcome: 'updated', companyId: idOf(7), leftOut: [] })
  })
})

it('works off 100 companies before it reads the next, and links users last', async () => {
  const kustomer = kustomerWith({ ...companyJob('POST'), ...users(102, () => undefined), ...jobRoutes('update') })
  const { calls } = await upserted(
    kustomer,
    groups(102, (number) => ({ userId: `u${number}` }))
  )
  expect(calls.indexOf('POST companies/bulk')).toBeLessThan(calls.indexOf(byId(100)))
  expect(calls.indexOf(byUser(0))).toBeGreaterThan(calls.lastIndexOf('POST companies'))
})

describe('writes', () => {
  it('are sent one by one where there are only three', async () => {
    expect((await upserted(kustomerWith(), groups(3))).counts).toMatchObject({ 'POST companies': 3 })
    const changed = kustomerWith(known(3, { name: 'Old' }))
    expect((await upserted(changed, groups(3))).counts).toMatchObject({ 'PUT companies/id': 3 })
  })

  it('of several events of one company are one, in order', async () => {
    const { bodiesOf, bodies } = await upserted(kustomerWith(), [
      { externalId: 'c0', name: 'Acme', employees: '5', website: 'acme.example' },
      { externalId: 'c0', name: 'Acme', employees: '6' }
    ])
    expect(bodiesOf('POST companies')).toEqual([
      {
        externalId: 'c0',
        name: 'Acme',
        employeeCount: 6,
        urls: [{ type: 'website', url: 'https://acme.example' }],
        domains: [{ domain: 'acme.example' }]
      }
    ])
    expect(bodies).toEqual(all(2, () => ({ outcome: 'created', companyId: COMPANY_ID, leftOut: [] })))
  })

  it('that a job refuses are looked up again and sent singly, and nothing is created twice', async () => {
    const kustomer = kustomerWith({
      ...companyJob('POST', (ref) => (ref === '2' || ref === '3' ? 'duplicate detected' : undefined)),
      [byId(2)]: inTurn([200, companies()], found({ externalId: 'c2', name: 'Acme 2' }, idOf(2))),
      'POST companies': [422, plainError('No')]
    })
    const { statuses, bodies, messages, bodiesOf } = await upserted(kustomer, groups(5))
    expect(statuses).toEqual([200, 200, 200, 422, 200])
    expect(bodies[2]).toEqual({ outcome: 'unchanged', companyId: idOf(2), leftOut: [] })
    expect(messages[3]).toBe('Could not create the company: Kustomer answered 422. No.')
    expect(bodiesOf('POST companies')).toEqual([{ externalId: 'c3', name: 'Acme 3' }])
  })

  it('of companies that contend are sent one after the other, in the order of the batch', async () => {
    const created: unknown[] = []
    const { statuses } = await upserted(
      kustomerWith({
        'POST companies': (body) => {
          created.push((body as { externalId: string }).externalId)
          return [201, company()]
        }
      }),
      ['c2', 'c1', 'c3'].map((externalId) => ({ externalId, name: 'Acme' }))
    )
    expect(created).toEqual(['c2', 'c1', 'c3'])
    expect(statuses).toEqual([200, 200, 200])
  })

  it('are without what is not defined, which is asked for once', async () => {
    const kustomer = kustomerWith({
      ...companyJob('POST', (ref) =>
        kustomer.sent.some(([call]) => call === 'GET metadata/company')
          ? undefined
          : `not allowed (tierStr): /properties/custom ${ref}`
      ),
      'GET metadata/company': [200, metadata({}, 'company')]
    })
    const { counts, bodies } = await upserted(
      kustomer,
      groups(5, () => ({ customAttributes: { tier: 'gold' } }))
    )
    expect(counts).toMatchObject({ 'POST companies/bulk': 2, 'GET metadata/company': 1 })
    expect(counts).not.toHaveProperty('POST companies')
    expect(bodies[1]).toMatchObject({ outcome: 'created', leftOut: [{ field: 'customAttributes.tierStr' }] })
  })
})

describe('the outcome of an event', () => {
  it('is a payload error where it names no company, or has too short a name for a new one', async () => {
    const { statuses, messages } = await upserted(kustomerWith(), [
      { userId: 'u0' },
      { externalId: 'c0', name: 'AB' },
      { externalId: 'c1', name: 'Acme 1' }
    ])
    expect(statuses).toEqual([400, 400, 200])
    expect(messages[0]).toMatch(/^No company to upsert/)
    expect(messages[1]).toMatch(/a new one needs a Name of 3 to 255 characters\. Not sent as given: name /)
  })

  it('is that of its link, where its company is written and its user cannot be', async () => {
    const { statuses, bodies, messages } = await upserted(
      kustomerWith({ ...known(3), [byUser(1)]: [500] }),
      groups(3, (number) => (number === 2 ? { userId: 'u2', linkCustomer: false } : { userId: `u${number}` }))
    )
    expect(statuses).toEqual([200, 500, 200])
    expect(bodies[0]).toMatchObject({ leftOut: [{ field: 'userId' }] })
    expect(messages[1]).toBe('Could not look up the customer by externalId: Kustomer answered 500.')
    expect(bodies[2]).toMatchObject({ leftOut: [] })
  })

  it('links nobody to a company that is not written', async () => {
    const { statuses, calls } = await upserted(
      kustomerWith({ [byId(0)]: [500] }),
      groups(1, () => ({ userId: 'u0' }))
    )
    expect(statuses).toEqual([500])
    expect(calls).toEqual([byId(0)])
  })

  it('is retryable once Kustomer is not to be asked any more, though its company is written', async () => {
    const { statuses, counts } = await upserted(
      kustomerWith({ ...known(20), [byUser(0)]: [429] }),
      groups(20, (number) => ({ userId: `u${number}` }))
    )
    expect(statuses[0]).toBe(429)
    expect(counts['GET customers/externalId']).toBeLessThanOrEqual(10)
  })
})

describe('the budget', () => {
  it('is 25 seconds, after which nothing more is sent', async () => {
    const slow = kustomerOf(() => {
      elapse(1_000)
      return [200, companies([company({ externalId: 'c9', name: 'Other' })])]
    })
    const { calls, statuses } = await upserted(slow, groups(30))
    expect(calls).toHaveLength(25)
    expect(statuses).toContain(408)
  })

  it('ends with the signal', async () => {
    const controller = new AbortController()
    controller.abort()
    const { statuses, calls } = await upserted(kustomerWith(), groups(2), controller.signal)
    expect(statuses).toEqual([408, 408])
    expect(calls).toEqual([])
  })
})

it('asks once for what a key may not do, and every event fails with it', async () => {
  const { counts, statuses, messages } = await upserted(
    kustomerOf(() => [403]),
    groups(30)
  )
  expect(counts).toEqual({ 'GET companies?externalId': 10 })
  expect(statuses).toEqual(all(30, () => 403))
  expect(messages[29]).toContain('org.permission.company.read')
})

it('refuses a missing key before any request', async () => {
  const kustomer = kustomerWith()
  await expect(upsertBatch(kustomer.request, { apiKey: '', orgPod: 'prod1' }, groups(1))).rejects.toBeInstanceOf(
    InvalidAuthenticationError
  )
  expect(kustomer.sent).toEqual([])
})

it('tells of a link that Kustomer has taken and not told the end of', async () => {
  const kustomer = kustomerWith({
    [byId(0)]: found({ externalId: 'c0' }),
    ...routes(4, (number) => [
      byUser(number),
      inTurn([200, customer({ externalId: `u${number}` }, `id-${number}`)], [500])
    ]),
    'PUT customers/bulk': [201, job()],
    [JOB]: [200, job('running')]
  })
  const payloads = all(4, (number): Payload => ({ externalId: 'c0', userId: `u${number}` }))
  const [first] = (await upsertBatch(kustomer.request, SETTINGS, payloads)).getAllResponses()
  expect(first?.value()).toMatchObject({
    errormessage: expect.stringContaining('Kustomer has taken the change in a bulk job')
  })
})
