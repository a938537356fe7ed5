import type { Leaf } from './flatten'
import { fingerprint, foldAccents, losesLetters } from './latin'

/** The type of a property, as the end of its name: nothing for text. */
export type Suffix = '' | 'Num' | 'At'

export interface Nameable extends Pick<Leaf, 'path' | 'depth'> {
  suffix: Suffix
}

const MIN_BASE = 3
const MAX_BASE = 33
const LEGAL_BASE = /^[a-zA-Z][a-zA-Z0-9_-]{2,32}$/

/** Names for the parts of what is longer than one property, none of which is taken. */
export class PartNames {
  private readonly taken: Pick<ReadonlySet<string>, 'has'>
  private readonly given = new Set<string>()
  private readonly counts = new Map<string, number>()

  constructor(taken: Pick<ReadonlySet<string>, 'has'>) {
    this.taken = taken
  }

  /** The name itself where it is free, else the next part's. */
  first(base: string, suffix: Suffix = ''): string {
    const name = base + suffix
    if (this.has(name)) {
      return this.next(base, suffix)
    }
    this.given.add(name)
    return name
  }

  /** `products_2` after `products`, or the next number that is free. */
  next(base: string, suffix: Suffix = ''): string {
    const key = base + suffix
    let count = this.counts.get(key) ?? 1
    let name: string
    do {
      count += 1
      name = withTail(base, `_${count}`) + suffix
    } while (this.has(name))
    this.counts.set(key, count)
    this.given.add(name)
    return name
  }

  has(name: string): boolean {
    return this.taken.has(name) || this.given.has(name)
  }
}

/**
 * A legal name for each property of an event, no two alike and whatever their order, in time that grows with their number.
 *
 * Of properties that become one name it goes to the key that is legal as it is, else to the one that only its type was
 * added to, else to the first by its letters. The others get a fingerprint.
 *
 * @param reserved names that no property gets
 */
export function namesOf(properties: Nameable[], reserved: string[]): string[] {
  const wishes = properties.map((property) => ({ property, base: legalBase(property.path, property.suffix) }))
  const owners = new Map<string, Nameable>()
  for (const { property, base } of wishes) {
    const name = base + property.suffix
    const owner = owners.get(name)
    if (!owner || isCloser(name, property, owner)) {
      owners.set(name, property)
    }
  }
  reserved.forEach((name) => owners.delete(name))
  const others = new PartNames(new Set([...reserved, ...owners.keys()]))
  return wishes.map(({ property, base }) => {
    const { path, depth, suffix } = property
    return owners.get(base + suffix) === property
      ? base + suffix
      : others.first(withTail(base, `_${fingerprint(`${depth} ${path}`)}`), suffix)
  })
}

function isCloser(name: string, property: Nameable, owner: Nameable): boolean {
  const [one, other] = [distance(name, property), distance(name, owner)]
  if (one !== other) {
    return one < other
  }
  return property.path === owner.path ? property.depth < owner.depth : property.path < owner.path
}

function distance(name: string, { path, depth, suffix }: Nameable): number {
  const joined = path.replace(/\./g, '_')
  const spellings = [depth === 1 && path, depth === 1 && path + suffix, joined, joined + suffix, name]
  return spellings.indexOf(name)
}

/** A property's name without the suffix of its type: 3 to 33 of `[a-zA-Z0-9-_]` after a letter. */
function legalBase(path: string, suffix: Suffix): string {
  const isSuffixed = suffix !== '' && path.length >= MIN_BASE + suffix.length && path.endsWith(suffix)
  const base = isSuffixed ? path.slice(0, -suffix.length) : path
  const legal = LEGAL_BASE.test(base) ? base : legalize(base)
  // A name of text may hold neither Num nor At anywhere, by the strictest reading of Kustomer's rule.
  return suffix === '' ? legal.replace(/Num|At/g, (type) => type.toLowerCase()) : legal
}

/** What is too long, or loses letters, carries a fingerprint, so that it has the same name in every event. */
function legalize(path: string): string {
  const folded = foldAccents(path)
  const words = folded.replace(/[^a-zA-Z0-9_-]+/g, '_').replace(/^[_-]+|_+$/g, '')
  const named = /^[a-zA-Z]/.test(words) ? words : ['property', words].filter(Boolean).join('_')
  const legal = named.padEnd(MIN_BASE, '_')
  const isMarked = words === '' || legal.length > MAX_BASE || losesLetters(folded)
  return isMarked ? withTail(legal, `_${fingerprint(path)}`) : legal
}

function withTail(base: string, tail: string): string {
  return base.slice(0, MAX_BASE - tail.length) + tail
}
