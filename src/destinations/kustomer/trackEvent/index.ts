import type { ActionDefinition } from '@segment/actions-core'
import { PayloadValidationError } from '@segment/actions-core'
import { KustomerClient } from '../client'
import type { Settings } from '../generated-types'
import { identifiersOf } from '../identifiers'
import { trackingEvent } from './event'
import type { Payload } from './generated-types'

const action: ActionDefinition<Settings, Payload> = {
  title: 'Track Event',
  description: "Record an event on a customer's timeline in Kustomer, or hold it for a visitor who has no name yet.",
  defaultSubscription: 'type = "track"',
  fields: {
    eventName: {
      label: 'Event Name',
      description: 'The name of the event. Spaces become hyphens: Order Completed is shown as Order-Completed.',
      type: 'string',
      required: true,
      default: { '@path': '$.event' }
    },
    externalId: {
      label: 'External ID',
      description:
        'Your own ID for the customer, the strongest identifier. At least one of External ID, Email, Phone and Tracking ID is needed.',
      type: 'string',
      // Blank values are gone before an event is validated, so an event without any is answered by perform instead.
      required: {
        match: 'all',
        conditions: [
          { fieldKey: 'email', operator: 'is', value: '' },
          { fieldKey: 'phone', operator: 'is', value: '' },
          { fieldKey: 'trackingId', operator: 'is', value: '' }
        ]
      },
      category: 'identifier',
      default: { '@path': '$.userId' }
    },
    email: {
      label: 'Email',
      description: 'Names the customer where no External ID does.',
      type: 'string',
      category: 'identifier',
      default: { '@path': '$.context.traits.email' }
    },
    phone: {
      label: 'Phone',
      description: 'Names the customer where neither External ID nor Email does.',
      type: 'string',
      category: 'identifier',
      default: { '@path': '$.context.traits.phone' }
    },
    trackingId: {
      label: 'Tracking ID',
      description:
        'The visitor, for an event that names nobody. Kustomer holds it for 30 days, until an identify call claims it.',
      type: 'string',
      category: 'identifier',
      default: {
        '@if': {
          exists: { '@path': '$.properties.kustomer_tracking_id' },
          then: { '@path': '$.properties.kustomer_tracking_id' },
          else: { '@path': '$.anonymousId' }
        }
      }
    },
    sessionId: {
      label: 'Session ID',
      description: 'The session to show the event in. Without one, Kustomer groups events by time.',
      type: 'string',
      default: {
        '@if': {
          exists: { '@path': '$.properties.kustomer_session_id' },
          then: { '@path': '$.properties.kustomer_session_id' },
          else: { '@path': '$.properties.kustomerSessionId' }
        }
      }
    },
    properties: {
      label: 'Properties',
      description:
        'What is known of the event, of any shape. Shown flat: a city within shipping becomes shipping_city.',
      type: 'object',
      defaultObjectUI: 'object',
      additionalProperties: true,
      default: { '@path': '$.properties' }
    },
    timestamp: {
      label: 'Timestamp',
      description: 'When the event happened. Shown as occurredAt, since Kustomer stamps an event with its arrival.',
      type: 'datetime',
      default: { '@path': '$.timestamp' }
    }
  },
  perform: async (request, { payload, settings }) => {
    const client = new KustomerClient(request, settings)
    const [strongest] = identifiersOf(payload)
    if (strongest) {
      await client.trackCustomerEvent({ [strongest.name]: strongest.value }, trackingEvent(payload))
      return { outcome: 'tracked' }
    }
    if (payload.trackingId) {
      await client.trackAnonymousEvent({ trackingId: payload.trackingId, ...trackingEvent(payload) })
      return { outcome: 'tracked anonymously' }
    }
    throw new PayloadValidationError(
      'Nobody to track: none of External ID, Email, Phone and Tracking ID has a usable value. Map at least one of them.'
    )
  }
}

export default action
