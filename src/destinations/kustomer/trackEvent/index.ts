import type { ActionDefinition } from '@segment/actions-core'
import { KustomerClient } from '../api/client'
import { emailField, externalIdField, phoneField, trackingIdField } from '../fields/identifiers'
import type { Settings } from '../generated-types'
import { tellLeftOut } from '../values/left-out'
import { timelineEvent } from './event'
import type { Payload } from './generated-types'
import { firstOf } from './mappings'

export { viewed } from './mappings'

// Kustomer takes tracking events one at a time only, so there is no performBatch.
const action: ActionDefinition<Settings, Payload> = {
  title: 'Track Event',
  description: "Record an event on a customer's timeline in Kustomer, or hold it for a visitor who has no name yet.",
  defaultSubscription: 'type = "track"',
  fields: {
    eventName: {
      label: 'Event Name',
      description:
        'The name of the event. Kustomer takes letters, digits, hyphens, underscores and dots, and a name of these is never changed. Spaces become hyphens: Order Completed is shown as Order-Completed.',
      type: 'string',
      required: true,
      default: { '@path': '$.event' }
    },
    externalId: externalIdField(
      'Your own ID for the customer, the strongest identifier. At least one of External ID, Email, Phone and Tracking ID is needed.',
      ['email', 'phone', 'trackingId']
    ),
    email: emailField('Names the customer where no External ID does. Left out where it is no email.', {
      '@path': '$.context.traits.email'
    }),
    phone: phoneField(
      'Names the customer where neither External ID nor Email does, unless it is a national number with a leading 0. Left out unless it has 7 to 15 digits; an extension is left out.',
      '$.context.traits.phone'
    ),
    trackingId: trackingIdField(
      'The visitor, for an event that names nobody. Kustomer holds it for 30 days, until an identify call claims it.',
      firstOf('$.properties.kustomer_tracking_id', '$.anonymousId')
    ),
    sessionId: {
      label: 'Session ID',
      description: 'The session to show the event in. Without one, Kustomer groups events by time.',
      type: 'string',
      default: firstOf('$.properties.kustomer_session_id', '$.properties.kustomerSessionId')
    },
    properties: {
      label: 'Properties',
      description:
        'What is known of the event, of any shape. Shown flat: a city within shipping becomes shipping_city. Text of more than 1,024 characters goes on in a second property, and what exceeds 100 properties is folded into as few as are needed.',
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
