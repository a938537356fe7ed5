import { spawn } from 'node:child_process'
import path from 'node:path'
import stringWidth from 'string-width'
import { fileOf, runHere } from './in-process'

const TESTER = path.join(__dirname, '../../src/tester/bin.js')
// eslint-disable-next-line no-control-regex -- what a terminal obeys
const ERASED = /^.*\r\u001b\[K/
// eslint-disable-next-line no-control-regex -- what a terminal obeys
const COLORS = /\u001b\[[\d;]*m/g

// A process of its own takes a while on a busy machine.
jest.setTimeout(90_000)

const long = 'a-rather-long-identifier-'.repeat(5)
const events = fileOf(
  'events.ndjson',
  { type: 'identify', userId: long, traits: { email: 'not-an-email', name: '山田太郎と仲間たち'.repeat(4) } },
  { type: 'track', userId: 'u1' },
  '{"type":',
  { type: 'track', event: 'An event of many words '.repeat(5), userId: 'u1', properties: { note: 'word '.repeat(50) } }
)

/** Runs the tester in a terminal of so many columns. */
function inTerminal(columns: number, args: string[], variables: Record<string, string> = {}) {
  const command = `stty cols ${columns}; exec ${[process.execPath, TESTER, ...args].map((arg) => `'${arg}'`).join(' ')}`
  const { CI, NO_COLOR, FORCE_COLOR, ...environment } = process.env
  const terminal = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    env: { ...environment, TERM: 'xterm-256color', ...variables }
  })
  let output = ''
  terminal.stdout.on('data', (chunk: Buffer) => (output += String(chunk)))
  const ended = new Promise<number | null>((resolve) => terminal.once('close', resolve))
  return { terminal, ended, output: () => output }
}

/** What is left to see of an output. */
function linesIn(output: string): string[] {
  return output.split('\r\n').map((line) => line.replace(ERASED, '').replace(COLORS, ''))
}

/** An output without what differs from run to run, and without the spaces that folding adds and takes. */
function gist(text: string): string {
  return text
    .replace(/[\d.]+ ms/g, 'ms')
    .replace(/\d\d:\d\d:\d\d/g, '')
    .replace(/\s/g, '')
}

const itInTerminal = process.env.TEST_TERMINAL ? it : it.skip

itInTerminal.each([60, 80, 120])(
  'cuts nothing in a terminal of %i columns, and folds to its width',
  async (columns) => {
    const args = ['send', events, '--show', 'body,agent']
    const { ended, output } = inTerminal(columns, args)
    const status = await ended
    const lines = linesIn(output())
    expect(lines.filter((line) => stringWidth(line) > columns)).toEqual([])
    expect(gist(lines.join('\n'))).toBe(gist((await runHere(args)).stdout))
    expect(output()).toMatch(/\d+% · 4 sent, 2 failed/)
    expect(output()).toContain('\u001b[32m')
    expect(status).toBe(1)
  }
)

itInTerminal('has no colors if NO_COLOR is set', async () => {
  const { ended, output } = inTerminal(80, ['send', events], { NO_COLOR: '1' })
  await ended
  expect(output()).toContain('Delivered')
  expect(output()).not.toMatch(COLORS)
})

itInTerminal('leaves the terminal as it was when it is interrupted, tells what was sent, and exits 130', async () => {
  const { terminal, ended, output } = inTerminal(80, ['send', '-'])
  terminal.stdin.write('{"type":"page","userId":"u1"}\n')
  await new Promise<void>((resolve) => {
    terminal.stdout.on('data', () => {
      if (output().includes('Delivered')) {
        resolve()
      }
    })
  })
  terminal.stdin.write('\u0003')
  expect(await ended).toBe(130)
  expect(output()).toContain('Interrupted. Waiting for the current requests. Press again to stop now.')
  expect(output()).toMatch(/1 of 1 events delivered[^]*\r\n {2}Requests {3}1, 1 per event\r\n[^]* per event\r\n$/)
  // Neither the cursor is hidden nor the wrapping switched off.
  expect(output()).not.toMatch(/\[\?(25|7)l/)
})
