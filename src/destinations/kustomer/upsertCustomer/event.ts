import { PayloadValidationError } from '@segment/actions-core'
import { identifiersOf } from '../identifiers'
import type { Identifier } from '../identifiers'
import type { CustomerAttributes, TrackingIdentity } from '../records'
import { attributesOf } from './attributes'
import type { Payload } from './generated-types'

/** What an event says, ready to be upserted. */
export interface CustomerEvent {
  /** At least one, the strongest first. */
  identifiers: Identifier[]
  wanted: CustomerAttributes
  /** Claims the visitor's anonymous history for the customer, by the strongest identifier alone. */
  claim?: TrackingIdentity
}

/**
 * Reads an event.
 *
 * @throws PayloadValidationError where it names nobody, or has a value that can be neither sent nor left out
 */
export function customerEvent(payload: Payload): CustomerEvent {
  const identifiers = identifiersOf(payload)
  const [strongest] = identifiers
  if (!strongest) {
    throw new PayloadValidationError(
      'No customer to upsert: none of External ID, Email and Phone has a usable value. Map at least one of them.'
    )
  }
  const { trackingId } = payload
  return {
    identifiers,
    wanted: attributesOf(payload, identifiers),
    claim: trackingId ? { trackingId, [strongest.name]: strongest.value } : undefined
  }
}
