import kustomer from '../src/destinations/kustomer'
import { createSandbox } from '../src/sandbox'
import { openTransport } from '../src/tester/kustomer/transport'
import { Runtime } from './connection'
import { identifyCall, settle } from './events'
import type { Table } from './table'

const BATCH = 100

const identifying = new Runtime(kustomer, 'identify')

interface Case {
  name: string
  /** How many of the 100 customers are there already. */
  known: number
  /** The name that the calls give; those who are there are named Ann. */
  calledBy: string
}

const CASES: Case[] = [
  { name: '100 unchanged', known: 100, calledBy: 'Ann' },
  { name: '100 changed', known: 100, calledBy: 'Anne' },
  { name: '100 new', known: 0, calledBy: 'Ann' },
  { name: '50 changed, 50 new', known: 50, calledBy: 'Anne' }
]

/** How many requests 100 identify calls take with the default mapping, one by one and in a batch. */
export function countRequests(): Promise<Table> {
  return table('Requests of 100 identify calls with an anonymous ID', true)
}

/** The same for calls without an anonymousId, whose history nobody claims. */
export function countRequestsWithoutClaims(): Promise<Table> {
  return table('Requests of 100 identify calls without an anonymous ID', false)
}

async function table(title: string, isOnDevice: boolean): Promise<Table> {
  const rows: string[][] = []
  for (const { name, known, calledBy } of CASES) {
    const events = Array.from({ length: BATCH }, (_, index) => identifyCall(index, calledBy, isOnDevice))
    const single = await count(known, async () => {
      for (const event of events) {
        await identifying.send(event)
      }
    })
    const batched = await count(known, () => identifying.sendBatch(events))
    rows.push([name, ...[single, batched].flatMap((requests) => [String(requests), (requests / BATCH).toFixed(2)])])
  }
  return { title, head: ['calls', 'one by one', 'per event', 'batched', 'per event'], rows }
}

async function count(known: number, send: () => Promise<unknown>): Promise<number> {
  const sandbox = createSandbox()
  const transport = openTransport((request) => sandbox.fetch(request))
  await settle(sandbox, known)
  await send()
  transport.close()
  return transport.takeExchanges().length
}
