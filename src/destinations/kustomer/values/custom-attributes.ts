import { isObject } from '@segment/actions-core'
import type { CustomAttributes } from '../api/records'
import { bytesOf, capOn, cutToBytes } from './body-size'
import { isoToUtc, readDate } from './dates'
import { flatten } from './flatten'
import { fingerprint, foldAccents, losesLetters } from './latin'
import type { LeftOut, Reading } from './left-out'
import { jsonText, MAX_TEXT, readStart, tooLong } from './texts'
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
  type: Type
  /** Missing where it had to give way. */
  value?: CustomValue
  told?: string
}

const MAX_ATTRIBUTES = 100

/** What an attribute takes beside its name and its value: colon and comma. */
const PUNCTUATION = 2
const QUOTES = 2

const DECLARED_TYPE = /.(Str|Txt|Num|At|Bool|Url|Id|Tree)$/s
const LEGAL_NAME = /^\w+$/
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i
const WEB_ADDRESS = /^https?:\/\//i
const OBJECT_ID = /^[\da-f]{24}$/i

/** How a value is read as a type, and never as another. */
const READERS: Record<Type, (value: Scalar) => Reading<CustomValue>> = {
  Str: readString,
  Txt: readString,
  Num: readNumber,
  At: readDate,
  Bool: readBoolean,
  Url: readAddress,
  Id: (value) => (OBJECT_ID.test(String(value)) ? { value } : { told: 'left out: not the ID of a record in Kustomer' }),
  Tree: (value) => (typeof value === 'string' ? readString(value) : { told: 'left out: not text' })
}

/**
 * Custom attributes as Kustomer names them: camelCase, with the type of the value as the last part of the name, so
 * `favorite color: 'red'` becomes `favoriteColorStr: 'red'`. A key that ends in a type keeps its name, and a value that
 * cannot be read as that type is left out; `null` clears it. A key from which letters are lost gets a fingerprint.
 *
 * An object is flattened (`cart: {items: 2}` becomes `cartItemsNum: 2`), a list of scalars joined, a list of anything
 * else made JSON text. Blanks are left out, since none of them is a 0 or a false. Of two keys that become one name, the
 * one that is spelled as the name counts. The first 100 attributes count, and of a text the first 1,024 characters. Where
 * they take too many bytes, the longest give way first: text is cut, and anything else is left out.
 *
 * @param room how many bytes they may take as JSON
 */
export function readCustomAttributes(
  custom: Record<string, unknown> = {},
  room: number
): { value?: CustomAttributes; leftOut: LeftOut[] } {
  const leftOut: LeftOut[] = []
  const tell = (path: string, reason: string | undefined): void => {
    if (reason !== undefined) {
      leftOut.push({ field: `customAttributes.${path}`, reason })
    }
  }
  const attributes = new Map<string, Attribute>()
  for (const { path, value } of flatten(custom, isDeclared)) {
    const { value: attribute, told } = readAttribute(path, value)
    const rival = attribute && attributes.get(attribute.name)
    if (!attribute) {
      tell(path, told)
    } else if (!rival) {
      attributes.set(attribute.name, attribute)
    } else {
      const [kept, lost] = isCloser(attribute, rival) ? [attribute, rival] : [rival, attribute]
      attributes.set(kept.name, kept)
      tell(lost.path, `left out: ${kept.path} becomes ${kept.name} too`)
    }
  }
  const all = [...attributes.values()]
  const kept = fit(all.slice(0, MAX_ATTRIBUTES), room)
  kept.forEach(({ path, told }) => {
    tell(path, told)
  })
  all.slice(MAX_ATTRIBUTES).forEach(({ path }) => {
    tell(path, `left out: Kustomer takes ${MAX_ATTRIBUTES} custom attributes`)
  })
  const entries = kept.flatMap(
    ({ name, value }): Array<[string, CustomValue]> => (value === undefined ? [] : [[name, value]])
  )
  return { value: entries.length > 0 ? Object.fromEntries(entries) : undefined, leftOut }
}

function isDeclared(path: string): boolean {
  return DECLARED_TYPE.test(path)
}

function readAttribute(path: string, given: unknown): Reading<Attribute> {
  const declared = DECLARED_TYPE.exec(path)?.[1] as Type | undefined
  if (given === null) {
    return declared
      ? { value: { path, name: declaredName(path, declared), type: declared, value: null } }
      : { told: 'left out: null clears only a key that ends in its type, such as planStr' }
  }
  const scalar = readScalar(given)
  if (scalar.value === undefined) {
    return { told: scalar.told }
  }
  const type = declared ?? typeOf(scalar.value)
  const { value, told } = READERS[type](scalar.value)
  const name = declared ? declaredName(path, type) : nameWith(type, camelCase(path))
  return value === undefined ? { told } : { value: { path, name, type, value, told } }
}

