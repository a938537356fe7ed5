import { createTestEvent, createTestIntegration } from '@segment/actions-core'
import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import nock from 'nock'
import destination from '../../../src/destinations/kustomer'
import type { CustomerAttributes } from '../../../src/destinations/kustomer/records'

export const settings = { apiKey: 'eyJhbGciOi.secret', orgPod: 'prod1' }
export const CUSTOMER_ID = '5f0000000000000000000001'
export const NOT_FOUND = {
  errors: [{ status: 404, source: { parameter: 'externalId' }, code: 'notfound', title: 'Not Found' }]
}

/** Kustomer's host; every expectation on it must be met by the end of the test. */
export function kustomer(): nock.Scope {
  return nock('https://api.kustomerapp.com', { reqheaders: { authorization: `Bearer ${settings.apiKey}` } })
}

/** A customer's record as Kustomer answers with it, with what may not be written back. */
export function record(attributes: Record<string, unknown>, company?: string) {
  return {
    data: {
      type: 'customer',
      id: CUSTOMER_ID,
      attributes: {
        displayName: 'x',
        createdAt: '2020-01-01T00:00:00.000Z',
        recentItems: [],
        sentiment: {},
        ...attributes
      },
      relationships: company ? { company: { data: { type: 'company', id: company } } } : {},
      links: { self: `/v1/customers/${CUSTOMER_ID}` }
    }
  }
}

/** Runs an action on an event, filled by its default mappings and then by `mapping`; returns what it answers with. */
export async function run(action: string, event: Partial<SegmentEvent>, mapping: JSONObject = {}): Promise<unknown> {
  const integration = createTestIntegration(destination)
  const bare = createTestEvent({ userId: undefined, anonymousId: undefined, context: {}, ...event })
  await integration.testAction(action, { event: bare, settings, mapping, useDefaultMappings: true })
  return integration.results.find(({ data }) => data)?.data
}

/** Expects one write of exactly this body. */
export function body(expected: CustomerAttributes | Record<string, unknown>): (actual: unknown) => boolean {
  return (actual) => {
    expect(actual).toEqual(expected)
    return true
  }
}

beforeEach(() => {
  nock.disableNetConnect()
})

afterEach(() => {
  const pending = nock.pendingMocks()
  nock.cleanAll()
  expect(pending).toEqual([])
})

// Node's http module outlives a test file, and with it what nock has put there.
afterAll(() => {
  nock.restore()
})
