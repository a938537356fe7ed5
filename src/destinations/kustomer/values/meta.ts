import { removeUndefined } from '@segment/actions-core'
import { bytesOf, capOn, MAX_BODY } from './body-size'
import { isoToUtc } from './dates'
import { flatten } from './flatten'
import type { LeftOut } from './left-out'
import { entryOf, foldLast } from './meta-fold'
import type { Foldable } from './meta-fold'
import { namesOf, PartNames } from './meta-names'
import type { Nameable } from './meta-names'
import { listed, partsOf, plain, whole, withinBody, withinBytes } from './meta-text'
import type { MetaText } from './meta-text'

/** Kustomer shows text, numbers and, under names that end in `At`, date-times; nothing nested. */
export type Meta = Record<string, string | number>

type Value = string | number | MetaText
type Entry = [name: string, value: string | number]

interface Property extends Nameable {
  value: Value
  isCut: boolean
}

interface Named extends Property, Foldable {
  /** How many bytes the value takes as JSON. */
  size: number
}

interface Result {
  meta: Meta
  leftOut: LeftOut[]
}

interface Attempt {
  result: Result
  /** How many bytes the properties take for themselves. */
  used: number
  /** How many bytes it takes; Infinity where it takes too many properties. */
  size: number
}

const MAX_PROPERTIES = 100

/** More would not fit: each takes at least eight of a body's bytes. */
const MAX_VALUES = MAX_BODY / 8

/** What a property takes beside its name and its value: the quotes of its name, a colon and a comma. */
const PUNCTUATION = 4

const QUOTES = 2

/** A text is cut down to so many bytes before a whole property is left out. */
const SHORTEST_CUT = 32 + QUOTES

/** So many bytes may be left unused, rather than trying more often. */
const SPARE = 256
const ATTEMPTS = 12

/** What exceeds the most properties is in these. */
const OTHERS = 'otherProperties'

const NO_ROOM = 'since Kustomer takes 100 properties and 100,000 bytes at once'

/**
 * Properties of any shape as a tracking event's meta: flat (`shipping_city`), each name with the suffix of its value's
 * type (`revenueNum`, `purchasedAt`, nothing for text), every name legal and no two alike. Booleans are text; a list of
 * scalars is joined; a list of anything else is JSON text.
 *
 * A text of more than 1,024 characters goes on in `products_2`, `products_3` and so on, a list breaking between its
 * items. What exceeds 100 properties is folded into as few as are needed, `otherProperties`, `otherProperties_2` and so
 * on, each of them JSON text. Where all that takes more than there is room for, the longest texts give way first.
 *
 * @param first what takes its name and its place before all others, each of at most 1,024 characters
 * @param room how many bytes the meta may take as JSON
 */
export function metaOf(
  first: Record<string, string | undefined>,
  properties: Record<string, unknown>,
  room: number
): Result {
  const reserved = removeUndefined(first) as Meta
  const { read, count, leftOut } = propertiesOf(properties)
  const names = namesOf(read, Object.keys(reserved))
  const named = read.map((property, index) => withName(names[index] ?? '', property))
  const taken = new Set([...names, ...Object.keys(reserved)])
  const attempt = (bytes: number): Attempt => {
    const shortened = shorten(named, bytes)
    const entries = layOut(shortened, taken, MAX_PROPERTIES - Object.keys(reserved).length)
    const meta = Object.fromEntries([...Object.entries(reserved), ...(entries ?? [])])
    return {
      result: { meta, leftOut: toldOf(shortened, count) },
      used: shortened.reduce((sum, { name, size }) => sum + name.length + PUNCTUATION + size, 0),
      size: entries ? bytesOf(meta) : Infinity
    }
  }
  const fitting = largestWithin(room, room - bytesOf(reserved), attempt) ?? {
    meta: reserved,
    leftOut: toldOf([], count)
  }
  return { meta: fitting.meta, leftOut: [...leftOut, ...fitting.leftOut] }
}

/**
 * What fits of the properties: all, where they take so many bytes, or else nearly as much as there is room for. Names and
 * folding take more of it than can be told before.
 */
function largestWithin(room: number, bytes: number, attempt: (bytes: number) => Attempt): Result | undefined {
  let best: Result | undefined
  let [enough, tooMuch] = [0, bytes + 1]
  let next = bytes
  for (let tried = 0; tried < ATTEMPTS && next > enough; tried++) {
    const { result, used, size } = attempt(next)
    ;[best, enough, tooMuch] = size <= room ? [result, next, tooMuch] : [best, enough, used]
    if (enough === bytes || (size <= room && size >= room - SPARE)) {
      return best
    }
    const guess = Math.floor((used * room) / size)
    next = guess > enough && guess < tooMuch ? guess : Math.floor((enough + tooMuch) / 2)
  }
  return best
}

