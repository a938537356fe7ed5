import type { Command } from 'commander'
import { hostOf } from '../../destinations/kustomer/api/hosts'
import { ALL_ROLES, createSandbox, SANDBOX_API_KEY } from '../../sandbox'
import type { Variants } from '../../sandbox'
import { CouldNotTell } from '../check/api'
import type { Reach } from '../check/api'
import { check, isComplete } from '../check/check'
import type { Report } from '../check/check'
import { realClock, simulatedClock } from '../clock'
import { asJson, asMarkdown, asText } from '../check/report'
import { isAgreed } from './ask'
import { chosenVariants, isLive, liveMark, liveSettings, variantOption } from './options'
import { INTERRUPTED, untilInterrupted } from './signals'

interface Options {
  json?: boolean
  yes?: boolean
}

interface Checked {
  name: string
  reach: Reach
  limitedKey?: string
}

const LIMITED_KEY = 'limited-sandbox-key'

export function addCheck(program: Command): void {
  program
    .command('check')
    .summary('test how your Kustomer behaves where its documentation is silent')
    .description(
      'Tests what this destination assumes about Kustomer and says which behaviors of the sandbox apply. Creates ' +
        'customers, companies, and custom objects whose names start with segment-check-, and deletes them at the end, even ' +
        'if you interrupt it. Prints a summary in a terminal, and a Markdown table elsewhere. Exits with 0 if every ' +
        'question was answered, 1 if not, 2 on wrong usage, and 130 if interrupted.'
    )
    .addOption(variantOption())
    .option('--json', 'print one JSON object: {kustomer, complete, findings, leftBehind, interrupted}')
    .option('--yes', 'do not ask before writing to the real Kustomer')
    .addHelpText(
      'after',
      `
Examples:
  $ npm run tester -- check
  $ npm run tester -- check --variant jobsSlow revIgnored
  $ KUSTOMER_API_KEY=… KUSTOMER_ORG_POD=prod1 npm run tester -- check --live
  $ npm run --silent tester -- check --json | jq '.findings[] | select(.means == null)'

With --live, the check creates about 20 customers and 8 companies, and uses about 130 requests of your rate limit. The key
needs the roles org.tracking and org.permission.customer.read, .create, .update and .delete. Without one of the roles
org.permission.customer_merge.create, company.read, .create and .update, metadata.read, event.read, bulk.read and
search.create, the questions that need it stay open. To see what a missing role answers, set KUSTOMER_LIMITED_API_KEY to
a second key without org.permission.customer.read.`
    )
    .action(async (options: Options, command: Command) => {
      const checked = await chosen(options, command)
      if (!checked) {
        fail('Nothing was written. Use --yes to skip the question.')
        return
      }
      try {
        const report = await checkUntilInterrupted(checked, isLive(command))
        const { isTTY, columns } = process.stdout
        const print = options.json === true ? asJson : isTTY ? asText : asMarkdown
        process.stdout.write(`${print(checked.name, report, columns)}\n`)
        process.exitCode = report.isInterrupted ? INTERRUPTED : isComplete(report) ? 0 : 1
      } catch (error) {
        if (!(error instanceof CouldNotTell)) {
          throw error
        }
        fail(`error: nothing was checked, and nothing written: ${error.message}`)
      }
    })
}

/** The first signal ends the check, which erases what it made; the second ends the process. */
async function checkUntilInterrupted({ reach, limitedKey }: Checked, tellsQuestions: boolean): Promise<Report> {
  const onQuestion = (assumption: string, number: number, total: number): void => {
    if (tellsQuestions) {
      console.error(`  ${String(number).padStart(2)} of ${total}  ${assumption}`)
    }
  }
  const { result } = await untilInterrupted('Deleting what the check created.', (signal) =>
    check(reach, { limitedKey, signal, onQuestion })
  )
  return result
}

function fail(words: string): void {
  console.error(words)
  process.exitCode = 1
}

/**
 * What to check; undefined where it is the real Kustomer and may not be written to. Ends the process where the
 * environment lacks what that takes.
 */
async function chosen({ yes }: Options, command: Command): Promise<Checked | undefined> {
  const variants = chosenVariants(command)
  if (!isLive(command)) {
    return embedded(variants)
  }
  const { apiKey, orgPod } = liveSettings(command)
  const host = hostOf(orgPod)
  console.error(liveMark(host))
  if (
    yes !== true &&
    !(await isAgreed(`This creates customers and companies at https://${host} and deletes them again.`))
  ) {
    return undefined
  }
  const reach = { host, apiKey, clock: realClock, fetch: (request: Request) => fetch(request) }
  return { name: `https://${host}`, reach, limitedKey: process.env.KUSTOMER_LIMITED_API_KEY }
}

/** One of each kind that the check needs. */
const ATTRIBUTES = {
  planStr: {},
  cityStr: {},
  storyTxt: {},
  tierStr: { enumeration: ['gold', 'silver'] },
  formerStr: { deleted: true }
}

function embedded(variants: Partial<Variants>): Checked {
  const clock = simulatedClock()
  const sandbox = createSandbox({
    now: () => new Date(clock.now()),
    tokens: {
      [SANDBOX_API_KEY]: { roles: ALL_ROLES, pod: 'prod1' },
      [LIMITED_KEY]: { roles: [], pod: 'prod1' }
    },
    variants
  })
  sandbox.defineAttributes('customer', ATTRIBUTES)
  sandbox.defineAttributes('kobject.order', {})
  const reach = {
    host: 'api.kustomerapp.com',
    apiKey: SANDBOX_API_KEY,
    clock,
    fetch: (request: Request) => sandbox.fetch(request)
  }
  return { name: 'the local sandbox', reach, limitedKey: LIMITED_KEY }
}
