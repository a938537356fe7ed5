import { hostOf } from '../../destinations/kustomer/api/hosts'
import type { Settings } from '../../destinations/kustomer/generated-types'
import type { Session, TimelineEvent } from '../../sandbox'
import { viewOf } from '.'
import type { CustomerView } from '.'
import { Api, CouldNotTell, expectStatus, recordIn, recordsIn } from '../check/api'
import type { Resource } from '../check/api'
import { realClock } from '../clock'

/** The most customers that are read at once, since each costs several requests. */
const MOST_CUSTOMERS = 20
const OTHERS = 'others'

/** The most pages of sessions, or of a session's events, that are read. */
const MOST_PAGES = 10

/**
 * Customers of the real Kustomer with their timelines, read back: one request for each, one for each page of their
 * sessions, and one for each page of a session's events. No more than 20 are read.
 *
 * It never throws: what cannot be read is told in a customer's note. Whoever is not there is left out.
 *
 * @param locators `<id>`, or a name of the customer such as `externalId=<value>`, percent-encoded
 * @returns each customer by their ID; one that could not be read by what was asked for
 */
export async function liveAgentView(
  { apiKey, orgPod }: Settings,
  locators: string[]
): Promise<Map<string, CustomerView>> {
  const host = hostOf(orgPod)
  const api = new Api({ host, apiKey, clock: realClock, fetch: (request) => fetch(request) })
  const views = new Map<string, CustomerView>()
  for (const locator of locators.slice(0, MOST_CUSTOMERS)) {
    try {
      const answer = await api.ask('GET', `customers/${locator}`)
      if (answer.status !== 404) {
        const customer = recordIn(expectStatus(answer, 200))
        views.set(customer.id, views.get(customer.id) ?? (await withTimeline(api, customer)))
      }
    } catch (error) {
      views.set(locator, { name: decodeURIComponent(locator), attributes: [], sessions: [], note: reasonOf(error) })
    }
  }
  const left = locators.length - MOST_CUSTOMERS
  if (left > 0) {
    const name = left === 1 ? '1 more customer' : `${left} more customers`
    views.set(OTHERS, { name, attributes: [], sessions: [], note: 'not read back, since each costs several requests' })
  }
  return views
}

async function withTimeline(api: Api, { id, attributes }: Resource): Promise<CustomerView> {
  const view = viewOf(attributes, [])
  try {
    const sessions: Session[] = []
    for (const session of await pagesOf(api, `customers/${id}/sessions`)) {
      const sessionId = String(session.attributes.sessionId)
      const events = await pagesOf(api, `customers/${id}/sessions/${encodeURIComponent(sessionId)}/events`)
      sessions.push(sessionOf(session, sessionId, events.reverse()))
    }
    return { ...view, sessions }
  } catch (error) {
    return { ...view, note: `The timeline is not shown: ${reasonOf(error)}` }
  }
}

/** @throws CouldNotTell */
async function pagesOf(api: Api, path: string): Promise<Resource[]> {
  const all: Resource[] = []
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const answer = expectStatus(await api.ask('GET', `${path}?page=${page}&pageSize=100`), 200)
    all.push(...recordsIn(answer))
    const { links } = answer.body as { links?: { next?: unknown } }
    if (typeof links?.next !== 'string') {
      break
    }
  }
  return all
}

/** Events that were grouped by time have the id of their first event for a session. */
function sessionOf({ attributes }: Resource, sessionId: string, events: Resource[]): Session {
  return {
    id: events[0]?.id === sessionId ? null : sessionId,
    startedAt: String(attributes.firstEventAt),
    endedAt: String(attributes.lastEventAt),
    events: events.map(eventOf)
  }
}

function eventOf({ id, attributes }: Resource): TimelineEvent {
  const { trackingEvent, meta, publishedAt, createdAt } = attributes
  return {
    id,
    name: String(trackingEvent).replace(/^tracking\./, ''),
    meta: (meta ?? {}) as TimelineEvent['meta'],
    at: String(publishedAt),
    createdAt: String(createdAt),
    trackingId: null,
    sessionId: null
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof CouldNotTell) {
    return error.message
  }
  throw error
}
