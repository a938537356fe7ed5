import { createTestIntegration, Destination, RetryableError } from '@segment/actions-core'
import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import nock from 'nock'
import destination from '../../../src/destinations/kustomer'
import { body, CUSTOMER_ID, kustomer, NOT_FOUND, record, run, settings } from './support'

const BY_EXTERNAL_ID = '/v1/customers/externalId=u1'

describe('the definition', () => {
  it('labels and describes every setting and field', () => {
    const fields = [
      ...Object.values(destination.authentication?.fields ?? {}),
      ...Object.values(destination.actions).flatMap((action) => Object.values(action.fields)),
      ...Object.values(destination.actions.upsertCustomer?.fields.address?.properties ?? {})
    ]
    expect(fields.every(({ label, description }) => label && description)).toBe(true)
  })

  it.each([
    ['prod1', 'api.kustomerapp.com'],
    [' PROD2 ', 'api.prod2.kustomerapp.com'],
    ['prod4', 'api.prod4.kustomerapp.com']
  ])('sends the key to the host of pod %s alone', async (orgPod, host) => {
    nock(`https://${host}`, { reqheaders: { authorization: 'Bearer key', 'user-agent': 'Segment (actions-kustomer)' } })
      .get('/v1/auth/tokens/current')
      .reply(200, { data: { type: 'token', attributes: { roles: ['org'] } } })
    await createTestIntegration(destination).testAuthentication({ apiKey: ' key ', orgPod })
    expect(nock.isDone()).toBe(true)
  })
})

describe('testAuthentication', () => {
  const authenticate = () => createTestIntegration(destination).testAuthentication(settings)

  it("hands over Kustomer's words for a key of another region", async () => {
    const message = 'Auth token associated with pod prod2 but request is being handled by prod1'
    kustomer()
      .get('/v1/auth/tokens/current')
      .reply(401, { errors: [{ code: 'unauthorized', message }] })
    await expect(authenticate()).rejects.toThrow(
      `Could not check the API Key: Kustomer answered 401. ${message}. Check the API Key and Org Pod settings`
    )
  })

  it.each([
    [{ apiKey: 'key', orgPod: 'evil.example' }, 'Org Pod is not a pod name'],
    [{ apiKey: 'a key', orgPod: 'prod1' }, 'API Key holds a space'],
    [{ orgPod: 'prod1' }, "missing the required field 'apiKey'"],
    [{ apiKey: 'key' }, "missing the required field 'orgPod'"]
  ])('refuses %j before any request', async (incomplete, message) => {
    const integration = createTestIntegration(destination)
    await expect(integration.testAuthentication(incomplete as typeof settings)).rejects.toThrow(message)
  })
})

describe('settings of an action', () => {
  it.each([
    [{ apiKey: 'key', orgPod: 'evil.example/' }, 400, 'Org Pod is not a pod name'],
    [{ apiKey: 'key' }, 400, 'Org Pod is missing'],
    [{ orgPod: 'prod1' }, 401, 'API Key is missing']
  ])('refuses %j before any request', async (incomplete, status, message) => {
    const integration = createTestIntegration(destination)
    for (const action of ['upsertCustomer', 'trackEvent']) {
      const failure = integration.testAction(action, {
        settings: incomplete as typeof settings,
        useDefaultMappings: true
      })
      await expect(failure).rejects.toMatchObject({ status, message: expect.stringContaining(message) })
    }
  })
})

describe('onDelete', () => {
  const forget = (event: Partial<SegmentEvent>) =>
    new Destination(destination).onDelete?.({ type: 'delete', ...event }, settings)

  it('erases the customer with that userId', async () => {
    kustomer()
      .get(BY_EXTERNAL_ID)
      .reply(200, record({ externalId: 'u1' }))
    kustomer().delete(`/v1/customers/${CUSTOMER_ID}`).reply(204)
    expect(await forget({ userId: 'u1' })).toEqual({ output: 'Customer deleted' })
  })

  it('is content when there is none', async () => {
    kustomer().get(BY_EXTERNAL_ID).reply(404, NOT_FOUND)
    expect(await forget({ userId: 'u1' })).toEqual({ output: 'No customer to delete' })
    expect(await forget({ anonymousId: 'visitor' })).toEqual({ output: 'No customer to delete' })
  })

  it('is content when somebody else has deleted it meanwhile', async () => {
    kustomer()
      .get(BY_EXTERNAL_ID)
      .reply(200, record({ externalId: 'u1' }))
    kustomer().delete(`/v1/customers/${CUSTOMER_ID}`).reply(404, NOT_FOUND)
    expect(await forget({ userId: 'u1' })).toEqual({ output: 'Customer deleted' })
  })

  it('says what failed', async () => {
    kustomer()
      .get(BY_EXTERNAL_ID)
      .reply(200, record({ externalId: 'u1' }))
    kustomer().delete(`/v1/customers/${CUSTOMER_ID}`).reply(403)
    await expect(forget({ userId: 'u1' })).rejects.toThrow(
      'Could not delete the customer: Kustomer answered 403. Check the roles of the API Key: it needs org.permission.customer.delete.'
    )
  })
})

