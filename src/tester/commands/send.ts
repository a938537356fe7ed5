import { once } from 'node:events'
import { createReadStream, readFileSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { transform } from '@segment/actions-core'
import type { JSONObject } from '@segment/actions-core'
import { Option } from 'commander'
import type { Command } from 'commander'
import destination from '../../destinations/kustomer'
import { deliver } from '../delivery'
import type { Override } from '../delivery'
import { readEvents } from '../events'
import type { Read } from '../events'
import type { Kustomer } from '../kustomer'
import { Summary } from '../summary'
import { chosenKustomer, variantOption, wholeNumber } from './options'
import { openOutput } from './output'
import type { Output } from './output'

interface Options {
  action?: string
  mapping?: string
  json?: boolean
  concurrency: number
}

const MOST_AT_ONCE = 100
const STDIN = '-'

export function addSend(program: Command): void {
  program
    .command('send')
    .summary('send events and see what each becomes')
    .description(
      'Sends Segment events through the destination as Segment would: the presets choose the action and fill its fields. ' +
        'Exits 0 if every event was delivered, 1 if some were not, 2 on wrong usage.'
    )
    .argument(
      '<file>',
      'JSON (an event, or an array of them) or NDJSON (an event a line, of any length); - reads stdin'
    )
    .addOption(
      new Option('--action <slug>', 'send every event to this action, whatever the presets say').choices(
        Object.keys(destination.actions)
      )
    )
    .option('--mapping <file>', 'JSON with mappings of fields, which win over those of the preset or the action')
    .option('--json', 'print a JSON line for each event, and one for the summary')
    .option(
      '--concurrency <number>',
      'how many events are under way at once; above 1, they may arrive out of order',
      (text) => wholeNumber(text, 1, MOST_AT_ONCE),
      1
    )
    .addOption(variantOption())
    .addHelpText(
      'after',
      `
Examples:
  $ npm run tester -- send examples/quickstart.ndjson
  $ npm run tester -- send examples/quickstart.ndjson --variant revRefused
  $ zcat events.ndjson.gz | npm run tester -- send - --concurrency 10
  $ npm run tester -- send event.json --action trackEvent --mapping mapping.json
  $ npm run --silent tester -- send events.ndjson --json | jq 'select(.delivered == false)'

A mapping is written as Segment stores it:
  { "eventName": { "@template": "Shop: {{event}}" }, "sessionId": { "@path": "$.context.sessionId" } }`
    )
    .action(async (file: string, options: Options, command: Command) => {
      const mapping = options.mapping === undefined ? undefined : readMapping(options.mapping, command)
      const input = await open(file).catch((error: unknown) =>
        command.error(`error: cannot read ${file}: ${(error as Error).message}`)
      )
      const output = openOutput(options.json === true, file === STDIN ? undefined : file)
      const kustomer = chosenKustomer(command, output.announce)
      const summary = await send(input, kustomer, { action: options.action, mapping }, options.concurrency, output)
      kustomer.transport.close()
      process.exitCode = summary.isAllDelivered ? 0 : 1
    })
}

/** Sends events in the order of the input, a few at a time. */
async function send(
  input: Readable,
  kustomer: Kustomer,
  override: Override,
  concurrency: number,
  output: Output
): Promise<Summary> {
  const summary = new Summary()
  const events = readEvents(input)
  const work = async (): Promise<void> => {
    for (let next = await events.next(); next.done !== true; next = await events.next()) {
      await sendOne(next.value, kustomer, override, summary, output)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, work))
  output.end(summary)
  return summary
}

async function sendOne(
  read: Read,
  kustomer: Kustomer,
  override: Override,
  summary: Summary,
  output: Output
): Promise<void> {
  if ('event' in read) {
    const delivery = await deliver(read.event, kustomer, override)
    summary.add(delivery)
    output.add(read, delivery, summary)
  } else {
    summary.addUnreadable()
    output.add(read, undefined, summary)
  }
}

/** @returns the file once it is open, so that one that is not there is told before anything is sent */
async function open(file: string): Promise<Readable> {
  if (file === STDIN) {
    return process.stdin
  }
  const input = createReadStream(file)
  await once(input, 'readable')
  return input
}

function readMapping(file: string, command: Command): JSONObject {
  try {
    const mapping = JSON.parse(readFileSync(file, 'utf8')) as JSONObject
    transform(mapping, {})
    return mapping
  } catch (error) {
    return command.error(`error: ${file} is not a mapping: ${(error as Error).message}`)
  }
}
