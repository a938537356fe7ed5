import { isoToUtc } from '../datetime'
import { fingerprint, foldAccents } from '../latin'

/** Kustomer shows text, numbers and, under names that end in `At`, date-times; nothing nested. */
export type Meta = Record<string, string | number>

type Suffix = '' | 'Num' | 'At'
type Leaf = [path: string, value: unknown]

const MAX_PROPERTIES = 100
const MAX_TEXT = 1024
const MIN_BASE = 3
const MAX_BASE = 33
const TYPES = /Num|At/
const LEGAL_BASE = /^[a-zA-Z][a-zA-Z0-9_-]{2,32}$/

/**
 * Properties of any shape as a tracking event's meta: flat (`shipping_city`), each name with the suffix of its value's
 * type (`revenueNum`, `purchasedAt`, nothing for text), every name legal and no two alike. Booleans are text; a list of
 * scalars is joined; a list of anything else is JSON text. Text is cut at 1,024 characters. What exceeds 100 properties
 * is folded into one, `otherProperties`, as JSON text.
 *
 * @param first what takes its name and its place before all others
 */
export function metaOf(first: Record<string, string | undefined>, properties: Record<string, unknown>): Meta {
  const meta: Meta = {}
  const rest: Leaf[] = []
  const space = { left: MAX_PROPERTIES - 1 }
  carry(first, '', meta, rest, space)
  carry(properties, '', meta, rest, space)
  const [last, ...others] = rest
  if (last && others.length === 0) {
    put(meta, ...last)
  } else if (last) {
    const folded: Meta = {}
    rest.forEach((leaf) => {
      put(folded, ...leaf)
    })
    put(meta, 'otherProperties', JSON.stringify(folded))
  }
  return meta
}

/** Puts properties into meta while there is space for more than one, and what follows into the rest. */
function carry(
  properties: Record<string, unknown>,
  prefix: string,
  meta: Meta,
  rest: Leaf[],
  space: { left: number }
): void {
  for (const key of Object.keys(properties)) {
    const value = properties[key]
    if (value === undefined || value === null) {
      continue
    }
    if (typeof value === 'object' && !Array.isArray(value)) {
      carry(value as Record<string, unknown>, `${prefix}${key}_`, meta, rest, space)
    } else if (space.left > 0) {
      space.left -= 1
      put(meta, prefix + key, value)
    } else {
      rest.push([prefix + key, value])
    }
  }
}

function put(meta: Meta, path: string, value: unknown): void {
  if (typeof value === 'number' && Number.isFinite(value)) {
    meta[freeName(meta, path, 'Num')] = value
    return
  }
  const text = textOf(value)
  const date = typeof value === 'string' ? isoToUtc(text) : undefined
  meta[freeName(meta, path, date === undefined ? '' : 'At')] = date ?? cut(text)
}

function textOf(value: unknown): string {
  if (typeof value === 'string') {
    return value
  }
  if (Array.isArray(value)) {
    return value.some((item) => typeof item === 'object' && item !== null) ? JSON.stringify(value) : value.join(', ')
  }
  return String(value)
}

/** Cut so that no character is left in half. */
function cut(text: string): string {
  return text.length <= MAX_TEXT ? text : text.slice(0, MAX_TEXT).replace(/[\ud800-\udbff]$/, '')
}

function freeName(meta: Meta, path: string, suffix: Suffix): string {
  const base = legalBase(path, suffix)
  const name = base + suffix
  return Object.prototype.hasOwnProperty.call(meta, name) ? numberedName(meta, base, suffix) : name
}

function numberedName(meta: Meta, base: string, suffix: Suffix): string {
  for (let count = 2; ; count++) {
    const tail = `_${count}`
    const name = base.slice(0, MAX_BASE - tail.length) + tail + suffix
    if (!Object.prototype.hasOwnProperty.call(meta, name)) {
      return name
    }
  }
}

/** A property's name without the suffix of its type: 3 to 33 of `[a-zA-Z0-9-_]` after a letter. */
export function legalBase(path: string, suffix: Suffix): string {
  const isSuffixed = suffix !== '' && path.length >= MIN_BASE + suffix.length && path.endsWith(suffix)
  const base = isSuffixed ? path.slice(0, -suffix.length) : path
  const legal = LEGAL_BASE.test(base) ? base : legalize(base)
  // A name of text may hold neither Num nor At anywhere, by the strictest reading of Kustomer's rule.
  return suffix === '' && TYPES.test(legal) ? legal.replace(/Num|At/g, (type) => type.toLowerCase()) : legal
}

/** What is too long, or has nothing Latin in it, carries a fingerprint, so that it has the same name in every event. */
function legalize(path: string): string {
  const words = foldAccents(path)
    .replace(/[^a-zA-Z0-9_-]+/g, '_')
    .replace(/^[_-]+|_+$/g, '')
  const named = /^[a-zA-Z]/.test(words) ? words : `property_${words || fingerprint(path)}`
  if (named.length <= MAX_BASE) {
    return named.padEnd(MIN_BASE, '_')
  }
  const tail = `_${fingerprint(path)}`
  return `${named.slice(0, MAX_BASE - tail.length)}${tail}`
}
