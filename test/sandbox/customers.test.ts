import { start } from './support'

const LONG = 'x'.repeat(257)
const items = <Item>(count: number, item: (index: number) => Item): Item[] =>
  Array.from({ length: count }, (_, index) => item(index))

describe('the attributes of a customer', () => {
  it.each<[string, unknown, unknown]>([
    ['name', 'x'.repeat(256), LONG],
    ['name', 'Ann', 1],
    ['username', 'ann', LONG],
    ['externalId', 'x'.repeat(256), LONG],
    ['externalId', 'u', ''],
    ['company', '5f00000000000000000000cc', 'Acme'],
    ['signedUpAt', '2024-01-02T03:04:05Z', '2024-01-02'],
    ['birthdayAt', '1980-02-29T00:00:00.000+02:00', 1],
    ['lastSeenAt', '1980-02-29T00:00:00Z', '1981-02-29T00:00:00Z'],
    ['lastActivityAt', '2024-01-02T03:04:05Z', '2024-01-02T03:04Z'],
    ['lastCustomerActivityAt', '2024-01-02T03:04:05-08:00', '2024-01-02T03:04:05'],
    ['createdAt', '2024-01-02T03:04:05.123456Z', '2024-13-02T03:04:05Z'],
    ['importedAt', '2024-01-02T03:04:05Z', null],
    ['avatarUrl', 'https://example.com/a.png', 'a.png'],
    ['avatarUrl', 'https://example.com/a%20b?c=d#e', 'https://example.com/a b'],
    ['avatarUrl', 'data:image/png;base64,iVBORw0', ' https://example.com'],
    ['avatarUrl', 'https://xn--bcher-kva.example', 'https://bücher.example'],
    ['avatarUrl', 'https://example.com/%7B', 'https://example.com/%zz'],
    ['avatarUrl', 'http://example.com', '//example.com'],
    ['company', '5F00000000000000000000CC', '5f00000000000000000000c'],
    ['emails', [{ type: 'home', email: 'a@example.com', verified: true }], [{ type: 'main', email: 'a@example.com' }]],
    ['emails', [{ email: 'a@example.com' }], [{ id: 'x', email: 'a@example.com' }]],
    ['emails', [{ email: 'a@example.com' }], [{ email: 'a at example.com' }]],
    ['emails', [{ email: 'a@example.com' }], [{ email: 'a@example.com' }, { email: 'a@example.com' }]],
    ['emails', items(10, (n) => ({ email: `${n}@example.com` })), items(11, (n) => ({ email: `${n}@example.com` }))],
    ['sharedEmails', [{ email: 'a@example.com' }], ['a@example.com']],
    ['phones', [{ type: 'fax', phone: '+1 (555) 010-0200' }], [{ phone: 'call me' }]],
    ['phones', [{ phone: '5550100' }], [{ phone: '555010' }]],
    ['phones', [{ phone: '123456789012345' }], [{ phone: '1234567890123456' }]],
    ['sharedPhones', [{ phone: '5550100' }], [{ phone: '5550100', type: 'pager' }]],
    ['phones', [{ phone: '+1.555.010-0200/9' }], [{ phone: '1+5550100' }]],
    ['emails', [{ email: `${'x'.repeat(250)}@a.b` }], [{ email: `${'x'.repeat(251)}@a.b` }]],
    ['emails', [{ email: 'a@b' }], [{ email: 'a@b@c' }]],
    ['phones', [{ phone: '5550100' }], [{ phone: '5550100' }, { phone: '5550100' }]],
    ['externalIds', [{ externalId: 'x'.repeat(255) }], [{ externalId: 'x'.repeat(256) }]],
    ['sharedExternalIds', [{ externalId: 'a', verified: false }], [{ externalId: '' }]],
    ['socials', [{ type: 'twitter', username: 'ann' }], [{ type: 'mastodon', username: 'ann' }]],
    ['socials', [{ type: 'linkedin', username: 'ann', url: 'https://example.com/ann' }], [{ type: 'linkedin' }]],
    ['sharedSocials', [{ type: 'facebook', username: 'x'.repeat(256), userid: '1' }], [{ username: 'ann' }]],
    ['sharedSocials', [{ type: 'pinterest', username: 'a' }], [{ type: 'pinterest', username: LONG }]],
    ['urls', [{ type: 'website', url: 'https://example.com' }], [{ url: 'example' }]],
    ['locations', [{ countryCode: 'US', regionCode: 'TX', cityName: 'Austin' }], [{ countryCode: 'USA' }]],
    ['locations', [{ address: 'x'.repeat(256) }], [{ address: LONG }]],
    ['locations', [{ zipCode: '78744', latitude: 30.2 }], [{ street: '1 Main Street' }]],
    ['locations', [{ regionName: 'Texas' }], [{ regionCode: 'Texas' }]],
    ['locations', [{ countryName: 'x'.repeat(64) }], [{ countryName: 'x'.repeat(65) }]],
    ['locations', [{ regionName: 'x'.repeat(128) }], [{ regionName: 'x'.repeat(129) }]],
    ['locations', [{ cityName: 'x'.repeat(128) }], [{ cityName: 'x'.repeat(129) }]],
    ['locations', [{ zipCode: 'x'.repeat(30) }], [{ zipCode: 'x'.repeat(31) }]],
    ['locations', [{ areaCode: 'x'.repeat(30) }], [{ areaCode: 'x'.repeat(31) }]],
    ['locations', [{ type: 'home', name: 'Home', address2: '2', address3: '3' }], [{ type: 'main' }]],
    ['locations', [{ longitude: -97.7 }], [{ longitude: '-97.7' }]],
    ['locations', [{ countryCode: 'US' }], [{ countryCode: 'U' }]],
    ['locale', 'x'.repeat(16), 'x'.repeat(17)],
    ['timeZone', 'x'.repeat(64), 'x'.repeat(65)],
    ['defaultLang', 'x'.repeat(100), 'x'.repeat(101)],
    ['gender', 'm', 'male'],
    ['gender', 'f', 'M'],
    ['tags', ['x'.repeat(64)], ['x'.repeat(65)]],
    ['tags', items(20, String), items(21, String)],
    ['custom', { planStr: 'pro' }, { planStr: 1 }],
    ['custom', { planStr: 'x'.repeat(1024) }, { planStr: 'x'.repeat(1025) }],
    ['custom', { planTxt: 'x'.repeat(2000), vipBool: true }, { vipBool: 'true' }],
    ['custom', { seatsNum: 3 }, { seatsNum: '3' }],
    ['custom', { renewsAt: '2024-01-01T00:00:00Z' }, { renewsAt: '2024-01-01' }],
    ['custom', { siteUrl: 'https://example.com' }, { siteUrl: 'example' }],
    ['custom', { planStr: null }, { plan: 'pro' }],
    ['custom', { parentId: 'a' }, { parentId: 1 }],
    ['custom', { planStr: '' }, { PlanStr: '' }],
    ['custom', {}, []],
    ['custom', {}, JSON.parse('{"__proto__":"x"}')],
    ['custom', {}, null],
    ['custom', { planStr: 'pro' }, { 'the planStr': 'pro' }],
    [
      'custom',
      Object.fromEntries(items(100, (n) => [`a${n}Num`, n])),
      Object.fromEntries(items(101, (n) => [`a${n}Num`, n]))
    ]
  ])('takes one %s and refuses another', async (name, accepted, refused) => {
    const { call } = start()
    expect(await call('POST', '/v1/customers', { [name]: accepted })).toMatchObject({ status: 201 })
    expect(await call('POST', '/v1/customers', { [name]: refused })).toMatchObject({ status: 400 })
  })

  it.each<[string, (index: number) => Record<string, unknown>]>([
    ['emails', (index) => ({ email: `${index}@example.com` })],
    ['sharedEmails', (index) => ({ email: `${index}@example.com` })],
    ['phones', (index) => ({ phone: `555010${index}` })],
    ['sharedPhones', (index) => ({ phone: `555010${index}` })],
    ['externalIds', (index) => ({ externalId: `u${index}` })],
    ['sharedExternalIds', (index) => ({ externalId: `u${index}` })],
    ['socials', (index) => ({ type: 'twitter', username: `u${index}` })],
    ['sharedSocials', (index) => ({ type: 'twitter', username: `u${index}` })],
    ['urls', (index) => ({ url: `https://example.com/${index}` })],
    ['locations', (index) => ({ cityName: `City ${index}` })]
  ])('holds no more than ten %s, no two alike, and no id that was read', async (name, item) => {
    const { call } = start()
    const write = (list: unknown[]) => call('POST', '/v1/customers', { [name]: list })
    expect(await write(items(10, item))).toMatchObject({ status: 201 })
    const tooMany = await write(items(11, item))
    expect(tooMany).toMatchObject({ status: 400, body: { errors: [{ source: { parameter: name } }] } })
    const alike = await write([item(0), item(0)])
    expect(alike).toMatchObject({ status: 400, body: { errors: [{ source: { parameter: name } }] } })
    expect((await write([{ ...item(0), id: '5f0000000000000000000001' }])).body).toMatchObject({
      errors: [{ source: { parameter: 'id' }, detail: `/properties/${name}/0/additionalProperties` }]
    })
  })

  it.each([
    ['gender', { gender: 'x' }],
    ['emails.0.email', { emails: [{ email: 'x' }] }],
    ['custom.planStr', { custom: { planStr: 1 } }],
    ['body', []]
  ])('names %s in its refusal', async (parameter, body) => {
    const { call } = start()
    expect((await call('POST', '/v1/customers', body)).body?.errors).toEqual([
      { status: 400, code: 'badparam', title: expect.any(String), source: { parameter } }
    ])
  })

  it.each(['displayName', 'deleted', 'sentiment', 'email'])('refuses %s, which may not be written', async (name) => {
    const { call } = start()
    expect((await call('POST', '/v1/customers', { [name]: 'x' })).body).toEqual({
      errors: [
        {
          status: 400,
          code: 'badparam',
          title: 'Additional properties not allowed',
          detail: '/properties/additionalProperties',
          source: { parameter: name }
        }
      ]
    })
  })

  it('names a custom attribute that has no type as it was recorded', async () => {
    const { call } = start()
    const { body } = await call('POST', '/v1/customers', { custom: { notAnActualAttribute: 1 } })
    expect(body?.errors).toMatchObject([
      { source: { parameter: 'notAnActualAttribute' }, detail: '/properties/custom/additionalProperties' }
    ])
  })
})

