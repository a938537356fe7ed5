import { start } from './support'

const ID = '5f0000000000000000000001'

// The operations that Kustomer's document has and the sandbox lacks.
it.each([
  ['GET', '/customers', '/customers'],
  ['PUT', '/metadata/kobject.order', '/metadata/{resource}']
])('says that it lacks what Kustomer has: %s %s', async (method, path, published) => {
  const { call } = start()
  const answer = await call(method, `/v1${path}`, method === 'GET' || method === 'DELETE' ? undefined : {})
  expect([answer.status, answer.body]).toEqual([
    501,
    {
      errors: [
        {
          status: 501,
          code: 'notimplemented',
          title: `Kustomer has ${method} /v1${published}, but the sandbox does not`
        }
      ]
    }
  ])
  expect(answer.headers.get('x-ratelimit-remaining')).toBe('999')
  expect(await call(method, `/v1${path}`, undefined, { key: 'none' })).toMatchObject({ status: 401 })
})

it.each([
  ['GET', '/conversations', 'conversations'],
  ['POST', '/conversations', 'conversations'],
  ['PATCH', `/conversations/${ID}/messages/${ID}`, 'conversations'],
  ['GET', '/messages', 'messages'],
  ['POST', '/notes', 'notes'],
  ['GET', `/orgs/${ID}`, 'orgs'],
  ['GET', '/queues', 'queues'],
  ['DELETE', `/teams/${ID}`, 'teams'],
  ['GET', '/users', 'users'],
  ['PUT', '/users/current', 'users']
])('says that it lacks all of a resource that Kustomer has: %s %s', async (method, path, root) => {
  const { call } = start()
  const json = ['GET', 'DELETE'].includes(method) ? undefined : {}
  expect(await call(method, `/v1${path}`, json)).toMatchObject({
    status: 501,
    body: { errors: [{ code: 'notimplemented', title: `Kustomer has /v1/${root}, but the sandbox does not` }] }
  })
  expect(await call(method, `/v1${path}`, json, { key: 'none' })).toMatchObject({ status: 401 })
})

it('needs no key for what Kustomer needs none for, lacking though it is', async () => {
  const { call, sandbox } = start()
  expect(await call('GET', '/v1/domains/initech', undefined, { key: 'none' })).toMatchObject({ status: 501 })
  sandbox.setFaults({ rateLimit: 0 })
  expect(await call('GET', '/v1/domains/initech', undefined, { key: 'none' })).toMatchObject({ status: 429 })
})

it.each([
  // Withdrawn.
  ['GET', `/v1/customers/${ID}/events`],
  // Published for no company and no custom object.
  ['PATCH', `/v1/companies/${ID}`],
  ['DELETE', `/v1/companies/${ID}`],
  ['GET', '/v1/companies/externalId=c1'],
  ['PATCH', `/v1/klasses/order/${ID}`],
  ['GET', '/v1/nonsense'],
  ['GET', '/v1/conversational'],
  ['GET', '/v1/nonsense/conversations'],
  ['GET', '/nonsense']
])('does not find what Kustomer does not have: %s %s', async (method, path) => {
  const { call } = start()
  expect(await call(method, path, method === 'GET' ? undefined : {})).toMatchObject({
    status: 404,
    body: { errors: [{ code: 'notfound' }] }
  })
})

it('hands out no link that it does not know', async () => {
  const { call, create, createCompany, sandbox } = start()
  sandbox.defineAttributes('kobject.order', {})
  const company = await createCompany({ name: 'Initech', tags: ['vip'] })
  const [source, target] = [
    await create({ company }),
    await create({ externalId: 'u1', emails: [{ email: 'a@b.co' }] })
  ]
  const event = { name: 'Seen', sessionId: 's 1' }
  await call('POST', '/v1/tracking/identityEvent', { identity: { externalId: 'u1' }, event })
  const answers = [
    await call('GET', '/v1/auth/tokens/current'),
    await call('GET', '/v1/users/current'),
    await call('GET', `/v1/customers/${source}`),
    await call('GET', '/v1/companies?filter=i%26n&pageSize=1'),
    await call('POST', '/v1/companies/bulk', [{ name: 'Initrode' }]),
    await call('GET', `/v1/customers/${target}/sessions`),
    await call('GET', `/v1/customers/${target}/sessions/s%201/events?pageSize=1`),
    await call('GET', `/v1/customers/${target}/merges`),
    await call('POST', '/v1/customers/merges', { source, target }),
    await call('POST', '/v1/tracking/identity', { externalId: 'u1' }),
    await call('POST', '/v1/customers/bulk', [{ _clientRef: 'a' }]),
    await call('POST', '/v1/customers/search', {}),
    await call('POST', `/v1/customers/${target}/klasses/order`, { title: 'Order 1' }),
    await call('GET', `/v1/customers/${target}/klasses/order?pageSize=1`),
    await call('GET', '/v1/klasses')
  ]
  const linksIn = (text: string) =>
    [...text.matchAll(/"(?:self|first|last|prev|next)":"([^"]*)"/g)].map(([, path = '']) => path)
  const followed = new Map<string, number>()
  const open = answers.flatMap(({ text }) => linksIn(text))
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (!followed.has(path)) {
      const isSearch = path.startsWith('/v1/customers/search')
      const { status, text } = await (isSearch ? call('POST', path, {}) : call('GET', path))
      followed.set(path, status)
      open.push(...linksIn(text))
    }
  }
  expect(followed.size).toBeGreaterThan(10)
  // The source of the merge is gone.
  followed.delete(`/v1/customers/${source}`)
  expect([...followed].filter(([, status]) => status !== 200 && status !== 501)).toEqual([])
})
