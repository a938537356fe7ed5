import type { Command } from 'commander'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { HttpBindings } from '@hono/node-server'
import { ConnectionDropped, createSandbox, SANDBOX_API_KEY, VARIANTS } from '../../sandbox'
import { listen } from '../server/listen'
import { chosenVariants, portOption, refuseLive, variantOption } from './options'

/** Not the one after the port of `serve`, where Segment's app looks for news of changed code. */
const PORT = 3100

export function addSandbox(program: Command): void {
  program
    .command('sandbox')
    .summary('run only the local Kustomer')
    .description(
      "Serves a local Kustomer on 127.0.0.1: Kustomer's endpoints under /v1, an OpenAPI document, and a page that explains " +
        'both.'
    )
    .addOption(portOption(PORT))
    .addOption(variantOption())
    .addHelpText(
      'after',
      `
Examples:
  $ npm run tester -- sandbox
  $ curl -H 'Authorization: Bearer ${SANDBOX_API_KEY}' http://127.0.0.1:${PORT}/v1/auth/tokens/current
  $ curl http://127.0.0.1:${PORT}/sandbox/customers
  $ curl http://127.0.0.1:${PORT}/sandbox/companies
  $ curl http://127.0.0.1:${PORT}/sandbox/requests
  $ npm run tester -- sandbox --variant jobsSlow mergeUnfinished
  $ curl -X PUT -H 'Content-Type: application/json' -d '{"rateLimit":10}' http://127.0.0.1:${PORT}/sandbox/faults
  $ curl -X PUT -H 'Content-Type: application/json' -d '{"jobsSlow":true}' http://127.0.0.1:${PORT}/sandbox/variants
  $ curl -X PUT -H 'Content-Type: application/json' -d '{"planStr":{"enumeration":["free","pro"]}}' \\
      http://127.0.0.1:${PORT}/sandbox/attributes/customer
  $ curl -H 'Content-Type: application/json' -d '{"key":"a-key-without","without":["org.permission.bulk.read"]}' \\
      http://127.0.0.1:${PORT}/sandbox/keys

Behaviors of Kustomer to simulate, where its documentation is silent. All are off by default:
${Object.entries(VARIANTS)
  .map(([name, { assumption, on }]) => `  ${name}: ${assumption}\n      ${on}`)
  .join('\n')}`
    )
    .action(async ({ port }: { port: number }, command: Command) => {
      refuseLive(command)
      const sandbox = createSandbox({ variants: chosenVariants(command) })
      const { url } = await listen(port, (request, { incoming }) =>
        sandbox.fetch(request).catch(dropped(incoming))
      ).catch((error: unknown) => command.error(`error: ${(error as Error).message}`))
      console.log(
        [
          `A local Kustomer at ${url}`,
          `  API key          ${SANDBOX_API_KEY}`,
          `  OpenAPI          ${url}/openapi.json`,
          `  Customers        ${url}/sandbox/customers`,
          `  Requests         ${url}/sandbox/requests`,
          `  Behaviors        ${url}/sandbox/variants`
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
