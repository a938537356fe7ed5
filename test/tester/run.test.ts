import type { SegmentEvent } from '@segment/actions-core'
import { createSandbox, SANDBOX_API_KEY } from '../../src/sandbox'
import type { Faults } from '../../src/sandbox'
import { simulatedClock } from '../../src/tester/clock'
import type { Read } from '../../src/tester/input/events'
import { Run } from '../../src/tester/sending/run'
import type { Plan } from '../../src/tester/sending/run'
import type { Sent } from '../../src/tester/sending/sent'
import { openTransport } from '../../src/tester/kustomer/transport'
import type { Transport } from '../../src/tester/kustomer/transport'

const PLAN = { override: {}, concurrency: 1, retries: 0, keepsGoing: false, mayDelete: () => Promise.resolve(true) }

let transport: Transport

afterEach(() => {
  transport.close()
})

/** Sends events to a sandbox that misbehaves, with pauses that take no time. */
async function run(events: Array<Partial<SegmentEvent>>, plan: Partial<Plan>, faults: Faults, endAfter = Infinity) {
  const clock = simulatedClock()
  const sandbox = createSandbox({ now: () => new Date(clock.now()) })
  sandbox.setFaults(faults)
  transport = openTransport((request) => sandbox.fetch(request))
  const all: Sent[] = []
  const pauses: number[] = []
  const interruption = new AbortController()
  const listener = {
    sent(sent: Sent) {
      all.push(sent)
      if (all.length >= endAfter) {
        interruption.abort()
      }
    },
    unreadable: () => undefined,
    waiting(_reads: unknown, _attempt: number, pause: number) {
      pauses.push(pause)
    }
  }
  const kustomer = { settings: { apiKey: SANDBOX_API_KEY, orgPod: 'prod1' }, transport, sandbox }
  const surroundings = { kustomer, clock, listener, signal: interruption.signal }
  const outcome = await new Run({ ...PLAN, ...plan }, surroundings).send(readsOf(events))
  return { ...outcome, all, pauses, people: sandbox.customers().length }
}

async function* readsOf(events: Array<Partial<SegmentEvent>>): AsyncGenerator<Read> {
  for (const [index, event] of events.entries()) {
    yield await Promise.resolve({ number: index + 1, end: 0, event: event as SegmentEvent })
  }
}

const seen = { type: 'track', event: 'Seen', userId: 'u1' } as const

it('sends nothing that no preset takes', async () => {
  const { all } = await run([{ type: 'alias', userId: 'u1' }], { retries: 3 }, {})
  expect(all).toMatchObject([{ attempts: 0, verdict: 'ignored', exchanges: [] }])
})

describe('sending again', () => {
  it('waits longer each time, and gives up after the number that was stated', async () => {
    const { all, pauses, summary } = await run([seen], { retries: 3 }, { responses: [{ status: 500 }] })
    expect(pauses).toEqual([1000, 2000, 4000])
    expect(all).toMatchObject([{ attempts: 4, verdict: 'retried', status: 500, exchanges: [{}, {}, {}, {}] }])
    expect(summary.toJSON()).toMatchObject({ events: 1, retried: 1, requests: 4 })
  })

  it('ends with the attempt that was taken', async () => {
    const { all, pauses } = await run([seen], { retries: 5 }, { dropConnections: 2 })
    expect(pauses).toEqual([1000, 2000])
    expect(all).toMatchObject([{ attempts: 3, verdict: 'delivered', outcome: 'tracked' }])
  })

  it('waits until the rate limit resets', async () => {
    const { all, pauses } = await run([seen, seen], { retries: 1 }, { rateLimit: 1 })
    expect(all.map(({ verdict, attempts }) => [verdict, attempts])).toEqual([
      ['delivered', 1],
      ['delivered', 2]
    ])
    expect(pauses).toHaveLength(1)
    expect(pauses[0]).toBeGreaterThanOrEqual(59_000)
    expect(pauses[0]).toBeLessThanOrEqual(61_000)
  })

  it.each([400, 401, 403])('does not send again what is answered with %i', async (status) => {
    const { all, pauses } = await run([seen], { retries: 5, keepsGoing: true }, { responses: [{ status }] })
    expect(pauses).toEqual([])
    expect(all).toMatchObject([{ attempts: 1, verdict: 'dropped', status }])
  })

  it('sends of a batch only what failed, and tells each event once', async () => {
    const events = ['ann', 'bob'].map((userId) => ({ type: 'identify', userId } as const))
    const faults = { responses: [{ status: 500, method: 'POST' as const, path: '/v1/customers', times: 1 }] }
    const { all, pauses } = await run(events, { retries: 5, batchSize: 10 }, faults)
    expect(pauses).toEqual([1000])
    expect(all.map(({ read, verdict, attempts, batch }) => [read.number, verdict, attempts, batch])).toEqual([
      [1, 'delivered', 2, 1],
      [2, 'delivered', 1, 1]
    ])
  })
})

