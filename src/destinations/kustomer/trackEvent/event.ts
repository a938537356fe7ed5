import type { TrackingEvent } from '../records'
import { toUtc } from '../datetime'
import { isChangedBeyondSpaces, legalEventName } from './event-name'
import type { Payload } from './generated-types'
import { metaOf } from './meta'

/** Where an event may carry the session's and the visitor's id, which are not repeated among its properties. */
const ID_PROPERTIES = ['kustomer_session_id', 'kustomerSessionId', 'kustomer_tracking_id']

/**
 * An event as Kustomer's timeline takes it, of nobody yet: its name, its session and its properties, with when it
 * happened as `occurredAt` and, where the name had to change, the original as `eventName`.
 */
export function trackingEvent(payload: Payload): TrackingEvent {
  const { eventName, sessionId, timestamp, properties = {} } = payload
  const name = legalEventName(eventName)
  const first = {
    occurredAt: timestamp === undefined ? undefined : toUtc(timestamp),
    eventName: isChangedBeyondSpaces(eventName, name) ? eventName : undefined
  }
  const meta = metaOf(first, withoutIds(properties))
  // The framework makes a blank of a list of one blank.
  return sessionId ? { name, sessionId, meta } : { name, meta }
}

function withoutIds(properties: Record<string, unknown>): Record<string, unknown> {
  if (!ID_PROPERTIES.some((key) => key in properties)) {
    return properties
  }
  return Object.fromEntries(Object.entries(properties).filter(([key]) => !ID_PROPERTIES.includes(key)))
}
