import type { TrackingIdentity } from '../contract/tracking'
import { conflict } from '../errors'
import type { Customer } from './customers'
import type { Organization } from './organization'

/** What an identity became. */
export interface Identified {
  id: string
  /** The one that was given or, without one, [P] one that Kustomer makes. */
  trackingId: string
  customer: Customer
  status: 'created' | 'updated'
  at: string
}

/**
 * [P] Finds or creates the customer whom an identity names, and ties the visitor's past and future events to them. [A]
 * The one found is left as they are.
 *
 * @throws Refusal (409 where it names two customers; where another customer holds an identifier)
 */
export function identify(organization: Organization, identity: TrackingIdentity): Identified {
  const { timeline, now } = organization
  const known = namedBy(organization, identity)
  const customer = known ?? createFrom(organization, identity)
  const trackingId = identity.trackingId ?? organization.newId()
  const holder = timeline.customerOf(trackingId)
  if (holder === undefined || !organization.variants.trackingIdStays) {
    timeline.identify(trackingId, customer.id)
  }
  const status = known ? 'updated' : 'created'
  return { id: organization.newId(), trackingId, customer, status, at: now().toISOString() }
}

/** The one whom an identity names; where it has no identifier, whom its visitor is known to be. */
function namedBy({ customers, timeline }: Organization, identity: TrackingIdentity): Customer | undefined {
  const { externalId, email, phone, trackingId = '' } = identity
  if (externalId === undefined && email === undefined && phone === undefined) {
    const known = timeline.customerOf(trackingId)
    const customer = known === undefined ? undefined : customers.get(known)
    return customer?.isDeleted ? undefined : customer
  }
  const named = [
    externalId === undefined ? undefined : customers.ownerOf('externalId', externalId),
    email === undefined ? undefined : customers.ownerOf('email', email),
    phone === undefined ? undefined : customers.ownerOf('phone', phone)
  ].flatMap((customer) => customer ?? [])
  const externalIds = [externalId, ...named.map(({ known }) => known.externalId)].flatMap((each) => each ?? [])
  if (new Set(externalIds).size > 1 || new Set(named).size > 1) {
    throw conflict('identity', 'names two customers, whom Kustomer might merge')
  }
  return named[0]
}

function createFrom({ customers }: Organization, identity: TrackingIdentity): Customer {
  const { remember, trackingId, sessionId, email, phone, location, ...attributes } = identity
  return customers.create({
    ...attributes,
    ...(email === undefined ? {} : { emails: [{ email }] }),
    ...(phone === undefined ? {} : { phones: [{ phone }] }),
    ...(location === undefined ? {} : { locations: [location] })
  })
}
