import type { DestinationDefinition, GlobalSetting, InputField } from '@segment/actions-core'
import { format } from 'prettier'
import type { Options } from 'prettier'

type Action = DestinationDefinition['actions'][string]
type ActionField = Partial<InputField>

/**
 * A destination's public schema in the shape of the `metadata.json` that the Segment Actions monorepo keeps beside each
 * destination: everything but its functions, with null for what is not set.
 *
 * @param style prettier's options
 */
export function generateDefinition<Settings>(destination: DestinationDefinition<Settings>, style: Options): string {
  const definition = {
    slug: destination.slug,
    name: destination.name,
    mode: destination.mode,
    description: destination.description,
    authentication: {
      scheme: destination.authentication?.scheme,
      fields: mapValues(destination.authentication?.fields ?? {}, settingOf)
    },
    audienceConfig: null,
    actions: mapValues(destination.actions as Record<string, Action>, actionOf),
    presets: (destination.presets ?? []).map(({ name, type, partnerAction, mapping, ...preset }) => ({
      name,
      type,
      partnerAction,
      subscribe: 'subscribe' in preset ? preset.subscribe : null,
      mapping: mapping ?? {},
      eventSlug: 'eventSlug' in preset ? preset.eventSlug : null
    }))
  }
  return format(JSON.stringify(definition, null, 2), { ...style, parser: 'json' })
}

function settingOf(setting: GlobalSetting) {
  return {
    label: setting.label,
    description: setting.description,
    type: setting.type,
    required: setting.required ?? false,
    multiple: setting.multiple ?? false,
    choices: choicesOf(setting.choices),
    default: setting.default ?? null,
    depends_on: setting.depends_on ?? null
  }
}

function actionOf(action: Action) {
  return {
    title: action.title,
    description: action.description,
    platform: action.platform ?? 'cloud',
    defaultSubscription: action.defaultSubscription ?? null,
    hidden: action.hidden ?? false,
    hasPerformBatch: action.performBatch !== undefined,
    syncMode: null,
    hooks: null,
    dynamicFields: dynamicFieldsOf(action),
    fields: mapValues(action.fields as Record<string, InputField>, fieldOf)
  }
}

/** The lists that each field of keys and values offers, as far as they are for any of them. */
function dynamicFieldsOf({ dynamicFields }: Action) {
  const offered = mapValues<object | undefined, string[]>(dynamicFields ?? {}, (lists) =>
    Object.keys(lists ?? {}).filter((list) => ['__keys__', '__values__'].includes(list))
  )
  return Object.keys(offered).length > 0 ? offered : null
}

function fieldOf(field: ActionField): unknown {
  return {
    label: field.label,
    description: field.description,
    type: field.type,
    required: field.required ?? false,
    multiple: field.multiple ?? false,
    allowNull: field.allowNull ?? false,
    dynamic: field.dynamic ?? false,
    default: field.default ?? null,
    choices: choicesOf(field.choices),
    placeholder: field.placeholder ?? null,
    properties: field.type === 'object' && field.properties ? mapValues(field.properties, fieldOf) : null,
    category: field.category ?? null,
    depends_on: field.depends_on ?? null,
    readOnly: field.readOnly ?? null,
    hidden: field.unsafe_hidden ?? null,
    minimum: field.minimum ?? null,
    maximum: field.maximum ?? null,
    defaultObjectUI: field.defaultObjectUI ?? null,
    disabledInputMethods: field.disabledInputMethods ?? null,
    displayMode: field.displayMode ?? null,
    format: field.format ?? null,
    additionalProperties: field.additionalProperties ?? false
  }
}

function choicesOf(choices: InputField['choices']) {
  return choices?.map((choice) => (typeof choice === 'string' ? { label: choice, value: choice } : choice)) ?? null
}

function mapValues<T, U>(record: Record<string, T>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]))
}