describe('looking up a customer', () => {
  it.each([
    ['externalId=a%2Fb%3Fc%20%E8%B3%BC', { externalId: 'a/b?c 購' }],
    ['externalId=100%25', { externalId: '100%' }],
    ['email=ANN%40example.com', { emails: [{ email: 'ann@Example.com' }] }],
    ['phone=%2B1%20555%20010%200200', { phones: [{ phone: '15550100200' }] }]
  ])('finds %s', async (locator, attributes) => {
    const { call, create } = start()
    const id = await create(attributes)
    expect((await call('GET', `/v1/customers/${locator}`)).body?.data).toMatchObject({ type: 'customer', id })
    expect((await call('GET', `/v1/customers/${id}`)).body?.data).toMatchObject({ id })
  })

  it('answers a miss as it was recorded', async () => {
    const { call } = start()
    expect(await call('GET', '/v1/customers/externalId=none')).toMatchObject({
      status: 404,
      body: { errors: [{ status: 404, source: { parameter: 'externalId' }, code: 'notfound', title: 'Not Found' }] }
    })
  })

  it('shows more than may be written, and an id for each item of a list', async () => {
    const { call, create } = start()
    const id = await create({ name: 'Ann', emails: [{ email: 'ann@example.com' }] })
    const attributes = (await call('GET', `/v1/customers/${id}`)).body?.data?.attributes
    expect(attributes).toMatchObject({ displayName: 'Ann', deleted: false, recentItems: [], sentiment: {} })
    expect(attributes?.emails).toEqual([{ id: expect.any(String), email: 'ann@example.com' }])
  })

  it('does not find what is shared', async () => {
    const { call, create } = start()
    await create({ sharedEmails: [{ email: 'ann@example.com' }] })
    await create({ sharedEmails: [{ email: 'ann@example.com' }] })
    expect(await call('GET', '/v1/customers/email=ann%40example.com')).toMatchObject({ status: 404 })
  })
})

