import { pause } from './clock'
import { connect } from './support'
import type { Connection, Event } from './support'
import { worldsFor } from './worlds'
import type { World } from './worlds'

/** A hundred people where it is about the numbers, and fewer in the worlds that only must not change them. */
const sizeIn = (world: World) => (Object.keys(world).length === 0 ? 100 : 12)

const READ = /^GET \/v1\/customers\/externalId=u\d+ (?:200|404)$/
const CLAIM = 'POST /v1/tracking/identity 201'

const listOf = <Item>(length: number, item: (index: number) => Item): Item[] =>
  Array.from({ length }, (_, i) => item(i))
const contacts = (index: number) => ({
  name: `Name ${index}`,
  email: `person${index}@example.com`,
  phone: `+1555010${String(index).padStart(4, '0')}`
})
const people = (count: number, more: Event = {}): Event[] =>
  listOf(count, (index) => ({ type: 'identify', userId: `u${index}`, traits: contacts(index), ...more }))

async function connectTo(count: number, world: World): Promise<Connection> {
  const kustomer = connect(world)
  for (const index of Array(count).keys()) {
    const { name, email, phone } = contacts(index)
    await kustomer.create({ externalId: `u${index}`, name, emails: [{ email }], phones: [{ phone }] })
  }
  return kustomer
}

/** How many requests a batch took, by what they were. */
async function costOf(kustomer: Connection, events: Event[]) {
  kustomer.requests()
  const outcomes = await kustomer.sendBatch(events)
  expect(outcomes.every(({ status }) => status === 200)).toBe(true)
  const requests = kustomer.requests()
  const reads = requests.filter((line) => READ.test(line)).length
  const claims = requests.filter((line) => line === CLAIM).length
  return { reads, claims, others: requests.length - reads - claims }
}

describe.each(worldsFor('batches'))('a batch, %s,', (_name, world) => {
  const size = sizeIn(world)

  it('takes a read each where nothing changes, and no write', async () => {
    const kustomer = await connectTo(size, world)
    expect(await costOf(kustomer, people(size))).toEqual({ reads: size, claims: 0, others: 0 })
  })

  it('gets further with each attempt under a limit of requests', async () => {
    const kustomer = connect(world)
    await kustomer.deliverBatch(people(size))
    kustomer.sandbox.setFaults({ rateLimit: size / 2 })
    const outcomes = await kustomer.sendBatch(people(2 * size))
    expect(outcomes.filter(({ status }) => status === 200)).toHaveLength(size / 2)
    expect(outcomes.filter(({ status }) => status !== 200).every(({ status }) => status === 429)).toBe(true)
  })
})

describe.each(worldsFor('batches', 'jobsSlow', 'revRefused'))('a batch, %s,', (_name, world) => {
  const size = sizeIn(world)

  it('takes three requests more where everybody has changed', async () => {
    const kustomer = await connectTo(size, world)
    const changed = people(size).map((event): Event => ({ ...event, traits: { name: 'Ann' } }))
    expect(await costOf(kustomer, changed)).toEqual({ reads: size, claims: 0, others: 3 })
    expect(kustomer.people().every(({ name }) => name === 'Ann')).toBe(true)
  })

  it('takes three requests more where everybody is new, and a claim each for visitors', async () => {
    const kustomer = connect(world)
    const visitors = people(size).map((event, index): Event => ({ ...event, anonymousId: `visitor${index}` }))
    expect(await costOf(kustomer, visitors)).toEqual({ reads: size, claims: size, others: 3 })
    expect(kustomer.people()).toHaveLength(size)
  })
})

/** They take a while: `npm run test:all`. */
const describeInAll = process.env.TEST_ALL === 'yes' ? describe : describe.skip

describeInAll('1,000 group calls, each of a company and a user of its own,', () => {
  const events = listOf(1000, (index): Event => {
    return { type: 'group', groupId: `g${index}`, userId: `u${index}`, traits: { name: `Company ${index}` } }
  })

  /** Sends the events as a batch, and again a minute later what has to be retried. */
  async function deliveredByAttempt(kustomer: Connection): Promise<number[]> {
    const counts: number[] = []
    for (let left = events; left.length > 0; ) {
      const outcomes = await kustomer.sendBatch(left)
      const again = left.filter((_, index) => outcomes[index]?.status !== 200)
      counts.push(left.length - again.length)
      left = again
      expect(counts[counts.length - 1]).toBeGreaterThan(0)
      await pause(60_000)
    }
    return counts
  }

  it('are delivered in steps if each answer takes 500 ms', async () => {
    const kustomer = connect({})
    kustomer.sandbox.setFaults({ rateLimit: 1000 })
    kustomer.setLatency(500)
    expect(await deliveredByAttempt(kustomer)).toEqual(Array(10).fill(100))
    expect(kustomer.requests()).toHaveLength(4660)
  })
})
