import type { DynamicFieldResponse, InputField, RequestFn } from '@segment/actions-core'
import { KustomerClient } from '../api/client'
import type { RecordKind } from '../api/records'
import type { Settings } from '../generated-types'
import { CUSTOM_TYPES } from '../values/custom-attributes'

type KindOf = (payload: { klass?: string }) => RecordKind
type Choices = DynamicFieldResponse['choices']
type DynamicField = RequestFn<Settings, unknown, DynamicFieldResponse>

export const customAttributesField: InputField = {
  label: 'Custom Attributes',
  description:
    "Custom attributes to set. Each name gets the suffix of its value's type, such as `planStr` or `seatsNum`. Attributes that aren't defined in Kustomer are ignored.",
  type: 'object',
  defaultObjectUI: 'keyvalue',
  additionalProperties: true,
  dynamic: true
}

/**
 * Returns what the form suggests for the keys and values of Custom Attributes: the attributes that the organization has
 * defined for a kind of record, and the values of drop-downs. Requests: 1.
 */
export function customAttributeChoices(kindOf: KindOf): Record<'__keys__' | '__values__', DynamicField> {
  return {
    __keys__: (request, { settings, payload }) =>
      choicesOf(async () => {
        const attributes = await new KustomerClient(request, settings).definedAttributes(kindOf(payload as object))
        return attributes.map(({ name, displayName }) => ({
          value: name,
          label: displayName ?? name,
          description: typeOf(name)
        }))
      }),
    __values__: (request, { settings, payload, dynamicFieldContext }) =>
      choicesOf(async () => {
        const attributes = await new KustomerClient(request, settings).definedAttributes(kindOf(payload as object))
        const attribute = attributes.find(({ name }) => name === dynamicFieldContext?.selectedKey)
        return (attribute?.values ?? []).map((value) => ({ value, label: value }))
      })
  }
}

/** Returns choices for a form, or the error instead of them. */
export async function choicesOf(choices: () => Promise<Choices>): Promise<DynamicFieldResponse> {
  try {
    return { choices: await choices() }
  } catch (error) {
    const { message, status = 500 } = error as Error & { status?: number }
    return { choices: [], error: { message, code: String(status) } }
  }
}

function typeOf(name: string): string | undefined {
  return Object.entries(CUSTOM_TYPES).find(([suffix]) => name.endsWith(suffix))?.[1]
}
