import { once } from 'node:events'
import { createReadStream, statSync } from 'node:fs'
import type { Readable } from 'node:stream'
import type { JSONObject } from '@segment/actions-core'
import { InvalidArgumentError, Option } from 'commander'
import type { Command } from 'commander'
import destination from '../../destinations/kustomer'
import { hostOf } from '../../destinations/kustomer/api/hosts'
import { agentView } from '../agent-view'
import type { RecordView } from '../agent-view'
import { realClock } from '../clock'
import { authenticate } from '../delivery'
import { BATCH_SIZE } from '../delivery/batches'
import { OPTIONAL_PRESETS } from '../delivery/presets'
import { readEvents } from '../input/events'
import type { Kustomer } from '../kustomer'
import { liveAgentView } from '../agent-view/live'
import { JSON_HELP, jsonOutput } from '../sending/json-output'
import type { Output } from '../sending/output'
import { Run } from '../sending/run'
import type { Outcome } from '../sending/run'
import { textOutput } from '../sending/text-output'
import { isAgreed } from './ask'
import { defineAttributes } from './definitions-file'
import { readMapping } from './mapping-file'
import { chosenKustomer, isLive, liveSettings, variantOption, wholeNumber, WRONG_USAGE } from './options'
import { INTERRUPTED, untilInterrupted } from './signals'

type Part = 'body' | 'agent'

interface Options {
  action?: string
  preset: string[]
  mapping?: string
  define?: string
  json?: boolean
  show: Part[]
  batch?: number | true
  retry?: number | true
  strict?: boolean
  keepGoing?: boolean
  dryRun?: boolean
  yes?: boolean
  concurrency: number
}

const MOST_AT_ONCE = 100
const MOST_IN_A_BATCH = 1000
const RETRIES = 5
const MOST_RETRIES = 20
const STDIN = '-'
const PARTS: Part[] = ['body', 'agent']

/** What `send` says without a file. */
const BEGIN = `error: no file to send. To begin, send an example, a file of yours, or standard input:
  npm run tester -- send examples/quickstart.ndjson
  npm run tester -- send my-events.ndjson
  echo '{"type":"track","event":"Order Completed","userId":"u1"}' | npm run tester -- send -
Or change an event on a page: npm run tester -- serve`

export function addSend(program: Command): void {
  program
    .command('send')
    .summary('send events and see what each becomes')
    .description(
      'Sends Segment events through the destination as Segment does: the presets choose the action and fill its fields. ' +
        'Exits with 0 if no event failed, 1 if some did, 2 on wrong usage or without an event, and 130 if interrupted.'
    )
    .argument(
      '[file]',
      'JSON (an event, an array of them, or {"batch":[…]}) or NDJSON (a line each, of any length); - reads stdin'
    )
    .addOption(
      new Option('--action <slug>', 'send every event to this action instead of the one a preset chooses').choices(
        Object.keys(destination.actions)
      )
    )
    .addOption(
      new Option(
        '--preset <name...>',
        'turn on presets for Engage, which are off by default; events they match go to no other preset'
      )
        .choices(OPTIONAL_PRESETS)
        .default([], 'none')
    )
    .option('--mapping <file>', 'JSON with mappings that replace those of the preset or action, field by field')
    .option(
      '--define <file>',
      'JSON with the Klasses and custom attributes that the local Kustomer has, by kind of record'
    )
    .addOption(
      new Option('--show <parts>', 'what else to show: body (request bodies), agent (what an agent sees at the end)')
        .argParser(partsOf)
        .default([], 'neither')
    )
    .option('--json', 'print a JSON line for each event, and one for the summary')
    .option(
      '--batch [size]',
      `send events in batches of at most this many (default: ${BATCH_SIZE}), if their action supports batches, as Segment ` +
        'does if Batch Events is on',
      (text) => wholeNumber(text, 1, MOST_IN_A_BATCH)
    )
    .option(
      '--retry [times]',
      `retry what Segment would retry, at most this many times (default: ${RETRIES}), after 1, 2, 4 … seconds and not ` +
        'before the rate limit resets',
      (text) => wholeNumber(text, 1, MOST_RETRIES)
    )
    .option('--strict', 'count an event that no preset takes as failed')
    .option('--dry-run', 'write nothing; read, and show what each event would write')
    .option('--yes', 'delete customers in the real Kustomer without asking')
    .option('--keep-going', 'continue after a rejected key (401, 403) or an unknown host')
    .option(
      '--concurrency <number>',
      'how many events to send at once; above 1, they may arrive out of order',
      (text) => wholeNumber(text, 1, MOST_AT_ONCE),
      1
    )
    .addOption(variantOption())
    .addHelpText(
      'after',
      `
Examples:
  $ npm run tester -- send examples/quickstart.ndjson
  $ npm run tester -- send examples/quickstart.ndjson --show body,agent
  $ npm run tester -- send examples/left-out.ndjson --variant revRefused
  $ zcat events.ndjson.gz | npm run tester -- send - --concurrency 10
  $ npm run tester -- send customers.ndjson --batch 50 --retry
  $ npm run tester -- send examples/custom-attributes.ndjson --mapping examples/custom-attributes.json
  $ npm run tester -- send examples/orders.ndjson --action upsertCustomObject --mapping examples/orders.json --define examples/order-klass.json --show agent
  $ npm run tester -- send event.json --action trackEvent
  $ npm run tester -- send examples/audience.ndjson --preset "Audience Entered" "Audience Exited"
  $ npm run tester -- send events.ndjson --live --dry-run
  $ npm run --silent tester -- send events.ndjson --json | jq 'select(.verdict == "dropped")'

A mapping is written as Segment stores it:
  { "eventName": { "@template": "Shop: {{event}}" }, "sessionId": { "@path": "$.context.sessionId" } }

${JSON_HELP}`
    )
    .action(async (file: string | undefined, options: Options, command: Command) => {
      if (file === undefined) {
        command.error(BEGIN)
      }
      const override = { action: options.action, presets: options.preset, mapping: mappingOf(options, command) }
      const input = await open(file).catch((error: unknown) =>
        command.error(`error: cannot read ${file}: ${(error as Error).message}`)
      )
      const output = outputFor(file, options, isLive(command) ? hostOf(liveSettings(command).orgPod) : undefined)
      const kustomer = chosenKustomer(command, output.announce, options.dryRun)
      if (options.define !== undefined) {
        defineAttributes(options.define, kustomer, command)
      }
      if (kustomer.liveHost !== undefined && !(await isTaken(kustomer))) {
        process.exitCode = 1
        return
      }
      const plan = {
        override,
        concurrency: options.concurrency,
        batchSize: options.batch === true ? BATCH_SIZE : options.batch,
        retries: retriesOf(options),
        keepsGoing: options.keepGoing === true,
        mayDelete: () => isDeletionAgreed(kustomer, file, options)
      }
      output.begin()
      const { result, isInterrupted } = await untilInterrupted('Waiting for the current requests.', (signal) =>
        new Run(plan, { kustomer, clock: realClock, listener: output, signal }).send(readEvents(input))
      )
      input.destroy()
      const agent = options.show.includes('agent') ? await seenByAgent(kustomer, result) : undefined
      kustomer.transport.close()
      output.end(result, agent)
      process.exitCode = isInterrupted ? INTERRUPTED : exitCodeOf(result, file, options)
    })
}

