import { createTestIntegration, Destination, PayloadValidationError } from '@segment/actions-core'
import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import {
  batches,
  companies,
  company,
  COMPANY_ID,
  customer,
  ID,
  job,
  JOB_ID,
  metadata,
  OTHER_ID
} from '../../__tests__/__helpers__/answers'
import { pause, setTime } from '../../__tests__/__helpers__/clock'
import type * as FakeClock from '../../__tests__/__helpers__/clock'
import { conversation, failure, kustomerOf, MISSING, SETTINGS } from '../../__tests__/__helpers__/conversation'
import type { Answer, Step } from '../../__tests__/__helpers__/conversation'
import { eventOf, online } from '../../__tests__/__helpers__/network'
import { countsOf, inTurn, jobRoutes, kustomerWith } from '../../__tests__/__helpers__/routes'
import destination from '../../index'
import upsertCustomer from '../index'

jest.mock('../../api/clock', () => jest.requireActual<typeof FakeClock>('../../__tests__/__helpers__/clock'))

const BY_ID = 'GET customers/externalId=u1'
const EVERYTHING: Partial<SegmentEvent> = {
  type: 'identify',
  userId: 'u1',
  anonymousId: 'v1',
  context: { locale: 'en-US', timezone: 'Europe/Vienna', traits: { email: 'old@example.com' } },
  traits: {
    email: 'ann@example.com',
    phone: '+1 (555) 010-0200',
    name: 'Ann Lee',
    firstName: 'Annie',
    lastName: 'Li',
    username: 'ann',
    avatar: 'https://example.com/ann.png',
    birthday: '1980-02-29',
    createdAt: '2024-01-02T03:04:05+01:00',
    gender: 'female',
    website: 'example.com',
    address: { street: '1 Main Street', city: 'Graz', state: 'Styria', postalCode: '8010', country: 'AT' }
  }
}

/** Sends an identify call by the default mapping and then `mapping`; returns what the action answers with. */
async function identify(event: Partial<SegmentEvent>, mapping: JSONObject = {}): Promise<unknown> {
  const integration = createTestIntegration(destination)
  await integration.testAction('upsertCustomer', {
    event: eventOf({ type: 'identify', ...event }),
    settings: SETTINGS,
    mapping,
    useDefaultMappings: true
  })
  return integration.results.find(({ data }) => data)?.data
}

/** Sends identify calls as one batch; returns each one's own outcome. */
async function identifyAll(events: Array<Partial<SegmentEvent>>, mapping: JSONObject = {}) {
  const integration = createTestIntegration(destination)
  await integration.testBatchAction('upsertCustomer', {
    events: events.map((event) => eventOf({ type: 'identify', ...event })),
    settings: SETTINGS,
    mapping,
    useDefaultMappings: true
  })
  return integration.results[0]?.multistatus ?? []
}

const creation = (body: unknown): Step => ['POST customers', body, [201, customer({ externalId: 'u1' })]]

beforeEach(() => {
  setTime(1_700_000_000_000)
  pause.mockClear()
})

