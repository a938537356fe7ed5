import { start } from './support'

// The keys that Kustomer's published examples show of a customer.
const ATTRIBUTES = [
  ...['name', 'displayName', 'displayColor', 'displayIcon', 'externalId', 'externalIds', 'sharedExternalIds'],
  ...['signedUpAt', 'avatarUrl', 'username', 'emails', 'sharedEmails', 'phones', 'sharedPhones', 'socials'],
  ...['sharedSocials', 'urls', 'locations', 'activeUsers', 'watchers', 'recentLocation', 'locale', 'timeZone'],
  ...['birthdayAt', 'gender', 'presence', 'createdAt', 'updatedAt', 'modifiedAt', 'lastSeenAt', 'lastActivityAt'],
  ...['lastCustomerActivityAt', 'lastMessageIn', 'lastConversation', 'conversationCounts', 'preview', 'tags'],
  ...['sentiment', 'progressiveStatus', 'verified', 'rev']
]

const related = (type: string) => ({
  data: { type, id: expect.stringMatching(/^[0-9a-f]{24}$/) },
  links: { self: expect.stringMatching(/^\/v1\//) }
})

it.each([
  ['a creation', 'POST', '', { company: '5f00000000000000000000cc' }],
  ['a read', 'GET', '/externalId=u1', undefined],
  ['an update', 'PATCH', '/ID', { name: 'Ann', company: '5f00000000000000000000cc' }],
  ['an update by PUT', 'PUT', '/ID', { name: 'Ann', company: '5f00000000000000000000cc' }]
])('answers %s with every key of the published example', async (_title, method, path, json) => {
  const { call, create } = start()
  const known = await create({ externalId: 'u1', company: '5f00000000000000000000cc' })
  const { body } = await call(method, `/v1/customers${path.replace('ID', known)}`, json)
  const id = body?.data?.id
  expect(Object.keys(body?.data?.attributes ?? {})).toEqual(expect.arrayContaining(ATTRIBUTES))
  expect(body?.data).toMatchObject({
    type: 'customer',
    id: expect.stringMatching(/^[0-9a-f]{24}$/),
    relationships: {
      org: related('org'),
      messages: { links: { self: `/v1/customers/${String(id)}/messages` } },
      createdBy: related('user'),
      modifiedBy: related('user'),
      company: related('company')
    },
    links: { self: `/v1/customers/${String(id)}` }
  })
})

it('stamps a customer with its creation and its last change, unless told otherwise', async () => {
  const { call, create, pass } = start()
  const id = await create({ createdAt: '2020-01-01T00:00:00Z', lastActivityAt: '2021-01-01T00:00:00Z' })
  const other = await create({})
  pass(1)
  await call('PATCH', `/v1/customers/${other}`, {})
  const attributesOf = async (customer: string) =>
    (await call('GET', `/v1/customers/${customer}`)).body?.data?.attributes
  expect(await attributesOf(id)).toMatchObject({
    createdAt: '2020-01-01T00:00:00Z',
    updatedAt: '2024-01-01T00:00:00.000Z',
    lastActivityAt: '2021-01-01T00:00:00Z'
  })
  expect(await attributesOf(other)).toMatchObject({
    createdAt: '2024-01-01T00:00:00.000Z',
    updatedAt: '2024-01-01T00:01:00.000Z',
    modifiedAt: '2024-01-01T00:01:00.000Z',
    lastActivityAt: '2024-01-01T00:01:00.000Z'
  })
})

it.each([
  [{ name: 'Ann van der Lee', externalId: 'u1' }, 'Ann van der Lee', 'Ann', 'van der Lee'],
  [{ name: 'Ann' }, 'Ann', 'Ann', null],
  [{ emails: [{ email: 'ann@example.com' }], externalId: 'u1' }, 'ann@example.com', null, null],
  [{ externalId: 'u1' }, 'u1', null, null],
  [{}, 'Unknown', null, null]
])('calls %j %s', async (attributes, displayName, firstName, lastName) => {
  const { create, sandbox } = start()
  await create(attributes)
  expect(sandbox.customers()).toMatchObject([{ attributes: { displayName, firstName, lastName } }])
})

it('answers a job with every key of the published example', async () => {
  const { call } = start()
  const { body } = await call('POST', '/v1/customers/bulk', [{ name: 'Ann' }])
  expect(body?.data).toEqual({
    type: 'bulk',
    id: expect.stringMatching(/^[0-9a-f]{24}$/),
    attributes: {
      ids: [],
      context: 'api.sobjects.customers.bulk-create',
      status: 'queued',
      v2: true,
      payload: { api: { data: [{ name: 'Ann' }], path: '/v1/customers/bulk', method: 'POST', service: 'sobjects' } },
      batches: { complete: 0, total: 1 },
      createdAt: '2024-01-01T00:00:00.000Z',
      updatedAt: '2024-01-01T00:00:00.000Z',
      completed: false
    },
    relationships: { org: related('org'), createdBy: related('user') },
    links: { self: `/v1/bulk/${body?.data?.id ?? ''}` }
  })
})
