import { createTestIntegration, Destination, PayloadValidationError } from '@segment/actions-core'
import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import { companies, company, COMPANY_ID, customer, ID, metadata, OTHER_ID } from '../../__tests__/__helpers__/answers'
import { setTime } from '../../__tests__/__helpers__/clock'
import type * as FakeClock from '../../__tests__/__helpers__/clock'
import { conversation, failure, MISSING, SETTINGS } from '../../__tests__/__helpers__/conversation'
import type { Step } from '../../__tests__/__helpers__/conversation'
import { eventOf, online } from '../../__tests__/__helpers__/network'
import { countsOf, kustomerWith } from '../../__tests__/__helpers__/routes'
import destination from '../../index'
import { LINKED_ELSEWHERE } from '../../upsert/diff'
import upsertCompany from '../index'

jest.mock('../../api/clock', () => jest.requireActual<typeof FakeClock>('../../__tests__/__helpers__/clock'))

const BY_ID = 'GET companies?externalId=c1'
const BY_NAME = 'GET companies?filter=Acme'
const USER = 'GET customers/externalId=u1'
const NONE: Step = [BY_ID, [200, companies()]]

/** Sends a group call by the default mapping and then `mapping`; returns what the action answers with. */
async function group(event: Partial<SegmentEvent>, mapping: JSONObject = {}): Promise<unknown> {
  const integration = createTestIntegration(destination)
  await integration.testAction('upsertCompany', {
    event: eventOf({ type: 'group', ...event }),
    settings: SETTINGS,
    mapping,
    useDefaultMappings: true
  })
  return integration.results.find(({ data }) => data)?.data
}

beforeEach(() => {
  setTime(1_700_000_000_000)
})

describe('the default mapping', () => {
  it('maps every trait that Kustomer has an attribute for, and links the user, at five requests', async () => {
    online(
      conversation(
        NONE,
        [BY_NAME, [200, companies()]],
        [
          'POST companies',
          {
            externalId: 'c1',
            name: 'Acme',
            avatarUrl: 'https://acme.example/a.png',
            employeeCount: 120,
            emails: [{ email: 'office@acme.example' }],
            phones: [{ phone: '+15550100200' }],
            urls: [{ type: 'website', url: 'https://acme.example' }],
            domains: [{ domain: 'acme.example' }],
            locations: [
              { address: '1 Main Street', cityName: 'Graz', zipCode: '8010', regionCode: 'ST', countryCode: 'AT' }
            ]
          },
          [201, company()]
        ],
        [USER, [200, customer({ externalId: 'u1' })]],
        [`PATCH customers/${ID}`, { company: COMPANY_ID, rev: 1 }, [200]]
      )
    )
    const event: Partial<SegmentEvent> = {
      userId: 'u1',
      groupId: 'c1',
      traits: {
        name: 'Acme',
        website: 'acme.example',
        email: 'office@acme.example',
        phone: '+1 (555) 010-0200',
        employees: '120',
        avatar: 'https://acme.example/a.png',
        address: { street: '1 Main Street', city: 'Graz', state: 'ST', postalCode: '8010', country: 'AT' }
      }
    }
    expect(await group(event)).toEqual({ outcome: 'created', companyId: COMPANY_ID, leftOut: [] })
  })

  it('takes a number for its text', async () => {
    const attributes = { externalId: '42', name: 'Acme', employeeCount: 7 }
    online(conversation(['GET companies?externalId=42', [200, companies([company(attributes)])]]))
    const traits = { name: 'Acme', employees: 7 } as SegmentEvent['traits']
    expect(await group({ groupId: 42 as unknown as string, traits })).toMatchObject({
      outcome: 'unchanged',
      leftOut: []
    })
  })

  it('maps no custom attributes, which are mapped by whoever has defined them', async () => {
    const custom = { tierStr: 'gold', seatsNum: 3 }
    const made = company({ name: 'Acme' })
    online(
      conversation(
        [BY_NAME, [200, companies()]],
        ['POST companies', { name: 'Acme', custom }, [201, made]],
        [BY_NAME, [200, companies([made])]]
      )
    )
    const traits = { name: 'Acme', tier: 'gold' }
    const mapping = { customAttributes: { tier: { '@path': '$.traits.tier' }, seats: 3 } }
    expect(await group({ traits }, mapping)).toMatchObject({ outcome: 'created' })
  })

  it('links nobody where linking is off', async () => {
    online(conversation([BY_ID, [200, companies([company({ externalId: 'c1' })])]]))
    expect(await group({ userId: 'u1', groupId: 'c1' }, { linkCustomer: false })).toMatchObject({
      outcome: 'unchanged'
    })
  })

  it.each<[string, JSONObject, Step[], unknown[]]>([
    [
      'leaves',
      {},
      [[`GET companies/${OTHER_ID}`, [200, company({ name: 'Other', externalId: 'o1' })]]],
      [{ field: 'company', reason: LINKED_ELSEWHERE }]
    ],
    [
      'moves, from a company of the same name without an external ID,',
      {},
      [
        [`GET companies/${OTHER_ID}`, [200, company({ name: 'Acme' })]],
        [`PATCH customers/${ID}`, { company: COMPANY_ID, rev: 1 }, [200]]
      ],
      []
    ],
    [
      'moves, where that is on,',
      { moveCustomer: true },
      [[`PATCH customers/${ID}`, { company: COMPANY_ID, rev: 1 }, [200]]],
      []
    ]
  ])('%s a user who is linked elsewhere', async (_what, mapping, steps, leftOut) => {
    const user = customer({ externalId: 'u1' }, ID, OTHER_ID)
    const acme = company({ externalId: 'c1', name: 'Acme' })
    online(conversation([BY_ID, [200, companies([acme])]], [USER, [200, user]], ...steps))
    expect(await group({ userId: 'u1', groupId: 'c1' }, mapping)).toMatchObject({ leftOut })
  })

  it.each<[string, JSONObject, Step[], unknown[]]>([
    ['creates', {}, [['POST customers', { externalId: 'u1', company: COMPANY_ID }, [201, customer()]]], []],
    ['leaves out, if that is off,', { createCustomer: false }, [], [expect.objectContaining({ field: 'userId' })]]
  ])('%s a user whom Kustomer does not know', async (_what, mapping, steps, leftOut) => {
    online(conversation([BY_ID, [200, companies([company({ externalId: 'c1' })])]], [USER, MISSING], ...steps))
    expect(await group({ userId: 'u1', groupId: 'c1' }, mapping)).toMatchObject({ leftOut })
  })

  it.each<[string, Partial<SegmentEvent>, string]>([
    ['nothing that names a company', { userId: 'u1' }, "Can't tell which company this is"],
    ['a name alone that Kustomer does not take', { traits: { name: 'AB' } }, 'at least 3 characters']
  ])('makes a payload error of %s, without a request', async (_what, event, message) => {
    const kustomer = online(kustomerWith())
    const error = await failure(group(event))
    expect(error).toBeInstanceOf(PayloadValidationError)
    expect((error as Error).message).toContain(message)
    expect(kustomer.sent).toEqual([])
  })
})

