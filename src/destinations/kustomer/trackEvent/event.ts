import { PayloadValidationError, removeUndefined } from '@segment/actions-core'
import type { TrackingEvent, TrackingIdentity } from '../api/records'
import { bytesOf, MAX_BODY } from '../values/body-size'
import { readTimestamp } from '../values/dates'
import { eventName } from '../values/event-name'
import { identifiersOf, readTrackingId } from '../values/identifiers'
import { leftOutOf, withLeftOut } from '../values/left-out'
import type { LeftOut } from '../values/left-out'
import { metaOf } from '../values/meta'
import { MAX_TEXT, readStart, readText } from '../values/texts'
import type { Payload } from './generated-types'

/** An event ready to be recorded: of somebody where it has an identity, else of the visitor of its trackingId. */
export interface TimelineEvent {
  identity?: TrackingIdentity
  event: TrackingEvent
  leftOut: LeftOut[]
}

/** Where an event may carry the session's and the visitor's id, which are not repeated among its properties. */
const ID_PROPERTIES = ['kustomer_session_id', 'kustomerSessionId', 'kustomer_tracking_id']

const NOBODY =
  'Nobody to track: none of External ID, Email, Phone and Tracking ID has a usable value. Map at least one of them.'

/**
 * An event as Kustomer's timeline takes it: whose it is, its name, its session and its properties, with when it happened
 * as `occurredAt` and, where more than the spaces of its name had to change, the original as `eventName`.
 *
 * @throws PayloadValidationError where it has no name, where it is nobody's, or where its externalId is one that Kustomer
 * cannot hold
 */
export function timelineEvent(payload: Payload): TimelineEvent {
  const { identifiers, leftOut } = identifiersOf(payload)
  const readings = {
    trackingId: readTrackingId(payload.trackingId),
    sessionId: readText(payload.sessionId, MAX_TEXT),
    timestamp: readTimestamp(payload.timestamp)
  }
  const told = [...leftOut, ...leftOutOf(readings)]
  const [strongest] = identifiers
  const trackingId = readings.trackingId.value
  if (!strongest && trackingId === undefined) {
    throw new PayloadValidationError(withLeftOut(NOBODY, told))
  }
  if (payload.eventName.trim() === '') {
    throw new PayloadValidationError(withLeftOut('No event to track: Event Name is blank.', told))
  }
  const identity = strongest && { [strongest.name]: strongest.value }
  const { legal, original } = eventName(payload.eventName)
  const named: TrackingEvent = removeUndefined({
    trackingId: identity ? undefined : trackingId,
    name: legal,
    sessionId: readings.sessionId.value,
    meta: {}
  })
  const originalName = original === undefined ? {} : readStart(original)
  const { meta, leftOut: leftOutOfMeta } = metaOf(
    { occurredAt: readings.timestamp.value, eventName: originalName.value },
    Object.fromEntries(Object.entries(payload.properties ?? {}).filter(([key]) => !ID_PROPERTIES.includes(key))),
    MAX_BODY - bytesOf(identity ? { identity, event: named } : named)
  )
  return {
    identity,
    event: { ...named, meta },
    leftOut: [...told, ...leftOutOf({ eventName: originalName }), ...leftOutOfMeta]
  }
}
