import { ALL_ROLES } from '../../src/sandbox/access'
import { start } from './support'

const CURRENT = '/v1/auth/tokens/current'

it('knows its key and tells its roles', async () => {
  const { call } = start()
  expect(await call('GET', CURRENT)).toMatchObject({
    status: 200,
    body: { data: { type: 'token', attributes: { roles: ALL_ROLES } } }
  })
})

it.each(['', 'another', 'constructor'])('refuses the key %j', async (key) => {
  const { call } = start()
  expect(await call('GET', CURRENT, undefined, { key })).toMatchObject({
    status: 401,
    body: { errors: [{ code: 'unauthorized', message: 'Unauthorized', meta: {} }] }
  })
})

it.each([
  ['prod2', 'api.prod2.kustomerapp.com', 200],
  ['prod1', 'localhost:3000', 200],
  ['prod1', 'api.prod2.kustomerapp.com', 401],
  ['prod2', 'api.kustomerapp.com', 401]
])('answers a key of %s at %s with %d', async (pod, host, status) => {
  const { call } = start({ tokens: { key: { roles: [], pod } } })
  const answer = await call('GET', CURRENT, undefined, { key: 'key', host })
  expect(answer.status).toBe(status)
  const handledBy = host === 'api.prod2.kustomerapp.com' ? 'prod2' : 'prod1'
  expect(answer.headers.get('x-kustomer-pod')).toBe(handledBy)
  const words = `Auth token associated with pod ${pod} but request is being handled by ${handledBy}`
  expect(answer.body?.errors?.[0]?.message).toBe(status === 401 ? words : undefined)
})

it.each([
  ['GET', '/v1/customers/externalId=u1', undefined, 'org.permission.customer.read'],
  ['POST', '/v1/customers', {}, 'org.permission.customer.create'],
  ['PATCH', '/v1/customers/5f0000000000000000000001', {}, 'org.permission.customer.update'],
  ['PUT', '/v1/customers/5f0000000000000000000001', {}, 'org.permission.customer.update'],
  ['DELETE', '/v1/customers/5f0000000000000000000001', undefined, 'org.permission.customer.delete'],
  ['POST', '/v1/customers/merges', {}, 'org.permission.customer_merge.create'],
  ['GET', '/v1/customers/5f0000000000000000000001/sessions', undefined, 'org.permission.event.read'],
  ['GET', '/v1/customers/5f0000000000000000000001/sessions/s1/events', undefined, 'org.permission.event.read'],
  ['GET', '/v1/customers/5f0000000000000000000001/events/e1', undefined, 'org.permission.event.read'],
  ['DELETE', '/v1/customers/bulk?ids=a', undefined, 'org.permission.customer.delete'],
  ['POST', '/v1/customers/bulk', [{}], 'org.permission.customer.create'],
  ['GET', '/v1/metadata/customer', undefined, 'org.permission.metadata.read'],
  ['GET', '/v1/companies?externalId=c1', undefined, 'org.permission.company.read'],
  ['GET', '/v1/companies/5f0000000000000000000001', undefined, 'org.permission.company.read'],
  ['POST', '/v1/companies', { name: 'Initech' }, 'org.permission.company.create'],
  ['PUT', '/v1/companies/5f0000000000000000000001', {}, 'org.permission.company.update'],
  ['POST', '/v1/companies/bulk', [], 'org.permission.company.create'],
  ['PUT', '/v1/companies/bulk', [], 'org.permission.company.update'],
  ['PUT', '/v1/customers/bulk', [{}], 'org.permission.customer.update'],
  ['GET', '/v1/klasses', undefined, 'org.permission.klass.read'],
  ['GET', '/v1/klasses/order', undefined, 'org.permission.kobject.read'],
  ['GET', '/v1/klasses/order/externalId=o1', undefined, 'org.permission.kobject.read'],
  ['GET', '/v1/customers/5f0000000000000000000001/klasses/order', undefined, 'org.permission.kobject.read'],
  ['POST', '/v1/customers/5f0000000000000000000001/klasses/order', {}, 'org.permission.kobject.create'],
  ['POST', '/v1/klasses/order', {}, 'org.permission.kobject.create'],
  ['PUT', '/v1/klasses/order/5f0000000000000000000001', {}, 'org.permission.kobject.update'],
  ['DELETE', '/v1/klasses/order/5f0000000000000000000001', undefined, 'org.permission.kobject.delete'],
  ['POST', '/v1/klasses/order/bulk', [], 'org.permission.kobject.create'],
  ['PUT', '/v1/klasses/order/bulk', [], 'org.permission.kobject.update'],
  ['DELETE', '/v1/klasses/order/bulk?ids=a', undefined, 'org.permission.kobject.delete'],
  ['GET', '/v1/bulk/1', undefined, 'org.permission.bulk.read'],
  ['GET', '/v1/bulk/1/batches', undefined, 'org.permission.bulk.read'],
  ['POST', '/v1/tracking/event', { name: 'Seen' }, 'org.tracking'],
  ['POST', '/v1/tracking/identity', {}, 'org.tracking'],
  ['POST', '/v1/tracking/identityEvent', { identity: {}, event: { name: 'Seen' } }, 'org.tracking']
])('asks for the role of %s %s', async (method, path, json, role) => {
  const without = start({ tokens: { key: { roles: ALL_ROLES.filter((each) => each !== role), pod: 'prod1' } } })
  expect(await without.call(method, path, json, { key: 'key' })).toMatchObject({
    status: 403,
    body: { errors: [{ message: `Requires the role ${role}` }] }
  })
  const only = start({ tokens: { key: { roles: [role], pod: 'prod1' } } })
  expect((await only.call(method, path, json, { key: 'key' })).status).not.toBe(403)
})