function mappingOf({ mapping, action }: Options, command: Command): JSONObject | undefined {
  try {
    return mapping === undefined ? undefined : readMapping(mapping, action)
  } catch (error) {
    return command.error(`error: ${(error as Error).message}`)
  }
}

function exitCodeOf({ summary, ended }: Outcome, file: string, { strict }: Options): number {
  if (!summary.hasEvents && ended === undefined) {
    console.error(`error: there is no event in ${file === STDIN ? 'standard input' : file}`)
    return WRONG_USAGE
  }
  return ended === undefined && summary.isGood(strict === true) ? 0 : 1
}

function partsOf(text: string): Part[] {
  return text.split(',').map((word) => {
    const part = PARTS.find((known) => known === word.trim())
    if (!part) {
      throw new InvalidArgumentError(`It is a list of ${PARTS.join(' and ')}, with a comma between them.`)
    }
    return part
  })
}

function retriesOf({ retry = 0 }: Options): number {
  return retry === true ? RETRIES : retry
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

function outputFor(file: string, options: Options, liveHost: string | undefined): Output {
  if (options.json === true) {
    return jsonOutput(process.stdout, process.stderr)
  }
  return textOutput(process.stdout, {
    showsBodies: options.show.includes('body'),
    isDryRun: options.dryRun === true,
    liveHost,
    size: file === STDIN ? undefined : statSync(file).size,
    retries: retriesOf(options)
  })
}

/** Tries the settings as Segment does when they are saved, so that nothing is sent with those that do not work. */
async function isTaken(kustomer: Kustomer): Promise<boolean> {
  const { delivered, outcome } = await authenticate(kustomer)
  if (!delivered) {
    kustomer.transport.close()
    console.error(`error: nothing was sent: ${outcome}`)
  }
  return delivered
}

/** Nobody can take a deletion back. */
async function isDeletionAgreed({ liveHost }: Kustomer, file: string, { dryRun, yes }: Options): Promise<boolean> {
  if (liveHost === undefined || dryRun === true || yes === true) {
    return true
  }
  return file !== STDIN && isAgreed(`This input deletes customers at https://${liveHost}.`)
}

async function seenByAgent({ sandbox, settings }: Kustomer, { records }: Outcome): Promise<RecordView[]> {
  if (sandbox) {
    return agentView(sandbox)
  }
  return [...(await liveAgentView(settings, [...records].reverse())).values()]
}
