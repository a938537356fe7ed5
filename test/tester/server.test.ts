import { listen } from '../../src/tester/server/listen'
import { SANDBOX_API_KEY } from '../../src/sandbox'
import { ServerUnderTest } from './server-support'

const tester = new ServerUnderTest()
const { post } = tester
const settings = { apiKey: SANDBOX_API_KEY, orgPod: 'prod1' }
const SEGMENT = 'https://app.segment.com'

describe("the protocol of the monorepo's serve command", () => {
  it('tells the definition', async () => {
    const response = await tester.app.request('/manifest')
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
          headers: {},
          body: { errors: [expect.objectContaining({ code: 'notfound' })] }
        }
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
    expect(tester.kustomer.sandbox.customers()).toHaveLength(2)
  })

  it('says so where an action takes no batches', async () => {
    const { json } = await post('/trackEvent', { settings, payload: [{ event: 'Seen', userId: 'u1' }] })
    expect(json).toMatchObject([{ statusCode: 501, message: 'This action does not support batched requests.' }])
  })

  it('takes what a request leaves out as missing', async () => {
    const { json } = await post('/trackEvent', { payload: { event: 'Seen', userId: 'u1' } })
    expect(json).toMatchObject([{ statusCode: 401, message: expect.stringContaining('API Key is missing') }])
    expect((await post('/authenticate', {})).json).toEqual({
      ok: false,
      error: expect.stringContaining("missing the required field 'apiKey'"),
      fields: { $: expect.stringContaining("missing the required field 'orgPod'") }
    })
    expect((await post('/authenticate', { settings })).json).toMatchObject({ ok: false })
  })

  it.each(['', '[]'])('takes %j for an empty body', async (body) => {
    expect(await post('/trackEvent', body)).toMatchObject({ status: 200, json: [{ statusCode: 500 }] })
    expect(await post('/authenticate', body)).toMatchObject({ status: 200, json: { ok: false } })
  })

  it('takes a body that is not said to be JSON for an empty one', async () => {
    const { json } = await post('/authenticate', settings, { 'content-type': 'text/plain' })
    expect(json).toMatchObject({ ok: false })
  })

  it('answers a failure with the error alone, and the message of each field', async () => {
    const words = "The root value is missing the required field 'eventName'."
    expect((await post('/trackEvent', { settings, payload: { userId: 'u1' } })).json).toEqual([
      { statusCode: 500, message: words, stack: expect.any(Array), fields: { $: words }, requestError: true }
    ])
    const { json } = await post('/upsertCustomer', {
      settings,
      payload: { userId: 'u1', traits: { address: 'Austin' } },
      mapping: { address: { '@path': '$.traits.address' } }
    })
    expect(json).toMatchObject([{ fields: { address: 'Address must be an object but it was a string.' } }])
    tester.kustomer.sandbox.setFaults({ rateLimit: 0 })
    const limited = await post('/trackEvent', { settings, payload: { event: 'Seen', userId: 'u1' } })
    expect(limited.json).toEqual([expect.objectContaining({ statusCode: 429, requestError: true })])
  })

  it('answers what is no mapping with 400 and a sentence', async () => {
    const mapping = { eventName: { '@nope': '$.x' } }
    const { json } = await post('/trackEvent', { settings, mapping, payload: { event: 'Seen', userId: 'u1' } })
    expect(json).toEqual([
      {
        statusCode: 400,
        message: 'eventName cannot be filled. The mapping has an invalid directive: @nope.',
        fields: { eventName: 'The mapping has an invalid directive: @nope.' },
        requestError: true
      }
    ])
  })

  it.each(['/nope', '/__proto__', '/constructor'])('knows no action at %s', async (path) => {
    expect(await post(path, { settings, payload: {} })).toMatchObject({ status: 404 })
  })

  it('refreshes no token', async () => {
    expect(await post('/refreshAccessToken', {})).toEqual({
      status: 400,
      text: expect.any(String),
      json: { ok: false, error: 'refreshAccessToken is only valid with oauth2 authentication scheme' }
    })
  })

  it('refuses a body of more than 100 KB', async () => {
    const payload = { event: 'Seen', userId: 'u1', properties: { text: 'x'.repeat(102_400) } }
    expect(await post('/trackEvent', { settings, payload })).toMatchObject({ status: 413 })
  })

  it('tries the settings', async () => {
    expect((await post('/authenticate', settings)).json).toEqual({ ok: true })
  })

  it('names the setting that is wrong', async () => {
    expect((await post('/authenticate', { apiKey: SANDBOX_API_KEY, orgPod: 'no pod' })).json).toMatchObject({
      ok: false,
      error: expect.stringContaining('Org Pod must be one of'),
      fields: { orgPod: expect.stringContaining('"prod1", "prod2", or "prod4"') }
    })
    const { json, text } = await post('/authenticate', { apiKey: 'not-the-key', orgPod: 'prod1' })
    expect(json).toMatchObject({ ok: false, error: expect.stringContaining('401'), fields: {} })
    expect(text).not.toContain('not-the-key')
  })

  it('erases a customer', async () => {
    await post('/upsertCustomer', { settings, payload: { userId: 'u1' } })
    const { json } = await post('/delete', { settings, payload: { userId: 'u1' } })
    expect(json).toMatchObject([{ request: { method: 'GET' } }, { request: { method: 'DELETE' } }])
    expect(tester.kustomer.sandbox.customers()).toEqual([])
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
  const event = { type: 'track', event: 'Seen', userId: apiKey, properties: { [apiKey]: apiKey } }
  const { text } = await post('/workbench/deliver', { settings: { ...settings, apiKey }, payload: event })
  expect(text).toContain('<redacted>')
  expect(text).not.toMatch(/with\\+much/)
  expect((await post('/trackEvent', { settings: { ...settings, apiKey }, payload: event })).text).not.toMatch(
    /with\\+much/
  )
})

describe('access', () => {
  it("lets Segment's app call", async () => {
    const response = await tester.app.request('/trackEvent', {
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

  it('has its own settings fill in for nobody but its own page', async () => {
    const payload = { type: 'identify', userId: 'u1' }
    expect(await post('/workbench/deliver', { payload }, { origin: SEGMENT })).toMatchObject({ status: 403 })
    expect(tester.kustomer.sandbox.customers()).toEqual([])
    const own = { origin: 'http://localhost' }
    expect(await post('http://localhost/workbench/deliver', { payload }, own)).toMatchObject({ status: 200 })
  })

  it('lets no other page call, under whatever name', async () => {
    const payload = { event: 'Seen', userId: 'u1' }
    expect(await post('/trackEvent', { payload }, { origin: 'https://example.com' })).toMatchObject({ status: 403 })
    expect(await post('http://example.com/trackEvent', { payload })).toMatchObject({ status: 403 })
    expect(tester.kustomer.sandbox.customers()).toEqual([])
  })
})

it('sends what curl is given to the sandbox', async () => {
  const authorization = `Bearer ${SANDBOX_API_KEY}`
  expect(await post('/v1/customers', { externalId: 'u1' }, { authorization })).toMatchObject({ status: 201 })
  expect(tester.kustomer.sandbox.customers()).toHaveLength(1)
})

it('serves the page without anything from elsewhere', async () => {
  const response = await tester.app.request('/')
  const page = await response.text()
  const policy = String(response.headers.get('content-security-policy'))
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1]
  expect(policy).toContain("default-src 'self'")
  expect(page).toContain(`nonce="${String(nonce)}"`)
  expect(page).not.toMatch(/https?:/)
  expect((await tester.app.request('/main.js')).headers.get('content-type')).toContain('text/javascript')
  expect((await tester.app.request('/main.css')).headers.get('content-type')).toContain('text/css')
})

// What comes over a socket is no request of the platform's, and may come without saying how long it is.
describe('over HTTP', () => {
  let server: Awaited<ReturnType<typeof listen>>
  const send = (path: string, body?: BodyInit): Promise<globalThis.Response> =>
    fetch(`${server.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      duplex: 'half'
    } as RequestInit)
  const inParts = (...texts: string[]): ReadableStream => new Blob(texts).stream()

  beforeAll(async () => {
    server = await listen(0, (request, connection) => tester.app.fetch(request, connection))
  })

  afterAll(() => {
    server.close()
  })

  it('takes no body for an empty one, and a body in parts as a whole', async () => {
    expect(await (await send('/authenticate')).json()).toMatchObject({ ok: false })
    const [head, tail] = [JSON.stringify(settings).slice(0, 9), JSON.stringify(settings).slice(9)]
    expect(await (await send('/authenticate', inParts(head, tail))).json()).toEqual({ ok: true })
    expect((await send('/authenticate', inParts('x'.repeat(60_000), 'x'.repeat(60_000)))).status).toBe(413)
    expect((await send('/authenticate', 'x'.repeat(1_000_000))).status).toBe(413)
    expect(await (await send('/authenticate', JSON.stringify(settings))).json()).toEqual({ ok: true })
  })
})

describe('what a field offers', () => {
  beforeEach(() => {
    tester.kustomer.sandbox.defineAttributes('customer', {
      planStr: { displayName: 'Plan', enumeration: ['starter', 'business'] },
      goneStr: { deleted: true }
    })
  })

  it('is answered to whoever asks for the keys of an object, or for the values of one', async () => {
    expect(await post('/upsertCustomer/customAttributes.__keys__', { settings })).toMatchObject({
      status: 200,
      json: { choices: [{ value: 'planStr', label: 'Plan', description: 'text' }] }
    })
    expect(await post('/upsertCustomer/customAttributes.planStr', { settings })).toMatchObject({
      status: 200,
      json: { choices: [{ value: 'starter' }, { value: 'business' }] }
    })
  })

  it('is answered as by the monorepo where there is nothing to offer', async () => {
    expect(await post('/upsertCompany/customAttributes', { settings })).toMatchObject({
      status: 500,
      json: [{ message: 'No dynamic field named customAttributes found.', code: '404' }]
    })
    const refused = await post('/upsertCompany/customAttributes.__keys__', { settings: { apiKey: 'not-the-key' } })
    expect(refused).toMatchObject({ status: 500, json: [{ code: '401', message: expect.any(String) }] })
    expect(refused.text).not.toContain('not-the-key')
    expect((await post('/trackEvent/meta', { settings })).status).toBe(404)
  })
})
