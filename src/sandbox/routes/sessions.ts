import { createRoute, z } from '@hono/zod-openapi'
import { requireRole } from '../access'
import { answers } from '../contract/answers'
import { paging } from '../contract/paging'
import { notFound } from '../errors'
import { link, ORGANIZATION } from '../state/links'
import type { Session, TimelineEvent } from '../state/timeline'
import { pageOf } from './pages'
import { newRouter } from './router'
import type { Kustomer } from './router'

const mayRead = requireRole('org.permission.event.read')

/** What a customer did, read back. [P] There is no list of all events of a customer: that was withdrawn. */
export function sessionRoutes(kustomer: Kustomer) {
  /** @throws Refusal (404) */
  const sessionsOf = (customerId: string): Session[] => {
    const { customers, timeline } = kustomer.organization
    return timeline.sessions(customers.get(customerId).id)
  }

  return newRouter()
    .openapi(
      createRoute({
        method: 'get',
        path: '/customers/{id}/sessions',
        operationId: 'listSessions',
        tags: ['Timeline'],
        summary: 'List the sessions of a customer',
        description: '[P] The sessions of a customer. [A] The earliest first.',
        middleware: mayRead,
        request: { params: z.object({ id: z.string() }), query: paging },
        responses: { 200: answers.resources('A page of sessions'), ...answers.refusals }
      }),
      (context) => {
        const { id } = context.req.valid('param')
        const { data, links } = pageOf(sessionsOf(id), context.req.valid('query'), `/v1/customers/${id}/sessions`)
        return context.json({ meta: {}, data: data.map((session) => shownSession(id, session)), links }, 200)
      }
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/customers/{customerId}/sessions/{sessionId}/events',
        operationId: 'listSessionEvents',
        tags: ['Timeline'],
        summary: 'List the events of a session',
        description: '[P] The events of a session, the latest first. [A] None where there is no such session.',
        middleware: mayRead,
        request: { params: z.object({ customerId: z.string(), sessionId: z.string() }), query: paging },
        responses: { 200: answers.resources('A page of events'), ...answers.refusals }
      }),
      (context) => {
        const { customerId, sessionId } = context.req.valid('param')
        const session = sessionsOf(customerId).find((each) => sessionIdOf(each) === sessionId)
        const events = session?.events.slice().reverse() ?? []
        const path = `/v1/customers/${customerId}/sessions/${encodeURIComponent(sessionId)}/events`
        const { data, links } = pageOf(events, context.req.valid('query'), path)
        return context.json(
          { meta: {}, data: data.map((event) => shownEvent(customerId, sessionId, event)), links },
          200
        )
      }
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/customers/{customerId}/events/{eventId}',
        operationId: 'getEvent',
        tags: ['Timeline'],
        summary: 'Read an event',
        description: '[P] One event of a customer.',
        middleware: mayRead,
        request: { params: z.object({ customerId: z.string(), eventId: z.string() }) },
        responses: { 200: answers.resource('The event'), ...answers.refusals }
      }),
      (context) => {
        const { customerId, eventId } = context.req.valid('param')
        const session = sessionsOf(customerId).find(({ events }) => events.some(({ id }) => id === eventId))
        const event = session?.events.find(({ id }) => id === eventId)
        if (!session || !event) {
          throw notFound('eventId')
        }
        return context.json({ data: shownEvent(customerId, sessionIdOf(session), event) }, 200)
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
