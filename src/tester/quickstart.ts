import { createReadStream } from 'node:fs'
import path from 'node:path'
import { agentView } from './agent-view'
import { realClock } from './clock'
import { readEvents } from './input/events'
import { embeddedKustomer } from './kustomer'
import { Run } from './sending/run'
import { textOutput } from './sending/text-output'

const EXAMPLE = path.join(__dirname, '../../examples/quickstart.ndjson')

const NEXT = `What to try next
  npm run tester -- serve                             a page where you change an event and see what it becomes
  npm run tester -- send examples/quickstart.ndjson   the same calls, or a file of your own
  npm run tester -- --help                            everything else, the real Kustomer included`

/** Sends the example through the destination into a sandbox; fails unless every event is delivered. */
async function main(): Promise<void> {
  const kustomer = embeddedKustomer()
  const listener = textOutput(process.stdout, { showsBodies: false, isDryRun: false, retries: 0 })
  const plan = { override: {}, concurrency: 1, retries: 0, keepsGoing: true, mayDelete: () => Promise.resolve(true) }
  const { signal } = new AbortController()

  console.log('Sending the calls of examples/quickstart.ndjson to a local Kustomer\n')
  const run = new Run(plan, { kustomer, clock: realClock, listener, signal })
  const outcome = await run.send(readEvents(createReadStream(EXAMPLE)))
  kustomer.transport.close()
  listener.end(outcome, agentView(kustomer.sandbox))
  console.log(`\n${NEXT}`)
  process.exitCode = outcome.summary.isGood(true) ? 0 : 1
}

void main()
