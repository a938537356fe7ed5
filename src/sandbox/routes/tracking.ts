import { createRoute } from '@hono/zod-openapi'
import { requireRole } from '../access'
import { identityEvent, trackingEvent, trackingIdentity } from '../contract/tracking'
import type { TrackingIdentity } from '../contract/tracking'
import type { CustomerRecord } from '../customers'
import { Refusal } from '../errors'
import type { Organization } from '../organization'
import { answers, json } from './respond'
import { newRouter } from './router'

const tracking = requireRole('org.tracking')

export function trackingRoutes({ customers, timeline, newId }: Organization) {
  /** Those whom an identity names, by the strongest identifier first; by none, whom its visitor is known to be. */
  const namedBy = ({ externalId, email, phone, trackingId = '' }: TrackingIdentity): CustomerRecord[] => {
    const isNameless = externalId === undefined && email === undefined && phone === undefined
    const known = isNameless ? timeline.customerOf(trackingId) : undefined
    const found = [
      known === undefined ? undefined : customers.get(known),
      externalId === undefined ? undefined : customers.find('externalId', externalId),
      email === undefined ? undefined : customers.find('email', email),
      phone === undefined ? undefined : customers.find('phone', phone)
    ]
    return found.flatMap((customer) => (customer && !customer.attributes.deleted ? customer : []))
  }

  /** [P] Finds or creates the customer. [A] The found one is left as it is, and a conflict is a 409. */
  const customerOf = (identity: TrackingIdentity): CustomerRecord => {
    const { remember, trackingId, sessionId, email, phone, location, ...attributes } = identity
    const named = namedBy(identity)
    const ids = new Set(named.flatMap(({ attributes: { externalId } }) => externalId ?? []))
    if (attributes.externalId !== undefined) {
      ids.add(attributes.externalId)
    }
    if (ids.size > 1 || named.some(({ id }) => id !== named[0]?.id)) {
      throw new Refusal({
        status: 409,
        code: 'conflict',
        title: 'names two customers, whom Kustomer might merge',
        source: { parameter: 'identity' }
      })
    }
    return (
      named[0] ??
      customers.create({
        ...attributes,
        ...(email === undefined ? {} : { emails: [{ email }] }),
        ...(phone === undefined ? {} : { phones: [{ phone }] }),
        ...(location === undefined ? {} : { locations: [location] })
      })
    )
  }

  const identified = (identity: TrackingIdentity): CustomerRecord => {
    const customer = customerOf(identity)
    if (identity.trackingId !== undefined) {
      timeline.identify(identity.trackingId, customer.id)
    }
    return customer
  }

  // The identity has an id of its own, so that nobody takes it for the customer's.
  const answerFor = (identity: TrackingIdentity, { id }: CustomerRecord) => ({
    data: {
      type: 'tracking_identity',
      id: newId(),
      attributes: identity,
      relationships: { customer: { data: { type: 'customer', id } } }
    }
  })

  return newRouter()
    .openapi(
      createRoute({
        method: 'post',
        path: '/tracking/event',
        description: '[P] An event of a visitor, kept for 30 days and unseen until its tracking id is identified.',
        middleware: tracking,
        request: { body: { required: true, ...json(trackingEvent) } },
        responses: { 204: answers.nothing('Recorded'), default: answers.refusal }
      }),
      (context) => {
        timeline.ofVisitor(context.req.valid('json'))
        return context.body(null, 204)
      }
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/tracking/identity',
        description: '[P] Finds or creates the customer and ties the visitor’s past and future events to it.',
        middleware: tracking,
        request: { body: { required: true, ...json(trackingIdentity) } },
        responses: { 201: answers.resource('The identified customer'), default: answers.refusal }
      }),
      (context) => {
        const identity = context.req.valid('json')
        return context.json(answerFor(identity, identified(identity)), 201)
      }
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/tracking/identityEvent',
        description: '[P] Identifies and records an event in one request.',
        middleware: tracking,
        request: { body: { required: true, ...json(identityEvent) } },
        responses: { 201: answers.resource('The identified customer'), default: answers.refusal }
      }),
      (context) => {
        const { identity, event } = context.req.valid('json')
        const customer = identified(identity)
        timeline.ofCustomer(customer.id, event)
        return context.json(answerFor(identity, customer), 201)
      }
    )
}