describe('the default mapping', () => {
  const WANTED = {
    externalId: 'u1',
    emails: [{ email: 'ann@example.com' }],
    phones: [{ phone: '+15550100200' }],
    name: 'Ann Lee',
    username: 'ann',
    avatarUrl: 'https://example.com/ann.png',
    birthdayAt: '1980-02-29T00:00:00.000Z',
    signedUpAt: '2024-01-02T02:04:05.000Z',
    gender: 'f',
    urls: [{ type: 'website', url: 'https://example.com' }],
    locations: [
      { address: '1 Main Street', cityName: 'Graz', zipCode: '8010', regionName: 'Styria', countryCode: 'AT' }
    ],
    locale: 'en-US',
    timeZone: 'Europe/Vienna'
  }

  it('maps every trait that Kustomer has an attribute for, at three requests', async () => {
    online(
      conversation([BY_ID, MISSING], creation(WANTED), [
        'POST tracking/identity',
        { trackingId: 'v1', externalId: 'u1' },
        [201]
      ])
    )
    expect(await identify(EVERYTHING)).toEqual({ outcome: 'created', customerId: ID, leftOut: [] })
  })

  it.each<[string, Partial<SegmentEvent>]>([
    ['context.traits', { context: { traits: { ...EVERYTHING.traits } } }],
    [
      'names with an underscore',
      {
        traits: {
          ...EVERYTHING.traits,
          name: null,
          firstName: null,
          lastName: null,
          first_name: 'Ann',
          last_name: 'Lee',
          createdAt: null,
          created_at: '2024-01-02T03:04:05+01:00',
          address: { street: '1 Main Street', city: 'Graz', state: 'Styria', postal_code: 8010, country: 'AT' }
        }
      }
    ]
  ])('takes traits of %s', async (_what, event) => {
    const { locale, timeZone, ...wanted } = WANTED
    expect([locale, timeZone]).toEqual(['en-US', 'Europe/Vienna'])
    online(conversation([BY_ID, MISSING], creation(wanted)))
    expect(await identify({ userId: 'u1', ...event })).toMatchObject({ outcome: 'created', leftOut: [] })
  })

  it('takes an address that is text', async () => {
    online(conversation([BY_ID, MISSING], creation({ externalId: 'u1', locations: [{ address: '1 Main Street' }] })))
    const traits = { address: '1 Main Street' } as SegmentEvent['traits']
    expect(await identify({ userId: 'u1', traits })).toMatchObject({ outcome: 'created', leftOut: [] })
  })

  it.each([
    [{ firstName: 'Ann', lastName: 'Lee' }, 'Ann Lee'],
    [{ firstName: 'Ann' }, 'Ann'],
    [{ lastName: 'Lee' }, 'Lee'],
    [{ name: 'A. Lee', firstName: 'Ann', lastName: 'Lee' }, 'A. Lee']
  ])('makes a name of %j', async (traits, name) => {
    online(conversation([BY_ID, MISSING], creation({ externalId: 'u1', name })))
    await expect(identify({ userId: 'u1', traits })).resolves.toMatchObject({ outcome: 'created' })
  })

  it('puts no half of a name over a fuller one', async () => {
    const ann = customer({ externalId: 'u1', name: 'Ann Lee' })
    online(conversation([BY_ID, [200, ann]], [BY_ID, [200, ann]]))
    expect(await identify({ userId: 'u1', traits: { firstName: 'Ann' } })).toMatchObject({
      outcome: 'unchanged',
      leftOut: []
    })
    expect(await identify({ userId: 'u1', traits: { lastName: 'Lane' } })).toMatchObject({
      outcome: 'unchanged',
      leftOut: [{ field: 'name', reason: 'ignored: the customer already has a name, and only a full name replaces it' }]
    })
  })

  it.each<[string, unknown, string, unknown]>([
    ['a bare name', 'Acme', 'filter=Acme', { name: 'Acme' }],
    ['an ID and a name', { id: 'c1', name: 'Acme' }, 'externalId=c1', { externalId: 'c1', name: 'Acme' }],
    ['an ID alone', { id: 'c1' }, 'externalId=c1', { externalId: 'c1' }],
    ['company_name', { company_name: 'Acme' }, 'filter=Acme', { name: 'Acme' }],
    ['a list', ['Acme'], 'filter=Acme', { name: 'Acme' }],
    ['a list of objects', [{ id: 'c1', name: 'Acme' }], 'externalId=c1', { externalId: 'c1', name: 'Acme' }]
  ])('links the company that the traits give: %s', async (_what, given, query, attributes) => {
    const acme = companies([company(attributes as Record<string, unknown>)])
    online(
      conversation(
        [BY_ID, MISSING],
        [`GET companies?${query}`, [200, acme]],
        creation({ externalId: 'u1', company: COMPANY_ID })
      )
    )
    const traits = { company: given } as SegmentEvent['traits']
    expect(await identify({ userId: 'u1', traits })).toMatchObject({ outcome: 'created', leftOut: [] })
  })

  it.each([[{ name: null }], [{}], [[]], ['']])('takes %j for no company', async (given) => {
    online(conversation([BY_ID, MISSING], creation({ externalId: 'u1' })))
    const traits = { company: given } as SegmentEvent['traits']
    expect(await identify({ userId: 'u1', traits })).toMatchObject({ outcome: 'created', leftOut: [] })
  })

  it('maps no custom attributes, which are mapped by whoever has defined them', async () => {
    online(conversation([BY_ID, MISSING], creation({ externalId: 'u1', custom: { planStr: 'pro', seatsNum: 3 } })))
    await expect(
      identify(
        { userId: 'u1', traits: { plan: 'pro' } },
        { customAttributes: { plan: { '@path': '$.traits.plan' }, seats: 3 } }
      )
    ).resolves.toMatchObject({ outcome: 'created' })
  })
})

