import { readFileSync } from 'node:fs'
import path from 'node:path'
import { runHere } from '../tester/in-process'

const ROOT = path.join(__dirname, '../..')
const SENT = /```sh\nnpm run tester -- (send .+)\n```\n\n```\n([^`]+)\n```/g
const MAPPING = /--mapping (\S+)/

const pages = ['orders', 'reverse-etl'].map((name) => readFileSync(path.join(ROOT, `docs/${name}.md`), 'utf8'))
const commands = pages.flatMap((page) =>
  [...page.matchAll(SENT)].map(([, command = '', output = '']): [string, string, string] => [command, output, page])
)

/** The lines of an output, without what differs from run to run: what is sent at once may end in any order. */
function timeless(output: string): string[] {
  return output
    .trim()
    .replace(/ +[\d.]+ ms/g, ' 1 ms')
    .replace(/\d+ of 1000 requests left/, 'requests left')
    .replace(/updated \d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, 'updated')
    .replace(/\d{24}/g, 'ID')
    .split('\n')
    .map((line) => line.trim())
    .sort()
}

it.each(commands)('shows what comes of %s', async (command, output) => {
  const { status, stdout } = await runHere(command.split(' '))
  expect(timeless(stdout)).toEqual(timeless(output))
  expect(status).toBe(0)
})

it('shows the mappings of the rows as they are in the examples', () => {
  const ofRows = commands.filter(([command]) => command.includes('reverse-etl'))
  expect(ofRows).toHaveLength(3)
  for (const [command, , page] of ofRows) {
    const mapping = MAPPING.exec(command)?.[1] ?? ''
    expect(page).toContain(readFileSync(path.join(ROOT, mapping), 'utf8').trim())
  }
})
