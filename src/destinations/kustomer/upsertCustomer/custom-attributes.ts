import { PayloadValidationError } from '@segment/actions-core'
import { isoToUtc, toUtc } from '../datetime'
import { fingerprint, foldAccents } from '../latin'
import { usableUrl } from './url'

type CustomValue = string | number | boolean

const MAX_CUSTOM_ATTRIBUTES = 100
const MAX_STR = 1024

/** How a value is read as the type that a suffix names; undefined where it is not of that type. */
const READERS: Record<string, (value: CustomValue) => CustomValue | undefined> = {
  Str: (value) => (String(value).length <= MAX_STR ? String(value) : undefined),
  Txt: String,
  Num: (value) => (typeof value !== 'boolean' && Number.isFinite(Number(value)) ? Number(value) : undefined),
  At: (value) => (typeof value === 'boolean' ? undefined : toUtc(value)),
  Bool: (value) => (['true', 'false'].includes(String(value)) ? String(value) === 'true' : undefined),
  Url: (value) => usableUrl(String(value))
}

/**
 * Custom attributes as Kustomer names them: camelCase, with the type of the value as the last part of the name, so
 * `favorite color: 'red'` becomes `favoriteColorStr: 'red'`. A key that ends in a type already, and whose value can be
 * read as that type, keeps its name.
 *
 * Otherwise text is `Str`, or `Txt` past 1,024 characters; an ISO date `At`; a web address `Url`; a number `Num`; a
 * boolean `Bool`. A list of scalars is joined; anything deeper becomes JSON text. Empty values are left out.
 *
 * @throws PayloadValidationError where two keys become one name, or more than 100 are left
 */
export function customAttributes(custom: Record<string, unknown> | undefined): Record<string, CustomValue> | undefined {
  const keys = new Map<string, string>()
  const attributes: Record<string, CustomValue> = {}
  for (const [key, raw] of Object.entries(custom ?? {})) {
    const value = scalar(raw)
    if (value === undefined) {
      continue
    }
    const attribute = customAttribute(key, value)
    const other = keys.get(attribute.name)
    if (other !== undefined) {
      throw new PayloadValidationError(
        `Custom Attributes has two keys, "${other}" and "${key}", that both become ${attribute.name}.`
      )
    }
    keys.set(attribute.name, key)
    attributes[attribute.name] = attribute.value
  }
  if (keys.size > MAX_CUSTOM_ATTRIBUTES) {
    throw new PayloadValidationError(
      `Custom Attributes has ${keys.size} keys, and Kustomer takes at most ${MAX_CUSTOM_ATTRIBUTES}.`
    )
  }
  return keys.size > 0 ? attributes : undefined
}

function customAttribute(key: string, value: CustomValue): { name: string; value: CustomValue } {
  const name = camelCase(key)
  const declared = /.(Str|Txt|Num|At|Bool|Url)$/.exec(name)?.[1] ?? ''
  const declaredValue = READERS[declared]?.(value)
  if (declaredValue !== undefined) {
    return { name, value: declaredValue }
  }
  const type = typeOf(value)
  return { name: `${name}${type}`, value: READERS[type]?.(value) ?? value }
}

function typeOf(value: CustomValue): string {
  if (typeof value === 'number') {
    return 'Num'
  }
  if (typeof value === 'boolean') {
    return 'Bool'
  }
  if (isoToUtc(value) !== undefined) {
    return 'At'
  }
  if (usableUrl(value) !== undefined) {
    return 'Url'
  }
  return value.length > MAX_STR ? 'Txt' : 'Str'
}

/** A key with nothing Latin in it gets a stable name of its own. */
function camelCase(key: string): string {
  const words = foldAccents(key).match(/[A-Za-z0-9]+/g) ?? []
  const camel = words.map((word, index) => (index === 0 ? lowerFirst(word) : upperFirst(word))).join('')
  return /^[a-z]/.test(camel) ? camel : `attribute${camel || upperFirst(fingerprint(key))}`
}

function scalar(value: unknown): CustomValue | undefined {
  if (value === undefined || value === null || value === '') {
    return undefined
  }
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return value
  }
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) {
    return value.length > 0 ? value.join(', ') : undefined
  }
  return JSON.stringify(value)
}

function lowerFirst(word: string): string {
  return word.charAt(0).toLowerCase() + word.slice(1)
}

function upperFirst(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