describe('identifiers', () => {
  it.each([
    ['externalId', { externalId: 'u1' }, { externalId: 'u1' }],
    ['email', { emails: [{ email: 'ann@example.com' }] }, { emails: [{ email: 'Ann@Example.com' }] }],
    ['phone', { phones: [{ phone: '+1 555 010 0200' }] }, { phones: [{ phone: '15550100200' }] }]
  ])('belong to one customer at a time: %s', async (name, held, wanted) => {
    const { call, create } = start()
    await create(held)
    const other = await create({})
    for (const answer of [
      await call('POST', '/v1/customers', wanted),
      await call('PATCH', `/v1/customers/${other}`, wanted)
    ]) {
      expect(answer).toMatchObject({ status: 409, body: { errors: [{ source: { parameter: name } }] } })
    }
  })

  it('are free again once they are given up or their customer is gone', async () => {
    const { call, create } = start()
    const id = await create({ externalId: 'u1', emails: [{ email: 'ann@example.com' }] })
    await call('PATCH', `/v1/customers/${id}`, { emails: [] })
    await create({ emails: [{ email: 'ann@example.com' }] })
    await call('DELETE', `/v1/customers/${id}`)
    expect(await call('POST', '/v1/customers', { externalId: 'u1' })).toMatchObject({ status: 201 })
  })
})

