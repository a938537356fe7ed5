import { PayloadValidationError } from '@segment/actions-core'
import type { TrackingEvent, TrackingIdentity } from '../api/records'
import { bytesOf, MAX_BODY } from '../values/body-size'
import { readDate } from '../values/dates'
import { eventName } from '../values/event-name'
import { identifiersOf, readTrackingId } from '../values/identifiers'
import { atMost100, leftOutOf, withLeftOut } from '../values/left-out'
import type { LeftOut } from '../values/left-out'
import { MAX_TEXT, readStart, readText } from '../values/texts'
import type { Payload } from './generated-types'
import { readProperties } from './properties'
import type { Meta } from './properties'

/** An event for the timeline: of a customer if it has an identity, else of the visitor with its trackingId. */
export interface TimelineEvent {
  identity?: TrackingIdentity
  event: TrackingEvent
  leftOut: LeftOut[]
}

/** Properties that hold the session's and the visitor's ID, which aren't repeated on the timeline. */
const ID_PROPERTIES = ['kustomer_session_id', 'kustomerSessionId', 'kustomer_tracking_id', 'kustomerTrackingId']

const NO_IDENTIFIER =
  "Can't tell whose event this is. Map at least one of External ID, Email, Phone, or Tracking ID to a valid value."
const NO_NAME = 'Event Name is blank. Map it to a value that is not blank.'

/**
 * Returns an event as Kustomer's timeline accepts it. Its identity is the strongest identifier and the trackingId, which
 * links the visitor's anonymous history to the customer.
 *
 * @throws PayloadValidationError if Event Name is blank, if there is no identifier, or if External ID is invalid
 */
export function timelineEvent(payload: Payload): TimelineEvent {
  const { identifiers, leftOut } = identifiersOf(payload)
  const visitor = readTrackingId(payload.trackingId)
  const session = readText(payload.sessionId, MAX_TEXT)
  const timestamp = readDate(payload.timestamp)
  leftOut.push(...leftOutOf({ trackingId: visitor, sessionId: session, timestamp }))
  const [strongest] = identifiers
  if (!strongest && visitor.value === undefined) {
    throw new PayloadValidationError(withLeftOut(NO_IDENTIFIER, leftOut))
  }
  if (payload.eventName.trim() === '') {
    throw new PayloadValidationError(withLeftOut(NO_NAME, leftOut))
  }
  const { legal, original } = eventName(payload.eventName)
  const originalName = original === undefined ? {} : readStart(original)
  leftOut.push(...leftOutOf({ eventName: originalName }))
  const trackingId = visitor.value === undefined ? {} : { trackingId: visitor.value }
  const identity = strongest && { [strongest.name]: strongest.value, ...trackingId }
  const event: TrackingEvent = { ...(identity ? {} : trackingId), name: legal, meta: {} }
  if (session.value !== undefined) {
    event.sessionId = session.value
  }
  const room = MAX_BODY - bytesOf(identity ? { identity, event } : event)
  const read = readProperties(firstProperties(timestamp.value, originalName.value), ownProperties(payload), room)
  return { identity, event: { ...event, meta: read.meta }, leftOut: atMost100([...leftOut, ...read.leftOut]) }
}

function firstProperties(occurredAt: string | undefined, originalName: string | undefined): Meta {
  return {
    ...(occurredAt === undefined ? {} : { occurredAt }),
    ...(originalName === undefined ? {} : { eventName: originalName })
  }
}

function ownProperties({ properties = {} }: Payload): Record<string, unknown> {
  return ID_PROPERTIES.some((key) => key in properties)
    ? Object.fromEntries(Object.entries(properties).filter(([key]) => !ID_PROPERTIES.includes(key)))
    : properties
}
