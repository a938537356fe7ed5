import type { Sandbox } from '../../src/sandbox'
import { start } from './support'

type Started = ReturnType<typeof start>

const CUSTOMERS = 500
const EVENTS = 2000
const SAMPLES = 30

/** A sandbox with so many customers and events. */
async function filled(customers: number, events: number): Promise<Started & { id: string }> {
  const started = start()
  const { call, create } = started
  const id = await create({ externalId: 'u0', emails: [{ email: 'u0@example.com' }] })
  for (let number = 1; number < customers; number++) {
    await create({
      externalId: `u${number}`,
      emails: [{ email: `u${number}@example.com` }],
      custom: { planStr: 'pro' }
    })
  }
  for (let number = 0; number < events; number++) {
    const identity = { externalId: `u${number % customers}`, trackingId: `v${number}` }
    await call('POST', '/v1/tracking/identityEvent', { identity, event: { name: 'Seen', meta: { planStr: 'pro' } } })
  }
  return { ...started, id }
}

const OPERATIONS: Record<string, (sandbox: Started & { id: string }, number: number) => unknown> = {
  'a look-up': ({ call }) => call('GET', '/v1/customers/externalId=u0'),
  'an update': ({ call, id }, number) => call('PATCH', `/v1/customers/${id}`, { name: `Ann ${number}` }),
  'a search': ({ call }) =>
    call('POST', '/v1/customers/search', { and: [{ customer_email: { equals: 'u0@example.com' } }] }),
  'an event': ({ call }) =>
    call('POST', '/v1/tracking/identityEvent', { identity: { externalId: 'u0' }, event: { name: 'Seen' } }),
  'the identity of a visitor': ({ call }, number) =>
    call('POST', '/v1/tracking/identity', { externalId: 'u0', trackingId: `w${number}` }),
  'the sessions of a customer': ({ call, id }) => call('GET', `/v1/customers/${id}/sessions`),
  'the timeline of a customer': ({ call, id }) => call('GET', `/sandbox/customers/${id}/timeline`),
  'a creation and a deletion': async ({ call, create }) => call('DELETE', `/v1/customers/${await create({})}`),
  'two creations and a merge': async ({ call, create }) => {
    const merge = { source: await create({}), target: await create({}) }
    await call('POST', '/v1/customers/merges', merge)
    await call('DELETE', `/v1/customers/${merge.target}`)
  },
  'all customers within the process': ({ sandbox }) => sandbox.customers()
}

it('takes no more than about twice as long with 500 customers and 2,000 events', async () => {
  const [few, many] = [await filled(1, 4), await filled(CUSTOMERS, EVENTS)]
  for (const [name, operation] of Object.entries(OPERATIONS)) {
    const [ofFew, ofMany]: [number[], number[]] = [[], []]
    // In turns, so that a busy machine slows both.
    for (let number = 0; number < SAMPLES; number++) {
      for (const [sandbox, times] of [
        [few, ofFew],
        [many, ofMany]
      ] as const) {
        const startedAt = performance.now()
        await operation(sandbox, number)
        times.push(performance.now() - startedAt)
      }
    }
    const [withFew, withMany] = [lowerQuartile(ofFew), lowerQuartile(ofMany)]
    expect([name, withMany > 2 * withFew + 0.5 && { withFew, withMany }]).toEqual([name, false])
  }
})

it('shows a customer anew only where they have changed', async () => {
  const { call, create, sandbox } = start()
  const ids = [await create({ externalId: 'u1' }), await create({ externalId: 'u2' })]
  const changes: Array<[string, (id: string) => unknown]> = [
    ['an update', (id) => call('PATCH', `/v1/customers/${id}`, { name: 'Ann' })],
    ['a conversation', (id) => call('POST', `/sandbox/customers/${id}/conversations`)]
  ]
  for (const [name, change] of changes) {
    const [one, other] = recordsOf(sandbox, ids)
    await change(ids[0] ?? '')
    const [oneNow, otherNow] = recordsOf(sandbox, ids)
    expect([name, one === oneNow, other === otherNow]).toEqual([name, false, true])
    expect(oneNow).toEqual((await call('GET', `/v1/customers/${ids[0] ?? ''}`)).body?.data)
  }
  expect(sandbox.customers()).toMatchObject([{ attributes: { name: 'Ann', conversationCounts: { all: 1 } } }, {}])
  sandbox.markDeleted(ids[0] ?? '')
  expect((await call('GET', `/v1/customers/${ids[0] ?? ''}`)).body?.data?.attributes.deleted).toBe(true)
})

function recordsOf(sandbox: Sandbox, ids: string[]) {
  return ids.map((id) => sandbox.customers().find((customer) => customer.id === id))
}

/** What a quarter of them stay below: the others may have waited for another process. */
function lowerQuartile(times: number[]): number {
  return times.slice().sort((one, other) => one - other)[Math.floor(times.length / 4)] ?? 0
}
