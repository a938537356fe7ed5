import type { DestinationDefinition, InputField } from '@segment/actions-core'
import { format } from 'prettier'
import type { Options } from 'prettier'
import { DELETION, REQUESTS } from './requests'

type Field = Pick<InputField, 'label' | 'type'> & Partial<InputField>
type Action = DestinationDefinition['actions'][string]
type Preset = NonNullable<DestinationDefinition['presets']>[number]

/**
 * A destination's settings, presets, actions and fields as a page of Markdown, for whoever maps events to it.
 *
 * @param style prettier's options
 * @throws where nothing says what an action costs in requests
 */
export function generateReference<Settings>(destination: DestinationDefinition<Settings>, style: Options): string {
  const actions = destination.actions as Record<string, Action>
  const page = [
    `# ${destination.name}`,
    '<!-- Generated from the definition by npm run generate. -->',
    text(destination.description ?? ''),
    '## Settings',
    listOf((destination.authentication?.fields ?? {}) as Record<string, Field>),
    '## Presets',
    (destination.presets ?? []).map((preset) => describePreset(preset, actions[preset.partnerAction])).join('\n'),
    ...Object.entries(actions).flatMap(([slug, action]) => [
      `## ${action.title}`,
      `${code(slug)}: ${text(action.description)}`,
      '### Requests',
      describeRequests(slug),
      '### Fields',
      listOf(action.fields)
    ]),
    ...(destination.onDelete ? ['## Deletion requests', DELETION] : [])
  ]
  return format(page.join('\n\n'), { ...style, parser: 'markdown', proseWrap: 'always' })
}

/** What a preset subscribes to, and each field that it maps otherwise than its action does by default. */
function describePreset(preset: Preset, action: Action | undefined): string {
  const events = 'subscribe' in preset ? preset.subscribe : preset.eventSlug
  const differing = Object.entries(preset.mapping ?? {}).flatMap(([key, value]) => {
    const field = action?.fields[key]
    return field && !isSame(value, field.default) ? [`, with ${field.label} from ${describeDefault(value)}`] : []
  })
  const only = preset.type === 'specificEvent' ? ', and no other field but the batching ones' : ''
  return `- **${preset.name ?? ''}**: ${code(events)}, sent to ${action?.title ?? ''}${differing.join('')}${only}`
}

function describeRequests(slug: string): string {
  const cost = REQUESTS[slug]
  if (!cost) {
    throw new Error(`Nothing says what ${slug} costs in requests: add it to src/generator/requests.ts.`)
  }
  const rows = [['call', 'requests'], ['---', '---'], ...cost.table]
  return `${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}\n\n${cost.note}`
}

/** @param defaults what the default of an object says of its properties */
function listOf(fields: Record<string, Field>, defaults: Record<string, unknown> = {}): string {
  return Object.entries(fields)
    .map(([key, field]) => describeField(key, { ...field, default: field.default ?? defaults[key] } as Field))
    .join('\n')
}

function describeField(key: string, field: Field): string {
  const traits = [
    code(key),
    field.type,
    ...(field.required === true ? ['required'] : []),
    ...(field.unsafe_hidden === true ? ['hidden'] : []),
    ...(field.minimum === undefined ? [] : [`at least ${field.minimum}`]),
    ...(field.maximum === undefined ? [] : [`at most ${field.maximum}`])
  ]
  const lines = [
    `- **${field.label}** (${traits.join(', ')}): ${text(field.description ?? '')}`,
    ...(field.choices
      ? [`One of ${field.choices.map((choice) => (typeof choice === 'string' ? choice : choice.label)).join(', ')}.`]
      : []),
    ...(field.properties ? [] : [`Default: ${describeDefault(field.default)}.`])
  ]
  const properties = field.properties ? listOf(field.properties, field.default as Record<string, unknown>) : ''
  return [lines.join(' '), ...(properties ? [properties.replace(/^/gm, '  ')] : [])].join('\n')
}

/** A mapping in words: what is tried, in order. */
function describeDefault(value: unknown): string {
  const { '@path': path, '@template': template, '@if': condition } = (value ?? {}) as Record<string, unknown>
  if (condition !== undefined) {
    // What the framework calls blank holds where there is a value, as exists does, unless that is an empty text.
    const { exists, blank, then, else: otherwise } = condition as Record<string, unknown>
    const tried = withoutReplacement(exists ?? blank)
    const where = isSame(tried, then) ? '' : ` where ${describeDefault(tried)} has a value`
    return `${describeDefault(then)}${where}, else ${describeDefault(otherwise)}`
  }
  const literal = path ?? template ?? value
  return literal === undefined ? 'none' : code(typeof literal === 'string' ? literal : JSON.stringify(literal))
}

/** Spaces are replaced by nothing to find out whether a text has more than them. */
function withoutReplacement(value: unknown): unknown {
  const { '@replace': replacement } = (value ?? {}) as Record<string, { value: unknown } | undefined>
  return replacement ? replacement.value : value
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** Text of the definition, with nothing in it that Markdown would read as its own. */
function text(plain: string): string {
  return plain.replace(/[\\`*_[\]<>]/g, '\\$&')
}

function code(plain: string): string {
  return `\`${plain}\``
}
