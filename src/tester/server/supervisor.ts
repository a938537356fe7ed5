import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import path from 'node:path'
import { watch } from 'chokidar'
import { WRONG_USAGE } from '../commands/options'
import { openLiveReload } from './live-reload'
import type { LiveReload } from './live-reload'

const SOURCE = path.join(__dirname, '../../destinations/kustomer')
const TESTER = path.join(__dirname, '../bin.js')

/**
 * Runs the server in a process of its own, and again whenever the destination's source changes. One that does not start
 * because it was called wrongly ends this process too; one that fails otherwise is started with the next change. Whoever
 * listens on the port after the server's is told of changes.
 *
 * @param port 0 for any free one, which is then kept
 * @param flags further ones of the command
 */
export function superviseServer(port: number, flags: string[]): void {
  let kept = String(port)
  let isOutdated = false
  let liveReload: LiveReload | undefined
  let server = start()

  function start(): ChildProcess {
    isOutdated = false
    const child = fork(TESTER, ['serve', '--no-watch', '--port', kept, ...flags])
    child.on('message', ({ port: actual }: { port: string }) => {
      kept = actual
      liveReload ??= openLiveReload(Number(actual) + 1)
    })
    child.on('exit', (code) => {
      if (isOutdated) {
        server = start()
      } else if (code === WRONG_USAGE) {
        process.exit(code)
      } else {
        console.error('The server has stopped. It starts again when the destination’s source changes.')
      }
    })
    return child
  }

  watch(SOURCE, { ignoreInitial: true }).on('all', (_event, file) => {
    liveReload?.tellChange()
    if (!isOutdated) {
      console.log(`${path.relative('', file)} has changed: starting again`)
      isOutdated = true
      if (server.exitCode === null && server.signalCode === null) {
        server.kill()
      } else {
        server = start()
      }
    }
  })

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      server.removeAllListeners('exit').kill()
      process.exit()
    })
  }
}
