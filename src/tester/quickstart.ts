import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { SegmentEvent } from '@segment/actions-core'
import { createSandbox, SANDBOX_API_KEY } from '../sandbox'
import { deliver } from './delivery'
import { describeCustomer, describeDelivery } from './report'
import { openTransport } from './transport'

const EXAMPLE = path.join(__dirname, '../../examples/quickstart.ndjson')

/** Sends the example through the destination into a sandbox; fails unless every event is delivered. */
async function main(): Promise<void> {
  const sandbox = createSandbox()
  const transport = openTransport((request) => sandbox.fetch(request))
  const events = readFileSync(EXAMPLE, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as SegmentEvent)

  console.log(`Sending ${events.length} Segment calls to a local Kustomer\n`)
  let requests = 0
  let delivered = 0
  for (const [index, event] of events.entries()) {
    const delivery = await deliver(event, { apiKey: SANDBOX_API_KEY, orgPod: 'prod1' }, transport)
    requests += delivery.exchanges.length
    delivered += delivery.delivered ? 1 : 0
    console.log(describeDelivery(index + 1, event, delivery))
  }
  transport.close()

  console.log('\nWhat an agent sees\n')
  for (const customer of sandbox.customers()) {
    console.log(describeCustomer(customer, sandbox.timeline(customer.id)))
  }

  console.log(`\n${delivered} of ${events.length} calls delivered with ${requests} requests`)
  console.log('Next: change a line of examples/quickstart.ndjson and run npm start again')
  process.exitCode = delivered === events.length ? 0 : 1
}

void main()
