import type { SegmentEvent } from '@segment/actions-core'
import kustomer from '../src/destinations/kustomer'
import { createSandbox } from '../src/sandbox'
import { openTransport } from '../src/tester/transport'
import { Runtime } from './connection'
import { identifyCall, settle } from './events'
import type { Table } from './table'

const BATCH = 100

const identifying = new Runtime(kustomer, 'identify')

interface Case {
  name: string
  /** How many of the 100 customers are there already. */
  known: number
  events: SegmentEvent[]
}

const calls = (name: string): SegmentEvent[] => Array.from({ length: BATCH }, (_, index) => identifyCall(index, name))

const CASES: Case[] = [
  { name: '100 unchanged', known: 100, events: calls('Ann') },
  { name: '100 changed', known: 100, events: calls('Anne') },
  { name: '100 new', known: 0, events: calls('Ann') },
  { name: '50 changed, 50 new', known: 50, events: calls('Anne') }
]

/** How many requests 100 identify calls take, one by one and in a batch. */
export async function countRequests(): Promise<Table> {
  const rows: string[][] = []
  for (const { name, known, events } of CASES) {
    const single = await count(known, async () => {
      for (const event of events) {
        await identifying.send(event)
      }
    })
    const batched = await count(known, () => identifying.sendBatch(events))
    rows.push([name, ...[single, batched].flatMap((requests) => [String(requests), (requests / BATCH).toFixed(2)])])
  }
  return {
    title: 'Requests for 100 identify calls, each of a customer known by a userId alone',
    head: ['calls', 'one by one', 'per event', 'batched', 'per event'],
    rows
  }
}

async function count(known: number, send: () => Promise<unknown>): Promise<number> {
  const sandbox = createSandbox()
  const transport = openTransport((request) => sandbox.fetch(request))
  await settle(sandbox, known)
  await send()
  transport.close()
  return transport.takeExchanges().length
}
