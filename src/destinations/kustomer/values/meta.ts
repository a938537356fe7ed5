import { bytesInText, bytesOf, capOn, cutToBytes, lengthInText, MAX_BODY, startWithin } from './body-size'
import { isoToUtc } from './dates'
import { flatten } from './flatten'
import type { LeftOut } from './left-out'
import { namesOf, PartNames } from './meta-names'
import type { Nameable } from './meta-names'
import { cut, jsonText, MAX_TEXT } from './texts'

/** Kustomer shows text, numbers and, under names that end in `At`, date-times; nothing nested. */
export type Meta = Record<string, string | number>

/** A text that breaks between its items, each part of it framed for itself. A text of one item breaks anywhere. */
interface Text {
  open: string
  items: string[]
  separator: string
  close: string
}

interface Property extends Nameable {
  value: string | number | Text
}

interface Named extends Property {
  name: string
  /** How many bytes the value takes within JSON. */
  size: number
}

interface Result {
  meta: Meta
  leftOut: LeftOut[]
}

const MAX_PROPERTIES = 100

/** More would not fit: each takes at least eight of a body's bytes. */
const MAX_VALUES = MAX_BODY / 8

/** What a property takes beside its name and its value: quotes, colon and comma. */
const PUNCTUATION = 6

/** A text is cut down to so many bytes before a whole property is left out. */
const SHORTEST_CUT = 32

/** A folded text is continued in the next property only where a part this long is left for it in the present one. */
const SHORTEST_PART = 256

/** Halving the room so often leaves a step of fewer than 25 bytes. */
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
 * @param reserved what takes its name and its place before all others, each of at most 1,024 characters
 * @param room how many bytes the meta may take as JSON
 */
export function metaOf(
  reserved: Record<string, string>,
  properties: Record<string, unknown>,
  room: number
): { meta: Meta; leftOut: LeftOut[] } {
  const { read, count, leftOut } = propertiesOf(properties)
  const names = namesOf(read, Object.keys(reserved))
  const named = read.map((property, index) => ({ ...property, name: names[index] ?? '', size: sizeOf(property.value) }))
  const within = (bytes: number): Result | undefined => {
    const shortened = shorten(named, bytes)
    const entries = layOut(shortened, names, MAX_PROPERTIES - Object.keys(reserved).length)
    const meta = { ...reserved, ...Object.fromEntries(entries ?? []) }
    return entries && bytesOf(meta) <= room ? { meta, leftOut: toldOf(named, shortened, count) } : undefined
  }
  const fitting = largestWithin(room - bytesOf(reserved), within) ?? {
    meta: reserved,
    leftOut: toldOf(named, [], count)
  }
  return { meta: fitting.meta, leftOut: [...leftOut, ...fitting.leftOut] }
}

/** What fits of the properties where they may take so many bytes; fewer where names and folding take too many more. */
function largestWithin(bytes: number, within: (bytes: number) => Result | undefined): Result | undefined {
  let best = within(bytes)
  if (best) {
    return best
  }
  let [enough, tooMuch] = [0, bytes]
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const middle = Math.floor((enough + tooMuch) / 2)
    const result = within(middle)
    best = result ?? best
    ;[enough, tooMuch] = result ? [middle, tooMuch] : [enough, middle]
  }
  return best
}

function propertiesOf(properties: Record<string, unknown>): { read: Property[]; count: number; leftOut: LeftOut[] } {
  const read: Property[] = []
  const leftOut: LeftOut[] = []
  let count = 0
  for (const { path, depth, value: given } of flatten(properties)) {
    const value = given === null ? undefined : valueOf(given)
    if (value === undefined) {
      if (given !== null) {
        leftOut.push({ field: `properties.${path}`, reason: 'left out: nested too deeply' })
      }
      continue
    }
    count += 1
    if (count <= MAX_VALUES) {
      read.push({ path, depth, ...value })
    }
  }
  return { read, count, leftOut }
}

function valueOf(given: unknown): Pick<Property, 'suffix' | 'value'> | undefined {
  if (typeof given === 'number' && Number.isFinite(given)) {
    return { suffix: 'Num', value: given }
  }
  if (Array.isArray(given)) {
    const value = listOf(given)
    return value && { suffix: '', value }
  }
  const text = String(given)
  const date = typeof given === 'string' ? isoToUtc(text) : undefined
  return date === undefined ? { suffix: '', value: plain(text) } : { suffix: 'At', value: date }
}

function listOf(list: unknown[]): Text | undefined {
  const items = list.filter((item) => item !== null && item !== undefined)
  if (!items.some((item) => typeof item === 'object')) {
    return { open: '', items: items.map(String), separator: ', ', close: '' }
  }
  const texts = items.map(jsonText)
  const isReadable = (text: string | undefined): text is string => text !== undefined
  return texts.every(isReadable) ? { open: '[', items: texts, separator: ',', close: ']' } : undefined
}

function plain(text: string): Text {
  return { open: '', items: [text], separator: '', close: '' }
}

function sizeOf(value: Property['value']): number {
  return typeof value === 'object' ? bytesInText(whole(value)) : bytesOf(value)
}

function whole({ open, items, separator, close }: Text): string {
  return `${open}${items.join(separator)}${close}`
}

