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

/** A body of ten times what it may have, and how much of it was read. */
function longBody() {
  const read = { chunks: 0 }
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      read.chunks += 1
      controller.enqueue(new Uint8Array(10_000))
      if (read.chunks === 100) {
        controller.close()
      }
    }
  })
  return { read, body }
}

it.each([
  ['all of a body that says how long it is', { 'content-length': '100001' }, 2],
  ['the rest of a body that does not', {}, 13]
])('leaves %s unread', async (_title, length, chunks) => {
  const { sandbox } = start()
  const { read, body } = longBody()
  const init = { method: 'POST', headers: { ...headers, ...length }, body, duplex: 'half' } as RequestInit
  const answer = await sandbox.fetch(new Request('http://localhost/v1/customers', init))
  expect([answer.status, await answer.json()]).toEqual([
    413,
    { errors: [{ code: 'toolarge', message: 'The body must have at most 100,000 bytes', meta: {} }] }
  ])
  expect(read.chunks).toBeLessThan(chunks)
})

it('limits the bodies of its own endpoints too', async () => {
  const { call, sandbox } = start()
  const responses = [{ status: 500, body: 'x'.repeat(100_000) }]
  expect(await call('PUT', '/sandbox/faults', { responses })).toMatchObject({ status: 413 })
  expect(sandbox.faults()).toEqual({})
})
