import type { InputField, JSONObject } from '@segment/actions-core'
import { firstOf } from './mappings'

const PARTS = {
  // An address can be text.
  street: ['.street', ''],
  city: ['.city'],
  state: ['.state'],
  postalCode: ['.postalCode', '.postal_code'],
  country: ['.country']
}

/**
 * Returns the field of a postal address. It has no properties of its own, because the framework would reject the whole
 * event if one of them isn't text.
 *
 * @param mapping maps a part, given the mapping to it below the path of an address
 */
export function addressField(owner: string, mapping: (partOf: (path: string) => JSONObject) => JSONObject): InputField {
  const partOf = (names: string[]) => (path: string) => firstOf(...names.map((name) => `${path}${name}`))
  return {
    label: 'Address',
    description: `The ${owner}'s postal address: \`street\`, \`city\`, \`state\`, \`postalCode\`, and \`country\`. Added to the ${owner}'s locations. Invalid parts are ignored.`,
    type: 'object',
    defaultObjectUI: 'keyvalue',
    additionalProperties: true,
    default: Object.fromEntries(Object.entries(PARTS).map(([part, names]) => [part, mapping(partOf(names))]))
  }
}

/** Returns the field of an external ID. @param weaker the fields that can identify the customer instead */
export function externalIdField(description: string, weaker: string[]): InputField {
  return {
    label: 'External ID',
    description,
    type: 'string',
    // Required only if no other identifier is mapped.
    required: {
      match: 'all',
      conditions: weaker.map((fieldKey) => ({ fieldKey, operator: 'is', value: '' }))
    },
    category: 'identifier',
    default: { '@path': '$.userId' }
  }
}

/** The format isn't `email`, because the framework would reject the whole event for an invalid one. */
export function emailField(mapping: JSONObject): InputField {
  return {
    label: 'Email',
    description:
      "The customer's email address. Used to find the customer if External ID is not set. Ignored if it isn't a valid email address.",
    type: 'string',
    category: 'identifier',
    default: mapping
  }
}

export function phoneField(mapping: JSONObject): InputField {
  return {
    label: 'Phone',
    description:
      "The customer's phone number, with its country code. Used to find the customer if External ID and Email are not set. Ignored if it isn't a valid phone number.",
    type: 'string',
    category: 'identifier',
    default: mapping
  }
}

export function trackingIdField(mapping: JSONObject): InputField {
  return {
    label: 'Tracking ID',
    description: "The visitor's anonymous ID. Links the visitor's anonymous history to the customer.",
    type: 'string',
    category: 'identifier',
    default: mapping
  }
}

/** Returns a field of text. */
export function textField(label: string, description: string, mapping?: JSONObject): InputField {
  return { label, description, type: 'string', ...(mapping === undefined ? {} : { default: mapping }) }
}

/** Returns a switch. */
export function switchField(label: string, description: string, isOn: boolean): InputField {
  return { label, description, type: 'boolean', default: isOn }
}

export const moveCustomerField = switchField(
  'Move to Company',
  "Move the customer if they're already linked to a different company. If off, the existing link stays.",
  false
)

/** Returns the fields of an action that accepts batches. They are off by default. */
export function batchingFields(description: string): Record<'enable_batching' | 'batch_size', InputField> {
  return {
    enable_batching: switchField(
      'Batch Events',
      `${description} The API key also needs the role \`org.permission.bulk.read\`.`,
      false
    ),
    batch_size: {
      label: 'Batch Size',
      description: 'The maximum number of events in a batch. Kustomer accepts 100 records per request.',
      type: 'number',
      default: 100,
      minimum: 1,
      maximum: 1000,
      required: false,
      unsafe_hidden: true
    }
  }
}
