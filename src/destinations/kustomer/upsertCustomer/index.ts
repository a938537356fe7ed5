import type { ActionDefinition } from '@segment/actions-core'
import { KustomerClient } from '../api/client'
import { customAttributeChoices, customAttributesField } from '../fields/custom-attributes'
import { firstOf, trait, traitPart } from '../fields/mappings'
import {
  addressField,
  batchingFields,
  emailField,
  externalIdField,
  moveCustomerField,
  phoneField,
  textField,
  trackingIdField
} from '../fields/shared'
import type { Settings } from '../generated-types'
import { batchClient } from '../upsert/deliver'
import { deliver, deliverBatch } from './deliver'
import { customerEvent } from './event'
import type { Payload } from './generated-types'

const DATE_FORMAT = "An ISO 8601 date, or epoch seconds or milliseconds. Ignored if it isn't a valid date."

const action: ActionDefinition<Settings, Payload> = {
  title: 'Upsert Customer',
  description: "Create or update a customer in Kustomer, and link the visitor's anonymous history to the customer.",
  defaultSubscription: 'type = "identify"',
  fields: {
    externalId: externalIdField(
      'Your unique ID for the customer. At least one of External ID, Email, or Phone is required.',
      ['email', 'phone']
    ),
    email: emailField(trait('email')),
    phone: phoneField(trait('phone')),
    trackingId: trackingIdField({ '@path': '$.anonymousId' }),
    name: textField('Name', "The customer's full name, up to 256 characters.", trait('name')),
    firstName: textField(
      'First Name',
      "The customer's first name. Used with Last Name if Name is not set.",
      trait('firstName', 'first_name')
    ),
    lastName: textField(
      'Last Name',
      "The customer's last name. Used with First Name if Name is not set.",
      trait('lastName', 'last_name')
    ),
    username: textField('Username', "The customer's username, up to 256 characters.", trait('username')),
    avatarUrl: textField(
      'Avatar URL',
      "The URL of the customer's picture. Ignored if it isn't a valid URL.",
      trait('avatar')
    ),
    // Dates are text, because the framework would reject the whole event for an invalid datetime.
    birthdayAt: textField('Birthday', `The customer's date of birth. ${DATE_FORMAT}`, trait('birthday')),
    signedUpAt: textField(
      'Signed Up At',
      `When the customer signed up. ${DATE_FORMAT}`,
      trait('createdAt', 'created_at')
    ),
    gender: textField(
      'Gender',
      "The customer's gender. Kustomer accepts `m` or `f`; other values are ignored.",
      trait('gender')
    ),
    website: textField(
      'Website',
      "The customer's website. Added to the customer's URLs. Ignored if it isn't a valid URL.",
      trait('website')
    ),
    address: addressField('customer', (partOf) => traitPart('address', partOf)),
    locale: textField('Locale', "The customer's language and region, such as `en-US`.", {
      '@path': '$.context.locale'
    }),
    timeZone: textField('Time Zone', "The customer's time zone, such as `America/New_York`.", {
      '@path': '$.context.timezone'
    }),
    company: {
      label: 'Company',
      description:
        "The company to link to the customer: `id` is your unique ID for it, and `name` its name. The company is created if it doesn't exist. If the customer is already linked to a different company, see Move to Company.",
      type: 'object',
      defaultObjectUI: 'keyvalue',
      // Without properties, because the framework would reject the whole event for a name that isn't text.
      additionalProperties: true,
      default: {
        id: traitPart('company', (path) => ({ '@path': `${path}.id` })),
        name: traitPart('company', (path) => firstOf(`${path}.name`, path))
      }
    },
    moveCustomer: moveCustomerField,
    customAttributes: customAttributesField,
    computation: {
      label: 'Audience or Computed Trait',
      description:
        'An audience or a computed trait of Engage: its `key`, and the `values` to find it in. Sets a custom attribute with that name, such as `highValueBool`.',
      type: 'object',
      defaultObjectUI: 'keyvalue',
      additionalProperties: true
    },
    // An identify call that waits for its batch would arrive after the same person's track calls.
    ...batchingFields(
      'Send up to 100 identify calls together, which takes about half the requests for new or changed customers. Use it for syncs from a warehouse: batched calls arrive later than track calls.'
    )
  },
  dynamicFields: { customAttributes: customAttributeChoices(() => 'customer') },
  perform: (request, { payload, settings, signal }) =>
    deliver(new KustomerClient(request, settings, { signal }), customerEvent(payload)),
  performBatch: (request, { payload, settings, signal }) =>
    deliverBatch(batchClient(request, settings, signal), payload)
}

export default action
