import { readAttributes, readEvent } from '../body-readings'
import { answers } from '../contract/answers'
import { identityEvent, trackingEvent, trackingIdentity } from '../contract/tracking'
import type { TrackingIdentity } from '../contract/tracking'
import { identify } from '../state/identities'
import type { Identified } from '../state/identities'
import { link, ORGANIZATION } from '../state/links'
import { Routes } from './router'
import type { Kustomer } from './router'

const roles = ['org.tracking']

export function trackingRoutes(kustomer: Kustomer) {
  return new Routes('Tracking')
    .add(
      'trackEvent: POST /tracking/event',
      {
        summary: 'Track an event of a visitor',
        description: '[P] Kept for 30 days. Agents see it once its tracking ID is identified.',
        roles,
        body: trackingEvent
      },
      ({ body }) => {
        const { timeline, variants } = kustomer.organization
        timeline.ofVisitor(readEvent(body, variants))
      }
    )
    .add(
      'identifyVisitor: POST /tracking/identity',
      {
        summary: 'Identify a visitor',
        description: '[P] Finds or creates the customer, and links the visitor’s past and future events to them.',
        roles,
        body: trackingIdentity,
        status: 201,
        answer: answers.resource('The identified customer')
      },
      ({ body }) => {
        const { organization } = kustomer
        const identity = readAttributes(body, organization, 'customer')
        return { data: shown(identity, identify(organization, identity)) }
      }
    )
    .add(
      'identifyAndTrack: POST /tracking/identityEvent',
      {
        summary: 'Identify a visitor and track an event',
        description: '[P] Both in one request. `trackingId` and `sessionId` can be set in either part.',
        roles,
        body: identityEvent,
        status: 201,
        answer: answers.resource('The identified customer')
      },
      ({ body }) => {
        const { organization } = kustomer
        const event = readEvent(body.event, organization.variants)
        const trackingId = body.identity.trackingId ?? event.trackingId
        const identity = readAttributes({ ...body.identity, trackingId }, organization, 'customer')
        const identified = identify(organization, identity)
        const { customer, trackingId: visitor } = identified
        const sessionId = event.sessionId ?? identity.sessionId
        organization.timeline.ofCustomer(customer.id, { ...event, trackingId: visitor, sessionId })
        return { data: shown(identity, identified) }
      }
    )
}

/** [P] The keys of the published example. The identity has an ID of its own. */
function shown({ externalId, email, phone }: TrackingIdentity, { id, trackingId, customer, status, at }: Identified) {
  const times = { statusAt: at, createdAt: at, updatedAt: at }
  return {
    type: 'identity',
    id,
    attributes: { trackingId, externalId, email, phone, status, ...times },
    relationships: { org: ORGANIZATION, customer: link('customer', customer.id) },
    links: { self: `/v1/tracking/identity/${id}` }
  }
}
