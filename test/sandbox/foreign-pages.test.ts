import { SANDBOX_API_KEY } from '../../src/sandbox'
import { start } from './support'

/** What a server hears of a browser's request. */
async function statusOf(url: string, origin?: string): Promise<number> {
  const { sandbox } = start()
  const headers = { authorization: `Bearer ${SANDBOX_API_KEY}`, ...(origin === undefined ? {} : { origin }) }
  return (await sandbox.fetch(new Request(url, { headers }))).status
}

const PATHS = ['/v1/auth/tokens/current', '/sandbox/customers', '/openapi.json', '/']

it.each([
  'http://localhost:3100',
  'http://127.0.0.1:3100',
  'https://api.kustomerapp.com',
  'https://api.prod2.kustomerapp.com',
  'https://initech.api.kustomerapp.com'
])('lets programs and its own page in at %s', async (own) => {
  for (const path of PATHS) {
    expect(await statusOf(`${own}${path}`)).not.toBe(403)
    expect(await statusOf(`${own}${path}`, own)).not.toBe(403)
  }
})

it.each([
  ['a page of another site', 'http://127.0.0.1:3100', 'https://example.com'],
  ['a page of another port', 'http://127.0.0.1:3100', 'http://127.0.0.1:3000'],
  ['a page without an origin of its own', 'http://127.0.0.1:3100', 'null'],
  ['a page whose name points here', 'http://example.com:3100', 'http://example.com:3100'],
  ['a name that points here', 'http://example.com:3100', undefined],
  ['a name that begins like one of its own', 'http://localhost.example.com', undefined],
  ['a name that ends like one of its own', 'http://notkustomerapp.com', undefined]
])('refuses %s', async (_title, url, origin) => {
  for (const path of PATHS) {
    expect(await statusOf(`${url}${path}`, origin)).toBe(403)
  }
})

it('says in a sentence whom it refuses, and does nothing for them', async () => {
  const { sandbox } = start()
  sandbox.setFaults({ rateLimit: 0 })
  const headers = { origin: 'https://example.com' }
  const answer = await sandbox.fetch(new Request('http://localhost/sandbox/reset', { method: 'POST', headers }))
  expect([answer.status, await answer.json()]).toEqual([
    403,
    {
      errors: [
        {
          code: 'forbidden',
          message: 'Only programs on this machine can call the sandbox. Web pages can’t.',
          meta: {}
        }
      ]
    }
  ])
  expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  expect(sandbox.faults()).toEqual({ rateLimit: 0 })
})
