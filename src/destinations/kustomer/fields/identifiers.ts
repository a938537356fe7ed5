import type { InputField } from '@segment/actions-core'

/**
 * The field of the strongest identifier.
 *
 * @param weaker the fields that may name the customer instead of it
 */
export function externalIdField(description: string, weaker: string[]): InputField {
  return {
    label: 'External ID',
    description,
    type: 'string',
    // The framework drops blank values before it validates an event that comes alone, so that perform answers one that
    // names nobody. The conditions make the form ask for External ID where none of the others is mapped.
    required: {
      match: 'all',
      conditions: weaker.map((fieldKey) => ({ fieldKey, operator: 'is', value: '' }))
    },
    category: 'identifier',
    default: { '@path': '$.userId' }
  }
}

/** An email that names a customer. Not of the format `email`: the framework would refuse the event for one that is none. */
export function emailField(description: string, mapping: InputField['default']): InputField {
  return { label: 'Email', description, type: 'string', category: 'identifier', default: mapping }
}

/** A phone that names a customer. */
export function phoneField(description: string, path: string): InputField {
  return { label: 'Phone', description, type: 'string', category: 'identifier', default: { '@path': path } }
}

/** The visitor behind anonymous events. */
export function trackingIdField(description: string, mapping: InputField['default']): InputField {
  return { label: 'Tracking ID', description, type: 'string', category: 'identifier', default: mapping }
}