describe('the mapping of what Engage computes', () => {
  it.each<[string, Partial<SegmentEvent>, unknown]>([
    [
      'an audience that is entered',
      { type: 'track', event: 'Audience Entered', properties: { audience_key: 'high_value', high_value: true } },
      { highValueBool: true }
    ],
    [
      'an audience that is left',
      { type: 'track', event: 'Audience Exited', properties: { audience_key: 'high_value', high_value: false } },
      { highValueBool: false }
    ],
    ['an audience of an identify call', { type: 'identify', traits: { high_value: true } }, { highValueBool: true }],
    ['a computed trait', { type: 'identify', traits: { high_value: 12 } }, { highValueNum: 12 }]
  ])('writes %s, and nothing else of the call', async (_what, event, custom) => {
    online(
      conversation([BY_ID, [200, customer({ externalId: 'u1' })]], [`PATCH customers/${ID}`, { custom, rev: 1 }, [200]])
    )
    const integration = createTestIntegration(destination)
    await integration.testAction('upsertCustomer', {
      event: eventOf({
        userId: 'u1',
        anonymousId: 'v1',
        context: { personas: { computation_class: 'audience', computation_key: 'high_value' }, locale: 'en-US' },
        properties: undefined,
        ...event
      }),
      settings: SETTINGS,
      mapping: destination.presets?.find(({ name }) => name === 'Audience Entered')?.mapping
    })
    expect(integration.results.find(({ data }) => data)?.data).toMatchObject({ outcome: 'updated', leftOut: [] })
  })
})

it('offers the custom attributes of customers', async () => {
  online(conversation(['GET metadata/customer', [200, metadata({ planStr: { displayName: 'Plan' } })]]))
  const choices = await createTestIntegration(destination).testDynamicField(
    'upsertCustomer',
    'customAttributes.__keys__',
    { settings: SETTINGS, payload: {} }
  )
  expect(choices).toEqual({ choices: [{ value: 'planStr', label: 'Plan', description: 'text' }] })
})