it('offers the custom attributes of companies', async () => {
  online(conversation(['GET metadata/company', [200, metadata({ tierStr: { displayName: 'Tier' } }, 'company')]]))
  const choices = await createTestIntegration(destination).testDynamicField(
    'upsertCompany',
    'customAttributes.__keys__',
    {
      settings: SETTINGS,
      payload: {}
    }
  )
  expect(choices).toEqual({ choices: [{ value: 'tierStr', label: 'Tier', description: 'text' }] })
})

describe('a signal of the runtime', () => {
  const event = eventOf({ type: 'group', groupId: 'c1' })
  const settings = {
    ...SETTINGS,
    subscription: {
      partnerAction: 'upsertCompany',
      subscribe: 'type = "group"',
      mapping: { externalId: { '@path': '$.groupId' } }
    }
  }
  const signal = AbortSignal.abort()

  it('cuts off a single event, to be retried', async () => {
    const kustomer = online(kustomerWith())
    const error = await failure(new Destination(destination).onEvent(event, settings, { signal }))
    expect(error).toMatchObject({ status: 408 })
    expect(kustomer.sent).toEqual([])
  })

  it('cuts off a batch, to be retried', async () => {
    const kustomer = online(kustomerWith())
    const [result] = await new Destination(destination).onBatch([event], settings, { signal })
    expect(result?.multistatus).toEqual([expect.objectContaining({ status: 408 })])
    expect(kustomer.sent).toEqual([])
  })
})

