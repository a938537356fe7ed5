import { createTestEvent } from '@segment/actions-core'
import type { SegmentEvent } from '@segment/actions-core'
import nock from 'nock'
import { SETTINGS } from './conversation'
import type { Kustomer } from './conversation'

const HEADERS = { authorization: `Bearer ${SETTINGS.apiKey}`, 'user-agent': 'Segment (actions-kustomer)' }

/** Puts a Kustomer where the framework's client sends its requests. */
export function online(kustomer: Kustomer): Kustomer {
  const scope = nock('https://api.kustomerapp.com', { reqheaders: HEADERS }).persist()
  for (const method of ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'] as const) {
    scope.intercept(/.*/, method).reply(async (uri, body) => {
      const json: unknown = body === '' ? undefined : body
      const { status, content } = await kustomer.request(`https://api.kustomerapp.com${uri}`, { method, json })
      return [status, content]
    })
  }
  return kustomer
}

/** An event that says nothing but what is given. */
export function eventOf(event: Partial<SegmentEvent>): SegmentEvent {
  return createTestEvent({ userId: undefined, anonymousId: undefined, context: {}, properties: {}, ...event })
}

// Importing nock puts it into Node's http module, which outlives a test file: it belongs there only while tests run.
nock.restore()

beforeAll(() => {
  nock.activate()
})

beforeEach(() => {
  nock.disableNetConnect()
})

afterEach(() => {
  nock.cleanAll()
})

afterAll(() => {
  nock.restore()
})
