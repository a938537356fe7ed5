import type { Command } from 'commander'
import destination from '../../destinations/kustomer'
import { SANDBOX_API_KEY } from '../../sandbox'
import { createApp } from '../server/app'
import { listen } from '../server/listen'
import { bundlePage } from '../server/page'
import { superviseServer } from '../server/supervisor'
import { chosenKustomer, chosenVariants, isLive, portOption, variantOption } from './options'

const PORT = 3000

interface Options {
  port: number
  watch: boolean
  dryRun?: boolean
}

export function addServe(program: Command): void {
  program
    .command('serve')
    .summary('serve a page to try events on, and the protocol of Segment’s Actions Tester')
    .description(
      "Serves a page where you change an event and see what it becomes, and the protocol that Segment's Actions Tester " +
        "speaks. Restarts with an empty sandbox if the destination's source changes, and tells Segment's app " +
        'through a WebSocket on the next port. Segment’s app is at https://app.segment.com/dev-center/actions-tester.'
    )
    .addOption(portOption(PORT))
    .addOption(variantOption())
    .option('--dry-run', 'write nothing; read, and show what each event would write')
    .option('--no-watch', 'do not restart when the source changes')
    .addHelpText(
      'after',
      `
Examples:
  $ npm run tester -- serve
  $ PORT=3002 npm run tester -- serve
  $ npm run tester -- serve --live --dry-run
  $ curl http://127.0.0.1:${PORT}/trackEvent -H 'Content-Type: application/json' -d '{
      "payload": { "event": "Order Completed", "userId": "u1" },
      "settings": { "apiKey": "${SANDBOX_API_KEY}", "orgPod": "prod1" } }'`
    )
    .action(async ({ port, watch, dryRun }: Options, command: Command) => {
      if (watch) {
        const variants = Object.keys(chosenVariants(command))
        superviseServer(port, [
          ...(isLive(command) ? ['--live'] : []),
          ...(dryRun ? ['--dry-run'] : []),
          ...(variants.length > 0 ? ['--variant', ...variants] : [])
        ])
        return
      }
      const kustomer = chosenKustomer(command, console.log, dryRun)
      console.log('Building the page')
      const app = createApp(kustomer, await bundlePage())
      const { url } = await listen(port, (request, connection) => app.fetch(request, connection)).catch(
        (error: unknown) => command.error(`error: ${(error as Error).message}`)
      )
      console.log(
        [
          `The tester is at ${url}`,
          ...['manifest', 'authenticate', 'delete', ...Object.keys(destination.actions)].map(
            (route) => `  ${route === 'manifest' ? 'GET ' : 'POST'} /${route}`
          )
        ].join('\n')
      )
      // The supervisor keeps the port, and the server ends with it.
      process.send?.({ port: new URL(url).port })
      process.once('disconnect', () => process.exit())
    })
}
