import { misfits } from './readings'
import type { Schema } from './schema'

/**
 * Values that no schema tells, by the key that holds them: undefined leaves the key out. `n` tells the items of a list
 * apart.
 */
export type Hints = Record<string, ((n: number) => unknown) | undefined>

/** A request's body with one thing wrong. */
export interface Breakage {
  /** Where, as in `emails.0.email`; empty for the whole. */
  where: string
  how: string
  body: unknown
}

type Path = Array<string | number>

const SAMPLES: Record<string, (n: number) => string> = {
  'date-time': (n) => `2024-01-${String((n % 28) + 1).padStart(2, '0')}T03:04:05.${String(n).padStart(3, '0')}Z`,
  uri: (n) => `https://example.com/${n}`,
  url: (n) => `https://example.com/${n}`,
  email: (n) => `person${n}@example.com`,
  'email-relaxed': (n) => `person${n}@example.com`,
  'phone-number': (n) => `+1555010${String(n).padStart(4, '0')}`,
  'whatsapp-number': (n) => `+1555010${String(n).padStart(4, '0')}`,
  'domain-name': (n) => `shop${n}.example.com`,
  'object-id': (n) => `5f00000000000000000${String(n).padStart(5, '0')}`
}

/** A value with everything that the schema names. @throws where neither the schema nor a hint tells one */
export function instanceOf(schema: Schema, hints: Hints, n = 0, key = ''): unknown {
  if (Object.hasOwn(hints, key)) {
    return hints[key]?.(n)
  }
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {})
          .map(([name, property]): [string, unknown] => [name, instanceOf(property, hints, n, name)])
          .filter(([, value]) => value !== undefined)
      )
    case 'array':
      return [instanceOf(schema.items ?? {}, hints, n)]
    case 'boolean':
      return true
    case 'number':
    case 'integer':
      return schema.enum?.[0] ?? n
    case 'string':
      return textOf(schema, n, key)
    default:
      throw new Error(`No valid value is known for ${key || 'the whole'}`)
  }
}

function textOf({ enum: words, format, pattern, minLength = 1, maxLength = Infinity }: Schema, n: number, key: string) {
  if (words) {
    return words[0]
  }
  if (format) {
    return SAMPLES[format]?.(n)
  }
  if (pattern) {
    throw new Error(`No valid value is known for ${key}, whose pattern is ${pattern}`)
  }
  return maxLength < 10 ? 'US'.slice(0, Math.max(minLength, Math.min(2, maxLength))) : `${key || 'text'}-${n}`
}

/** The same value, with null for each part that may be null. */
export function nulled(schema: Schema, value: unknown): unknown {
  if (schema.nullable && misfits(schema, null).length === 0) {
    return null
  }
  if (Array.isArray(value)) {
    return value.map((item) => nulled(schema.items ?? {}, item))
  }
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, nulled(schemaOf(schema, key), each)]))
    : value
}

/** Every way to break the schema in one place of a valid body. */
export function breakagesOf(schema: Schema, body: unknown, hints: Hints): Breakage[] {
  return candidates(schema, body, hints, [])
    .map(({ path, how, change }) => ({ where: path.join('.'), how, body: changed(body, path, change) }))
    .filter((breakage) => misfits(schema, breakage.body).length > 0)
}

/** Taken out, in place of a value. */
const NOTHING = Symbol('nothing')

interface Candidate {
  path: Path
  how: string
  change: unknown
}

function candidates(schema: Schema, value: unknown, hints: Hints, path: Path): Candidate[] {
  const here = (how: string, change: unknown): Candidate => ({ path, how, change })
  return [
    here('of the wrong type', schema.type === 'string' ? 7 : 'text'),
    here('null', null),
    ...(schema.anyOf ?? []).flatMap((branch) => ofBranch(branch, value, hints, path)),
    ...ownCandidates(schema, value, hints, path),
    ...Object.entries(isObject(value) ? value : {}).flatMap(([key, each]) =>
      candidates(schemaOf(schema, key), each, hints, [...path, key])
    ),
    ...(Array.isArray(value) ? value : []).flatMap((item: unknown, index) =>
      candidates(schema.items ?? {}, item, hints, [...path, index])
    )
  ]
}

function ownCandidates(schema: Schema, value: unknown, hints: Hints, path: Path): Candidate[] {
  const here = (how: string, change: unknown): Candidate => ({ path, how, change })
  if (typeof value === 'string') {
    const { minLength, maxLength, format, pattern, enum: words } = schema
    return [
      ...(maxLength === undefined ? [] : [here('one character too long', value.padEnd(maxLength + 1, 'x'))]),
      ...(minLength === undefined ? [] : [here('one character too short', value.slice(0, minLength - 1))]),
      ...(format === undefined ? [] : [here(`no ${format}`, 'not one: at all')]),
      ...(pattern === undefined ? [] : [here('against its pattern', '1, 2: & @ #')]),
      ...(words === undefined ? [] : [here('none of its words', 'unheard-of')])
    ]
  }
  if (typeof value === 'number') {
    const { minimum, maximum, enum: numbers } = schema
    return [
      ...(minimum === undefined ? [] : [here('too small', minimum - 1)]),
      ...(maximum === undefined ? [] : [here('too large', maximum + 1)]),
      ...(numbers === undefined ? [] : [here('none of its numbers', 7)])
    ]
  }
  if (Array.isArray(value)) {
    const { maxItems, uniqueItems, items = {} } = schema
    const [first] = value as unknown[]
    const item = (index: number) => varied(items, first, hints, index)
    return [
      ...(maxItems === undefined
        ? []
        : [
            here(
              `of ${maxItems + 1} items`,
              Array.from({ length: maxItems + 1 }, (_, index) => item(index))
            )
          ]),
      ...(uniqueItems ? [here('with one item twice', [first, first])] : [])
    ]
  }
  if (isObject(value)) {
    const { required = [], maxProperties } = schema
    const many = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`a${index}Str`, 'x']))
    return [
      here('with an unknown key', { ...value, 'no such key': 'text' }),
      ...required.map((key): Candidate => ({ path: [...path, key], how: 'missing', change: NOTHING })),
      ...(maxProperties === undefined ? [] : [here(`of ${maxProperties + 1} keys`, many(maxProperties + 1))])
    ]
  }
  return []
}

/** A list's item that differs from the others: free objects, which no schema describes, get a key of their own. */
function varied(schema: Schema, first: unknown, hints: Hints, index: number): unknown {
  return schema.type === 'object' && !schema.properties
    ? { ...(first as object), [`term${index}`]: {} }
    : instanceOf(schema, { ...hints }, index, schema.type === 'string' ? 'item' : '')
}

function ofBranch(branch: Schema, value: unknown, hints: Hints, path: Path): Candidate[] {
  return (branch.type === 'array') === Array.isArray(value) ? ownCandidates(branch, value, hints, path) : []
}

function schemaOf({ properties = {}, patternProperties = {} }: Schema, key: string): Schema {
  const [, fitting] = Object.entries(patternProperties).find(([pattern]) => new RegExp(pattern).test(key)) ?? []
  return properties[key] ?? fitting ?? {}
}

function changed(value: unknown, [step, ...rest]: Path, change: unknown): unknown {
  if (step === undefined) {
    return change
  }
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => (index === step ? changed(item, rest, change) : item))
  }
  const { [step]: old, ...others } = value as Record<string, unknown>
  const replaced = changed(old, rest, change)
  return replaced === NOTHING ? others : { ...others, [step]: replaced }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
