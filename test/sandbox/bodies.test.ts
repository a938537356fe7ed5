import { start } from './support'

const headers = { authorization: 'Bearer local-sandbox-key', 'content-type': 'application/json' }

it.each(['{bad', ''])('refuses the body %j', async (body) => {
  const { sandbox } = start()
  const request = new Request('https://api.kustomerapp.com/v1/customers', { method: 'POST', headers, body })
  expect((await sandbox.fetch(request)).status).toBe(400)
})

it('refuses a body that does not say that it is JSON', async () => {
  const { sandbox } = start()
  const plain = { ...headers, 'content-type': 'text/plain' }
  const request = new Request('https://api.kustomerapp.com/v1/customers', {
    method: 'POST',
    headers: plain,
    body: '{}'
  })
  expect((await sandbox.fetch(request)).status).toBe(400)
})

it.each([
  ['POST', '/v1/customers'],
  ['PATCH', '/v1/customers/5f0000000000000000000001'],
  ['PUT', '/v1/customers/bulk'],
  ['POST', '/v1/customers/search'],
  ['POST', '/v1/tracking/identityEvent']
])('refuses more than 100,000 bytes, counted as UTF-8: %s %s', async (method, path) => {
  const { sandbox } = start()
  const statusOf = async (bytes: number) => {
    const body = `"${'é'.repeat(50)}${'x'.repeat(bytes - 102)}"`
    return (await sandbox.fetch(new Request(`https://api.kustomerapp.com${path}`, { method, headers, body }))).status
  }
  expect(await statusOf(100_001)).toBe(413)
  expect(await statusOf(100_000)).toBe(400)
})