function propertiesOf(properties: Record<string, unknown>): { read: Property[]; count: number; leftOut: LeftOut[] } {
  const read: Property[] = []
  const leftOut: LeftOut[] = []
  let count = 0
  for (const { path, depth, value: given } of flatten(properties)) {
    const value = given === null || count >= MAX_VALUES ? undefined : valueOf(given)
    if (value) {
      read.push({ path, depth, ...value })
    } else if (given !== null && count < MAX_VALUES) {
      leftOut.push({ field: `properties.${path}`, reason: 'left out: nested too deeply' })
      continue
    }
    count += given === null ? 0 : 1
  }
  return { read, count, leftOut }
}

function valueOf(given: unknown): Pick<Property, 'suffix' | 'value' | 'isCut'> | undefined {
  if (typeof given === 'number' && Number.isFinite(given)) {
    return { suffix: 'Num', value: given, isCut: false }
  }
  const date = typeof given === 'string' ? isoToUtc(given) : undefined
  if (date !== undefined) {
    return { suffix: 'At', value: date, isCut: false }
  }
  const text = Array.isArray(given) ? listed(given) : plain(String(given))
  const value = text && withinBody(text)
  return value && { suffix: '', value, isCut: value !== text }
}

function withName(name: string, property: Property): Named {
  const { path, depth, suffix, value, isCut } = property
  const parts = typeof value === 'object' ? partsOf(value) : [value]
  return {
    path,
    depth,
    suffix,
    value,
    isCut,
    name,
    size: bytesOf(typeof value === 'object' ? whole(value) : value),
    parts,
    entry: parts.length === 1 ? entryOf(name, parts[0] ?? '') : ''
  }
}

/** The properties, cut where they take more bytes than this: the longest texts first, and then the last properties. */
function shorten(properties: Named[], bytes: number): Named[] {
  let left = bytes
  let count = 0
  for (const property of properties) {
    const least = property.name.length + PUNCTUATION + smallest(property)
    if (least > left) {
      break
    }
    left -= least
    count += 1
  }
  const first = properties.slice(0, count)
  const texts = first.filter(({ value }) => typeof value === 'object')
  const cap = capOn(
    texts.map(({ size }) => size),
    left + texts.reduce((sum, property) => sum + smallest(property), 0)
  )
  if (cap === Infinity) {
    return first
  }
  return first.map((property) => {
    const { name, value, size } = property
    return typeof value === 'object' && size > cap
      ? withName(name, { ...property, value: withinBytes(value, cap - QUOTES), isCut: true })
      : property
  })
}

function smallest({ value, size }: Named): number {
  return typeof value === 'object' ? Math.min(size, SHORTEST_CUT) : size
}

/**
 * The entries of a meta of at most so many properties, or undefined where they are more even with all folded that can be:
 * what takes one part and, once all that is folded, the last part of what takes more.
 */
function layOut(properties: Named[], taken: ReadonlySet<string>, most: number): Entry[] | undefined {
  const names = new PartNames(taken)
  const long = new Map(
    properties.filter(({ parts }) => parts.length > 1).map((given) => [given, inParts(given, names)])
  )
  const foldable: Foldable[] = [...long.values()].map(({ last }) => last)
  const left = most - [...long.values()].reduce((sum, { first }) => sum + first.length, 0)
  foldable.push(...properties.filter(({ parts }) => parts.length === 1))
  const folded = foldLast(foldable, left, () => new PartNames(names))
  if (!folded) {
    return undefined
  }
  const kept = new Set(foldable.slice(0, left - folded.length))
  const entries = properties.flatMap((property): Entry[] => {
    const { first, last } = long.get(property) ?? { first: [], last: property }
    return kept.has(last) ? [...first, [last.name, last.parts[0] ?? '']] : first
  })
  const others = folded.map((json, index): Entry => [index === 0 ? names.first(OTHERS) : names.next(OTHERS), json])
  return [...entries, ...others]
}

function inParts({ name, parts }: Named, names: PartNames): { first: Entry[]; last: Foldable } {
  const entries = parts.map((part, index): Entry => [index === 0 ? name : names.next(name), part])
  const [lastName = name, last = ''] = entries.pop() ?? []
  return { first: entries, last: { name: lastName, parts: [last], entry: entryOf(lastName, last) } }
}

/** What of the properties is told: each text that was cut, and how many values were left out. */
function toldOf(sent: Named[], count: number): LeftOut[] {
  const told = sent
    .filter(({ isCut }) => isCut)
    .map(({ path }) => ({ field: `properties.${path}`, reason: `cut, ${NO_ROOM}` }))
  const missing = count - sent.length
  return missing === 0
    ? told
    : [
        ...told,
        { field: 'properties', reason: `left out: the last ${missing.toLocaleString('en-US')} values, ${NO_ROOM}` }
      ]
}
