import { Command } from 'commander'
import { liveOption, WRONG_USAGE } from './commands/options'

type Add = (program: Command) => void

/** Each command is loaded by itself: most of what the tester is made of serves one of them alone. */
const COMMANDS: Record<string, () => Promise<Add>> = {
  send: async () => (await import('./commands/send')).addSend,
  serve: async () => (await import('./commands/serve')).addServe,
  sandbox: async () => (await import('./commands/sandbox')).addSandbox,
  check: async () => (await import('./commands/check')).addCheck,
  definition: async () => (await import('./commands/definition')).addDefinition
}

const LIVE = ['send', 'serve', 'check']

/**
 * The tester as it is called from a shell.
 *
 * @param args what was typed; only the command that they name is loaded
 * @param exit ends the process with a status
 */
export async function createProgram(args: string[], exit: (status: number) => never): Promise<Command> {
  const program = new Command('tester')
    .description('See what any Segment event becomes in Kustomer, in a local one or in the real one.')
    .addOption(liveOption())
    .addHelpText(
      'after',
      `
Examples:
  $ npm run tester -- send examples/quickstart.ndjson
  $ echo '{"type":"track","event":"Order Completed","userId":"u1"}' | npm run tester -- send -
  $ npm run tester -- serve
  $ npm run tester -- check
  $ KUSTOMER_API_KEY=… KUSTOMER_ORG_POD=prod1 npm run tester -- send events.ndjson --live

Every command has a --help with more of them.`
    )
    .exitOverride(({ exitCode }) => exit(exitCode === 0 ? 0 : WRONG_USAGE))
    .showHelpAfterError('(--help shows how it is used)')

  const asked = args.find((arg) => Object.hasOwn(COMMANDS, arg))
  for (const [name, load] of Object.entries(COMMANDS)) {
    if (asked === undefined || asked === name) {
      ;(await load())(program)
    }
  }
  program.commands
    .filter((command) => LIVE.includes(command.name()))
    .forEach((command) => command.addOption(liveOption()))
  return program
}
