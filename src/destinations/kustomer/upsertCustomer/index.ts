import type { ActionDefinition } from '@segment/actions-core'
import { KustomerClient } from '../client'
import type { Settings } from '../generated-types'
import { upsertBatch } from './batch'
import { customerEvent } from './event'
import type { Payload } from './generated-types'
import { upsert } from './upsert'

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
      // Blank values are gone before an event is validated, so an event without any is answered by perform instead.
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
      description: "Added to the customer's emails. Identifies the customer where no External ID does.",
      type: 'string',
      category: 'identifier',
      default: { '@path': '$.traits.email' }
    },
    phone: {
      label: 'Phone',
      description:
        "Added to the customer's phones. Identifies the customer where neither External ID nor Email does. Left out unless it has 7 to 15 digits.",
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
      description: 'The full name. It wins over First Name and Last Name.',
      type: 'string',
      default: { '@path': '$.traits.name' }
    },
    firstName: {
      label: 'First Name',
      description: 'The first half of the name, used where there is no Name.',
      type: 'string',
      default: { '@path': '$.traits.firstName' }
    },
    lastName: {
      label: 'Last Name',
      description: 'The second half of the name, used where there is no Name.',
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
    enable_batching: {
      label: 'Batch Events',
      description:
        'Send up to 100 identify calls at once, for a handful of requests instead of up to two each. Customers appear a few seconds later. The API Key also needs a search role and org.permission.bulk.read.',
      type: 'boolean',
      default: false
    },
    batch_size: {
      label: 'Batch Size',
      description: 'The most events in one batch. Kustomer takes 100 records at once.',
      type: 'number',
      default: 100,
      unsafe_hidden: true
    }
  },
  perform: async (request, { payload, settings }) => {
    const client = new KustomerClient(request, settings)
    const { identifiers, wanted, claim } = customerEvent(payload)
    const upserted = await upsert(client, identifiers, wanted)
    if (claim) {
      await client.claimHistory(claim)
    }
    return upserted
  },
  performBatch: (request, { payload, settings }) => upsertBatch(new KustomerClient(request, settings), payload)
}

export default action
