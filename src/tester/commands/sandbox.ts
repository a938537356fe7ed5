import type { Command } from 'commander'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { HttpBindings } from '@hono/node-server'
import { ConnectionDropped, createSandbox, SANDBOX_API_KEY } from '../../sandbox'
import { listen } from '../server/listen'
import { portOption, refuseLive } from './options'

const PORT = 3001

export function addSandbox(program: Command): void {
  program
    .command('sandbox')
    .summary('run the local Kustomer alone')
    .description("Serves the local Kustomer on 127.0.0.1: Kustomer's endpoints under /v1, and its contract as OpenAPI.")
    .addOption(portOption(PORT))
    .addHelpText(
      'after',
      `
Examples:
  $ npm run tester -- sandbox
  $ curl -H 'Authorization: Bearer ${SANDBOX_API_KEY}' http://127.0.0.1:${PORT}/v1/auth/tokens/current
  $ curl http://127.0.0.1:${PORT}/sandbox/customers
  $ curl -X PUT -H 'Content-Type: application/json' -d '{"rateLimit":10}' http://127.0.0.1:${PORT}/sandbox/faults`
    )
    .action(async ({ port }: { port: number }, command: Command) => {
      refuseLive(command)
      const sandbox = createSandbox()
      const { url } = await listen(port, (request, { incoming }) =>
        sandbox.fetch(request).catch(dropped(incoming))
      ).catch((error: unknown) => command.error(`error: ${(error as Error).message}`))
      console.log(
        [
          `A local Kustomer at ${url}`,
          `  API key          ${SANDBOX_API_KEY}`,
          `  contract         ${url}/openapi.json`,
          `  what is there    ${url}/sandbox/customers`
        ].join('\n')
      )
    })
}

/** Ends the connection without an answer where the sandbox was told to. */
function dropped(incoming: HttpBindings['incoming']) {
  return (error: unknown): Response => {
    if (!(error instanceof ConnectionDropped)) {
      throw error
    }
    incoming.socket.destroy()
    return RESPONSE_ALREADY_SENT
  }
}
