import { SANDBOX_API_KEY } from '../../src/sandbox'
import { start } from './support'

type Call = ReturnType<typeof start>['call']

const logged = async (call: Call) => {
  const { body } = await call('GET', '/sandbox/requests', undefined, { key: 'none' })
  return body?.data as unknown as Array<Record<string, unknown>>
}

const milliseconds = expect.any(Number)
const at = '2024-01-01T00:00:00.000Z'

it('tells what was asked and how it ended, the latest first', async () => {
  const { call, pass } = start()
  await call('POST', '/v1/customers', { externalId: 'u1' })
  pass(1)
  await call('GET', '/v1/customers/externalId=u%201?x=1')
  await call('POST', '/v1/customers', { externalId: 'u1' })
  await call('GET', '/sandbox/customers')
  expect(await logged(call)).toEqual([
    {
      number: 3,
      at: '2024-01-01T00:01:00.000Z',
      method: 'POST',
      path: '/v1/customers',
      body: '{"externalId":"u1"}',
      status: 409,
      refusal: expect.stringContaining('externalId is already in use'),
      milliseconds
    },
    {
      number: 2,
      at: '2024-01-01T00:01:00.000Z',
      method: 'GET',
      path: '/v1/customers/externalId=u%201?x=1',
      status: 404,
      refusal: expect.stringContaining('Not Found'),
      milliseconds
    },
    { number: 1, at, method: 'POST', path: '/v1/customers', body: '{"externalId":"u1"}', status: 201, milliseconds }
  ])
})

it('tells of faults, of what was too long, and of keys and paths that are unknown', async () => {
  const { call, sandbox } = start()
  await call('GET', '/v1/nothing')
  await call('POST', '/v1/customers', { externalId: 'u1' }, { key: 'unknown-key' })
  await call('POST', '/v1/customers', { name: 'x'.repeat(100_000) })
  sandbox.setFaults({ responses: [{ status: 503, body: '<html>', times: 1 }], delayMs: 30 })
  await call('GET', '/v1/users/current')
  sandbox.setFaults({ dropConnections: 1 })
  await expect(call('GET', '/v1/users/current')).rejects.toThrow()
  sandbox.setFaults({ dropAnswers: 1 })
  await expect(call('POST', '/v1/customers', { externalId: 'u2' })).rejects.toThrow()
  const all = await logged(call)
  expect(all.map(({ method, path, body, status }) => [method, path, body, status])).toEqual([
    ['POST', '/v1/customers', '{"externalId":"u2"}', null],
    ['GET', '/v1/users/current', undefined, null],
    ['GET', '/v1/users/current', undefined, 503],
    ['POST', '/v1/customers', undefined, 413],
    ['POST', '/v1/customers', '{"externalId":"u1"}', 401],
    ['GET', '/v1/nothing', undefined, 404]
  ])
  expect(all[2]?.refusal).toBe('<html>')
  expect(all[2]?.milliseconds).toBeGreaterThan(0)
})

it('remembers no more than the last 200, and 4,096 characters of a body', async () => {
  const { call } = start()
  for (let count = 1; count <= 201; count++) {
    await call('GET', `/v1/customers/${count}`)
  }
  const numbers = (await logged(call)).map(({ number }) => number)
  expect([numbers.length, numbers[0], numbers[199]]).toEqual([200, 201, 2])
  await call('POST', '/v1/customers', { name: 'x'.repeat(5000) })
  const [latest] = await logged(call)
  expect(String(latest?.body)).toHaveLength(4096)
  expect(String(latest?.refusal).length).toBeLessThan(4096)
})

it.each([SANDBOX_API_KEY, 'unknown" key\\', 'https://'])(
  'never shows a key, be it %j or one that was added',
  async (key) => {
    const { call, sandbox } = start()
    const added = 'an-added/key+1234'
    await call('POST', '/sandbox/keys', { key: added })
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    const url = `http://localhost/v1/customers?${encodeURIComponent(key)}&${encodeURIComponent(added)}`
    const body = JSON.stringify({ [key]: `${added}${'x'.repeat(4080)}${key}` })
    await sandbox.fetch(new Request(url, { method: 'POST', headers, body }))
    sandbox.setFaults({ responses: [{ status: 500, body: `said ${key} and ${added}` }] })
    await sandbox.fetch(new Request(url, { headers }))
    expect(await logged(call)).toMatchObject([
      { path: '/v1/customers?[API key]&[API key]', refusal: 'said [API key] and [API key]' },
      { path: '/v1/customers?[API key]&[API key]', body: expect.stringMatching(/^\{"\[API key\]":"\[API key\]x+\[?$/) }
    ])
  }
)

it('forgets when told to, and with all else', async () => {
  const { call } = start()
  await call('GET', '/v1/users/current')
  expect(await call('DELETE', '/sandbox/requests')).toMatchObject({ status: 204 })
  expect(await logged(call)).toEqual([])
  await call('GET', '/v1/users/current')
  await call('POST', '/sandbox/reset')
  expect(await logged(call)).toEqual([])
  await call('GET', '/v1/users/current')
  expect(await logged(call)).toMatchObject([{ number: 3 }])
})
