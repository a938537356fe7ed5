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

it('counts what agents use of each minute, and every key alike', async () => {
  const tokens = { one: { roles: [], pod: 'prod1' }, other: { roles: [], pod: 'prod1' } }
  const { call, pass, sandbox } = start({ tokens })
  sandbox.setFaults({ rateLimit: 1000, agentRequests: 998 })
  const states = async () => {
    const answers = []
    for (const key of ['one', 'other', 'none']) {
      answers.push(await call('GET', CURRENT, undefined, { key }))
    }
    return answers.map(({ status, headers }) => [status, headers.get('x-ratelimit-remaining')])
  }
  const expected = [
    [200, '1'],
    [200, '0'],
    [429, '0']
  ]
  expect(await states()).toEqual(expected)
  pass(1)
  expect(await states()).toEqual(expected)
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

it('answers the requests whose body contains a text, and carries the others out', async () => {
  const { call, sandbox } = start()
  sandbox.setFaults({ responses: [{ status: 400, method: 'POST', path: '/v1/customers', contains: '"locale"' }] })
  expect(await call('POST', '/v1/customers', { externalId: 'u1', locale: 'en' })).toMatchObject({ status: 400 })
  expect(await call('POST', '/v1/customers', { externalId: 'u1' })).toMatchObject({ status: 201 })
  expect(sandbox.customers()).toHaveLength(1)
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
  const order: string[] = []
  sandbox.setFaults({ delayMs: 30 })
  const delayed = call('GET', CURRENT).then(() => order.push('delayed'))
  sandbox.setFaults({})
  await call('GET', CURRENT).then(() => order.push('at once'))
  await delayed
  expect(order).toEqual(['at once', 'delayed'])
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
  ['none', null, null],
  ['plain text', undefined, 'text/plain;charset=UTF-8'],
  ['its own', 'text/html', 'text/html']
])('says of a body with the type %s', async (_title, contentType, header) => {
  const { call } = start()
  const responses = [{ status: 502, body: '<html>', contentType }]
  expect(await call('PUT', '/sandbox/faults', { responses })).toMatchObject({ status: 204 })
  const answer = await call('GET', CURRENT)
  expect([answer.status, answer.text, answer.headers.get('content-type')]).toEqual([502, '<html>', header])
})

it('tells which faults are in force, until none is left', async () => {
  const { call, sandbox } = start()
  const inForce = async () => (await call('GET', '/sandbox/faults', undefined, { key: 'none' })).body
  expect(await inForce()).toEqual({ data: {} })
  const wanted = {
    rateLimit: 0,
    delayMs: 1,
    indexLags: true,
    bulkDelayMs: 5,
    dropConnections: 1,
    dropAnswers: 2,
    responses: [{ status: 500, times: 2 }, { status: 503 }]
  }
  await call('PUT', '/sandbox/faults', wanted)
  expect(await inForce()).toEqual({ data: wanted })
  await call('PUT', '/sandbox/faults', { dropConnections: 1, dropAnswers: 0, responses: [{ status: 500, times: 2 }] })
  await expect(call('GET', CURRENT)).rejects.toBeInstanceOf(ConnectionDropped)
  const before = sandbox.faults()
  await call('GET', CURRENT)
  expect(before).toEqual({ responses: [{ status: 500, times: 2 }] })
  expect(await inForce()).toEqual({ data: { responses: [{ status: 500, times: 1 }] } })
  await call('GET', CURRENT)
  expect(await inForce()).toEqual({ data: {} })
  expect(await call('GET', CURRENT)).toMatchObject({ status: 200 })
  await call('PUT', '/sandbox/faults', { indexLags: false, delayMs: 0, responses: [], bulkDelayMs: 0 })
  expect(await inForce()).toEqual({ data: {} })
  await call('PUT', '/sandbox/faults', wanted)
  await call('POST', '/sandbox/reset')
  expect(await inForce()).toEqual({ data: {} })
})

const FAULTS = 'rateLimit, agentRequests, delayMs, responses, dropConnections, dropAnswers, indexLags, bulkDelayMs'
const PARTS = 'status, body, contentType, times, method, path, contains, after'

it.each([
  [
    { responses: [{ status: 204, body: 'x' }] },
    'responses.0.body: is not allowed: an answer with status 204, 205, 304 has no body.'
  ],
  [{ responses: [{ status: 99 }] }, 'responses.0.status: must be at least 200.'],
  [{ responses: [{ status: 500, method: 'FETCH' }] }, /^responses\.0\.method: .*"GET"/],
  [{ responses: [{ status: 500, path: 'v1' }] }, /^responses\.0\.path: must start with \/v1/],
  [{ responses: [{ status: 500, path: '/sandbox/customers' }] }, /^responses\.0\.path: must start with \/v1/],
  [{ responses: [{ status: 500, times: 0 }] }, /^responses\.0\.times: /],
  [
    { responses: [{ status: 500, contentType: 'a\nb' }] },
    /^responses\.0\.contentType: must only have printable ASCII characters\.$/
  ],
  [{ responses: [{ status: 500, title: 'x' }] }, `Unknown part of an answer: title. Use one of ${PARTS}.`],
  [{ dropAnswers: -1 }, /^dropAnswers: /],
  [{ delayMs: '1' }, 'delayMs: must be a number, not a string.'],
  [{ delayMs: 600_001 }, /^delayMs: /],
  [{ bulkDelayMs: 600_001 }, /^bulkDelayMs: /],
  [{ anything: 1 }, `Unknown simulated failure: anything. Use one of ${FAULTS}.`],
  [[], /^The body: /]
])('refuses the faults %j in a sentence, and keeps those in force', async (faults, sentence) => {
  const { call } = start()
  expect(await call('PUT', '/sandbox/faults', { responses: [{ status: 503 }] })).toMatchObject({ status: 204 })
  const { status, body } = await call('PUT', '/sandbox/faults', faults)
  expect(status).toBe(400)
  expect(body?.errors).toHaveLength(1)
  expect(body?.errors?.[0]?.title).toMatch(sentence)
  expect(await call('GET', CURRENT)).toMatchObject({ status: 503 })
})

it('refuses faults that do not say that they are JSON', async () => {
  const { sandbox } = start()
  const request = new Request('http://localhost/sandbox/faults', { method: 'PUT', body: '{"rateLimit":0}' })
  const answer = await sandbox.fetch(request)
  expect([answer.status, await answer.json()]).toMatchObject([
    415,
    { errors: [{ title: 'Content-Type must be application/json' }] }
  ])
})