describe('a batch', () => {
  it('is off unless switched on, and takes from 1 to 1,000 events, by default 100', () => {
    expect(upsertCompany.fields.enable_batching).toMatchObject({ type: 'boolean', default: false })
    expect(upsertCompany.fields.batch_size).toMatchObject({ default: 100, minimum: 1, maximum: 1000 })
  })

  it('tells the outcome of each event', async () => {
    const kustomer = online(
      kustomerWith({
        [BY_ID]: [200, companies([company({ externalId: 'c1', name: 'Acme' })])],
        [USER]: [200, customer({ externalId: 'u1' }, ID, COMPANY_ID)]
      })
    )
    const integration = createTestIntegration(destination)
    await integration.testBatchAction('upsertCompany', {
      events: [
        eventOf({ type: 'group', groupId: 'c1', userId: 'u1', traits: { name: 'Acme' } }),
        eventOf({ type: 'group', userId: 'u1' }),
        eventOf({ type: 'group', traits: { name: 'Other', employees: 'many' } })
      ],
      settings: SETTINGS,
      mapping: {},
      useDefaultMappings: true
    })
    expect(integration.results[0]?.multistatus).toEqual([
      {
        status: 200,
        sent: { externalId: 'c1', name: 'Acme' },
        body: { outcome: 'unchanged', companyId: COMPANY_ID, leftOut: [] }
      },
      expect.objectContaining({ status: 400, errortype: 'PAYLOAD_VALIDATION_FAILED' }),
      {
        status: 200,
        sent: { name: 'Other' },
        body: {
          outcome: 'created',
          companyId: COMPANY_ID,
          leftOut: [{ field: 'employees', reason: 'not a whole number' }]
        }
      }
    ])
    expect(kustomer.sent.map(([call]) => call)).toEqual([
      ...[BY_ID, 'GET companies?filter=Other', 'POST companies', 'GET companies?filter=Other', USER]
    ])
  })

  /** Sends group calls as one batch; returns each one's own outcome. */
  async function batchOf(...events: Array<Partial<SegmentEvent>>) {
    const integration = createTestIntegration(destination)
    await integration.testBatchAction('upsertCompany', {
      events: events.map((event) => eventOf({ type: 'group', ...event })),
      settings: SETTINGS,
      mapping: {},
      useDefaultMappings: true
    })
    return integration.results[0]?.multistatus
  }

  const delivered = (outcome: string): unknown =>
    expect.objectContaining({ status: 200, body: { outcome, companyId: COMPANY_ID, leftOut: [] } })
  const ACME = { externalId: 'c1', name: 'Acme' }

  it('writes a company once for all of its events, and links each user', async () => {
    const kustomer = online(kustomerWith({ [BY_ID]: [200, companies([company(ACME)])] }))
    const events = ['u1', 'u2'].map((userId) => ({ groupId: 'c1', userId, traits: { name: 'Acme Inc' } }))
    expect(await batchOf(...events)).toEqual([delivered('updated'), delivered('updated')])
    expect(countsOf(kustomer)).toEqual({
      'GET companies?externalId': 1,
      [`PUT companies/${COMPANY_ID}`]: 1,
      'GET customers/externalId': 2,
      'POST customers': 2
    })
  })

  it('writes events one by one that name one company in different ways', async () => {
    const kustomer = online(kustomerWith({ [BY_ID]: [200, companies([company(ACME)])] }))
    await batchOf({ groupId: 'c1', traits: { name: 'Acme' } }, { groupId: 'c1', traits: { name: 'Acme Inc' } })
    expect(kustomer.sent.map(([call]) => call)).toEqual([BY_ID, BY_ID, `PUT companies/${COMPANY_ID}`])
  })

  it('links a user of two companies in the order of the events', async () => {
    const kustomer = online(
      kustomerWith({
        [BY_ID]: [200, companies([company(ACME)])],
        'GET companies?externalId=c2': [200, companies([company({ externalId: 'c2', name: 'Other' }, OTHER_ID)])]
      })
    )
    await batchOf({ groupId: 'c1', userId: 'u1' }, { groupId: 'c2', userId: 'u1' })
    expect(kustomer.sent.filter(([call]) => call === 'POST customers').map(([, body]) => body)).toEqual([
      { externalId: 'u1', company: COMPANY_ID },
      { externalId: 'u1', company: OTHER_ID }
    ])
  })

  it('fails the event of a user who cannot be linked, and no other', async () => {
    online(
      kustomerWith({
        [BY_ID]: [200, companies([company(ACME)])],
        'GET customers/externalId=u2': [500]
      })
    )
    const events = ['u1', 'u2'].map((userId) => ({ groupId: 'c1', userId }))
    expect(await batchOf(...events)).toEqual([delivered('unchanged'), expect.objectContaining({ status: 500 })])
  })

  it('tells that Kustomer answered without the ID of a company', async () => {
    online(kustomerWith({ 'POST companies': [201] }))
    expect(await batchOf({ groupId: 'c1', userId: 'u1', traits: { name: 'Acme' } })).toMatchObject([
      {
        status: 200,
        body: {
          outcome: 'created',
          leftOut: [{ field: 'userId', reason: "not linked: Kustomer's answer had no ID of the company" }]
        }
      }
    ])
  })
})
