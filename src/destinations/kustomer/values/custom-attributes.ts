import { isObject } from '@segment/actions-core'
import type { CustomAttributes } from '../api/records'
import { fitInto } from './body-size'
import { isoToUtc, readDate } from './dates'
import { flatten } from './flatten'
import { foldAccents, losesLetters } from './latin'
import type { LeftOut, Reading } from './left-out'
import { jsonText, MAX_TEXT, readStart, TOO_DEEP, tooLong } from './texts'
import { readUrl } from './urls'

/** The types of custom attributes, by the suffix of their names, and what each is called. */
export const CUSTOM_TYPES = {
  Str: 'text',
  Txt: 'text',
  Num: 'number',
  At: 'date',
  Bool: 'true or false',
  Url: 'web address',
  Id: 'ID of a record',
  Tree: 'value of a list with levels'
}

type Type = keyof typeof CUSTOM_TYPES
type CustomValue = CustomAttributes[string]
type Scalar = string | number | boolean

interface Attribute {
  /** The keys that lead to it, as given. */
  path: string
  name: string
  type?: Type
  value: CustomValue
  reason?: string
}

const MAX_ATTRIBUTES = 100

const DECLARED_TYPE = /.(Str|Txt|Num|At|Bool|Url|Id|Tree)$/s
const LEGAL_NAME = /^\w+$/
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i
const WEB_ADDRESS = /^https?:\/\//i
const OBJECT_ID = /^[\da-f]{24}$/i

/** Returns a value as a type, or undefined if it can't be read as that type. */
const READERS: Record<Type, (value: Scalar) => CustomValue | undefined> = {
  Str: String,
  Txt: String,
  Num: readNumber,
  At: (value) => readDate(value).value,
  Bool: (value) => ({ true: true, false: false }[String(value).trim().toLowerCase()]),
  Url: readAddress,
  Id: (value) => (OBJECT_ID.test(String(value)) ? value : undefined),
  Tree: (value) => (typeof value === 'string' ? value : undefined)
}

/**
 * Returns custom attributes as Kustomer names them: camelCase, with the type of the value as the suffix, so
 * `favorite color: 'red'` becomes `favoriteColorStr: 'red'`.
 *
 * A key that has a suffix already keeps its name if the value can be read as that type. `null` clears such an attribute.
 * Objects are flattened, lists of scalars joined, and other lists are JSON text. If two keys map to one name, the key that
 * is spelled like the name wins. The first 100 attributes are used, and the first 1,024 characters of a text.
 *
 * @param room how many bytes they may take as JSON
 */
export function readCustomAttributes(
  custom: Record<string, unknown> = {},
  room: number
): { value?: CustomAttributes; leftOut: LeftOut[] } {
  const leftOut: LeftOut[] = []
  const tell = (path: string, reason?: string): void => {
    leftOut.push(...(reason === undefined ? [] : [{ field: `customAttributes.${path}`, reason }]))
  }
  const attributes = new Map<string, Attribute>()
  for (const { path, value } of flatten(custom, (key) => DECLARED_TYPE.test(key))) {
    const { value: attribute, reason } = readAttribute(path, value)
    const rival = attribute && attributes.get(attribute.name)
    if (attribute && !rival) {
      attributes.set(attribute.name, attribute)
    } else if (attribute && rival) {
      const [kept, lost] = isCloser(attribute, rival) ? [attribute, rival] : [rival, attribute]
      attributes.set(kept.name, kept)
      tell(lost.path, `ignored: ${kept.path} maps to ${kept.name} too`)
    } else {
      tell(path, reason)
    }
  }
  const all = [...attributes.values()]
  all.slice(MAX_ATTRIBUTES).forEach(({ path }) => {
    tell(path, `ignored: Kustomer accepts ${MAX_ATTRIBUTES} custom attributes`)
  })
  const first = all.slice(0, MAX_ATTRIBUTES)
  const { values, reasons } = fitInto(Object.fromEntries(first.map(({ name, value }) => [name, value])), room)
  first.forEach(({ path, name, reason }) => {
    tell(path, reasons.get(name) ?? reason)
  })
  return { value: Object.keys(values).length > 0 ? values : undefined, leftOut }
}

