import { createTestIntegration, Destination, PayloadValidationError } from '@segment/actions-core'
import type { InputField, JSONObject, SegmentEvent } from '@segment/actions-core'
import nock from 'nock'
import destination from '../index'
import type { Settings } from '../generated-types'
import { KUSTOMER_API_VERSION } from '../versioning-info'
import { customer, ID, NOT_FOUND, plainError } from './__helpers__/answers'
import { conversation, failure, kustomerOf, MISSING, SETTINGS } from './__helpers__/conversation'
import type { Answer, Step } from './__helpers__/conversation'
import { eventOf, online } from './__helpers__/network'
import { kustomerWith } from './__helpers__/routes'

const BY_ID = 'GET customers/externalId=u1'
const TOKEN = '/v1/auth/tokens/current'

describe('the definition', () => {
  it('is named apart from the classic destination', () => {
    expect(destination).toMatchObject({ name: 'Kustomer (Actions)', slug: 'actions-kustomer', mode: 'cloud' })
    expect(destination.description).toBe(
      'Create and update customers and companies in Kustomer, and show what customers do on their timelines.'
    )
    expect(KUSTOMER_API_VERSION).toBe('v1')
  })

  it('asks for a key and a region', () => {
    expect(destination.authentication?.scheme).toBe('custom')
    expect(destination.authentication?.fields).toEqual({
      apiKey: {
        label: 'API Key',
        description: expect.any(String),
        type: 'password',
        required: true
      },
      orgPod: {
        label: 'Org Pod',
        description: expect.any(String),
        type: 'string',
        required: true,
        choices: [
          { label: 'US (prod1)', value: 'prod1' },
          { label: 'EU (prod2)', value: 'prod2' },
          { label: 'India (prod4)', value: 'prod4' }
        ],
        default: 'prod1'
      }
    })
  })

  it('labels and describes every setting and field', () => {
    const fields: Array<Pick<InputField, 'label' | 'description' | 'properties'>> = [
      ...Object.values(destination.authentication?.fields ?? {}),
      ...Object.values(destination.actions).flatMap((action) => Object.values<InputField>(action.fields))
    ]
    const all = fields.flatMap((field) => [field, ...Object.values(field.properties ?? {})])
    expect(all.length).toBeGreaterThan(30)
    expect(all.filter(({ label, description }) => !label || !description)).toEqual([])
  })

  it('has an action for customers, one for companies, one for custom objects, and one for events, which alone is never batched', () => {
    expect(Object.keys(destination.actions)).toEqual([
      'upsertCustomer',
      'upsertCompany',
      'upsertCustomObject',
      'trackEvent'
    ])
    expect(destination.actions.upsertCompany?.performBatch).toEqual(expect.any(Function))
    expect(destination.actions.upsertCustomObject?.performBatch).toEqual(expect.any(Function))
    expect(destination.actions.upsertCustomer?.performBatch).toEqual(expect.any(Function))
    expect(destination.actions.trackEvent?.performBatch).toBeUndefined()
  })
})

describe('testAuthentication', () => {
  const authenticate = (settings: Settings) => createTestIntegration(destination).testAuthentication(settings)

  it.each([
    ['prod1', 'api.kustomerapp.com'],
    ['prod2', 'api.prod2.kustomerapp.com'],
    ['prod4', 'api.prod4.kustomerapp.com']
  ])('makes one read at the host of %s, with the key trimmed', async (orgPod, host) => {
    const scope = nock(`https://${host}`, {
      reqheaders: { authorization: 'Bearer key', 'user-agent': 'Segment (actions-kustomer)' }
    })
      .get(TOKEN)
      .reply(200, { data: { type: 'token', attributes: { roles: [] } } })
    await authenticate({ apiKey: ' key ', orgPod })
    expect(scope.isDone()).toBe(true)
  })

  it("hands over Kustomer's words for a key of another region", async () => {
    const message = 'Auth token associated with pod prod2 but request is being handled by prod1'
    online(conversation(['GET auth/tokens/current', [401, plainError(message, 'unauthorized')]]))
    await expect(authenticate(SETTINGS)).rejects.toThrow(
      `Could not check the API Key: Kustomer answered 401: "${message}". Check API Key and Org Pod: a key works only in the pod where it was created.`
    )
  })

  it.each<[Partial<Settings>, string]>([
    [{ apiKey: 'key', orgPod: 'prod3' }, 'Org Pod must be one of: "prod1", "prod2", or "prod4".'],
    [{ apiKey: 'key', orgPod: 'evil.example' }, 'Org Pod'],
    [{ apiKey: 'a key', orgPod: 'prod1' }, 'API Key holds a space or a character that no key has.'],
    [{ orgPod: 'prod1' }, "missing the required field 'apiKey'"],
    [{ apiKey: 'key' }, "missing the required field 'orgPod'"]
  ])('refuses %j before any request', async (settings, message) => {
    await expect(authenticate(settings as Settings)).rejects.toThrow(message)
  })
})

