import type { ActionDefinition } from '@segment/actions-core'
import { KustomerClient } from '../api/client'
import type { Settings } from '../generated-types'
import { upsertBatch } from './batch'
import { deliver } from './deliver'
import { customerEvent } from './event'
import type { Payload } from './generated-types'

const action: ActionDefinition<Settings, Payload> = {
  title: 'Upsert Customer',
  description: 'Create a customer in Kustomer, or update the one that is there, and claim their anonymous history.',
  defaultSubscription: 'type = "identify"',
  fields: {
    externalId: {
      label: 'External ID',
      description:
        'Your own ID for the customer, the strongest identifier. At least one of External ID, Email and Phone is needed.',
      type: 'string',
      // The framework drops blank values before it validates an event that comes alone, so that perform answers one that
      // names nobody. The conditions make the form ask for External ID where neither of the others is mapped.
      required: {
        match: 'all',
        conditions: [
          { fieldKey: 'email', operator: 'is', value: '' },
          { fieldKey: 'phone', operator: 'is', value: '' }
        ]
      },
      category: 'identifier',
      default: { '@path': '$.userId' }
    },
    email: {
      label: 'Email',
      description:
        "Added to the customer's emails, or to the shared ones where another customer has it. Identifies the customer where no External ID does. Left out where it is no email.",
      // Without the format 'email': the framework would refuse the whole event for an email that can be left out.
      type: 'string',
      category: 'identifier',
      default: {
        '@if': {
          exists: { '@path': '$.traits.email' },
          then: { '@path': '$.traits.email' },
          else: { '@path': '$.context.traits.email' }
        }
      }
    },
    phone: {
      label: 'Phone',
      description:
        "Added to the customer's phones, or to the shared ones where another customer has it. Identifies the customer where neither External ID nor Email does, unless it is a national number with a leading 0. Left out unless it has 7 to 15 digits; an extension is left out.",
      type: 'string',
      category: 'identifier',
      default: { '@path': '$.traits.phone' }
    },
    trackingId: {
      label: 'Tracking ID',
      description: "The visitor whose anonymous events move to the customer's timeline.",
      type: 'string',
      category: 'identifier',
      default: { '@path': '$.anonymousId' }
    },
    name: {
      label: 'Name',
      description: 'The full name, at most 256 characters. It wins over First Name and Last Name.',
      type: 'string',
      default: { '@path': '$.traits.name' }
    },
    firstName: {
      label: 'First Name',
      description:
        'The first half of the name, used with Last Name where there is no Name. Alone it counts only where the customer has no name.',
      type: 'string',
      default: { '@path': '$.traits.firstName' }
    },
    lastName: {
      label: 'Last Name',
      description:
        'The second half of the name, used with First Name where there is no Name. Alone it counts only where the customer has no name.',
      type: 'string',
      default: { '@path': '$.traits.lastName' }
    },
    username: {
      label: 'Username',
      description: 'The username, at most 256 characters.',
      type: 'string',
      default: { '@path': '$.traits.username' }
    },
    avatarUrl: {
      label: 'Avatar URL',
      description: 'The address of a picture of the customer. Left out unless it is a full web address.',
      type: 'string',
      default: { '@path': '$.traits.avatar' }
    },
    // Dates are strings here, since the framework refuses the whole event for a datetime that it cannot read.
    birthdayAt: {
      label: 'Birthday',
      description: 'An ISO 8601 day or date-time, or epoch seconds or milliseconds. Left out where it is none of them.',
      type: 'string',
      default: { '@path': '$.traits.birthday' }
    },
    signedUpAt: {
      label: 'Signed Up At',
      description:
        'When the customer signed up: an ISO 8601 day or date-time, or epoch seconds or milliseconds. Left out where it is none of them.',
      type: 'string',
      default: { '@path': '$.traits.createdAt' }
    },
    gender: {
      label: 'Gender',
      description: 'Kustomer knows m and f. Left out where the word is not plainly one of them.',
      type: 'string',
      default: { '@path': '$.traits.gender' }
    },
    website: {
      label: 'Website',
      description: "Added to the customer's URLs. Left out unless it is a full web address.",
      type: 'string',
      default: { '@path': '$.traits.website' }
    },
    address: {
      label: 'Address',
      description: "Added to the customer's locations.",
      type: 'object',
      properties: {
        street: { label: 'Street', description: 'The street and house number.', type: 'string' },
        city: { label: 'City', description: 'The name of the city.', type: 'string' },
        state: {
          label: 'State',
          description: 'The state or region: its name, or its code of two letters.',
          type: 'string'
        },
        postalCode: { label: 'Postal Code', description: 'The postal code.', type: 'string' },
        country: { label: 'Country', description: 'The country: its name, or its code of two letters.', type: 'string' }
      },
      default: {
        street: { '@path': '$.traits.address.street' },
        city: { '@path': '$.traits.address.city' },
        state: { '@path': '$.traits.address.state' },
        postalCode: { '@path': '$.traits.address.postalCode' },
        country: { '@path': '$.traits.address.country' }
      }
    },
    locale: {
      label: 'Locale',
      description: 'The language and region, such as en-US.',
      type: 'string',
      default: { '@path': '$.context.locale' }
    },
    timeZone: {
      label: 'Time Zone',
      description: 'The time zone, such as America/New_York.',
      type: 'string',
      default: { '@path': '$.context.timezone' }
    },
    customAttributes: {
      label: 'Custom Attributes',
      description:
        "Custom attributes that your organization has defined in Kustomer. Each key gets the suffix of its value's type, such as planStr or seatsNum, unless it ends in it already.",
      type: 'object',
      defaultObjectUI: 'keyvalue',
      additionalProperties: true
    },
    // Off by default, unlike in most destinations: track calls are never batched, and an identify call that waits for its
    // batch would come after those of its person.
    enable_batching: {
      label: 'Batch Events',
      description:
        'Send up to 100 identify calls together, for about half the requests where customers are new or changed. Meant for syncs from a warehouse: an identify call that waits for its batch comes after the track calls of its person. The API Key also needs org.permission.bulk.read.',
      type: 'boolean',
      default: false
    },
    batch_size: {
      label: 'Batch Size',
      description: 'The most events in one batch. Kustomer takes 100 records at once.',
      type: 'number',
      default: 100,
      minimum: 1,
      maximum: 1000,
      required: false,
      unsafe_hidden: true
    }
  },
  perform: (request, { payload, settings, signal }) =>
    deliver(new KustomerClient(request, settings, { signal }), customerEvent(payload)),
  performBatch: (request, { payload, settings, signal }) => upsertBatch(request, settings, payload, signal)
}

export default action
