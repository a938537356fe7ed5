import { PayloadValidationError } from '@segment/actions-core'
import type { Employer } from '../customers/company-link'
import type { Wanted } from '../upsert/diff'
import { identifiersOf, readTrackingId } from '../values/identifiers'
import type { Identifier } from '../values/identifiers'
import { leftOutOf, tellLeftOut } from '../values/left-out'
import type { LeftOut } from '../values/left-out'
import { attributesOf } from './attributes'
import { employerOf } from './employer'
import type { Payload } from './generated-types'

/** What an event says, ready to be upserted. */
export interface CustomerEvent {
  /** What Kustomer can be asked for, at least one, the strongest first. */
  identifiers: Identifier[]
  wanted: Wanted
  /** The visitor whose anonymous history is the customer's. */
  trackingId?: string
  /** The company that they work for. */
  employer?: Employer
  leftOut: LeftOut[]
}

/**
 * Reads an event.
 *
 * @throws PayloadValidationError where it names nobody whom Kustomer can be asked for, or has an externalId that Kustomer
 * cannot hold
 */
export function customerEvent(payload: Payload): CustomerEvent {
  const identification = identifiersOf(payload)
  const { identifiers } = identification
  if (identifiers.length === 0) {
    throw tellLeftOut(
      new PayloadValidationError(
        'No customer to upsert: none of External ID, Email and Phone has a usable value. Map at least one of them.'
      ),
      identification.leftOut
    )
  }
  const trackingId = readTrackingId(payload.trackingId)
  const { employer, leftOut: ofEmployer } = employerOf(payload)
  const { wanted, leftOut } = attributesOf(payload, identification)
  return {
    identifiers,
    wanted,
    trackingId: trackingId.value,
    employer,
    leftOut: [...identification.leftOut, ...leftOutOf({ trackingId }), ...leftOut, ...ofEmployer]
  }
}