describe('settings that nobody has checked', () => {
  it.each(['upsertCustomer', 'trackEvent'])('send the key of %s to Kustomer alone', async (action) => {
    const kustomer = online(kustomerWith({ 'POST tracking/identityEvent': [201] }))
    await createTestIntegration(destination).testAction(action, {
      event: eventOf({ userId: 'u1' }),
      settings: { apiKey: SETTINGS.apiKey, orgPod: 'evil.example/' },
      mapping: { externalId: 'u1', eventName: 'Signed Up' }
    })
    expect(kustomer.sent.length).toBeGreaterThan(0)
  })

  it.each(['upsertCustomer', 'trackEvent'])('name a key that is missing, for %s', async (action) => {
    const failed = createTestIntegration(destination).testAction(action, {
      settings: { orgPod: 'prod1' } as Settings,
      useDefaultMappings: true
    })
    expect(await failure(failed)).toMatchObject({
      status: 401,
      message: 'API Key is missing. Copy it from the Segment settings page in Kustomer.'
    })
  })
})

describe('onDelete', () => {
  const forget = (event: Record<string, unknown>) =>
    new Destination(destination).onDelete?.({ type: 'delete', ...event } as unknown as SegmentEvent, { ...SETTINGS })

  it('erases the customer with that userId', async () => {
    online(conversation([BY_ID, [200, customer({ externalId: 'u1' })]], [`DELETE customers/${ID}`, [204]]))
    expect(await forget({ userId: 'u1' })).toEqual({ output: 'Customer deleted' })
  })

  it('is content when there is none', async () => {
    online(conversation([BY_ID, MISSING]))
    expect(await forget({ userId: 'u1' })).toEqual({ output: 'No customer to delete' })
  })

  it.each([{ userId: '' }, { userId: ' ' }, { userId: null }, { anonymousId: 'visitor' }])(
    'is content when %j names nobody, without a request',
    async (event) => {
      const kustomer = online(kustomerWith())
      expect(await forget(event)).toEqual({ output: 'No customer to delete' })
      expect(kustomer.sent).toEqual([])
    }
  )

  it.each([
    ['has another one', { externalId: 'U1' }],
    ['was merged into another', { externalId: 'u1', deleted: true }]
  ])('deletes nobody if the customer that Kustomer finds %s, and says so', async (_what, attributes) => {
    online(conversation([BY_ID, [200, customer(attributes)]]))
    await expect(forget({ userId: 'u1' })).rejects.toThrow('Could not delete the customer')
  })

  it('takes a user ID that is a number', async () => {
    online(conversation(['GET customers/externalId=42', MISSING]))
    expect(await forget({ userId: 42 })).toEqual({ output: 'No customer to delete' })
  })

  it('is content when somebody else has deleted them meanwhile', async () => {
    online(conversation([BY_ID, [200, customer({ externalId: 'u1' })]], [`DELETE customers/${ID}`, MISSING]))
    expect(await forget({ userId: 'u1' })).toEqual({ output: 'Customer deleted' })
  })

  it('says what failed', async () => {
    online(kustomerWith({ [BY_ID]: [200, customer({ externalId: 'u1' })], [`DELETE customers/${ID}`]: [403] }))
    await expect(forget({ userId: 'u1' })).rejects.toThrow(
      'Could not delete the customer: Kustomer answered 403. The API key lacks a role. Create a new API key with the role org.permission.customer.delete: the roles of a key are fixed.'
    )
  })

  it.each(['\ud800', 'x'.repeat(256)])('is a payload error for a userId that Kustomer cannot hold', async (userId) => {
    const error = await failure(Promise.resolve(forget({ userId })))
    expect(error).toBeInstanceOf(PayloadValidationError)
    expect(error).toMatchObject({ message: expect.stringContaining('External ID is invalid') })
  })
})

