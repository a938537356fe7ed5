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
      errors: [
        {
          source: { parameter: 'revIgnores' },
          title: expect.stringMatching(/^Unknown simulated behavior: revIgnores\. /)
        }
      ]
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