function readAttribute(path: string, given: unknown): Reading<Attribute> {
  const declared = typeIn(path)
  const scalar = given === null ? {} : readScalar(given)
  if (given !== null && scalar.value === undefined) {
    return { reason: scalar.reason }
  }
  const read = declared && scalar.value !== undefined ? READERS[declared](scalar.value) : undefined
  const type = declared && (given === null || read !== undefined) ? declared : typeOf(scalar.value)
  const name = type && nameOf(path, type)
  if (!type || name === undefined) {
    return { reason: type ? 'its name has no Latin letters' : 'null clears only a key with a suffix, such as planStr' }
  }
  const value = scalar.value === undefined ? null : read ?? READERS[type](scalar.value) ?? null
  const start: Reading<CustomValue> = typeof value === 'string' ? readStart(value) : { value }
  return { value: { path, name, type, value: start.value ?? null, reason: start.reason } }
}

/** Whether an attribute's key is spelled more like the name that both have. If neither is, the alphabet decides. */
function isCloser(attribute: Attribute, rival: Attribute): boolean {
  const [one, other] = [attribute, rival].map(({ path, name, type }) => [`${path}${type ?? ''}`, path].indexOf(name))
  return one === other ? attribute.path < rival.path : (one ?? 0) > (other ?? 0)
}

function readScalar(value: unknown): Reading<Scalar> {
  if (typeof value === 'string') {
    return value.trim() === '' ? {} : { value }
  }
  if (typeof value === 'number') {
    return Number.isFinite(value) ? { value } : { reason: 'not a finite number' }
  }
  if (typeof value === 'boolean') {
    return { value }
  }
  if (!Array.isArray(value)) {
    return readJson(value)
  }
  const items = value.filter((item) => item !== null && item !== undefined && item !== '')
  return items.some((item) => typeof item === 'object') ? readJson(items) : readScalar(items.join(', '))
}

function readJson(value: unknown): Reading<Scalar> {
  const json = isObject(value) && Object.keys(value).length === 0 ? '' : jsonText(value)
  if (json === undefined) {
    return { reason: TOO_DEEP }
  }
  return json.length <= MAX_TEXT ? readScalar(json) : { reason: tooLong(MAX_TEXT) }
}

function typeOf(value: Scalar | undefined): Type | undefined {
  if (typeof value !== 'string') {
    return value === undefined ? undefined : typeof value === 'number' ? 'Num' : 'Bool'
  }
  if (isoToUtc(value.trim()) !== undefined) {
    return 'At'
  }
  return WEB_ADDRESS.test(value.trim()) && readAddress(value) !== undefined ? 'Url' : 'Str'
}

function readNumber(value: Scalar): number | undefined {
  const text = String(value).trim()
  const number = text.length <= MAX_TEXT && NUMBER.test(text) ? Number(text) : NaN
  return Number.isFinite(number) ? number : undefined
}

function readAddress(value: Scalar): string | undefined {
  const { value: url } = readUrl(String(value))
  return url !== undefined && url.length <= MAX_TEXT ? url : undefined
}

/** A key that is legal and has its suffix keeps its spelling, because that is how the attribute is defined. */
function nameOf(path: string, type: Type): string | undefined {
  if (typeIn(path) === type && LEGAL_NAME.test(path)) {
    return path
  }
  const folded = foldAccents(path)
  const words = folded.match(/[A-Za-z0-9]+/g) ?? []
  const camel = words
    .map((word, index) => (index === 0 ? word.charAt(0).toLowerCase() : word.charAt(0).toUpperCase()) + word.slice(1))
    .join('')
  if (losesLetters(folded) || !/[a-z]/i.test(camel)) {
    return undefined
  }
  return camel.endsWith(type) ? camel : `${camel}${type}`
}

function typeIn(name: string): Type | undefined {
  return DECLARED_TYPE.exec(name)?.[1] as Type | undefined
}

/** Returns the name of a custom attribute without its type: `zip` for `zipStr`. */
export function stemOf(name: string): string {
  return name.slice(0, name.length - (typeIn(name) ?? '').length)
}

/** Returns a value as the type in which the name of a custom attribute ends: 94107 as `"94107"` for `zipStr`. */
export function readAs(name: string, value: Scalar): CustomValue | undefined {
  const type = typeIn(name)
  return type && READERS[type](value)
}