describe('presets', () => {
  it.each<[Partial<SegmentEvent>, string[]]>([
    [{ type: 'track', event: 'Order Completed' }, ['Order-Completed']],
    [{ type: 'page', name: 'Home' }, ['Viewed-Home-Page']],
    [{ type: 'page' }, ['Viewed-Page']],
    [{ type: 'page', name: '' }, ['Viewed-Page']],
    [{ type: 'screen', name: 'Cart' }, ['Viewed-Cart-Screen']],
    [{ type: 'screen', name: ' ' }, ['Viewed-Screen']],
    [{ type: 'group', groupId: 'g1', traits: { name: 'Acme' } }, []],
    [{ type: 'identify' }, []]
  ])('turn %j into events named %j', async (event, names) => {
    const kustomer = online(kustomerOf(() => [200]))
    await new Destination(destination).onEvent(eventOf({ userId: 'u1', anonymousId: 'v1', ...event }), {
      ...SETTINGS,
      subscriptions: destination.presets as unknown as JSONObject[]
    })
    const events = kustomer.sent.filter(([call]) => call === 'POST tracking/identityEvent')
    expect(events.map(([, body]) => (body as { event: { name: string } }).event.name)).toEqual(names)
    expect(kustomer.sent.some(([call]) => call === 'POST customers')).toBe(event.type === 'identify')
  })

  it('run by themselves, each for one kind of call, but those of Engage', () => {
    expect(
      destination.presets?.map((preset) => [
        preset.name,
        preset.type === 'automatic' ? preset.subscribe : preset.type,
        preset.partnerAction
      ])
    ).toEqual([
      ['Upsert Customer', 'type = "identify"', 'upsertCustomer'],
      ['Upsert Company', 'type = "group"', 'upsertCompany'],
      ['Track Event', 'type = "track"', 'trackEvent'],
      ['Track Page', 'type = "page"', 'trackEvent'],
      ['Track Screen', 'type = "screen"', 'trackEvent'],
      ['Audience Entered', 'specificEvent', 'upsertCustomer'],
      ['Audience Exited', 'specificEvent', 'upsertCustomer'],
      ['Audience Membership Changed', 'specificEvent', 'upsertCustomer'],
      ['Journeys Step Entered', 'specificEvent', 'trackEvent'],
      ['Associated Entity Added', 'specificEvent', 'trackEvent'],
      ['Associated Entity Removed', 'specificEvent', 'trackEvent']
    ])
  })
})

describe("answers that come through the framework's client", () => {
  const identify = async (answer: Answer, ...steps: Step[]) => {
    online(conversation([BY_ID, answer], ...steps))
    const integration = createTestIntegration(destination)
    await integration.testAction('upsertCustomer', {
      event: eventOf({ type: 'identify', userId: 'u1', traits: { name: 'Ann' } }),
      settings: SETTINGS,
      useDefaultMappings: true
    })
    return integration.results.find(({ data }) => data)?.data
  }

  it('may be large', async () => {
    const large = customer({ name: 'Ann', externalId: 'u1', preview: { text: 'x'.repeat(100_000) } })
    expect(await identify([200, large])).toMatchObject({ outcome: 'unchanged' })
  })

  it('may be of any content type', async () => {
    nock('https://api.kustomerapp.com')
      .get('/v1/customers/externalId=u1')
      .reply(200, JSON.stringify(customer({ name: 'Ann', externalId: 'u1' })), {
        'content-type': 'application/vnd.api+json'
      })
    const integration = createTestIntegration(destination)
    await integration.testAction('upsertCustomer', { settings: SETTINGS, mapping: { externalId: 'u1', name: 'Ann' } })
    expect(integration.results).toContainEqual(
      expect.objectContaining({ data: { outcome: 'unchanged', customerId: ID, leftOut: [] } })
    )
  })

  it('may be empty', async () => {
    expect(await identify([200], ['POST customers', { externalId: 'u1', name: 'Ann' }, [200]])).toEqual({
      outcome: 'created',
      leftOut: []
    })
  })

  it('are not followed elsewhere', async () => {
    const elsewhere = nock('https://evil.example').get('/').reply(200)
    nock('https://api.kustomerapp.com')
      .get('/v1/customers/externalId=u1')
      .reply(302, '', { location: 'https://evil.example/' })
    const failed = createTestIntegration(destination).testAction('upsertCustomer', {
      settings: SETTINGS,
      mapping: { externalId: 'u1' }
    })
    expect(await failure(failed)).toMatchObject({
      status: 502,
      message: 'Could not look up the customer by externalId: Kustomer answered 302.'
    })
    expect(elsewhere.isDone()).toBe(false)
  })

  it.each([400, 408, 413, 423, 429, 500, 502, 503])('keep the status %d', async (status) => {
    expect(await failure(identify([status, plainError('No')]))).toMatchObject({
      status,
      message: `Could not look up the customer by externalId: Kustomer answered ${status}: "No".`
    })
  })

  it('are quoted without the key, a header or a whole body', async () => {
    const body = { ...plainError(`Token ${SETTINGS.apiKey} is unknown`), echo: 'request body' }
    const error = (await failure(identify([401, body]))) as Error
    expect(error.message).toContain('Token [API Key] is unknown')
    expect(error.message).not.toMatch(/secret|echo|request body/)
  })

  it('are retried where none comes', async () => {
    expect(await failure(identify(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })))).toMatchObject({
      status: 503,
      message:
        'Could not look up the customer by externalId: the connection to api.kustomerapp.com failed (ECONNRESET).'
    })
  })

  it('are of a status that tells missing apart', async () => {
    expect(
      await identify([404, NOT_FOUND], ['POST customers', { externalId: 'u1', name: 'Ann' }, [201, customer()]])
    ).toEqual({
      outcome: 'created',
      customerId: ID,
      leftOut: []
    })
  })
})
