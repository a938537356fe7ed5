import { ConnectionDropped } from '../../src/sandbox'
import { start } from './support'

const CURRENT = '/v1/auth/tokens/current'

it('limits the rate for a minute, and tells how much is left', async () => {
  const { call, pass, sandbox } = start()
  sandbox.setFaults({ rateLimit: 2 })
  const states = []
  for (let count = 0; count < 3; count++) {
    const { status, headers } = await call('GET', CURRENT)
    states.push([status, headers.get('x-ratelimit-limit'), headers.get('x-ratelimit-remaining')])
  }
  expect(states).toEqual([
    [200, '2', '1'],
    [200, '2', '0'],
    [429, '2', '0']
  ])
  const { headers } = await call('GET', CURRENT)
  // In seconds since the epoch.
  expect(headers.get('x-ratelimit-reset')).toBe(String(Date.parse('2024-01-01T00:01:00Z') / 1000))
  pass(1)
  expect(await call('GET', CURRENT)).toMatchObject({ status: 200 })
})

it('limits searches to 100 a minute', async () => {
  const { call, sandbox } = start()
  sandbox.setFaults({ rateLimit: 1000 })
  const search = { or: [{ customer_externalId: { equals: 'u1' } }], queryContext: 'customer' }
  for (let count = 0; count < 100; count++) {
    expect(await call('POST', '/v1/customers/search', search)).toMatchObject({ status: 200 })
  }
  expect(await call('POST', '/v1/customers/search', search)).toMatchObject({ status: 429 })
  expect(await call('GET', CURRENT)).toMatchObject({ status: 200 })
})

it('answers the next requests that fit with a status and a body', async () => {
  const { call, sandbox } = start()
  sandbox.setFaults({
    responses: [
      { status: 503, body: '<html>', contentType: 'text/html', times: 2, method: 'GET', path: '/v1/auth' },
      { status: 200, method: 'POST' }
    ]
  })
  expect(await call('GET', '/v1/customers/externalId=u1')).toMatchObject({ status: 404 })
  const failed = await call('GET', CURRENT)
  expect(failed).toMatchObject({ status: 503 })
  expect(failed.headers.get('content-type')).toBe('text/html')
  expect(await call('GET', CURRENT)).toMatchObject({ status: 503 })
  expect(await call('GET', CURRENT)).toMatchObject({ status: 200 })
  expect(await call('POST', '/v1/customers', {})).toMatchObject({ status: 200 })
  expect(sandbox.customers()).toEqual([])
})

it.each([
  ['GET', CURRENT, 200],
  ['GET', '/v1/customers/externalId=none', 404],
  ['GET', '/v1/nothing', 404],
  ['POST', '/v1/customers', 400],
  ['DELETE', '/v1/customers/none', 404]
])('tells the pod and the state of the limit: %s %s', async (method, path, status) => {
  const { call } = start()
  const answer = await call(method, path)
  expect(answer.status).toBe(status)
  const names = ['x-kustomer-pod', 'x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset']
  expect(names.map((name) => answer.headers.get(name))).toEqual(['prod1', '1000', '999', null])
})

it('refuses over the limit in the plain shape', async () => {
  const { call, sandbox } = start()
  sandbox.setFaults({ rateLimit: 0 })
  expect((await call('GET', CURRENT)).body).toEqual({
    errors: [{ code: 'rate_limit', message: 'Rate limit exceeded', meta: {} }]
  })
})

it('answers with nothing but a status, and never a body where there can be none', async () => {
  const { call, sandbox } = start()
  sandbox.setFaults({
    responses: [{ status: 502, times: 1 }, { status: 204 }]
  })
  const answer = await call('GET', CURRENT)
  expect([answer.status, answer.body, answer.headers.get('x-kustomer-pod')]).toEqual([502, undefined, 'prod1'])
  expect(await call('GET', CURRENT)).toMatchObject({ status: 204 })
})

it('leaves its own endpoints alone', async () => {
  const { call, sandbox } = start()
  sandbox.setFaults({ rateLimit: 0, responses: [{ status: 500 }], dropConnections: 9 })
  expect(await call('GET', '/sandbox/customers')).toMatchObject({ status: 200 })
  expect(await call('GET', '/openapi.json')).toMatchObject({ status: 200 })
})

it('delays', async () => {
  const { call, sandbox } = start()
  sandbox.setFaults({ delayMs: 30 })
  const startedAt = Date.now()
  await call('GET', CURRENT)
  expect(Date.now() - startedAt).toBeGreaterThanOrEqual(29)
})

it('drops connections', async () => {
  const { call, sandbox } = start()
  sandbox.setFaults({ dropConnections: 1 })
  await expect(call('GET', CURRENT)).rejects.toBeInstanceOf(ConnectionDropped)
  expect(await call('GET', CURRENT)).toMatchObject({ status: 200 })
})

it('drops answers of what was carried out', async () => {
  const { call, sandbox } = start()
  sandbox.setFaults({ dropAnswers: 1 })
  await expect(call('POST', '/v1/customers', { externalId: 'u1' })).rejects.toBeInstanceOf(ConnectionDropped)
  expect(sandbox.customers()).toMatchObject([{ attributes: { externalId: 'u1' } }])
  expect(await call('GET', '/v1/customers/externalId=u1')).toMatchObject({ status: 200 })
})

it('answers otherwise after the request was carried out', async () => {
  const { call, sandbox } = start()
  sandbox.setFaults({ responses: [{ status: 504, body: 'late', after: true, times: 1, method: 'POST' }] })
  const answer = await call('POST', '/v1/customers', { externalId: 'u1' })
  expect([answer.status, answer.headers.get('x-kustomer-pod')]).toEqual([504, 'prod1'])
  expect(sandbox.customers()).toMatchObject([{ attributes: { externalId: 'u1' } }])
  expect(await call('POST', '/v1/customers', { externalId: 'u2' })).toMatchObject({ status: 201 })
})

it.each([
  { responses: [{ status: 204, body: 'x' }] },
  { responses: [{ status: 99 }] },
  { responses: [{ status: 500, method: 'FETCH' }] },
  { responses: [{ status: 500, path: 'v1' }] },
  { responses: [{ status: 500, times: 0 }] },
  { dropAnswers: -1 },
  { delayMs: '1' },
  { anything: 1 }
])('refuses the faults %j, and keeps those in force', async (faults) => {
  const { call } = start()
  expect(await call('PUT', '/sandbox/faults', { responses: [{ status: 503 }] })).toMatchObject({ status: 204 })
  expect(await call('PUT', '/sandbox/faults', faults)).toMatchObject({ status: 400 })
  expect(await call('GET', CURRENT)).toMatchObject({ status: 503 })
})