function fit(attributes: Attribute[], room: number): Attribute[] {
  const sizes = attributes.map(({ value }) => bytesOf(value))
  const names = attributes.reduce((sum, { name }) => sum + bytesOf(name) + PUNCTUATION, 0)
  const cap = capOn(sizes, room - names)
  return attributes.map((attribute, index) => ((sizes[index] ?? 0) > cap ? giveWay(attribute, cap) : attribute))
}

function giveWay(attribute: Attribute, bytes: number): Attribute {
  const { type, value } = attribute
  const start = type === 'Str' || type === 'Txt' ? cutToBytes(String(value), bytes - QUOTES) : ''
  return start === ''
    ? { ...attribute, value: undefined, told: 'left out: Kustomer takes 100,000 bytes at once' }
    : { ...attribute, value: start, told: 'cut: Kustomer takes 100,000 bytes at once' }
}

/** Whether an attribute's key is spelled more like the name that both have; if neither is, the order of letters tells. */
function isCloser(attribute: Attribute, rival: Attribute): boolean {
  const [one, other] = [closeness(attribute), closeness(rival)]
  return one === other ? attribute.path < rival.path : one > other
}

function closeness({ path, name, type }: Attribute): number {
  return [path + type, path].indexOf(name)
}

function readScalar(value: unknown): Reading<Scalar> {
  if (typeof value === 'number') {
    return Number.isFinite(value) ? { value } : { told: 'left out: not a finite number' }
  }
  if (typeof value === 'string') {
    return value.trim() === '' ? {} : { value }
  }
  if (typeof value === 'boolean') {
    return { value }
  }
  return Array.isArray(value) ? readList(value) : readJson(value)
}

function readList(list: unknown[]): Reading<Scalar> {
  const items = list.filter((item) => item !== null && item !== undefined && item !== '')
  return items.some((item) => typeof item === 'object') ? readJson(items) : readScalar(items.join(', '))
}

function readJson(value: unknown): Reading<Scalar> {
  const json = isObject(value) && Object.keys(value).length === 0 ? '' : jsonText(value)
  if (json === undefined) {
    return { told: 'left out: nested too deeply' }
  }
  return json.length <= MAX_TEXT ? readScalar(json) : { told: tooLong(MAX_TEXT) }
}

function typeOf(value: Scalar): Type {
  if (typeof value === 'number') {
    return 'Num'
  }
  if (typeof value === 'boolean') {
    return 'Bool'
  }
  const text = value.trim()
  if (isoToUtc(text) !== undefined) {
    return 'At'
  }
  return WEB_ADDRESS.test(text) && readAddress(text).value !== undefined ? 'Url' : 'Str'
}

function readString(value: Scalar): Reading<string> {
  return readStart(String(value))
}

function readNumber(value: Scalar): Reading<number> {
  const text = String(value).trim()
  const number = text.length <= MAX_TEXT && NUMBER.test(text) ? Number(text) : NaN
  return Number.isFinite(number) ? { value: number } : { told: 'left out: not a number' }
}

function readBoolean(value: Scalar): Reading<boolean> {
  const word = String(value).trim().toLowerCase()
  return word === 'true' || word === 'false' ? { value: word === 'true' } : { told: 'left out: neither true nor false' }
}

function readAddress(value: Scalar): Reading<string> {
  const { value: url, told } = readUrl(String(value))
  return url !== undefined && url.length > MAX_TEXT ? { told: tooLong(MAX_TEXT) } : { value: url, told }
}

/** A key that is legal as it is stays to the letter: it is how the organization has defined the attribute. */
function declaredName(path: string, type: Type): string {
  return LEGAL_NAME.test(path) ? path : `${camelCase(path.slice(0, -type.length))}${type}`
}

/** A key such as `created_at` names its type already, in another spelling. */
function nameWith(type: Type, name: string): string {
  return name.endsWith(type) ? name : `${name}${type}`
}

function camelCase(key: string): string {
  const folded = foldAccents(key)
  const words = folded.match(/[A-Za-z0-9]+/g) ?? []
  const camel = words.map((word, index) => (index === 0 ? lowerFirst(word) : upperFirst(word))).join('')
  const named = /^[a-z]/.test(camel) ? camel : `attribute${camel}`
  return camel === '' || losesLetters(folded) ? `${named}${upperFirst(fingerprint(key))}` : named
}

function lowerFirst(word: string): string {
  return word.charAt(0).toLowerCase() + word.slice(1)
}

function upperFirst(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

/** Returns the name of a custom attribute without its type: `zip` for `zipStr`. */
export function stemOf(name: string): string {
  const type = DECLARED_TYPE.exec(name)?.[1] ?? ''
  return name.slice(0, name.length - type.length)
}

/** Reads a value as the type in which the name of a custom attribute ends: 94107 as `"94107"` for `zipStr`. */
export function readAs(name: string, value: Scalar): CustomValue | undefined {
  const type = DECLARED_TYPE.exec(name)?.[1] as Type | undefined
  return type && READERS[type](value).value
}
