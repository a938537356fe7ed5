import { hostOf } from '../../destinations/kustomer/api/hosts'
import type { Settings } from '../../destinations/kustomer/generated-types'
import type { CustomObjectRecord, Session, TimelineEvent } from '../../sandbox'
import { companyView, customerView } from '.'
import type { RecordView } from '.'
import { cardOf } from './cards'
import { Api, CouldNotTell, expectStatus, recordIn, recordsIn } from '../check/api'
import type { Resource } from '../check/api'
import { realClock } from '../clock'

/** The most records that are read at once, since a customer costs several requests. */
const MOST_RECORDS = 20
const OTHERS = 'others'

/** The most pages of sessions, or of a session's events, that are read. */
const MOST_PAGES = 10

/**
 * Customers and companies of the real Kustomer, read back: one request for each, one more for a company that is looked up
 * in a list, and for the timeline of a customer one for each page of their sessions and one for each page of a session's
 * events. No more than 20 are read. Who is linked to a company is not told: Kustomer lists it nowhere.
 *
 * It never throws: what cannot be read is told in a record's note. What is not there is left out.
 *
 * @param locators paths, percent-encoded: of a record such as `customers/<id>` or `customers/externalId=<value>`, or of a
 *   list such as `companies?externalId=<value>`, or of a custom object such as `klasses/order/externalId=<value>`
 * @returns each record by its ID; one that could not be read by what was asked for
 */
export async function liveAgentView(
  { apiKey, orgPod }: Settings,
  locators: string[]
): Promise<Map<string, RecordView>> {
  const host = hostOf(orgPod)
  const api = new Api({ host, apiKey, clock: realClock, fetch: (request) => fetch(request) })
  const views = new Map<string, RecordView>()
  for (const locator of locators.slice(0, MOST_RECORDS).sort(objectsLast)) {
    try {
      if (isOfObject(locator)) {
        await addCard(api, locator, views)
        continue
      }
      const record = await recordAt(api, locator)
      if (record) {
        views.set(record.id, views.get(record.id) ?? (await viewAt(api, locator, record)))
      }
    } catch (error) {
      views.set(locator, nothing(locator, decodeURIComponent(locator.replace(/^\w+./, '')), reasonOf(error)))
    }
  }
  const left = locators.length - MOST_RECORDS
  if (left > 0) {
    const name = left === 1 ? '1 more' : `${left} more`
    views.set(OTHERS, nothing('', name, 'not read back, since each costs several requests'))
  }
  return views
}

/** Adds a custom object to the view of its customer or company, with one more request for its display names. */
async function addCard(api: Api, locator: string, views: Map<string, RecordView>): Promise<void> {
  const object = await recordAt(api, locator)
  const { customer, company } = (object?.relationships ?? {}) as Partial<CustomObjectRecord['relationships']>
  const owner = views.get((customer ?? company)?.data.id ?? '')
  if (object && owner) {
    const type: CustomObjectRecord['type'] = `kobject.${decodeURIComponent(locator.split('/')[1] ?? '')}`
    const card = cardOf({ ...object, type }, await definedFor(api, type))
    owner.cards = [...(owner.cards ?? []).filter(({ id }) => id !== card.id), card]
  }
}

/** Without the role for the metadata, attributes keep their names. */
async function definedFor(api: Api, type: string): Promise<Record<string, { displayName?: string }>> {
  try {
    const { attributes } = recordIn(expectStatus(await api.ask('GET', `metadata/${encodeURIComponent(type)}`), 200))
    return attributes.properties as Record<string, { displayName?: string }>
  } catch {
    return {}
  }
}

/** @returns undefined where it is not there. @throws CouldNotTell */
async function recordAt(api: Api, locator: string): Promise<Resource | undefined> {
  if (!locator.includes('?')) {
    const answer = await api.ask('GET', locator)
    return answer.status === 404 ? undefined : recordIn(expectStatus(answer, 200))
  }
  const [first] = recordsIn(expectStatus(await api.ask('GET', locator), 200))
  // A list shows less of a record than the record itself.
  return first && recordAt(api, `${locator.split('?')[0] ?? ''}/${first.id}`)
}

function viewAt(api: Api, locator: string, record: Resource): Promise<RecordView> {
  return isOfCompany(locator) ? Promise.resolve(companyView(record, [])) : withTimeline(api, record)
}

function isOfObject(locator: string): boolean {
  return locator.startsWith('klasses/')
}

/** A custom object is shown with its customer or company. */
function objectsLast(one: string, other: string): number {
  return Number(isOfObject(one)) - Number(isOfObject(other))
}

function isOfCompany(locator: string): boolean {
  return locator.startsWith('companies')
}

function nothing(locator: string, name: string, note: string): RecordView {
  return { kind: isOfCompany(locator) ? 'company' : 'customer', name, attributes: [], sessions: [], note }
}

async function withTimeline(api: Api, customer: Resource): Promise<RecordView> {
  const { id } = customer
  const view = customerView(customer, [])
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
