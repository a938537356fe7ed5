import { connect } from './support'
import type { Connection, Event } from './support'
import { WORLDS, worldsWithout } from './worlds'
import type { World } from './worlds'

const HUNDRED = 100
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

describe.each(WORLDS)('a batch of a hundred, %s,', (_name, world) => {
  it('takes a read each where nothing changes, and no write', async () => {
    const kustomer = await connectTo(HUNDRED, world)
    expect(await costOf(kustomer, people(HUNDRED))).toEqual({ reads: 100, claims: 0, others: 0 })
  })

  it('gets further with each attempt under a limit of requests', async () => {
    const kustomer = connect(world)
    await kustomer.deliverBatch(people(HUNDRED))
    kustomer.sandbox.setFaults({ rateLimit: 130 })
    const outcomes = await kustomer.sendBatch(people(250))
    expect(outcomes.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(100)
    expect(outcomes.filter(({ status }) => status !== 200).every(({ status }) => status === 429)).toBe(true)
  })
})

describe.each(worldsWithout('jobsSlow', 'revRefused'))('a batch of a hundred, %s,', (_name, world) => {
  it('takes three requests more where everybody has changed', async () => {
    const kustomer = await connectTo(HUNDRED, world)
    const changed = people(HUNDRED).map((event): Event => ({ ...event, traits: { name: 'Ann' } }))
    expect(await costOf(kustomer, changed)).toEqual({ reads: 100, claims: 0, others: 3 })
    expect(kustomer.people().every(({ name }) => name === 'Ann')).toBe(true)
  })

  it('takes three requests more where everybody is new, and a claim each for visitors', async () => {
    const kustomer = connect(world)
    const visitors = people(HUNDRED).map((event, index): Event => ({ ...event, anonymousId: `visitor${index}` }))
    expect(await costOf(kustomer, visitors)).toEqual({ reads: 100, claims: 100, others: 3 })
    expect(kustomer.people()).toHaveLength(HUNDRED)
  })
})
