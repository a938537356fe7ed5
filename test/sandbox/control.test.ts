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
  expect(await call('PUT', '/sandbox/faults', { rateLimits: 0 })).toMatchObject({ status: 400 })
  await call('PUT', '/sandbox/faults', {})
  expect(await call('POST', `/sandbox/customers/${id}/mark-deleted`)).toMatchObject({ status: 204 })
  expect(await call('POST', '/sandbox/customers/none/mark-deleted')).toMatchObject({ status: 404 })
  expect((await call('GET', `/v1/customers/${id}`)).body?.data?.attributes.deleted).toBe(true)
  expect(await call('POST', '/sandbox/reset')).toMatchObject({ status: 204 })
  expect(await call('GET', `/v1/customers/${id}`)).toMatchObject({ status: 404 })
  expect(sandbox.customers()).toEqual([])
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
  expect(routes.map(({ method, path }) => `${method} ${path}`)).toMatchInlineSnapshot(`
    [
      "get /v1/auth/tokens/current",
      "post /v1/customers/bulk",
      "put /v1/customers/bulk",
      "get /v1/bulk/{id}",
      "get /v1/bulk/{id}/batches",
      "get /v1/customers/{locator}",
      "post /v1/customers/search",
      "post /v1/customers",
      "patch /v1/customers/{id}",
      "put /v1/customers/{id}",
      "delete /v1/customers/{id}",
      "post /v1/tracking/event",
      "post /v1/tracking/identity",
      "post /v1/tracking/identityEvent",
      "get /sandbox/customers",
      "get /sandbox/customers/{id}/timeline",
      "post /sandbox/customers/{id}/mark-deleted",
      "put /sandbox/faults",
      "post /sandbox/reset",
    ]
  `)
  for (const { path, description } of routes) {
    expect(description).toMatch(path.startsWith('/v1') ? /^\[[PRA]\] / : /^[A-Z]/)
  }
})

it('knows no other path', async () => {
  const { call } = start()
  expect(await call('GET', '/v1/companies')).toMatchObject({ status: 404 })
})