describe.each(['PATCH', 'PUT'])('an update by %s', (method) => {
  it('leaves alone what it does not name, replaces lists and changes custom attributes one by one', async () => {
    const { call, create } = start()
    const id = await create({
      name: 'Ann',
      locale: 'en',
      emails: [{ email: 'a@example.com' }],
      custom: { planStr: 'pro', seatsNum: 3, vipBool: true }
    })
    await call(method, `/v1/customers/${id}`, {
      locale: 'fr',
      emails: [{ email: 'b@example.com' }],
      custom: { seatsNum: 4, vipBool: null }
    })
    expect((await call('GET', `/v1/customers/${id}`)).body?.data?.attributes).toMatchObject({
      name: 'Ann',
      locale: 'fr',
      emails: [{ email: 'b@example.com' }],
      custom: { planStr: 'pro', seatsNum: 4 }
    })
  })

  it('counts the custom attributes that the customer has already', async () => {
    const { call, create } = start()
    const many = (prefix: string, count: number) => Object.fromEntries(items(count, (n) => [`${prefix}${n}Num`, n]))
    const id = await create({ custom: many('a', 60) })
    expect(await call(method, `/v1/customers/${id}`, { custom: many('b', 41) })).toMatchObject({
      status: 400,
      body: { errors: [{ source: { parameter: 'custom' } }] }
    })
    expect(await call(method, `/v1/customers/${id}`, { custom: many('b', 40) })).toMatchObject({ status: 200 })
  })

  it('clears a custom attribute by null', async () => {
    const { call, create, sandbox } = start()
    const id = await create({ custom: { planStr: 'pro', seatsNum: null } })
    expect(sandbox.customers()[0]?.attributes.custom).toEqual({ planStr: 'pro' })
    await call(method, `/v1/customers/${id}`, { custom: { planStr: null } })
    expect(sandbox.customers()[0]?.attributes.custom).toEqual({})
  })

  it('loses the company that it leaves out', async () => {
    const { call, create } = start()
    const company = '5f00000000000000000000cc'
    const id = await create({ company })
    const kept = await call(method, `/v1/customers/${id}`, { name: 'Ann', company })
    expect(kept.body?.data?.relationships.company?.data.id).toBe(company)
    const lost = await call(method, `/v1/customers/${id}`, { name: 'Ann' })
    expect(lost.body?.data?.relationships).toEqual({})
  })

  it('refuses what a creation refuses, and an unknown customer', async () => {
    const { call, create } = start()
    const id = await create({})
    expect(await call(method, `/v1/customers/${id}`, { gender: 'x' })).toMatchObject({ status: 400 })
    expect(await call(method, '/v1/customers/5f0000000000000000000001', {})).toMatchObject({ status: 404 })
  })
})

describe('deletion', () => {
  it('erases the customer and the timeline', async () => {
    const { call, create, sandbox } = start()
    const id = await create({ externalId: 'u1' })
    await call('POST', '/v1/tracking/identityEvent', { identity: { externalId: 'u1' }, event: { name: 'Seen' } })
    expect(await call('DELETE', `/v1/customers/${id}`)).toMatchObject({ status: 204 })
    expect(await call('DELETE', `/v1/customers/${id}`)).toMatchObject({ status: 404 })
    expect(await call('GET', '/v1/customers/externalId=u1')).toMatchObject({ status: 404 })
    expect(sandbox.customers()).toEqual([])
    expect(sandbox.timeline(id)).toEqual([])
  })

  it('may leave a record that is marked as deleted, whose identifiers are free', async () => {
    const { call, create, sandbox } = start()
    const id = await create({ externalId: 'u1' })
    sandbox.markDeleted(id)
    const found = await call('GET', '/v1/customers/externalId=u1')
    expect(found.body?.data).toMatchObject({ id, attributes: { deleted: true } })
    expect(sandbox.customers()).toEqual([])
    expect(await create({ externalId: 'u1' })).not.toBe(id)
  })
})

it.each(['{bad', ''])('refuses the body %j', async (body) => {
  const { sandbox } = start()
  const headers = { authorization: 'Bearer local-sandbox-key', 'content-type': 'application/json' }
  const request = new Request('https://api.kustomerapp.com/v1/customers', { method: 'POST', headers, body })
  expect((await sandbox.fetch(request)).status).toBe(400)
})

it('refuses a body that does not say that it is JSON', async () => {
  const { sandbox } = start()
  const headers = { authorization: 'Bearer local-sandbox-key', 'content-type': 'text/plain' }
  const request = new Request('https://api.kustomerapp.com/v1/customers', { method: 'POST', headers, body: '{}' })
  expect((await sandbox.fetch(request)).status).toBe(400)
})
