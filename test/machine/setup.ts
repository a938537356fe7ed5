import { spawnSync } from 'node:child_process'
import { findBrowser } from './browser'

/** Finds out, once for all tests, what this machine has, and says in one line which tests are skipped. */
export default function setup(): void {
  process.env.TEST_BROWSER = findBrowser() ?? ''
  const script = spawnSync('script', ['--version'], { encoding: 'utf8' })
  process.env.TEST_TERMINAL = /util-linux/.test(script.stdout) ? 'yes' : ''
  const skipped = [
    process.env.TEST_BROWSER ? [] : ['the tests of the pages: install Chromium or Chrome, or set CHROMIUM_PATH to it'],
    process.env.TEST_TERMINAL ? [] : ["the tests in a terminal: they need util-linux's script"]
  ].flat()
  if (skipped.length > 0) {
    process.stderr.write(`Skipped: ${skipped.join('; ')}.\n`)
  }
}