describe('values', () => {
  it('that Kustomer would refuse are left out and told, and the rest is sent', async () => {
    online(conversation([BY_ID, MISSING], creation({ externalId: 'u1', name: 'Ann Lee' })))
    const delivered = await identify({
      userId: 'u1',
      context: { locale: 'x'.repeat(17), timezone: 'x'.repeat(65) },
      traits: {
        name: 'Ann Lee',
        email: 'not an email',
        phone: 'not a phone',
        website: 'not a website',
        avatar: 'not an avatar',
        birthday: 'someday',
        createdAt: 'once',
        gender: 'unknown',
        username: 'x'.repeat(257),
        address: { country: 'x'.repeat(65), city: '' }
      }
    })
    const { leftOut } = delivered as { leftOut: Array<{ field: string; reason: string }> }
    expect(leftOut.map(({ field }) => field).sort()).toEqual(
      [
        ...['address.country', 'avatarUrl', 'birthdayAt', 'email', 'gender', 'locale', 'phone', 'signedUpAt'],
        ...['timeZone', 'username', 'website']
      ].sort()
    )
  })

  it('that are null or blank count as none, and a number for its text', async () => {
    online(conversation(['GET customers/externalId=42', MISSING], creation({ externalId: '42' })))
    const traits = { email: null, name: '', phone: ' ', address: { city: null } } as SegmentEvent['traits']
    expect(await identify({ userId: 42 as unknown as string, traits })).toMatchObject({ leftOut: [] })
  })

  it.each([
    ['Name', { name: { first: 'Ann' } }, 'Name must be a string but it was an object.'],
    ['Email', { email: ['a@example.com', 'b@example.com'] }, 'Email must be a string but it was an array.']
  ])('of the wrong type are named: %s', async (_field, traits, message) => {
    await expect(identify({ userId: 'u1', traits: traits })).rejects.toThrow(message)
  })

  it.each([
    ['nobody', {}],
    ['a blank userId', { userId: '  ' }],
    ['an email that is none', { traits: { email: 'ann' } }],
    ['a visitor alone', { anonymousId: 'v1' }],
    ['a national phone alone', { traits: { phone: '05550100200' } }]
  ])('that name nobody are a payload error without a request: %s', async (_who, event) => {
    const kustomer = online(kustomerWith())
    const error = await failure(identify(event))
    expect(error).toBeInstanceOf(PayloadValidationError)
    expect((error as Error).message).toMatch(
      /^Can't tell who this customer is\. Map at least one of External ID, Email, or Phone to a valid value\./
    )
    expect(kustomer.sent).toEqual([])
  })

  it('find a phone however it is written', async () => {
    const phones = [{ phone: '+15550107788' }]
    online(conversation(['GET customers/phone=%2B15550107788', [200, customer({ phones })]]))
    expect(await identify({ traits: { phone: '+1 (555) 010-7788' } })).toMatchObject({ outcome: 'unchanged' })
  })

  it('are percent-encoded where they stand in a path', async () => {
    online(
      conversation([
        'GET customers/externalId=a%2Fb%3Fc%23d%20%E8%B3%BC',
        [200, customer({ externalId: 'a/b?c#d 購' })]
      ])
    )
    expect(await identify({ userId: 'a/b?c#d 購' })).toMatchObject({ outcome: 'unchanged' })
  })
})

describe("an identify that comes after its person's track call", () => {
  it('finds the stub that it made, and merges it into the person who was known by email', async () => {
    const ann = { emails: [{ email: 'ann@example.com' }], rev: 3 }
    const byEmail: Step = ['GET customers/email=ann%40example.com', [200, customer(ann, OTHER_ID)]]
    const stub = customer({ externalId: 'u1' })
    online(
      conversation(
        [BY_ID, [200, stub]],
        [`PATCH customers/${ID}`, { emails: [{ email: 'ann@example.com' }], rev: 1 }, [409]],
        [`GET customers/${ID}`, [200, stub]],
        byEmail,
        [`PATCH customers/${ID}`, { externalId: null, rev: 1 }, [200]],
        [`PATCH customers/${OTHER_ID}`, { externalId: 'u1', rev: 3 }, [200]],
        [
          'POST customers/merges',
          { source: ID, target: OTHER_ID },
          [201, { data: { id: '1', attributes: { status: 'success' } } }]
        ],
        [`GET customers/${OTHER_ID}`, [200, customer({ ...ann, externalId: 'u1', rev: 4 }, OTHER_ID)]],
        ['POST tracking/identity', { trackingId: 'v1', externalId: 'u1' }, [201]]
      )
    )
    const event = { userId: 'u1', anonymousId: 'v1', traits: { email: 'ann@example.com' } }
    expect(await identify(event)).toEqual({ outcome: 'updated', customerId: OTHER_ID, leftOut: [] })
  })
})

