import { createRoute } from '@hono/zod-openapi'
import { requireRole } from '../access'
import { identityEvent, trackingEvent, trackingIdentity } from '../contract/tracking'
import type { TrackingIdentity } from '../contract/tracking'
import type { CustomerRecord, IdentifierName } from '../customers'
import { conflict } from '../errors'
import type { Organization } from '../organization'
import { answers, json } from './respond'
import { newRouter } from './router'

const tracking = requireRole('org.tracking')

export function trackingRoutes({ customers, timeline }: Organization) {
  /**
   * [P] Finds or creates the customer. [A] An identity of two identifiers of two people is a conflict: what Kustomer
   * does with one is not published, and it may well merge them.
   */
  const customerOf = (identity: TrackingIdentity): CustomerRecord => {
    const { externalId, email, phone, name, username, signedUpAt, birthdayAt, gender, locale, timeZone } = identity
    const identifiers = { externalId, email, phone }
    const found = Object.entries(identifiers).flatMap(([by, value]) =>
      value === undefined ? [] : customers.find(by as IdentifierName, value) ?? []
    )
    if (found.some((customer) => customer.id !== found[0]?.id)) {
      throw conflict('identity')
    }
    const existing = found.find(({ attributes }) => !attributes.deleted)
    return (
      existing ??
      customers.create({
        ...{ externalId, name, username, signedUpAt, birthdayAt, gender, locale, timeZone },
        ...(email === undefined ? {} : { emails: [{ email }] }),
        ...(phone === undefined ? {} : { phones: [{ phone }] })
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

  const answerFor = ({ id }: CustomerRecord) => ({
    data: { type: 'tracking_identity', id, relationships: { customer: { data: { type: 'customer', id } } } }
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
      (context) => context.json(answerFor(identified(context.req.valid('json'))), 201)
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
        return context.json(answerFor(customer), 201)
      }
    )
}
