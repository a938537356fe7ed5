import type { ActionDefinition } from '@segment/actions-core'
import { KustomerClient } from '../api/client'
import { firstText } from '../fields/mappings'
import { emailField, externalIdField, phoneField, textField, trackingIdField } from '../fields/shared'
import type { Settings } from '../generated-types'
import { tellLeftOut } from '../values/left-out'
import { timelineEvent } from './event'
import type { Payload } from './generated-types'

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
    email: emailField({ '@path': '$.context.traits.email' }),
    phone: phoneField({ '@path': '$.context.traits.phone' }),
    trackingId: trackingIdField(
      firstText('$.properties.kustomer_tracking_id', '$.properties.kustomerTrackingId', '$.anonymousId')
    ),
    sessionId: textField(
      'Session ID',
      'The session to add the event to. If not set, Kustomer groups events by time.',
      firstText('$.properties.kustomer_session_id', '$.properties.kustomerSessionId')
    ),
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
      throw tellLeftOut(error, leftOut)
    }
    return { outcome: identity ? 'tracked' : 'tracked anonymously', leftOut }
  }
}

export default action