describe('presets', () => {
  const sent = async (event: Partial<SegmentEvent>) => {
    const requests: Array<{ path: string; body: Record<string, unknown> }> = []
    const scope = nock('https://api.kustomerapp.com')
    scope
      .get(BY_EXTERNAL_ID)
      .optionally()
      .reply(200, record({ externalId: 'u1' }))
    scope
      .post(/tracking/, (posted: Record<string, unknown>) => requests.push({ path: '', body: posted }) > 0)
      .optionally()
      .reply(201, {})
    const presets = destination.presets ?? []
    await new Destination(destination).onEvent(event as SegmentEvent, {
      ...settings,
      subscriptions: presets as unknown as JSONObject[]
    })
    return requests.map((request) => request.body.name)
  }

  it.each([
    [{ type: 'track', event: 'Order Completed' }, ['Order-Completed']],
    [{ type: 'page', name: 'Home' }, ['Viewed-Home-Page']],
    [{ type: 'page' }, ['Viewed-Page']],
    [{ type: 'screen', name: 'Cart' }, ['Viewed-Cart-Screen']],
    [{ type: 'screen' }, ['Viewed-Screen']],
    [{ type: 'identify', userId: 'u1' }, [undefined]],
    [{ type: 'group', userId: 'u1' }, []]
  ] as Array<[Partial<SegmentEvent>, unknown[]]>)('turn %j into %j', async (event, names) => {
    expect(await sent({ anonymousId: 'visitor', ...event })).toEqual(names)
  })
})

describe('answers out of the ordinary', () => {
  const identify = () => run('upsertCustomer', { type: 'identify', userId: 'u1', traits: { name: 'Ann' } })

  it('reads a body of 100 KB', async () => {
    kustomer()
      .get(BY_EXTERNAL_ID)
      .reply(200, record({ name: 'Ann', externalId: 'u1', notes: 'x'.repeat(100_000) }))
    expect(await identify()).toMatchObject({ outcome: 'unchanged' })
  })

  it('reads a body whatever its content type', async () => {
    const jsonApi = { 'content-type': 'application/vnd.api+json' }
    kustomer()
      .get(BY_EXTERNAL_ID)
      .reply(200, JSON.stringify(record({ name: 'Ann', externalId: 'u1' })), jsonApi)
    expect(await identify()).toMatchObject({ outcome: 'unchanged' })
  })

  it('comes through empty bodies', async () => {
    kustomer().get(BY_EXTERNAL_ID).reply(200)
    kustomer()
      .post('/v1/customers', body({ externalId: 'u1', name: 'Ann' }))
      .reply(200)
    expect(await identify()).toEqual({ outcome: 'created', customerId: undefined })
  })

  it('takes HTML for no delivery', async () => {
    kustomer().get(BY_EXTERNAL_ID).reply(200, '<html>Welcome</html>', { 'content-type': 'text/html' })
    await expect(identify()).rejects.toMatchObject({ status: 502, message: expect.stringContaining('not Kustomer') })
  })

  it.each([
    [408, '', 'Could not look up the customer by externalId: Kustomer answered 408.'],
    [423, '', 'Could not look up the customer by externalId: Kustomer answered 423.'],
    [
      429,
      { errors: [{ message: 'Slow down' }] },
      'Could not look up the customer by externalId: Kustomer answered 429. Slow down.'
    ],
    [502, '<html>Bad gateway</html>', 'Could not look up the customer by externalId: Kustomer answered 502.'],
    [400, { errors: [{ title: 'No' }] }, 'Could not look up the customer by externalId: Kustomer answered 400. No.']
  ])('keeps the status %d', async (status, answer, message) => {
    kustomer().get(BY_EXTERNAL_ID).reply(status, answer)
    await expect(identify()).rejects.toMatchObject({ status, message })
  })

  it('never quotes the key, a header or a whole body', async () => {
    const message = `Token ${settings.apiKey} is unknown`
    kustomer()
      .get(BY_EXTERNAL_ID)
      .reply(401, { errors: [{ message }], echo: 'request body' }, { 'x-secret': 'header' })
    const error = (await identify().catch((reason: unknown) => reason)) as Error
    expect(error.message).toContain('Token [API Key] is unknown')
    expect(error.message).not.toMatch(/secret|header|echo|request body/)
  })

  it('retries a dropped connection, without naming the customer', async () => {
    kustomer()
      .get(BY_EXTERNAL_ID)
      .replyWithError(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }))
    const error = (await identify().catch((reason: unknown) => reason)) as RetryableError
    expect(error).toBeInstanceOf(RetryableError)
    expect(error.message).toBe(
      'Could not look up the customer by externalId: the connection to api.kustomerapp.com failed (ECONNRESET).'
    )
  })
})
