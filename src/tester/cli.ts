import { Command } from 'commander'
import { addCheck } from './commands/check'
import { addDefinition } from './commands/definition'
import { addSandbox } from './commands/sandbox'
import { addSend } from './commands/send'
import { addServe } from './commands/serve'
import { WRONG_USAGE } from './commands/options'

const program = new Command('tester')
  .description('See what any Segment event becomes in Kustomer, in a local one or in the real one.')
  .option('--live', 'write to the real Kustomer, with KUSTOMER_API_KEY and KUSTOMER_ORG_POD of the environment or .env')
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
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : WRONG_USAGE))
  .showHelpAfterError('(--help shows how it is used)')

addSend(program)
addServe(program)
addSandbox(program)
addCheck(program)
addDefinition(program)

void program.parseAsync()
