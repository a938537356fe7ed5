import { z } from '@hono/zod-openapi'
import { answers } from '../contract/answers'
import { paging } from '../contract/paging'
import { notFound } from '../errors'
import { link, ORGANIZATION } from '../state/links'
import type { Session, TimelineEvent } from '../state/timeline'
import { answerPage } from './pages'
import { byId, Routes } from './router'
import type { Kustomer } from './router'

const roles = ['org.permission.event.read']

/** The timeline, read back. [P] A list of all events of a customer was withdrawn. */
export function sessionRoutes(kustomer: Kustomer) {
  /** @throws Refusal (404) */
  const sessionsOf = (customerId: string): Session[] => {
    const { customers, timeline } = kustomer.organization
    return timeline.sessions(customers.get(customerId).id)
  }

  return new Routes('Timeline')
    .add(
      'listSessions: GET /customers/{id}/sessions',
      {
        summary: 'List the sessions of a customer',
        description: '[P] The sessions of a customer. [A] Oldest first.',
        roles,
        params: byId,
        query: paging,
        answer: answers.resources('A page of sessions')
      },
      ({ params: { id }, query }) =>
        answerPage(sessionsOf(id), query, `/v1/customers/${id}/sessions`, (session) => shownSession(id, session), {})
    )
    .add(
      'listSessionEvents: GET /customers/{customerId}/sessions/{sessionId}/events',
      {
        summary: 'List the events of a session',
        description: '[P] The events of a session, newest first. [A] The list is empty if there is no such session.',
        roles,
        params: z.object({ customerId: z.string(), sessionId: z.string() }),
        query: paging,
        answer: answers.resources('A page of events')
      },
      ({ params: { customerId, sessionId }, query }) => {
        const session = sessionsOf(customerId).find((each) => sessionIdOf(each) === sessionId)
        const events = session?.events.slice().reverse() ?? []
        const path = `/v1/customers/${customerId}/sessions/${encodeURIComponent(sessionId)}/events`
        return answerPage(events, query, path, (event) => shownEvent(customerId, sessionId, event), {})
      }
    )
    .add(
      'getEvent: GET /customers/{customerId}/events/{eventId}',
      {
        summary: 'Get an event',
        description: '[P] One event of a customer.',
        roles,
        params: z.object({ customerId: z.string(), eventId: z.string() }),
        answer: answers.resource('The event')
      },
      ({ params: { customerId, eventId } }) => {
        const session = sessionsOf(customerId).find(({ events }) => events.some(({ id }) => id === eventId))
        const event = session?.events.find(({ id }) => id === eventId)
        if (!session || !event) {
          throw notFound('eventId')
        }
        return { data: shownEvent(customerId, sessionIdOf(session), event) }
      }
    )
}

/** [P] Events without a session are grouped by time. [A] Their session is called by its first event's id. */
function sessionIdOf({ id, events }: Session): string {
  return id ?? events[0]?.id ?? ''
}

/** [P] The keys of the published examples. */
function shownSession(customerId: string, session: Session) {
  const { startedAt, endedAt, events } = session
  return {
    type: 'customer_session',
    id: events[0]?.id ?? '',
    attributes: {
      sessionId: sessionIdOf(session),
      firstEventAt: startedAt,
      lastEventAt: endedAt,
      count: events.length
    },
    relationships: { org: ORGANIZATION, customer: link('customer', customerId) },
    links: { self: `/v1/customers/${customerId}/sessions` }
  }
}

function shownEvent(customerId: string, sessionId: string, { id, name, meta, at, createdAt }: TimelineEvent) {
  return {
    type: 'customer_event',
    id,
    attributes: {
      name: 'kustomer.tracking.identified.event',
      trackingEvent: `tracking.${name}`,
      app: null,
      publishedAt: at,
      createdAt,
      location: {},
      meta,
      sessionId,
      realIp: '127.0.0.1'
    },
    relationships: {
      org: ORGANIZATION,
      createdBy: null,
      modifiedBy: null,
      customer: link('customer', customerId)
    },
    links: { self: `/v1/customers/${customerId}/events/${id}` }
  }
}
