import { createApp } from '../../src/tester/server/app'
import { embeddedKustomer } from '../../src/tester/kustomer'
import { SANDBOX_API_KEY } from '../../src/sandbox'

const kustomer = embeddedKustomer()
const app = createApp(kustomer)
const settings = { apiKey: SANDBOX_API_KEY, orgPod: 'prod1' }
const SEGMENT = 'https://app.segment.com'

interface Answer {
  status: number
  text: string
  json: unknown
}

async function post(path: string, body: unknown, headers = {}): Promise<Answer> {
  const response = await app.request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body)
  })
  const text = await response.text()
  return { status: response.status, text, json: JSON.parse(text) }
}

beforeEach(() => {
  kustomer.sandbox.reset()
})

afterAll(() => {
  kustomer.transport.close()
})

describe("the protocol of the monorepo's serve command", () => {
  it('tells the definition', async () => {
    const response = await app.request('/manifest')
    expect(await response.json()).toMatchObject({
      name: 'Kustomer (Actions)',
      slug: 'actions-kustomer',
      directoryName: 'kustomer',
      authentication: {
        fields: {
          apiKey: { label: 'API Key' },
          orgPod: { choices: [{ value: 'prod1' }, { value: 'prod2' }, { value: 'prod4' }] }
        }
      },
      actions: { trackEvent: { fields: { eventName: { required: true } } } }
    })
  })

  it('performs an action with a mapping and settings, and tells the exchanges', async () => {
    const { json, text } = await post('/upsertCustomer', {
      mapping: { externalId: { '@path': '$.properties.key' }, customAttributes: { '@path': '$.traits' } },
      settings,
      payload: { properties: { key: '3' }, traits: { plan: 'Müller' } }
    })
    expect(json).toEqual([
      {
        request: {
          url: 'https://api.kustomerapp.com/v1/customers/externalId=3',
          method: 'GET',
          headers: expect.objectContaining({ authorization: '<redacted>', 'user-agent': 'Segment (actions-kustomer)' }),
          body: ''
        },
        response: {
          statusCode: 404,
          statusMessage: '',
          headers: expect.objectContaining({ 'x-kustomer-pod': 'prod1' }),
          body: { errors: [expect.objectContaining({ code: 'notfound' })] }
        },
        milliseconds: expect.any(Number)
      },
      expect.objectContaining({
        request: expect.objectContaining({ method: 'POST', body: '{"externalId":"3","custom":{"planStr":"Müller"}}' })
      })
    ])
    expect(text).not.toContain(SANDBOX_API_KEY)
  })

  it('performs a batch', async () => {
    const { json } = await post('/upsertCustomer', {
      mapping: { externalId: { '@path': '$.properties.key' }, name: { '@path': '$.traits.name' } },
      settings,
      payload: [
        { properties: { key: '1' }, traits: { name: 'Hans Müller' } },
        { properties: { key: '2' }, traits: { name: 'James Mills' } }
      ]
    })
    expect(json).toContainEqual(expect.objectContaining({ request: expect.objectContaining({ method: 'POST' }) }))
    expect(kustomer.sandbox.customers()).toHaveLength(2)
  })

  it('says so where an action takes no batches', async () => {
    const { json } = await post('/trackEvent', { settings, payload: [{ event: 'Seen', userId: 'u1' }] })
    expect(json).toMatchObject([{ statusCode: 501, message: expect.stringContaining('does not take batches') }])
  })

  it('uses its own settings where none are given', async () => {
    const { json } = await post('/trackEvent', { payload: { event: 'Seen', userId: 'u1' } })
    expect(json).toMatchObject([{ response: { statusCode: 201 } }])
  })

  it('answers a failure with the message of each field', async () => {
    expect((await post('/trackEvent', { settings, payload: { userId: 'u1' } })).json).toEqual([
      {
        statusCode: 400,
        message: "The root value is missing the required field 'eventName'.",
        stack: expect.any(Array),
        fields: { eventName: "The root value is missing the required field 'eventName'." },
        requestError: true
      }
    ])
    const { json } = await post('/upsertCustomer', {
      settings,
      payload: { userId: 'u1', traits: { address: 'Austin' } },
      mapping: { address: { '@path': '$.traits.address' } }
    })
    expect(json).toMatchObject([{ fields: { address: 'Address must be an object but it was a string.' } }])
  })

  it('answers a refusal with the error and the exchanges that led to it', async () => {
    kustomer.sandbox.setFaults({ rateLimit: 0 })
    const { json } = await post('/trackEvent', { settings, payload: { event: 'Seen', userId: 'u1' } })
    expect(json).toMatchObject([{ statusCode: 429, requestError: true }, { response: { statusCode: 429 } }])
  })

  it.each([
    ['/authenticate', settings],
    ['/authentication', { settings }]
  ])('tries the settings sent to %s', async (path, body) => {
    expect((await post(path, body)).json).toEqual({ ok: true })
  })

  it('names the setting that is wrong', async () => {
    expect((await post('/authenticate', { apiKey: SANDBOX_API_KEY, orgPod: 'no pod' })).json).toMatchObject({
      ok: false,
      error: expect.stringContaining('Org Pod must be one of'),
      fields: { orgPod: expect.stringContaining('"prod1", "prod2", or "prod4"') }
    })
    const { json, text } = await post('/authenticate', { settings: { apiKey: 'not-the-key', orgPod: 'prod1' } })
    expect(json).toMatchObject({ ok: false, fields: { apiKey: expect.stringContaining('401') } })
    expect(text).not.toContain('not-the-key')
  })

  it.each(['/trackEvent', '/upsertCustomer', '/delete'])('refuses an unknown pod at %s', async (path) => {
    const unknown = { settings: { ...settings, orgPod: 'prod9' }, payload: { event: 'Seen', userId: 'u1' } }
    expect((await post(path, unknown)).json).toEqual([
      expect.objectContaining({ fields: { orgPod: expect.stringContaining('Org Pod must be one of') } })
    ])
    expect(kustomer.sandbox.customers()).toEqual([])
  })

  it('erases a customer', async () => {
    await post('/upsertCustomer', { settings, payload: { userId: 'u1' } })
    const { json } = await post('/delete', { settings, payload: { userId: 'u1' } })
    expect(json).toMatchObject([{ request: { method: 'GET' } }, { request: { method: 'DELETE' } }])
    expect(kustomer.sandbox.customers()).toEqual([])
  })

  it('refuses a body that is no JSON object', async () => {
    expect(await post('/trackEvent', '[')).toMatchObject({
      status: 400,
      json: { error: expect.stringContaining('JSON') }
    })
  })
})