it('keeps the company that an agent links between two attempts', async () => {
  const ann = { externalId: 'u1', name: 'Ann' }
  const email = { email: 'ann@example.com' }
  const holder = customer({ externalId: 'u2', emails: [email] }, OTHER_ID)
  online(
    conversation(
      [BY_ID, [200, customer(ann)]],
      [`PATCH customers/${ID}`, { emails: [email], rev: 1 }, [400]],
      [`GET customers/${ID}`, [200, customer(ann)]],
      ['GET customers/email=ann%40example.com', [200, holder]],
      [`PATCH customers/${ID}`, { sharedEmails: [email], rev: 1 }, [409]],
      [`GET customers/${ID}`, [200, customer({ ...ann, rev: 2 }, ID, COMPANY_ID)]],
      [`PATCH customers/${ID}`, { sharedEmails: [email], company: COMPANY_ID, rev: 2 }, [200]]
    )
  )
  expect(await identify({ userId: 'u1', traits: email })).toMatchObject({ outcome: 'updated' })
})

describe('a batch', () => {
  const people = (length: number): Array<Partial<SegmentEvent>> =>
    Array.from({ length }, (_, number) => ({ userId: `u${number}`, traits: { name: `Name ${number}` } }))

  it('is off unless switched on, and takes from 1 to 1,000 events, by default 100', () => {
    expect(upsertCustomer.fields.enable_batching).toMatchObject({ type: 'boolean', default: false })
    expect(upsertCustomer.fields.batch_size).toMatchObject({
      type: 'number',
      default: 100,
      minimum: 1,
      maximum: 1000,
      required: false,
      unsafe_hidden: true
    })
  })

  it('reads, writes together and claims, and tells the outcome of each event', async () => {
    const kustomer = online(
      kustomerWith({
        ...jobRoutes('create'),
        'GET customers/externalId=u4': [200, customer({ externalId: 'u4', name: 'Name 4' })]
      })
    )
    const events = people(5).map((event) => ({ ...event, anonymousId: 'v1' }))
    const outcomes = await identifyAll([...events, { traits: { email: 'nobody' } }, {}])
    expect(countsOf(kustomer)).toMatchObject({
      'GET customers/externalId': 5,
      'POST customers/bulk': 1,
      'POST tracking/identity': 4
    })
    expect(outcomes.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 400, 400])
    expect(outcomes[0]).toEqual({
      status: 200,
      sent: { externalId: 'u0', name: 'Name 0' },
      body: { outcome: 'created', customerId: 'new-0', leftOut: [] }
    })
    expect(outcomes[4]).toMatchObject({ body: { outcome: 'unchanged', customerId: ID } })
    expect(outcomes[5]).toMatchObject({ errortype: 'PAYLOAD_VALIDATION_FAILED', errorreporter: 'INTEGRATIONS' })
  })

  it('tells what a job refused, read and sent singly', async () => {
    const kustomer = online(
      kustomerWith({
        ...jobRoutes('create', (ref) => (ref === '1' ? { error: 'duplicate detected' } : {})),
        'GET customers/externalId=u1': inTurn([404], [200, customer({ externalId: 'u1', name: 'Name 1' })])
      })
    )
    const outcomes = await identifyAll(people(4))
    expect(outcomes[1]).toMatchObject({ status: 200, body: { outcome: 'unchanged', customerId: ID } })
    expect(countsOf(kustomer)).not.toHaveProperty('POST customers')
  })

  it('claims the history of each visitor once for each customer, and fails the event whose claim fails', async () => {
    const kustomer = online(
      kustomerWith({
        'GET customers/externalId=u1': [200, customer({ externalId: 'u1' })],
        'POST tracking/identity': (body) => [(body as { trackingId: string }).trackingId === 'bad' ? 500 : 201]
      })
    )
    const event = (userId: string, anonymousId: string, name: string) => ({ userId, anonymousId, traits: { name } })
    const outcomes = await identifyAll([
      event('u1', 'v1', 'Ann'),
      event('u1', 'v1', 'Ann Lee'),
      event('u2', 'v1', 'Bob'),
      event('u3', 'bad', 'Cid')
    ])
    expect(outcomes.map(({ status }) => status)).toEqual([200, 200, 200, 500])
    const claims = kustomer.sent.filter(([call]) => call === 'POST tracking/identity').map(([, body]) => body)
    expect(claims).toHaveLength(3)
    expect(claims).toEqual(
      expect.arrayContaining([
        { trackingId: 'v1', externalId: 'u1' },
        { trackingId: 'v1', externalId: 'u2' },
        { trackingId: 'bad', externalId: 'u3' }
      ])
    )
    expect(claims.findIndex((claim) => (claim as { externalId: string }).externalId === 'u1')).toBeLessThan(
      claims.findIndex((claim) => (claim as { externalId: string }).externalId === 'u2')
    )
  })

  it('keeps the order of events of one customer who is named in different ways', async () => {
    const ann = customer({ externalId: 'u1', emails: [{ email: 'ann@example.com' }] })
    const kustomer = online(kustomerWith({ [BY_ID]: [200, ann], 'GET customers/email=ann%40example.com': [200, ann] }))
    const email = 'ann@example.com'
    await identifyAll([
      { userId: undefined, traits: { email, name: 'Ann' } },
      { userId: undefined, traits: { email, phone: '+1 555 010 0200' } },
      { userId: 'u1', traits: { name: 'Ann Lee' } }
    ])
    const names = kustomer.sent.flatMap(([, body]) => (body as { name?: string } | undefined)?.name ?? [])
    expect(names).toEqual(['Ann', 'Ann Lee'])
  })

  it('keeps the order of events of one customer whom only a rejected creation tells', async () => {
    const ann = { emails: [{ email: 'ann@example.com' }], phones: [{ phone: '+15550100200' }] }
    const found: Answer = [200, customer(ann)]
    const kustomer = online(
      kustomerWith({
        'GET customers/phone=%2B15550100200': found,
        'GET customers/email=ann%40example.com': found,
        'POST customers': [409]
      })
    )
    const byPhone = (locale?: string) => ({
      userId: undefined,
      traits: { phone: '+1 555 010 0200' },
      context: { locale }
    })
    const byUserId = { userId: 'u2', traits: { email: 'ann@example.com' }, context: { locale: 'en-US' } }
    await identifyAll([byPhone(), byUserId, byPhone('de-DE')])
    const locales = kustomer.sent.filter(([call]) => call.startsWith('PATCH')).map(([, body]) => body)
    expect(locales).toMatchObject([{ locale: 'en-US' }, { locale: 'de-DE' }])
  })

  it('writes events of one customer together, unless they give different companies or identifiers', async () => {
    const kustomer = online(kustomerWith({ [BY_ID]: [200, customer({ externalId: 'u1' })] }))
    await identifyAll([
      { userId: 'u1', traits: { name: 'Ann' } },
      { userId: 'u1', traits: { name: 'Ann Lee' } }
    ])
    expect(countsOf(kustomer)).toEqual({ 'GET customers/externalId': 1, 'PATCH customer': 1 })
    kustomer.sent.length = 0
    await identifyAll([
      { userId: 'u1', traits: { name: 'Ann' } },
      { userId: 'u1', traits: { name: 'Ann Lee', company: 'Acme' } }
    ])
    expect(countsOf(kustomer)).toMatchObject({ 'GET customers/externalId': 2, 'PATCH customer': 2 })
  })

  it('writes customers one by one whose company is named with an ID and without', async () => {
    const kustomer = online(kustomerWith())
    const company = (value: unknown) => ({ company: value } as SegmentEvent['traits'])
    await identifyAll([
      { userId: 'u1', traits: company({ id: 'c1', name: 'Acme' }) },
      { userId: 'u2', traits: company('Acme') },
      { userId: 'u3', traits: company('Other') },
      { userId: 'u4', traits: company('Other') }
    ])
    const created = kustomer.sent.filter(([call]) => call === 'POST customers').map(([, body]) => body)
    expect(created.map((body) => (body as { externalId: string }).externalId).slice(-2)).toEqual(['u1', 'u2'])
  })

  it('takes blank strings for none, as a single event does', async () => {
    const kustomer = online(kustomerWith())
    const outcomes = await identifyAll([
      { userId: 'u1', anonymousId: '', traits: { email: '', name: ' ', phone: '', username: '' } }
    ])
    expect(kustomer.sent).toEqual([[BY_ID], ['POST customers', { externalId: 'u1' }]])
    expect(outcomes[0]).toMatchObject({ status: 200, body: { leftOut: [] } })
  })
})

