import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { start } from './support'

/** What the tests read of the document. */
interface Document {
  paths: Record<string, Record<string, Operation>>
  components: { securitySchemes: object }
  servers: Array<{ url: string }>
  security: object[]
  tags: Array<{ name: string; description: string }>
}

interface Operation {
  operationId: string
  summary: string
  tags: string[]
  security?: object[]
  responses: Record<string, object>
}

async function documentAt(origin: string): Promise<string> {
  return (await start().sandbox.fetch(new Request(`${origin}/openapi.json`))).text()
}

it('has nothing that a linter calls an error', async () => {
  const input = await documentAt('http://127.0.0.1:3100')
  const output = execFileSync(process.execPath, [path.join(__dirname, 'lint.mjs')], { input, encoding: 'utf8' })
  const problems = JSON.parse(output) as string[][]
  // Kustomer's own paths are so: /customers/merges/{id} and /customers/{id}/merges.
  expect(problems.filter(([, rule]) => rule !== 'no-ambiguous-paths')).toEqual([])
  expect(problems.map(([severity]) => severity)).toEqual(['warn', 'warn'])
})

it('tells a client generator where the sandbox is, how a key is sent, and what its methods are called', async () => {
  const { servers, security, components, paths, tags } = JSON.parse(
    await documentAt('http://localhost:4711')
  ) as Document
  // The address that the sandbox listens at.
  expect(servers.map(({ url }) => url)).toEqual(['http://127.0.0.1:4711'])
  expect(security).toEqual([{ apiKey: [] }])
  expect(components.securitySchemes).toMatchObject({ apiKey: { type: 'http', scheme: 'bearer' } })
  const operations = Object.entries(paths).flatMap(([at, methods]) =>
    Object.values(methods).map((operation) => ({ at, ...operation }))
  )
  const ids = operations.map(({ operationId }) => operationId)
  expect(new Set(ids).size).toBe(operations.length)
  expect(ids.filter((id) => !/^[a-z][a-zA-Z]+$/.test(id))).toEqual([])
  expect(operations.filter(({ summary }) => !/^[A-Z].*[^.]$/.test(summary))).toEqual([])
  expect(new Set(operations.flatMap((operation) => operation.tags))).toEqual(new Set(tags.map(({ name }) => name)))
  expect(operations.filter((operation) => operation.tags.length !== 1)).toEqual([])
  for (const { at, security: own, responses } of operations) {
    // The sandbox's own operations need no key.
    expect([at, own]).toEqual([at, at.startsWith('/v1/') ? undefined : []])
    expect(Object.keys(responses)).toContain('4XX')
  }
})

/** What the test reads of an OpenAPI document. */
interface Schema {
  description?: string
  properties?: Record<string, Schema & { $ref?: string; items?: Schema }>
}

it('publishes how sure each rule of a body is', async () => {
  const { sandbox } = start()
  const response = await sandbox.fetch(new Request('http://localhost:3100/openapi.json'))
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
  const companies = ['CompanyCreation', 'CompanyUpdate', 'BulkCompanyCreation', 'BulkCompanyUpdate']
  const objects = ['', 'Bulk'].flatMap((kind) => [`${kind}CustomObjectCreation`, `${kind}CustomObjectUpdate`])
  const documented = [
    ...companies,
    ...objects,
    'CustomerAttributes',
    'CustomerSearch',
    'CustomerMerge',
    'BulkCreation',
    'BulkUpdate'
  ]
  for (const name of [...documented, 'TrackingEvent', 'TrackingIdentity', 'TrackingIdentityEvent']) {
    const schema = components.schemas[name] ?? {}
    expect(schema.description).toMatch(/^\[[PRA]\] /)
    visit(name, schema)
  }
  expect(unmarked).toEqual([])
})

it('publishes a document whose references and paths are sound', async () => {
  const { sandbox } = start()
  const text = await (await sandbox.fetch(new Request('http://localhost:3100/openapi.json'))).text()
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
  const response = await sandbox.fetch(new Request('http://localhost:3100/openapi.json'))
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
    'post /v1/companies/bulk',
    'put /v1/companies/bulk',
    'post /v1/klasses/{name}/bulk',
    'put /v1/klasses/{name}/bulk',
    'delete /v1/klasses/{name}/bulk',
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
    'get /v1/companies',
    'post /v1/companies',
    'get /v1/companies/{id}',
    'put /v1/companies/{id}',
    'get /v1/klasses',
    'get /v1/klasses/{name}',
    'post /v1/klasses/{name}',
    'get /v1/klasses/{name}/{id}',
    'put /v1/klasses/{name}/{id}',
    'delete /v1/klasses/{name}/{id}',
    'get /v1/customers/{id}/klasses/{name}',
    'post /v1/customers/{id}/klasses/{name}',
    'get /v1/metadata/{resource}',
    'get /v1/customers/{id}/sessions',
    'get /v1/customers/{customerId}/sessions/{sessionId}/events',
    'get /v1/customers/{customerId}/events/{eventId}',
    'post /v1/tracking/event',
    'post /v1/tracking/identity',
    'post /v1/tracking/identityEvent',
    'get /sandbox/customers',
    'get /sandbox/customers/{id}/timeline',
    'get /sandbox/custom-objects',
    'post /sandbox/customers/{id}/mark-deleted',
    'post /sandbox/customers/{id}/conversations',
    'get /sandbox/faults',
    'put /sandbox/faults',
    'delete /sandbox/faults',
    'get /sandbox/variants',
    'put /sandbox/variants',
    'post /sandbox/reset',
    'get /sandbox/companies',
    'post /sandbox/companies',
    'patch /sandbox/companies/{id}',
    'put /sandbox/customers/{id}/company',
    'put /sandbox/attributes/{resource}',
    'delete /sandbox/attributes/{resource}',
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
