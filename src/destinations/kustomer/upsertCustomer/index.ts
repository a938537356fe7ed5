import type { ActionDefinition } from '@segment/actions-core'
import { KustomerClient } from '../api/client'
import { addressField } from '../fields/address'
import { batchingFields } from '../fields/batching'
import { customAttributeChoices, customAttributesField } from '../fields/custom-attributes'
import { moveCustomerField } from '../fields/employer'
import { emailField, externalIdField, phoneField, trackingIdField } from '../fields/identifiers'
import type { Settings } from '../generated-types'
import { deliver, deliverBatch } from './deliver'
import { customerEvent } from './event'
import type { Payload } from './generated-types'

export { computed } from './mappings'

const action: ActionDefinition<Settings, Payload> = {
  title: 'Upsert Customer',
  description: 'Create a customer in Kustomer, or update the one that is there, and claim their anonymous history.',
  defaultSubscription: 'type = "identify"',
  fields: {
    externalId: externalIdField(
      'Your own ID for the customer, the strongest identifier. At least one of External ID, Email and Phone is needed.',
      ['email', 'phone']
    ),
    email: emailField(
      "Added to the customer's emails, or to the shared ones where another customer has it. Identifies the customer where no External ID does. Left out where it is no email.",
      {
        '@if': {
          exists: { '@path': '$.traits.email' },
          then: { '@path': '$.traits.email' },
          else: { '@path': '$.context.traits.email' }
        }
      }
    ),
    phone: phoneField(
      "Added to the customer's phones, or to the shared ones where another customer has it. Identifies the customer where neither External ID nor Email does, unless it is a national number with a leading 0. Left out unless it has 7 to 15 digits; an extension is left out.",
      '$.traits.phone'
    ),
    trackingId: trackingIdField("The visitor whose anonymous events move to the customer's timeline.", {
      '@path': '$.anonymousId'
    }),
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
    address: addressField("Added to the customer's locations."),
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
    company: {
      label: 'Company',
      description:
        'The company that the customer works for: its name, and your own ID for it. Found by the ID, else by the exact name, or created, and linked to the customer. A customer who is linked to another company stays there, unless Move to Company is on.',
      type: 'object',
      defaultObjectUI: 'keyvalue',
      // Without properties of its own: the framework would refuse the whole event for a name that is none.
      additionalProperties: true,
      default: {
        id: { '@path': '$.traits.company.id' },
        name: {
          '@if': {
            exists: { '@path': '$.traits.company.name' },
            then: { '@path': '$.traits.company.name' },
            else: { '@path': '$.traits.company' }
          }
        }
      }
    },
    moveCustomer: moveCustomerField,
    customAttributes: customAttributesField,
    computation: {
      label: 'Audience or Computed Trait',
      description:
        'An audience or a computed trait of Engage, as a custom attribute of its key: true or false for an audience, such as highValueBool, and the value of a computed trait.',
      type: 'object',
      defaultObjectUI: 'keyvalue',
      additionalProperties: true
    },
    // An identify call that waits for its batch would come after the track calls of its person, which are never batched.
    ...batchingFields(
      'Send up to 100 identify calls together, for about half the requests where customers are new or changed. Meant for syncs from a warehouse: an identify call that waits for its batch comes after the track calls of its person.'
    )
  },
  dynamicFields: { customAttributes: customAttributeChoices(() => 'customer') },
  perform: (request, { payload, settings, signal }) =>
    deliver(new KustomerClient(request, settings, { signal }), customerEvent(payload)),
  performBatch: (request, { payload, settings, signal }) => deliverBatch(request, settings, payload, signal)
}

export default action
