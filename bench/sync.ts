import type { SegmentEvent } from '@segment/actions-core'
import kustomer from '../src/destinations/kustomer'
import { createSandbox } from '../src/sandbox'
import { openTransport } from '../src/tester/kustomer/transport'
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
  const single = await minutes(1, async ([event]) => {
    const isDelivered =
      event === undefined ||
      (await identifying.send(event).then(
        () => true,
        () => false
      ))
    return isDelivered ? [] : [event]
  })
  const batched = await minutes(BATCH, async (events) => {
    const statuses = await identifying.sendBatch(events)
    return events.filter((_, index) => statuses[index] !== 200)
  })
  return {
    title: 'A sync of 10,000 changed customers, at 1,000 requests per minute',
    head: ['', 'requests', 'minutes'],
    rows: [
      ['one by one', ...single],
      ['batched', ...batched]
    ]
  }
}

/**
 * @param size how many events are sent at once
 * @param send returns the events that were not delivered
 * @returns how many requests it took, and how many minutes of the simulated clock
 */
async function minutes(size: number, send: (events: SegmentEvent[]) => Promise<SegmentEvent[]>): Promise<string[]> {
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
  for (let start = 0; start < CUSTOMERS; start += size) {
    let waiting = Array.from({ length: size }, (_, offset) => identifyCall(start + offset, 'Anne'))
    waiting = await send(waiting)
    while (waiting.length > 0) {
      // What Segment does with a 429, at its earliest: it sends what failed again once the minute is over.
      now += MINUTE
      waiting = await send(waiting)
    }
    transport.takeExchanges()
  }
  transport.close()
  return [requests.toLocaleString('en-US'), ((now - startedAt) / MINUTE + 1).toFixed(0)]
}