describe('ending early', () => {
  it.each([401, 403])('is for the first event that is answered with %i', async (status) => {
    const faults = { responses: [{ status, times: 1 }] }
    const { all, ended } = await run([seen, seen, seen], { retries: 2 }, faults)
    expect(all).toHaveLength(1)
    expect(ended).toBe(
      `Stopped after the first rejected event: Kustomer answered ${status}. Use --keep-going to continue.`
    )
    transport.close()
    const goingOn = await run([seen, seen, seen], { keepsGoing: true }, faults)
    expect(goingOn.all.map(({ verdict }) => verdict)).toEqual(['dropped', 'delivered', 'delivered'])
    expect(goingOn.ended).toBeUndefined()
  })

  it('is for a signal, which leaves what waits for its batch', async () => {
    const events = [{ type: 'identify', userId: 'u1' } as const, seen, seen]
    const { all, ended, people } = await run(events, { batchSize: 10 }, {}, 1)
    expect(all.map(({ read }) => read.number)).toEqual([2])
    expect(ended).toBe('Interrupted. 1 event that waited for its batch was not sent.')
    expect(people).toBe(1)
  })

  it('is for a signal while there is nothing to read', async () => {
    const clock = simulatedClock()
    transport = openTransport(() => Promise.reject(new Error('not to be called')))
    const interruption = new AbortController()
    const kustomer = { settings: { apiKey: SANDBOX_API_KEY, orgPod: 'prod1' }, transport }
    const listener = { sent: jest.fn(), unreadable: jest.fn(), waiting: jest.fn() }
    const { signal } = interruption
    const running = new Run({ ...PLAN, concurrency: 2 }, { kustomer, clock, listener, signal }).send(never())
    interruption.abort()
    expect(await running).toMatchObject({ ended: 'Interrupted.' })
  })

  it('is for a deletion that is not agreed to, and asks once', async () => {
    const mayDelete = jest.fn(() => Promise.resolve(false))
    const deletion = { type: 'delete', userId: 'u1' } as const
    const { all, ended } = await run([seen, deletion, seen], { mayDelete }, {})
    expect(all).toHaveLength(1)
    expect(ended).toBe('Stopped before a deletion that you did not confirm. Use --yes to skip the question.')
    transport.close()
    const agreed = jest.fn(() => Promise.resolve(true))
    const { people } = await run([seen, deletion, deletion], { mayDelete: agreed }, {})
    expect(people).toBe(0)
    expect(agreed).toHaveBeenCalledTimes(1)
  })
})

it('remembers whom the events were about, the latest last', async () => {
  const { records } = await run(
    [
      seen,
      { type: 'identify', userId: 'u2' },
      { type: 'group', groupId: 'c1', traits: { name: 'Initech' } },
      { type: 'page', userId: 'ü' },
      { type: 'page', anonymousId: 'v' },
      seen
    ],
    {},
    {}
  )
  expect([...records]).toEqual([
    ...[expect.stringMatching(/^customers\/[0-9a-f]{24}$/), expect.stringMatching(/^companies\/[0-9a-f]{24}$/)],
    ...['customers/externalId=%C3%BC', 'customers/externalId=u1']
  ])
})

// eslint-disable-next-line require-yield -- standard input to which nobody writes
async function* never(): AsyncGenerator<Read> {
  await new Promise(() => undefined)
}
