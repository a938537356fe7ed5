import type { ActionDefinition } from '@segment/actions-core'
import { KustomerClient } from '../api/client'
import { choicesOf, customAttributeChoices, customAttributesField } from '../fields/custom-attributes'
import { firstText } from '../fields/mappings'
import { batchingFields, emailField, externalIdField, phoneField, switchField, textField } from '../fields/shared'
import type { Settings } from '../generated-types'
import { batchClient } from '../upsert/deliver'
import { deliver, deliverBatch } from './deliver'
import { objectEvent } from './event'
import type { Payload } from './generated-types'

const atTimestamp = { '@path': '$.timestamp' }
const titled = (key: string) => ({ '@template': `Order {{properties.${key}}}` })

const action: ActionDefinition<Settings, Payload> = {
  title: 'Upsert Custom Object',
  description:
    "Create or update a custom object in Kustomer, such as an order, a booking, or a subscription. It appears as a card on the customer's timeline.",
  defaultSubscription: 'type = "track" and event = "Order Completed"',
  fields: {
    klass: {
      label: 'Klass',
      description: 'The name of the Klass in Kustomer, such as `order`. Define the Klass in Kustomer first.',
      type: 'string',
      required: true,
      dynamic: true
    },
    objectId: {
      label: 'Object ID',
      description: 'Your unique ID for the object, up to 255 characters. Events with the same ID update the same card.',
      type: 'string',
      required: true,
      category: 'identifier',
      default: firstText('$.properties.order_id', '$.properties.orderId')
    },
    title: textField('Title', 'The title of the card, cut to 256 characters. Defaults to Object ID for a new object.', {
      '@if': { exists: { '@path': '$.properties.order_id' }, then: titled('order_id'), else: titled('orderId') }
    }),
    description: textField('Description', 'The text below the title, cut to 10,240 characters.'),
    icon: textField('Icon', "The name of one of Kustomer's icons, up to 64 characters."),
    images: {
      label: 'Images',
      description: 'The web addresses of up to 20 images. Added to those of the object. Invalid ones are ignored.',
      type: 'string',
      multiple: true
    },
    tags: {
      label: 'Tags',
      description: 'Up to 20 tags for a new object. Ignored if the object exists. Invalid ones are ignored.',
      type: 'string',
      multiple: true
    },
    createdAt: {
      label: 'Created At',
      description: "When a new object was created. Ignored if the object exists, or if it isn't a valid date.",
      type: 'datetime',
      default: atTimestamp
    },
    externalId: externalIdField(
      'Your unique ID for the customer. A new object needs External ID, Email, Phone, or Company ID.',
      ['email', 'phone', 'companyId']
    ),
    email: emailField({ '@path': '$.context.traits.email' }),
    phone: phoneField({ '@path': '$.context.traits.phone' }),
    companyId: {
      label: 'Company ID',
      description: 'Your unique ID for an existing company. A new object then belongs to it instead of a customer.',
      type: 'string',
      category: 'identifier'
    },
    createCustomer: switchField(
      'Create Customer',
      "Create the customer if they don't exist in Kustomer. If off, the event fails.",
      true
    ),
    customAttributes: customAttributesField,
    data: {
      label: 'Data',
      description:
        'Other values, such as line items, for a KView to show. Merged key by key with the data of the object. Long lists are cut at 100,000 bytes.',
      type: 'object',
      defaultObjectUI: 'object',
      additionalProperties: true,
      default: { '@path': '$.properties' }
    },
    updatedAtAttribute: textField(
      'Updated At Attribute',
      'The name of a date attribute of the Klass, such as `orderUpdatedAt`, that stores when the newest event happened. An older event then only fills blank values. If not set, the last event to arrive wins.'
    ),
    timestamp: {
      label: 'Timestamp',
      description: 'When the event happened. Stored in Updated At Attribute.',
      type: 'datetime',
      default: atTimestamp
    },
    backfill: switchField(
      'Backfill',
      'Mark new objects as imported, for more than 120 new objects of one customer a minute.',
      false
    ),
    ...batchingFields('Send up to 100 events together, which takes about half the requests.')
  },
  dynamicFields: {
    klass: (request, { settings }) =>
      choicesOf(async () => {
        const klasses = await new KustomerClient(request, settings).klasses()
        return klasses.map(({ attributes: { name, displayName } }) => ({
          value: String(name),
          label: String(displayName ?? name)
        }))
      }),
    customAttributes: customAttributeChoices(({ klass }) => `kobject.${klass ?? ''}`)
  },
  perform: (request, { payload, settings, signal }) =>
    deliver(new KustomerClient(request, settings, { signal }), objectEvent(payload)),
  performBatch: (request, { payload, settings, signal }) =>
    deliverBatch(batchClient(request, settings, signal), payload)
}

export default action