describe('a signal of the runtime', () => {
  /** Sends identify calls as the runtime does, which ends them by a signal. */
  const run = (events: SegmentEvent[], signal: AbortSignal) =>
    new Destination(destination).onBatch(
      events,
      {
        ...SETTINGS,
        subscription: {
          partnerAction: 'upsertCustomer',
          subscribe: 'type = "identify"',
          mapping: { externalId: { '@path': '$.userId' }, name: { '@path': '$.traits.name' } }
        }
      },
      { signal }
    )
  const events = Array.from({ length: 4 }, (_, number) =>
    eventOf({ type: 'identify', userId: `u${number}`, traits: { name: `Name ${number}` } })
  )

  it('does no harm as long as it does not come', async () => {
    online(kustomerWith(jobRoutes('create')))
    const [result] = await run(events, new AbortController().signal)
    expect(result?.multistatus?.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  })

  it('that comes while a job is followed makes its events retryable, and says that they were taken', async () => {
    const controller = new AbortController()
    pause.mockImplementationOnce(() => {
      controller.abort()
      return Promise.resolve()
    })
    online(kustomerWith({ 'POST customers/bulk': [201, job()], [`GET bulk/${JOB_ID}`]: [200, job('complete')] }))
    const [result] = await run(events, controller.signal)
    expect(result?.multistatus).toHaveLength(4)
    for (const outcome of result?.multistatus ?? []) {
      expect(outcome).toMatchObject({
        status: 408,
        errormessage: expect.stringContaining('Kustomer has accepted the change in a bulk job')
      })
    }
  })

  it('that comes while a request is under way cuts it off, to be retried', async () => {
    const controller = new AbortController()
    const kustomer = online(
      kustomerOf(() => {
        controller.abort()
        return [200, batches()]
      })
    )
    const [result] = await run(events.slice(0, 1), controller.signal)
    expect(result?.multistatus).toEqual([
      expect.objectContaining({
        status: 408,
        errormessage: 'Could not look up the customer by externalId: api.kustomerapp.com did not answer in time.'
      })
    ])
    expect(kustomer.sent).toHaveLength(1)
  })

  it('cuts off a single event, to be retried', async () => {
    const controller = new AbortController()
    controller.abort()
    const kustomer = online(kustomerWith())
    const results = failure(
      new Destination(destination).onEvent(
        eventOf({ type: 'identify', userId: 'u1' }),
        {
          ...SETTINGS,
          subscription: {
            partnerAction: 'upsertCustomer',
            subscribe: 'type = "identify"',
            mapping: { externalId: 'u1' }
          }
        },
        { signal: controller.signal }
      )
    )
    expect(await results).toMatchObject({ status: 408 })
    expect(kustomer.sent).toEqual([])
  })
})
