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
    ['phones', [{ phone: '55' }], [{ phone: '5' }]],
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
    ['tags', ['Très bien <3/_-.'], ['a,b']],
    ['tags', ['a'], ['']],
    ['tags', ['a b'], [' a']],
    ['tags', ['a', 'A'], ['a', 'a']],
    ['tags', [], null],
    [
      'whatsapps',
      [{ type: 'mobile', phone: '+15550100200', verified: true }],
      [{ type: 'home', phone: '+15550100200' }]
    ],
    ['urls', [{ url: 'https://shop.example.com/a?b' }], [{ url: 'https://localhost/a' }]],
    ['urls', [{ url: 'http://example.com:8080' }], [{ url: 'mailto:ann@example.com' }]],
    ['urls', [{ url: 'ftp://example.com' }], [{ url: 'https://example' }]],
    ['locations', [{ type: 'other', address: null, zipCode: null }], [{ type: null }]],
    ['locations', [{ address2: 'x'.repeat(256), address3: null }], [{ address2: LONG }]],
    ['locations', [{ latitude: null, countryCode: null }], [{ address3: LONG }]],
    ['socials', [{ type: 'twitter', username: 'ann', userid: 'x'.repeat(256) }], [{ type: 'twitter', username: '' }]],
    ['socials', [{ type: 'twitter', username: 'ann' }], [{ type: 'twitter', username: 'ann', userid: LONG }]],
    ['facebookIds', [{ pageId: 'p', userId: 'u', name: 'n' }], [{ pageId: 'p' }]],
    ['instagramIds', [{ pageId: 'p', threadId: 't', username: 'u' }], [{ pageId: 'p', threadId: 't' }]],
    ['sentiment', { polarity: -1, confidence: 0.5 }, { polarity: 2, confidence: 0.5 }],
    ['sentiment', { polarity: 0, confidence: -1 }, { polarity: 0, confidence: 1.1 }],
    ['sentiment', { polarity: 1, confidence: 1 }, { polarity: 1 }],
    ['rev', 1, '1'],
    ['externalIds', [{ externalId: 'a' }], [{ externalId: null }]],
    ['custom', { planStr: 'pro' }, { planStr: 1 }],
    ['custom', { planStr: 'x'.repeat(1024) }, { planStr: 'x'.repeat(1025) }],
    ['custom', { planTxt: 'x'.repeat(1024) }, { planTxt: 'x'.repeat(1025) }],
    ['custom', { vipBool: true }, { vipBool: 'true' }],
    ['custom', { placeTree: 'a.b' }, { placeTree: 1 }],
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

  it.each([
    ...['name', 'username', 'externalId', 'company', 'signedUpAt', 'lastActivityAt', 'lastCustomerActivityAt'],
    ...['lastSeenAt', 'birthdayAt', 'avatarUrl', 'locale', 'timeZone', 'defaultLang']
  ])('may have null for %s', async (name) => {
    const { call } = start()
    expect(await call('POST', '/v1/customers', { [name]: null })).toMatchObject({ status: 201 })
  })

  it.each([
    ...['createdAt', 'importedAt', 'gender', 'emails', 'sharedEmails', 'phones', 'sharedPhones', 'whatsapps'],
    ...['externalIds', 'sharedExternalIds', 'socials', 'sharedSocials', 'urls', 'locations', 'tags', 'custom'],
    ...['sentiment', 'rev', 'facebookIds', 'instagramIds']
  ])('may not have null for %s', async (name) => {
    const { call } = start()
    expect(await call('POST', '/v1/customers', { [name]: null })).toMatchObject({ status: 400 })
  })

  it.each<[string, (index: number) => Record<string, unknown>]>([
    ['emails', (index) => ({ email: `${index}@example.com` })],
    ['sharedEmails', (index) => ({ email: `${index}@example.com` })],
    ['phones', (index) => ({ phone: `555010${index}` })],
    ['sharedPhones', (index) => ({ phone: `555010${index}` })],
    ['whatsapps', (index) => ({ phone: `555010${index}` })],
    ['facebookIds', (index) => ({ pageId: 'p', userId: `u${index}` })],
    ['instagramIds', (index) => ({ pageId: 'p', threadId: 't', username: `u${index}` })],
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
    for (const parameter of ['id', 'externalVerified']) {
      expect((await write([{ ...item(0), [parameter]: null }])).body).toMatchObject({
        errors: [{ source: { parameter }, detail: `/properties/${name}/0/additionalProperties` }]
      })
    }
  })

  it.each<[string, object, string[]]>([
    ['emails', { email: 'ann@example.com' }, ['type', 'email', 'verified']],
    ['sharedEmails', { email: 'ann@example.com' }, ['type', 'email', 'verified']],
    ['phones', { phone: '5550100' }, ['type', 'phone', 'verified']],
    ['sharedPhones', { phone: '5550100' }, ['type', 'phone', 'verified']],
    ['whatsapps', { phone: '5550100' }, ['type', 'phone', 'verified']],
    ['externalIds', { externalId: 'u1' }, ['externalId', 'verified']],
    ['sharedExternalIds', { externalId: 'u1' }, ['externalId', 'verified']],
    ['socials', { type: 'twitter', username: 'ann' }, ['type', 'username', 'userid', 'url', 'verified']],
    ['sharedSocials', { type: 'twitter', username: 'ann' }, ['type', 'username', 'userid', 'url', 'verified']],
    ['urls', { url: 'https://example.com' }, ['type', 'url']],
    ['facebookIds', { pageId: 'p', userId: 'u' }, ['pageId', 'userId', 'name']],
    ['instagramIds', { pageId: 'p', threadId: 't', username: 'u' }, ['pageId', 'threadId', 'username', 'instagramId']],
    ['locations', {}, ['type']]
  ])('has null in no part of %s', async (name, item, parts) => {
    const { call } = start()
    expect(await call('POST', '/v1/customers', { [name]: [item] })).toMatchObject({ status: 201 })
    for (const part of parts) {
      expect(await call('POST', '/v1/customers', { [name]: [{ ...item, [part]: null }] })).toMatchObject({
        status: 400
      })
    }
  })

  it('has null in any other part of a location', async () => {
    const { call } = start()
    const parts = [
      ...['name', 'address', 'address2', 'address3', 'latitude', 'longitude', 'countryCode', 'countryName'],
      ...['regionCode', 'regionName', 'cityName', 'zipCode', 'areaCode']
    ]
    for (const part of parts) {
      expect(await call('POST', '/v1/customers', { locations: [{ [part]: null }] })).toMatchObject({ status: 201 })
    }
  })

  it('takes two items for alike whatever the order of their keys', async () => {
    const { call } = start()
    const emails = [
      { type: 'home', email: 'ann@example.com' },
      { email: 'ann@example.com', type: 'home' }
    ]
    expect(await call('POST', '/v1/customers', { emails })).toMatchObject({ status: 400 })
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

  it.each(['displayName', 'deleted', 'id', 'email', '_clientRef', 'companyName'])(
    'refuses %s, which may not be written',
    async (name) => {
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
    }
  )

  it('names a custom attribute that has no type as it was recorded', async () => {
    const { call } = start()
    const { body } = await call('POST', '/v1/customers', { custom: { notAnActualAttribute: 1 } })
    expect(body?.errors).toMatchObject([
      { source: { parameter: 'notAnActualAttribute' }, detail: '/properties/custom/additionalProperties' }
    ])
  })
})