/** The properties, cut where they take more bytes than this: the longest texts first, and then the last properties. */
function shorten(properties: Named[], bytes: number): Named[] {
  let left = bytes
  const first: Named[] = []
  for (const property of properties) {
    left -= property.name.length + PUNCTUATION + smallest(property)
    if (left < 0) {
      break
    }
    first.push(property)
  }
  const texts = first.filter(({ value }) => typeof value === 'object')
  const cap = capOn(
    texts.map(({ size }) => size),
    Math.max(0, left) + texts.reduce((sum, property) => sum + smallest(property), 0)
  )
  return first.map((property) => {
    const { value, size } = property
    return typeof value === 'object' && size > cap ? { ...property, value: cutText(value, cap) } : property
  })
}

function smallest({ value, size }: Named): number {
  return typeof value === 'object' ? Math.min(size, SHORTEST_CUT) : size
}

/** The first items that fit, or the start of the first. */
function cutText(text: Text, bytes: number): Text {
  const { open, items, separator, close } = text
  let left = bytes - bytesInText(open + close)
  const kept: string[] = []
  for (const item of items) {
    const size = bytesInText(kept.length > 0 ? separator + item : item)
    if (size > left) {
      break
    }
    kept.push(item)
    left -= size
  }
  return kept.length > 0 ? { ...text, items: kept } : plain(cutToBytes(whole(text), bytes))
}

/**
 * The entries of a meta with at most so many properties, or none where they are more even with the short ones folded.
 *
 * @param taken the names of all properties
 */
function layOut(properties: Named[], taken: string[], most: number): Array<[string, string | number]> | undefined {
  const parts = new PartNames(taken)
  const inPieces = properties.map((property) => ({ property, pieces: piecesOf(property.value) }))
  const short = properties.filter((_, index) => inPieces[index]?.pieces.length === 1)
  const left = most - inPieces.reduce((sum, { pieces }) => sum + (pieces.length > 1 ? pieces.length : 0), 0)
  const folded = foldLast(short, taken, left)
  if (!folded) {
    return undefined
  }
  const kept = new Set(short.slice(0, left - folded.length))
  const entries = inPieces
    .filter(({ property, pieces }) => pieces.length > 1 || kept.has(property))
    .flatMap(({ property: { name }, pieces }) =>
      pieces.map((piece, index): [string, string | number] => [index === 0 ? name : parts.next(name), piece])
    )
  const others = folded.map((json, index): [string, string] => [
    index === 0 ? parts.first(OTHERS) : parts.next(OTHERS),
    json
  ])
  return [...entries, ...others]
}

/** The last of some properties, folded into as few texts as make room for all, or undefined where none do. */
function foldLast(short: Named[], taken: string[], left: number): string[] | undefined {
  if (short.length <= left) {
    return []
  }
  for (let count = 1; count <= left; ) {
    const folded = fold(short.slice(left - count), taken, left)
    if (folded.length === count) {
      return folded
    }
    // One more folded makes one more to fold, so that no count between the two can do.
    count = folded.length
  }
  return undefined
}

/** Properties as JSON texts of at most 1,024 characters each; one more than `most` where they are more than that. */
function fold(properties: Named[], taken: string[], most: number): string[] {
  const parts = new PartNames(taken)
  const folded: string[] = []
  let entries: string[] = []
  let room = MAX_TEXT - 2
  const close = (): void => {
    folded.push(`{${entries.join(',')}}`)
    entries = []
    room = MAX_TEXT - 2
  }
  for (const property of properties) {
    let name = property.name
    let value = typeof property.value === 'object' ? whole(property.value) : property.value
    let entry = entryOf(name, value)
    while (entry.length > room && folded.length <= most) {
      const start = typeof value === 'string' ? startWithin(value, room - entryOf(name, '').length, lengthInText) : ''
      if (typeof value === 'string' && (start.length >= SHORTEST_PART || (entries.length === 0 && start !== ''))) {
        entries.push(entryOf(name, start))
        value = value.slice(start.length)
        name = parts.next(property.name)
        entry = entryOf(name, value)
      }
      close()
    }
    entries.push(entry)
    room -= entry.length + 1
  }
  close()
  return folded.slice(0, most + 1)
}

function entryOf(name: string, value: string | number): string {
  return `${JSON.stringify(name)}:${JSON.stringify(value)}`
}

/** A value in as many parts as it has to be sent in. */
function piecesOf(value: Property['value']): Array<string | number> {
  if (typeof value !== 'object') {
    return [value]
  }
  const { open, items, separator, close } = value
  const most = MAX_TEXT - open.length - close.length
  const groups: string[][] = [[]]
  let group: string[] = []
  let left = 0
  for (const part of items.flatMap((item) => slices(item, most))) {
    left -= separator.length + part.length
    if (left < 0) {
      group = []
      groups.push(group)
      left = most - part.length
    }
    group.push(part)
  }
  return (groups.length > 1 ? groups.slice(1) : groups).map((parts) => `${open}${parts.join(separator)}${close}`)
}

function slices(text: string, length: number): string[] {
  const parts = [cut(text, length)]
  for (let start = cut(text, length).length; start < text.length; ) {
    const part = cut(text.slice(start), length)
    parts.push(part)
    start += part.length
  }
  return parts
}

/** What of the properties is told: each text that was cut, and how many values were left out. */
function toldOf(properties: Named[], sent: Named[], count: number): LeftOut[] {
  const cutTexts = sent.filter(({ value }, index) => value !== properties[index]?.value)
  const told = cutTexts.map(({ path }) => ({ field: `properties.${path}`, reason: `cut, ${NO_ROOM}` }))
  const missing = count - sent.length
  return missing === 0
    ? told
    : [
        ...told,
        { field: 'properties', reason: `left out: the last ${missing.toLocaleString('en-US')} values, ${NO_ROOM}` }
      ]
}
