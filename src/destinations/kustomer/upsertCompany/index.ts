import type { ActionDefinition } from '@segment/actions-core'
import { KustomerClient } from '../api/client'
import { addressField } from '../fields/address'
import { batchingFields } from '../fields/batching'
import { customAttributeChoices, customAttributesField } from '../fields/custom-attributes'
import { moveCustomerField } from '../fields/employer'
import type { Settings } from '../generated-types'
import { deliver, deliverBatch } from './deliver'
import { companyEvent } from './event'
import type { Payload } from './generated-types'

const action: ActionDefinition<Settings, Payload> = {
  title: 'Upsert Company',
  description:
    'Create a company in Kustomer, or update the one that is there, and link the customer who belongs to it.',
  defaultSubscription: 'type = "group"',
  fields: {
    externalId: {
      label: 'External ID',
      description:
        'Your own ID for the company, the strongest identifier. At least one of External ID and Name is needed.',
      type: 'string',
      required: { match: 'all', conditions: [{ fieldKey: 'name', operator: 'is', value: '' }] },
      category: 'identifier',
      default: { '@path': '$.groupId' }
    },
    name: {
      label: 'Name',
      description:
        'The name, 3 to 255 characters. Finds the company where no External ID does, if it is exactly the same. A new company without one is called by its External ID.',
      type: 'string',
      default: { '@path': '$.traits.name' }
    },
    website: {
      label: 'Website',
      description:
        "The company's website. Added to its URLs and, if it's only a host such as acme.com, to its domains. Ignored if it isn't a valid web address.",
      type: 'string',
      default: { '@path': '$.traits.website' }
    },
    email: {
      label: 'Email',
      description:
        "The company's email address. Added to the company's emails. Ignored if it isn't a valid email address.",
      type: 'string',
      default: { '@path': '$.traits.email' }
    },
    phone: {
      label: 'Phone',
      description: "Added to the company's phones. Left out unless it has 7 to 15 digits; an extension is left out.",
      type: 'string',
      default: { '@path': '$.traits.phone' }
    },
    employees: {
      label: 'Employees',
      description: 'The number of employees. Left out where it is no whole number.',
      type: 'string',
      default: { '@path': '$.traits.employees' }
    },
    address: addressField("Added to the company's locations."),
    avatarUrl: {
      label: 'Avatar URL',
      description: 'The address of a picture of the company. Left out unless it is a full web address.',
      type: 'string',
      default: { '@path': '$.traits.avatar' }
    },
    customAttributes: customAttributesField,
    userId: {
      label: 'User ID',
      description: 'The External ID of a customer who belongs to the company. Nobody is created for it.',
      type: 'string',
      category: 'identifier',
      default: { '@path': '$.userId' }
    },
    linkCustomer: {
      label: 'Link Customer',
      description: 'Link the customer whom User ID names to the company.',
      type: 'boolean',
      default: true
    },
    createCustomer: {
      label: 'Create Customer',
      description: "Create the customer if User ID doesn't belong to an existing customer.",
      type: 'boolean',
      default: true
    },
    moveCustomer: moveCustomerField,
    ...batchingFields(
      'Send up to 100 group calls together: a company that many of them name is looked up once, and their customers are linked at once.'
    )
  },
  dynamicFields: { customAttributes: customAttributeChoices(() => 'company') },
  perform: (request, { payload, settings, signal }) =>
    deliver(new KustomerClient(request, settings, { signal }), companyEvent(payload)),
  performBatch: (request, { payload, settings, signal }) => deliverBatch(request, settings, payload, signal)
}

export default action
