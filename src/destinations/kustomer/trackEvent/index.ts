import type { ActionDefinition } from '@segment/actions-core'
import { KustomerClient } from '../api/client'
import { emailField, externalIdField, phoneField, trackingIdField } from '../fields/identifiers'
import type { Settings } from '../generated-types'
import { tellLeftOut } from '../values/left-out'
import { timelineEvent } from './event'
import type { Payload } from './generated-types'
import { firstOf } from './mappings'

export { viewed } from './mappings'

// Kustomer accepts one tracking event per request, so there is no performBatch.
const action: ActionDefinition<Settings, Payload> = {
  title: 'Track Event',
  description:
    "Add an event to the customer's timeline. Events from anonymous visitors are kept for 30 days and appear once the visitor is identified.",
  defaultSubscription: 'type = "track"',
  fields: {
    eventName: {
      label: 'Event Name',
      description:
        'The name of the event. Letters, digits, hyphens, underscores, and dots are kept. Spaces become hyphens: `Order Completed` appears as `Order-Completed`.',
      type: 'string',
      required: true,
      default: { '@path': '$.event' }
    },
    externalId: externalIdField(
      'Your unique ID for the customer. At least one of External ID, Email, Phone, or Tracking ID is required.',
      ['email', 'phone', 'trackingId']
    ),
    email: emailField(
      "The customer's email address. Used to find the customer if External ID is not set. Ignored if it isn't a valid email address.",
      { '@path': '$.context.traits.email' }
    ),
    phone: phoneField(
      "The customer's phone number, with its country code. Used to find the customer if External ID and Email are not set. Ignored if it isn't a valid phone number.",
      '$.context.traits.phone'
    ),
    trackingId: trackingIdField(
      "The visitor's anonymous ID. Links the visitor's anonymous history to the customer.",
      firstOf('$.properties.kustomer_tracking_id', '$.properties.kustomerTrackingId', '$.anonymousId')
    ),
    sessionId: {
      label: 'Session ID',
      description: 'The session to add the event to. If not set, Kustomer groups events by time.',
      type: 'string',
      default: firstOf('$.properties.kustomer_session_id', '$.properties.kustomerSessionId')
    },
    properties: {
      label: 'Properties',
      description:
        "The event's properties. Nested objects are flattened: `shipping.city` becomes `shipping_city`. Properties without a valid name, and the last ones of more than 100, appear in `otherProperties`.",
      type: 'object',
      defaultObjectUI: 'object',
      additionalProperties: true,
      default: {
        '@merge': {
          direction: 'right',
          objects: [{ category: { '@path': '$.category' } }, { '@path': '$.properties' }]
        }
      }
    },
    timestamp: {
      label: 'Timestamp',
      description: 'When the event happened. Shown on the timeline as `occurredAt`.',
      type: 'datetime',
      default: { '@path': '$.timestamp' }
    }
  },
  perform: async (request, { payload, settings, signal }) => {
    const { identity, event, leftOut } = timelineEvent(payload)
    const client = new KustomerClient(request, settings, { signal })
    try {
      await (identity ? client.trackCustomerEvent(identity, event) : client.trackAnonymousEvent(event))
    } catch (error) {
      throw error instanceof Error ? tellLeftOut(error, leftOut) : error
    }
    return { outcome: identity ? 'tracked' : 'tracked anonymously', leftOut }
  }
}

export default action
