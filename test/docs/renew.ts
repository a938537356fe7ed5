import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { chromium } from 'playwright-core'
import { embeddedKustomer } from '../../src/tester/kustomer'
import { createApp } from '../../src/tester/server/app'
import { listen } from '../../src/tester/server/listen'
import { bundlePage } from '../../src/tester/server/page'
import { BROWSER_FLAGS, findBrowser } from '../machine/browser'

const ROOT = path.join(__dirname, '../..')
/** A fence with commands, or with the output of the command above it. */
const FENCE = /^```(sh|text)\n([^]*?)\n?^```$/gm
const ELLIPSIS = '…'
const isCheck = process.argv.includes('--check')

/** Returns the lines that a command prints, without what changes with each run. */
function outputOf(command: string): string[] {
  // Without npm's own lines.
  const env = { ...process.env, npm_config_loglevel: 'silent' }
  const { status, stdout, stderr } = spawnSync(command, { cwd: ROOT, env, shell: true, encoding: 'utf8' })
  if (status !== 0) {
    throw new Error(`${command} exits with ${String(status)}: ${stderr}`)
  }
  return stdout
    .replace(/^ {2}(?:Time|Rate limit) .*\n/gm, '')
    .replace(/ +[\d.]+ ms(?= |$)/gm, '')
    .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/g, '2026-03-09 12:00:00 UTC')
    .replace(/\d\d:\d\d:\d\d to \d\d:\d\d:\d\d UTC/g, '12:00:00 to 12:00:00 UTC')
    .trimEnd()
    .split('\n')
}

/** Returns the lines to print: all of the output, or without what an ellipsis on the page stands for. */
function excerpt(printed: string[], output: string[]): string[] {
  if (!printed.includes(ELLIPSIS)) {
    return output
  }
  const shown: string[] = []
  let rest = output
  let isSkipping = false
  for (const line of printed) {
    const at = isSkipping ? rest.indexOf(line) : 0
    if (at === -1) {
      throw new Error(`No line of the output is "${line}". Edit the line after the ellipsis.`)
    }
    isSkipping = line === ELLIPSIS
    shown.push(...(isSkipping ? [line] : rest.slice(at, at + 1)))
    rest = isSkipping ? rest : rest.slice(at + 1)
  }
  return isSkipping ? shown : [...shown, ...rest]
}

/** Returns a page with current output. Calls `onStale` with the number of each line that is printed and is not current. */
function renew(page: string, onStale: (line: number, reason: string) => void): string {
  let command = ''
  return page.replace(FENCE, (fence, language: string, content: string, offset: number) => {
    if (language === 'sh') {
      command = content.split('\n').at(-1) ?? ''
      return fence
    }
    const first = page.slice(0, offset).split('\n').length + 1
    const printed = content.split('\n')
    const current = excerpt(printed, outputOf(command))
    // What is sent at the same time may end in any order.
    if ([...printed].sort().join('\n') === [...current].sort().join('\n')) {
      return fence
    }
    const stale = printed.findIndex((line, index) => line !== current[index])
    onStale(first + Math.max(stale, 0), `the command now prints "${(current[stale] ?? '').trim()}"`)
    return `\`\`\`text\n${current.join('\n')}\n\`\`\``
  })
}

/** Renews the picture of the tester's page, after its first sample was sent. */
async function takeScreenshot(file: string): Promise<void> {
  const executablePath = findBrowser()
  if (!executablePath) {
    console.error(`${file} is not renewed: install Chromium or Chrome, or set CHROMIUM_PATH to it.`)
    return
  }
  const kustomer = embeddedKustomer()
  const app = createApp(kustomer, await bundlePage())
  const server = await listen(0, (request, connection) => app.fetch(request, connection))
  const browser = await chromium.launch({ executablePath, args: BROWSER_FLAGS })
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.goto(server.url)
  await page.locator('#send').click()
  await page.locator('.history li').waitFor({ state: 'attached' })
  await page.screenshot({ path: path.join(ROOT, file) })
  await browser.close()
  server.close()
  kustomer.transport.close()
}

/** Renews the output that is printed in the README and in docs, or with `--check` exits 1 and names what is stale. */
async function main(): Promise<void> {
  const pages = readdirSync(path.join(ROOT, 'docs')).filter((name) => name.endsWith('.md'))
  for (const file of ['README.md', ...pages.map((name) => `docs/${name}`)]) {
    const page = readFileSync(path.join(ROOT, file), 'utf8')
    const renewed = renew(page, (line, reason) => {
      console.error(`${file}:${line}: ${reason}.`)
      process.exitCode = isCheck ? 1 : 0
    })
    if (!isCheck) {
      writeFileSync(path.join(ROOT, file), renewed)
    }
  }
  if (isCheck && process.exitCode === 1) {
    console.error('Run npm run docs.')
  } else if (!isCheck) {
    await takeScreenshot('docs/tester.png')
  }
}

void main()
