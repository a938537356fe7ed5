import type { ActionDefinition } from '@segment/actions-core'
import { KustomerClient } from '../api/client'
import { customAttributeChoices, customAttributesField } from '../fields/custom-attributes'
import { addressField, batchingFields, moveCustomerField, switchField, textField } from '../fields/shared'
import type { Settings } from '../generated-types'
import { batchClient } from '../upsert/deliver'
import { deliver, deliverBatch } from './deliver'
import { companyEvent } from './event'
import type { Payload } from './generated-types'

const action: ActionDefinition<Settings, Payload> = {
  title: 'Upsert Company',
  description: 'Create or update a company in Kustomer, and link a customer to it.',
  defaultSubscription: 'type = "group"',
  fields: {
    externalId: {
      label: 'External ID',
      description: 'Your unique ID for the company. At least one of External ID or Name is required.',
      type: 'string',
      required: { match: 'all', conditions: [{ fieldKey: 'name', operator: 'is', value: '' }] },
      category: 'identifier',
      default: { '@path': '$.groupId' }
    },
    name: textField(
      'Name',
      "The company's name, 3 to 255 characters. Used to find the company if External ID is not set. Defaults to External ID for a new company.",
      { '@path': '$.traits.name' }
    ),
    website: textField(
      'Website',
      "The company's website. Added to the company's URLs and, if it's only a host such as acme.com, to its domains. Ignored if it isn't a valid URL.",
      { '@path': '$.traits.website' }
    ),
    email: textField(
      'Email',
      "The company's email address. Added to the company's emails. Ignored if it isn't a valid email address.",
      { '@path': '$.traits.email' }
    ),
    phone: textField(
      'Phone',
      "The company's phone number, with its country code. Added to the company's phones. Ignored if it isn't a valid phone number.",
      { '@path': '$.traits.phone' }
    ),
    employees: textField('Employees', "The number of employees. Ignored if it isn't a whole number.", {
      '@path': '$.traits.employees'
    }),
    address: addressField('company', (partOf) => partOf('$.traits.address')),
    avatarUrl: textField('Avatar URL', "The URL of the company's picture. Ignored if it isn't a valid URL.", {
      '@path': '$.traits.avatar'
    }),
    customAttributes: customAttributesField,
    userId: {
      label: 'User ID',
      description: 'The user to link to the company: the External ID of a customer.',
      type: 'string',
      category: 'identifier',
      default: { '@path': '$.userId' }
    },
    linkCustomer: switchField('Link Customer', 'Link the user to the company.', true),
    createCustomer: switchField('Create Customer', "Create the customer if the user doesn't exist in Kustomer.", true),
    moveCustomer: moveCustomerField,
    ...batchingFields('Send up to 100 group calls together. Their users are then linked in fewer requests.')
  },
  dynamicFields: { customAttributes: customAttributeChoices(() => 'company') },
  perform: (request, { payload, settings, signal }) =>
    deliver(new KustomerClient(request, settings, { signal }), companyEvent(payload)),
  performBatch: (request, { payload, settings, signal }) =>
    deliverBatch(batchClient(request, settings, signal), payload)
}

export default action
