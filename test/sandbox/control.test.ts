import { VARIANTS } from '../../src/sandbox'
import { start } from './support'

it('shows what an agent would see, without a key', async () => {
  const { call, create } = start()
  const id = await create({ externalId: 'u1' })
  await call('POST', '/v1/tracking/identityEvent', { identity: { externalId: 'u1' }, event: { name: 'Seen' } })
  const customers = await call('GET', '/sandbox/customers', undefined, { key: 'none' })
  expect(customers.body?.data).toMatchObject([{ id }])
  const timeline = await call('GET', `/sandbox/customers/${id}/timeline`, undefined, { key: 'none' })
  expect(timeline.body?.data).toMatchObject([{ id: null, events: [{ name: 'Seen' }] }])
})

it('is told to misbehave, to mark a customer and to forget', async () => {
  const { call, create, sandbox } = start()
  const id = await create({ externalId: 'u1' })
  expect(await call('PUT', '/sandbox/faults', { rateLimit: 0 })).toMatchObject({ status: 204 })
  expect(await call('GET', `/v1/customers/${id}`)).toMatchObject({ status: 429 })
  const misspelled = await call('PUT', '/sandbox/faults', { rateLimits: 0 })
  expect(misspelled).toMatchObject({ status: 400, body: { errors: [{ source: { parameter: 'rateLimits' } }] } })
  expect(await call('GET', `/v1/customers/${id}`)).toMatchObject({ status: 429 })
  expect(await call('DELETE', '/sandbox/faults')).toMatchObject({ status: 204 })
  expect(await call('GET', `/v1/customers/${id}`)).toMatchObject({ status: 200 })
  expect(await call('POST', `/sandbox/customers/${id}/mark-deleted`)).toMatchObject({ status: 204 })
  expect(await call('POST', '/sandbox/customers/none/mark-deleted')).toMatchObject({ status: 404 })
  expect((await call('GET', `/v1/customers/${id}`)).body?.data?.attributes.deleted).toBe(true)
  expect(await call('POST', '/sandbox/reset')).toMatchObject({ status: 204 })
  expect(await call('GET', `/v1/customers/${id}`)).toMatchObject({ status: 404 })
  expect(sandbox.customers()).toEqual([])
})

/** What the test reads of an OpenAPI document. */
interface Schema {
  description?: string
  properties?: Record<string, Schema & { $ref?: string; items?: Schema }>
}

it('publishes how sure each rule of a body is', async () => {
  const { sandbox } = start()
  const response = await sandbox.fetch(new Request('http://localhost/openapi.json'))
  const { components } = (await response.json()) as { components: { schemas: Record<string, Schema> } }
  const unmarked: string[] = []
  const visit = (name: string, { properties = {} }: Schema): void => {
    for (const [key, property] of Object.entries(properties)) {
      if (!property.$ref && !/^\[[PRA]\] /.test(property.description ?? '')) {
        unmarked.push(`${name}.${key}`)
      }
      visit(`${name}.${key}`, property.items ?? property)
    }
  }
  const documented = ['CustomerAttributes', 'CustomerSearch', 'CustomerMerge', 'BulkCreation', 'BulkUpdate']
  for (const name of [...documented, 'TrackingEvent', 'TrackingIdentity', 'TrackingIdentityEvent']) {
    const schema = components.schemas[name] ?? {}
    expect(schema.description).toMatch(/^\[[PRA]\] /)
    visit(name, schema)
  }
  expect(unmarked).toEqual([])
})

it('publishes a document whose references and paths are sound', async () => {
  const { sandbox } = start()
  const text = await (await sandbox.fetch(new Request('http://localhost/openapi.json'))).text()
  const { components, paths } = JSON.parse(text) as {
    components: { schemas: object }
    paths: Record<string, Record<string, { responses: object; parameters?: Array<{ name: string; in: string }> }>>
  }
  const references = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name)
  expect(references.length).toBeGreaterThan(0)
  expect(Object.keys(components.schemas)).toEqual(expect.arrayContaining(references))
  // Two paths that differ in nothing but the name of a parameter are one to OpenAPI.
  const shapes = Object.keys(paths).map((path) => path.replace(/\{\w+\}/g, '{}'))
  expect(new Set(shapes).size).toBe(shapes.length)
  for (const [path, methods] of Object.entries(paths)) {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    for (const { responses, parameters = [] } of Object.values(methods)) {
      expect(Object.keys(responses)).not.toHaveLength(0)
      expect(parameters.filter((each) => each.in === 'path').map(({ name }) => name)).toEqual(named)
    }
  }
})

