const { spawnSync } = require('node:child_process')
const { existsSync } = require('node:fs')

const BROWSERS = [
  ...['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'],
  ...['/snap/bin/chromium', '/opt/google/chrome/chrome'],
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium'
]

/**
 * Looks, once for all tests, for what some of them need of the machine, and says in one line what is skipped without it.
 *
 * `CHROMIUM_PATH` names a browser; `CHROMIUM_PATH=none` hides the one that is there.
 */
module.exports = () => {
  const { CHROMIUM_PATH } = process.env
  process.env.TEST_BROWSER = (CHROMIUM_PATH ? [CHROMIUM_PATH] : BROWSERS).find((file) => existsSync(file)) ?? ''
  const script = spawnSync('script', ['--version'], { encoding: 'utf8' })
  process.env.TEST_TERMINAL = String(script.stdout).includes('util-linux') ? 'yes' : ''
  const skipped = [
    process.env.TEST_BROWSER ? [] : ['the tests of the pages: install Chromium or Chrome, or set CHROMIUM_PATH to it'],
    process.env.TEST_TERMINAL ? [] : ["the tests in a terminal: they need util-linux's script"]
  ].flat()
  if (skipped.length > 0) {
    process.stderr.write(`Skipped: ${skipped.join('; ')}.\n`)
  }
}
