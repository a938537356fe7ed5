import { createReadStream } from 'node:fs'
import path from 'node:path'
import { agentView } from './agent-view'
import { deliver } from './delivery'
import { readEvents } from './events'
import { embeddedKustomer } from './kustomer'
import { describeCustomer, describeDelivery } from './report'
import { Summary } from './summary'

const EXAMPLE = path.join(__dirname, '../../examples/quickstart.ndjson')

const NEXT = `What to try next
  npm run tester -- serve                             a page where you change an event and see what it becomes
  npm run tester -- send examples/quickstart.ndjson   the same calls, or a file of your own
  npm run tester -- --help                            everything else, the real Kustomer included`

/** Sends the example through the destination into a sandbox; fails unless every event is delivered. */
async function main(): Promise<void> {
  const kustomer = embeddedKustomer()
  const summary = new Summary()

  console.log('Sending the calls of examples/quickstart.ndjson to a local Kustomer\n')
  for await (const read of readEvents(createReadStream(EXAMPLE))) {
    if ('event' in read) {
      const delivery = await deliver(read.event, kustomer)
      summary.add(delivery)
      console.log(describeDelivery(read.number, read.event, delivery))
    } else {
      summary.addUnreadable()
    }
  }
  kustomer.transport.close()

  console.log('\nWhat an agent sees\n')
  for (const customer of agentView(kustomer.sandbox)) {
    console.log(describeCustomer(customer))
  }
  console.log(`\n${summary.describe()}\n\n${NEXT}`)
  process.exitCode = summary.isAllDelivered ? 0 : 1
}

void main()