it('publishes its contract, every rule with how sure it is', async () => {
  const { sandbox } = start()
  const response = await sandbox.fetch(new Request('http://localhost/openapi.json'))
  const { openapi, paths } = (await response.json()) as {
    openapi: string
    paths: Record<string, Record<string, { description: string }>>
  }
  expect(openapi).toBe('3.0.0')
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { description }]) => ({ path, method, description }))
  )
  expect(routes.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'get /v1/auth/tokens/current',
    'get /v1/users/current',
    'post /v1/customers/bulk',
    'put /v1/customers/bulk',
    'delete /v1/customers/bulk',
    'get /v1/bulk/{id}',
    'get /v1/bulk/{id}/batches',
    'post /v1/customers/search',
    'post /v1/customers/merges',
    'get /v1/customers/merges/{id}',
    'get /v1/customers/{id}/merges',
    'get /v1/customers/{id}',
    'patch /v1/customers/{id}',
    'put /v1/customers/{id}',
    'delete /v1/customers/{id}',
    'post /v1/customers',
    'get /v1/customers/{id}/sessions',
    'get /v1/customers/{customerId}/sessions/{sessionId}/events',
    'get /v1/customers/{customerId}/events/{eventId}',
    'post /v1/tracking/event',
    'post /v1/tracking/identity',
    'post /v1/tracking/identityEvent',
    'get /sandbox/customers',
    'get /sandbox/customers/{id}/timeline',
    'post /sandbox/customers/{id}/mark-deleted',
    'post /sandbox/customers/{id}/conversations',
    'get /sandbox/faults',
    'put /sandbox/faults',
    'delete /sandbox/faults',
    'get /sandbox/variants',
    'put /sandbox/variants',
    'post /sandbox/reset',
    'get /sandbox/keys',
    'post /sandbox/keys',
    'delete /sandbox/keys',
    'get /sandbox/requests',
    'delete /sandbox/requests'
  ])
  for (const { path, description } of routes) {
    expect(description).toMatch(path.startsWith('/v1') ? /^\[[PRA]\] / : /^[A-Z]/)
  }
})

it('switches variants, says what they are about, and keeps them through a reset', async () => {
  const { call, sandbox } = start({ variants: { jobsSlow: true } })
  const names = Object.keys(VARIANTS)
  const switched = (on: string[]) => Object.fromEntries(names.map((name) => [name, on.includes(name)]))
  expect((await call('GET', '/sandbox/variants')).body).toEqual({ data: switched(['jobsSlow']), about: VARIANTS })
  expect(await call('PUT', '/sandbox/variants', { revIgnored: true })).toMatchObject({ status: 204 })
  expect(sandbox.variants()).toEqual(switched(['revIgnored']))
  expect(await call('PUT', '/sandbox/variants', { revIgnores: true })).toMatchObject({
    status: 400,
    body: {
      errors: [{ source: { parameter: 'revIgnores' }, title: expect.stringMatching(/ no variant named revIgnores; /) }]
    }
  })
  await call('POST', '/sandbox/reset')
  expect((await call('GET', '/sandbox/variants')).body?.data).toEqual(switched(['revIgnored']))
  sandbox.setVariants({ jobsSlow: true })
  expect(sandbox.variants()).toEqual(switched(['jobsSlow']))
})

it('counts a conversation that an agent opens', async () => {
  const { call, create, sandbox } = start()
  const id = await create({})
  expect(await call('POST', `/sandbox/customers/${id}/conversations`)).toMatchObject({ status: 204 })
  expect(sandbox.customers()).toMatchObject([{ attributes: { conversationCounts: { all: 1 } } }])
  expect(await call('POST', '/sandbox/customers/none/conversations')).toMatchObject({ status: 404 })
})
