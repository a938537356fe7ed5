import { ALL_ROLES, SANDBOX_API_KEY } from '../../src/sandbox'
import { start } from './support'

const KEY = 'another-key-1234'
const READ = '/v1/customers/externalId=u1'
const everything = { ending: '-key', pod: 'prod1', roles: ALL_ROLES }

it('adds a key with roles, which is refused for want of another', async () => {
  const { call } = start()
  expect(await call('GET', READ, undefined, { key: KEY })).toMatchObject({ status: 401 })
  const roles = ['org.permission.customer.read']
  expect(await call('POST', '/sandbox/keys', { key: KEY, roles })).toMatchObject({ status: 204 })
  expect(await call('GET', READ, undefined, { key: KEY })).toMatchObject({ status: 404 })
  const refused = await call('POST', '/v1/customers', {}, { key: KEY })
  expect(refused).toMatchObject({ status: 403, body: { errors: [{ code: 'forbidden' }] } })
  expect((await call('GET', '/v1/auth/tokens/current', undefined, { key: KEY })).body?.data?.attributes.roles).toEqual(
    roles
  )
  await call('PUT', '/sandbox/variants', { missingRoleAnswers401: true })
  expect(await call('POST', '/v1/customers', {}, { key: KEY })).toMatchObject({
    status: 401,
    body: { errors: [{ code: 'unauthorized', message: 'Requires the role org.permission.customer.create' }] }
  })
})

it('takes roles from a key, its own one too, until it forgets', async () => {
  const { call } = start()
  const without = ['org.permission.bulk.read']
  await call('POST', '/sandbox/keys', { key: SANDBOX_API_KEY, without })
  expect(await call('GET', '/v1/bulk/1')).toMatchObject({ status: 403 })
  expect(await call('GET', READ)).toMatchObject({ status: 404 })
  await call('POST', '/sandbox/keys', { key: KEY })
  expect(await call('GET', '/v1/bulk/1', undefined, { key: KEY })).toMatchObject({ status: 404 })
  expect(await call('POST', '/sandbox/reset')).toMatchObject({ status: 204 })
  expect(await call('GET', '/v1/bulk/1')).toMatchObject({ status: 403 })
  expect(await call('DELETE', '/sandbox/keys')).toMatchObject({ status: 204 })
  expect(await call('GET', '/v1/bulk/1')).toMatchObject({ status: 404 })
  expect(await call('GET', READ, undefined, { key: KEY })).toMatchObject({ status: 401 })
})

it('shows the keys and their roles, and no key whole', async () => {
  const { call } = start()
  expect((await call('GET', '/sandbox/keys')).body).toEqual({ data: [everything] })
  await call('POST', '/sandbox/keys', { key: KEY, roles: ['org.tracking', 'org.user.customer.read'], pod: 'prod2' })
  const { body, text } = await call('GET', '/sandbox/keys', undefined, { key: 'none' })
  expect(body).toEqual({
    data: [everything, { ending: '1234', pod: 'prod2', roles: ['org.tracking', 'org.user.customer.read'] }]
  })
  expect(text).not.toContain(KEY)
  await call('POST', '/sandbox/keys', { key: SANDBOX_API_KEY, roles: [] })
  expect((await call('GET', '/sandbox/keys')).body?.data).toMatchObject([{ ending: '-key', roles: [] }, {}])
})

it('adds a key of another pod', async () => {
  const { call } = start()
  await call('POST', '/sandbox/keys', { key: KEY, pod: 'prod2' })
  const current = (host: string) => call('GET', '/v1/auth/tokens/current', undefined, { key: KEY, host })
  expect(await current('api.prod2.kustomerapp.com')).toMatchObject({ status: 200 })
  expect(await current('127.0.0.1:3100')).toMatchObject({
    status: 401,
    body: { errors: [{ message: 'Auth token associated with pod prod2 but request is being handled by prod1' }] }
  })
})

it.each([
  [{}, 'key: is missing.'],
  [{ key: 'short-1' }, 'key: must have at least 8 letters, digits or - . _ ~ + / =.'],
  [{ key: 'another key' }, 'key: must have at least 8 letters, digits or - . _ ~ + / =.'],
  [{ key: KEY, roles: ['tracking'] }, 'roles.0: must be a role, such as org.tracking.'],
  [{ key: KEY, roles: 'org.tracking' }, 'roles: must be a list, not a string.'],
  [{ key: KEY, without: ['org.trackings'] }, 'without: the key already lacks org.trackings.'],
  [{ key: KEY, pod: 'Prod 1' }, 'pod: must be a pod, such as prod1.'],
  [{ key: KEY, role: [] }, 'Unknown part of a key: role. Use one of key, roles, without, pod.']
])('refuses the key %j in a sentence', async (key, sentence) => {
  const { call } = start()
  const { status, body } = await call('POST', '/sandbox/keys', key)
  expect([status, body?.errors?.map(({ title }) => title)]).toEqual([400, [sentence]])
  expect((await call('GET', '/sandbox/keys')).body).toEqual({ data: [everything] })
})
