import { readFileSync } from 'node:fs'
import path from 'node:path'
import { embeddedKustomer } from '../../src/tester/kustomer'
import { runHere } from '../tester/in-process'

const page = readFileSync(path.join(__dirname, '../../docs/engage.md'), 'utf8')
const SENT = /```sh\nnpm run tester -- (send .+)\n```\n\n```\n([^`]+)\n```/g
const DEFINED = /curl -X PUT .* -d '(.+)' http:\/\/127\.0\.0\.1:3000(\/sandbox\/.+)\n/

/** Output without what differs from run to run. */
function timeless(output: string): string {
  return output
    .trim()
    .replace(/ +[\d.]+ ms/g, ' 1 ms')
    .replace(/\d\d:\d\d:\d\d/g, '00:00:00')
}

it.each([...page.matchAll(SENT)].map(([, command = '', output = '']) => [command, output]))(
  'shows what comes of %s',
  async (command, output) => {
    const args = [...command.matchAll(/"([^"]+)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')
    const { status, stdout } = await runHere(args)
    expect(timeless(stdout)).toBe(timeless(output))
    expect(status).toBe(0)
  }
)

it('defines the attribute of its audience', async () => {
  const { sandbox, transport } = embeddedKustomer()
  transport.close()
  const [, body = '', address = ''] = DEFINED.exec(page) ?? []
  const headers = { 'content-type': 'application/json' }
  const request = new Request(`http://127.0.0.1:3000${address}`, { method: 'PUT', headers, body })
  expect((await sandbox.fetch(request)).status).toBe(204)
  expect(sandbox.attributes('customer')).toMatchObject({ highValueBool: { displayName: 'High value' } })
})
