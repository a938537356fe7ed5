import { bytesOf, MAX_BODY } from '../values/body-size'
import { flatten } from '../values/flatten'
import type { LeftOut } from '../values/left-out'
import { cut, MAX_TEXT, TOO_DEEP } from '../values/texts'
import { partName, propertyNames } from './property-names'
import { readPropertyValue } from './property-values'
import type { PropertyValue } from './property-values'

/** Kustomer accepts text, numbers and, under names that end in `At`, date-times. It accepts nothing nested. */
export type Meta = Record<string, string | number>

interface Property extends PropertyValue {
  path: string
  depth: number
}

interface Named {
  name: string
  property: Property
}

/** Entries of one JSON object. */
type Page = string[]

const MAX_PROPERTIES = 100

/** What a property takes besides its name and its value: the quotes of its name, a colon, and a comma. */
const PUNCTUATION = 4
const BRACES = 2

const OTHERS = 'otherProperties'
const TOO_MUCH = 'Kustomer accepts 100 properties and 100,000 bytes per event'

/**
 * Returns an event's properties as the `meta` of a tracking event, in their order: flat, and with the type of each value at
 * the end of its name.
 *
 * Properties without a legal name, and the last ones of more than 100, share `otherProperties`, `otherProperties_2` and so
 * on, which are JSON objects.
 *
 * @param first the properties that come before all others and keep their names
 * @param room how many bytes the meta may take
 */
export function readProperties(
  first: Meta,
  properties: Record<string, unknown>,
  room: number
): { meta: Meta; leftOut: LeftOut[] } {
  const { found, leftOut, missing } = findProperties(properties)
  const reserved = Object.keys(first)
  const { named, pages } = arrange(found, reserved)
  const meta = new MetaBuilder(room, [...reserved, ...named.map(({ name }) => name)])
  Object.entries(first).forEach(([name, value]) => meta.add(name, [value]))
  let lost = missing
  for (const { name, property } of named) {
    const { path, parts, isCut } = property
    const added = meta.add(name, parts)
    if (added > 0 && (isCut || added < parts.length)) {
      leftOut.push({ field: `properties.${path}`, reason: `cut: ${TOO_MUCH}` })
    }
    lost += added === 0 ? 1 : 0
  }
  const texts = pages.map((entries) => `{${entries.join(',')}}`)
  const shown = meta.add(meta.freeName(OTHERS), texts)
  lost += pages.slice(shown).reduce((sum, { length }) => sum + length, 0)
  if (lost > 0) {
    leftOut.push({ field: 'properties', reason: `ignored: ${lost.toLocaleString('en-US')} values. ${TOO_MUCH}` })
  }
  return { meta: meta.built, leftOut }
}

class MetaBuilder {
  readonly built: Meta = {}
  private readonly names: Set<string>
  private left: number
  private count = 0

  /** @param names names that only their own property may get */
  constructor(room: number, names: string[]) {
    this.left = room - BRACES
    this.names = new Set(names)
  }

  /** Adds a value in its parts, and returns how many of them had room. */
  add(name: string, parts: Array<string | number>): number {
    for (let index = 0; index < parts.length; index++) {
      const part = parts[index] ?? ''
      const next = index === 0 ? name : partName(name, index + 1, this.names)
      if (index > 0) {
        this.names.add(next)
      }
      const bytes = next.length + PUNCTUATION + bytesOf(part)
      if (bytes > this.left || this.count === MAX_PROPERTIES) {
        return index
      }
      this.left -= bytes
      this.count += 1
      this.built[next] = part
    }
    return parts.length
  }

  freeName(name: string): string {
    return this.names.has(name) ? partName(name, 2, this.names) : name
  }
}

/** Reads as many characters of text as a body can hold at all. */
function findProperties(properties: Record<string, unknown>): {
  found: Property[]
  leftOut: LeftOut[]
  missing: number
} {
  const found: Property[] = []
  const leftOut: LeftOut[] = []
  let [left, missing] = [MAX_BODY, 0]
  for (const { path, depth, value } of flatten(properties)) {
    const read = value === null ? undefined : readPropertyValue(value, left)
    if (read?.isTooDeep) {
      leftOut.push({ field: `properties.${path}`, reason: TOO_DEEP })
    }
    if (read && read.parts.length > 0) {
      for (const part of read.parts) {
        left -= typeof part === 'string' ? part.length : 1
      }
      missing += left < 0 ? 1 : 0
      if (left >= 0) {
        // Not spread, which takes longer than all else here.
        const { suffix, parts, isCut, isTooDeep } = read
        found.push({ path, depth, suffix, parts, isCut, isTooDeep })
      }
    }
  }
  return { found, leftOut, missing }
}

/** Gives each property a name of its own, as long as what remains has room in JSON objects. */
function arrange(found: Property[], reserved: string[]): { named: Named[]; pages: Page[] } {
  const names = propertyNames(found, reserved)
  const named: Named[] = []
  const pages = new Pages()
  found.forEach((property, index) => {
    const name = names[index]
    if (name === undefined) {
      pages.add(propertyEntries(property))
    } else {
      named.push({ name, property })
    }
  })
  const last = new Pages()
  let count = named.reduce((sum, { property }) => sum + property.parts.length, reserved.length + pages.all.length)
  for (
    let next = named[named.length - 1];
    next && count + last.all.length > MAX_PROPERTIES;
    next = named[named.length - 1]
  ) {
    named.pop()
    count -= next.property.parts.length
    last.add(propertyEntries(next.property).reverse())
  }
  return { named, pages: [...pages.all, ...last.all.map((page) => page.reverse()).reverse()] }
}

class Pages {
  readonly all: Page[] = []
  private room = 0

  /** Adds entries to JSON objects of at most 1,024 characters each. */
  add(entries: string[]): void {
    for (const entry of entries) {
      if (entry.length > this.room || this.all.length === 0) {
        this.all.push([])
        this.room = MAX_TEXT - BRACES
      }
      this.all[this.all.length - 1]?.push(entry)
      this.room -= entry.length + 1
    }
  }
}

function propertyEntries({ path, parts }: Property): string[] {
  return parts.flatMap((part) => entriesOf(path, part))
}

/** A text that is too long for one object goes on in the next, under the same key. */
function entriesOf(path: string, value: string | number): string[] {
  const entry = `${JSON.stringify(path)}:${JSON.stringify(value)}`
  if (typeof value === 'number' || entry.length <= MAX_TEXT - BRACES) {
    return [entry]
  }
  const start = cut(value, Math.ceil(value.length / 2))
  return [...entriesOf(path, start), ...entriesOf(path, value.slice(start.length))]
}