it('never tells the key, wherever it stands', async () => {
  const apiKey = 'key"with\\much'
  const { text } = await post('/trackEvent', {
    settings: { ...settings, apiKey },
    payload: { event: 'Seen', userId: apiKey, properties: { [apiKey]: apiKey } }
  })
  expect(text).toContain('<redacted>')
  expect(text).not.toMatch(/with\\+much/)
})

describe('access', () => {
  it("lets Segment's app call", async () => {
    const response = await app.request('/trackEvent', {
      method: 'OPTIONS',
      headers: {
        origin: SEGMENT,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type'
      }
    })
    expect(response.headers.get('access-control-allow-origin')).toBe(SEGMENT)
    const { status } = await post('/trackEvent', { payload: { event: 'Seen', userId: 'u1' } }, { origin: SEGMENT })
    expect(status).toBe(200)
  })

  it('lets no other page call, under whatever name', async () => {
    const payload = { event: 'Seen', userId: 'u1' }
    expect(await post('/trackEvent', { payload }, { origin: 'https://example.com' })).toMatchObject({ status: 403 })
    expect(await post('http://example.com/trackEvent', { payload })).toMatchObject({ status: 403 })
    expect(kustomer.sandbox.customers()).toEqual([])
  })
})

describe('what the page asks', () => {
  it('resolves the mapping of the preset for an event', async () => {
    const { json } = await post('/workbench/preview', { payload: { type: 'page', name: 'Pricing', userId: 'u1' } })
    expect(json).toMatchObject({
      action: 'trackEvent',
      preset: 'Track Page',
      values: { eventName: 'Viewed Pricing Page', externalId: 'u1' },
      problems: {}
    })
  })

  it('tells the fields that an event would be refused for', async () => {
    const { json } = await post('/workbench/preview', { payload: { type: 'track', userId: 'u1' } })
    expect(json).toMatchObject({ values: { externalId: 'u1' }, problems: { eventName: expect.any(String) } })
  })

  it('tells what is wrong with a mapping', async () => {
    const mapping = { eventName: { '@nothing': 1 } }
    const { json } = await post('/workbench/preview', { payload: { type: 'track' }, mapping })
    expect(json).toMatchObject({ error: expect.stringContaining('@nothing'), values: {} })
  })

  it('tells what was left out of an event, and of each event of a batch', async () => {
    const bad = { type: 'identify', userId: 'u1', traits: { email: 'not-an-email' } }
    const { json } = await post('/workbench/deliver', { payload: bad })
    const leftOut = [{ field: 'email', reason: 'left out: not an email address' }]
    expect(json).toMatchObject({ outcome: 'created', customerId: expect.any(String), leftOut })
    const batch = await post('/workbench/deliver', { payload: [bad, { type: 'identify', userId: 'u2' }] })
    expect(batch.json).toMatchObject({
      results: [
        { outcome: 'unchanged', customerId: expect.any(String), leftOut },
        { outcome: 'created', customerId: expect.any(String), leftOut: [] }
      ]
    })
  })

  it('tells what an agent sees', async () => {
    await post('/upsertCustomer', {
      payload: { userId: 'u1', traits: { name: 'Peter', plan: 'gold' } },
      mapping: { customAttributes: { plan: 'gold' } }
    })
    const response = await app.request('/workbench/agent')
    expect(await response.json()).toEqual([
      {
        name: 'Peter',
        attributes: [
          ['External ID', 'u1'],
          ['planStr', 'gold']
        ],
        sessions: []
      }
    ])
  })

  it('serves the page without anything from elsewhere', async () => {
    const response = await app.request('/')
    const page = await response.text()
    expect(response.headers.get('content-security-policy')).toContain("default-src 'self'")
    expect(page).toContain('<h1>Kustomer action tester</h1>')
    expect(page).not.toMatch(/https?:/)
  })
})
