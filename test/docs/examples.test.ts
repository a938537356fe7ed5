import { readFileSync } from 'node:fs'
import path from 'node:path'
import { embeddedKustomer } from '../../src/tester/kustomer'

const ROOT = path.join(__dirname, '../..')
const DEFINED = /curl -X PUT .* -d '(.+)' http:\/\/127\.0\.0\.1:3000(\/sandbox\/.+)\n/

const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8')

it.each(['customers', 'orders', 'subscriptions'])('prints the mapping of %s as it is in the examples', (name) => {
  expect(read('docs/reverse-etl.md')).toContain(read(`examples/reverse-etl/${name}.json`).trim())
})

it('defines the attribute of the audience with the command of the guide', async () => {
  const { sandbox, transport } = embeddedKustomer()
  transport.close()
  const [, body = '', address = ''] = DEFINED.exec(read('docs/engage.md')) ?? []
  const headers = { 'content-type': 'application/json' }
  const request = new Request(`http://127.0.0.1:3000${address}`, { method: 'PUT', headers, body })
  expect((await sandbox.fetch(request)).status).toBe(204)
  expect(sandbox.attributes('customer')).toMatchObject({ highValueBool: { displayName: 'High value' } })
})
