import kustomer from '../src/destinations/kustomer'
import { createSandbox } from '../src/sandbox'
import { openTransport } from '../src/tester/transport'
import { Runtime } from './connection'
import { identifyCall, settle } from './events'
import type { Table } from './table'

const CUSTOMERS = 10_000
const BATCH = 100
const LIMIT = 1000
const MINUTE = 60_000

const identifying = new Runtime(kustomer, 'identify')

/** How long a sync of 10,000 customers, all changed, takes at 1,000 requests a minute: the clock is simulated. */
export async function measureSync(): Promise<Table> {
  const single = await minutes(async (attempt) => {
    for (let index = 0; index < CUSTOMERS; index++) {
      await attempt(() => identifying.send(identifyCall(index, 'Anne')))
    }
  })
  const batched = await minutes(async (attempt) => {
    for (let start = 0; start < CUSTOMERS; start += BATCH) {
      const events = Array.from({ length: BATCH }, (_, index) => identifyCall(start + index, 'Anne'))
      await attempt(async () => {
        const statuses = await identifying.sendBatch(events)
        if (statuses.includes(429)) {
          throw new Error('over the limit')
        }
      })
    }
  })
  return {
    title: 'A sync of 10,000 changed customers at 1,000 requests a minute',
    head: ['', 'requests', 'minutes of the whole budget'],
    rows: [
      ['one by one', ...single],
      ['batched', ...batched]
    ]
  }
}

/** @returns how many requests it took, and how many minutes of the simulated clock */
async function minutes(
  sync: (attempt: (send: () => Promise<unknown>) => Promise<void>) => Promise<void>
): Promise<string[]> {
  let now = Date.parse('2026-01-01T00:00:00.000Z')
  const startedAt = now
  const sandbox = createSandbox({ now: () => new Date(now) })
  let requests = 0
  const transport = openTransport((request) => {
    requests += 1
    return sandbox.fetch(request)
  })
  await settle(sandbox, CUSTOMERS)
  sandbox.setFaults({ rateLimit: LIMIT })
  await sync(async (send) => {
    const isDone = await send().then(
      () => true,
      () => false
    )
    if (!isDone) {
      // What Segment does with a 429, at its earliest: it sends the event again once the minute is over.
      now += MINUTE
      await send()
    }
    transport.takeExchanges()
  })
  transport.close()
  return [requests.toLocaleString('en-US'), ((now - startedAt) / MINUTE + 1).toFixed(0)]
}
