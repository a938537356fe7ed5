import { createRoute } from '@hono/zod-openapi'
import { requireRole } from '../access'
import { answers, json } from '../contract/answers'
import { identityEvent, trackingEvent, trackingIdentity } from '../contract/tracking'
import type { TrackingIdentity } from '../contract/tracking'
import { readAttributes, readEvent } from '../body-readings'
import { identify } from '../state/identities'
import type { Identified } from '../state/identities'
import { link, ORGANIZATION } from '../state/links'
import { newRouter } from './router'
import type { Kustomer } from './router'

const tracking = requireRole('org.tracking')

export function trackingRoutes(kustomer: Kustomer) {
  return newRouter()
    .openapi(
      createRoute({
        method: 'post',
        path: '/tracking/event',
        operationId: 'trackEvent',
        tags: ['Tracking'],
        summary: 'Record an event of a visitor',
        description: '[P] An event of a visitor, kept for 30 days and unseen until its tracking id is identified.',
        middleware: tracking,
        request: { body: { required: true, ...json(trackingEvent) } },
        responses: { 204: answers.nothing('Recorded'), ...answers.refusals }
      }),
      (context) => {
        const { timeline, variants } = kustomer.organization
        timeline.ofVisitor(readEvent(context.req.valid('json'), variants))
        return context.body(null, 204)
      }
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/tracking/identity',
        operationId: 'identifyVisitor',
        tags: ['Tracking'],
        summary: 'Say who a visitor is',
        description: '[P] Finds or creates the customer and ties the visitor’s past and future events to it.',
        middleware: tracking,
        request: { body: { required: true, ...json(trackingIdentity) } },
        responses: { 201: answers.resource('The identified customer'), ...answers.refusals }
      }),
      (context) => {
        const { organization } = kustomer
        const identity = readAttributes(context.req.valid('json'), organization, 'customer')
        return context.json({ data: shown(identity, identify(organization, identity)) }, 201)
      }
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/tracking/identityEvent',
        operationId: 'identifyAndTrack',
        tags: ['Tracking'],
        summary: 'Say who a visitor is, and record an event of theirs',
        description:
          '[P] Identifies and records an event in one request. The tracking id and the session id may stand in either part.',
        middleware: tracking,
        request: { body: { required: true, ...json(identityEvent) } },
        responses: { 201: answers.resource('The identified customer'), ...answers.refusals }
      }),
      (context) => {
        const { organization } = kustomer
        const body = context.req.valid('json')
        const event = readEvent(body.event, organization.variants)
        const trackingId = body.identity.trackingId ?? event.trackingId
        const identity = readAttributes({ ...body.identity, trackingId }, organization, 'customer')
        const identified = identify(organization, identity)
        const { customer, trackingId: visitor } = identified
        const sessionId = event.sessionId ?? identity.sessionId
        organization.timeline.ofCustomer(customer.id, { ...event, trackingId: visitor, sessionId })
        return context.json({ data: shown(identity, identified) }, 201)
      }
    )
}

/** [P] The keys of the published example. The identity has an id of its own, which is not the customer's. */
function shown({ externalId, email, phone }: TrackingIdentity, { id, trackingId, customer, status, at }: Identified) {
  const times = { statusAt: at, createdAt: at, updatedAt: at }
  const attributes: Record<string, unknown> = { trackingId, externalId, email, phone, status, ...times }
  return {
    type: 'identity',
    id,
    attributes,
    relationships: { org: ORGANIZATION, customer: link('customer', customer.id) },
    links: { self: `/v1/tracking/identity/${id}` }
  }
}