it.each([
  ['GET', '/v1/customers/externalId=u1', undefined, 'org.user.customer.read'],
  ['POST', '/v1/customers', { name: null }, 'org.user.customer.write'],
  ['PATCH', '/v1/customers/5f0000000000000000000001', {}, 'org.user.customer.write'],
  ['DELETE', '/v1/customers/5f0000000000000000000001', undefined, 'org.user.customer.delete'],
  ['GET', '/v1/metadata/customer', undefined, 'org.user.metadata.read'],
  ['GET', '/v1/companies', undefined, 'org.user.company.read'],
  ['POST', '/v1/companies', { name: 'Initech' }, 'org.user.company.write'],
  ['PUT', '/v1/companies/5f0000000000000000000001', {}, 'org.user.company.write'],
  ['POST', '/v1/customers/merges', {}, 'org.user.customer.write'],
  ['POST', '/v1/customers/merges', {}, 'org.admin.customer.merge.write'],
  ['POST', '/v1/customers/search', {}, 'org.permission.search.create'],
  ['POST', '/v1/customers/search', {}, 'org.permission.search.update'],
  ['POST', '/v1/customers/search', {}, 'org.permission.search_global.create'],
  ['POST', '/v1/customers/search', {}, 'org.permission.search_preview.create'],
  ['GET', '/v1/customers/5f0000000000000000000001/merges', undefined, 'org.permission.customer.read']
])('takes another role for %s %s', async (method, path, json, role) => {
  const { call } = start({ tokens: { key: { roles: [role], pod: 'prod1' }, none: { roles: [], pod: 'prod1' } } })
  expect((await call(method, path, json, { key: 'none' })).status).toBe(403)
  expect((await call(method, path, json, { key: 'key' })).status).not.toBe(403)
})

it('tells who the key acts as, without any role', async () => {
  const { call } = start({ tokens: { key: { roles: [], pod: 'prod1' } } })
  expect(await call('GET', '/v1/users/current', undefined, { key: 'key' })).toMatchObject({
    status: 200,
    body: { data: { type: 'user', id: expect.stringMatching(/^[0-9a-f]{24}$/) } }
  })
})

it('knows the roles by their published names', () => {
  expect(new Set(ALL_ROLES).size).toBe(ALL_ROLES.length)
  expect(
    ALL_ROLES.filter((role) => !/^org\.(tracking|permission\.[a-z_]+\.(read|create|update|delete))$/.test(role))
  ).toEqual([])
})
