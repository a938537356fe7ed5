import { fingerprint, foldAccents, losesLetters } from '../values/latin'

/** The type of a property, as the end of its name. Text has none. */
export type Suffix = '' | 'Num' | 'At'

interface Nameable {
  /** The keys that lead to the value, joined by dots. */
  path: string
  /** How many keys lead to the value: a key may contain dots itself. */
  depth: number
  suffix: Suffix
}

const MIN_BASE = 3
const MAX_BASE = 33
const LEGAL_BASE = /^[a-zA-Z][a-zA-Z0-9_-]{2,32}$/
const LATIN = /[a-zA-Z0-9]/
const DATE_ENDING = /[_\- ]at$/

/**
 * Returns a legal name for each property, or undefined for one with a key that has no Latin letters or digits.
 *
 * If several properties map to one name, the key that is spelled like the name keeps it, else the key that lacks only the
 * suffix. The others get a fingerprint, so that the order of the properties doesn't matter.
 */
export function propertyNames(properties: Nameable[], reserved: string[]): Array<string | undefined> {
  const names = properties.map(({ path, suffix }) => legalName(path, suffix))
  const owners = new Map<string, Nameable | undefined>(reserved.map((name) => [name, undefined]))
  properties.forEach((property, index) => {
    const name = names[index]
    if (name !== undefined && !reserved.includes(name)) {
      owners.set(name, owners.has(name) ? closest(name, property, owners.get(name)) : property)
    }
  })
  return properties.map((property, index) => {
    const name = names[index]
    if (name === undefined || owners.get(name) === property) {
      return name
    }
    const { path, depth, suffix } = property
    const base = name.slice(0, name.length - suffix.length)
    const distinct = withTail(base, `_${fingerprint(`${depth} ${path}`)}`) + suffix
    return owners.has(distinct) ? undefined : distinct
  })
}

/** Returns the name of a text's next part: `products_2`, or the next number that is free. */
export function partName(base: string, part: number, taken: ReadonlySet<string>): string {
  const name = withTail(base, `_${part}`)
  return taken.has(name) ? partName(base, part + 1, taken) : name
}

function closest(name: string, one: Nameable, other: Nameable | undefined): Nameable | undefined {
  return (
    [one, other].find((property) => property?.depth === 1 && property.path === name) ??
    [one, other].find((property) => property?.depth === 1 && property.path + property.suffix === name)
  )
}

/** Returns 3 to 33 of `[a-zA-Z0-9-_]` after a letter, and the suffix. A text's name contains neither `Num` nor `At`. */
function legalName(path: string, suffix: Suffix): string | undefined {
  if (suffix === '' && LEGAL_BASE.test(path) && LATIN.test(path)) {
    return withoutTypes(path)
  }
  const bare = withoutSuffix(path, suffix)
  const base = LEGAL_BASE.test(bare) ? bare : legalize(bare, path)
  return base === undefined ? undefined : (suffix === '' ? withoutTypes(base) : base) + suffix
}

/** Returns `purchased` for a date called `purchasedAt` or `purchased_at`. */
function withoutSuffix(path: string, suffix: Suffix): string {
  const bare =
    suffix !== '' && path.endsWith(suffix)
      ? path.slice(0, -suffix.length)
      : suffix === 'At'
      ? path.replace(DATE_ENDING, '')
      : path
  return bare.length >= MIN_BASE && !bare.endsWith('.') ? bare : path
}

function withoutTypes(base: string): string {
  return base.includes('Num') || base.includes('At') ? base.replace(/Num|At/g, (type) => type.toLowerCase()) : base
}

/** A path that is too long loses its first keys. A key that is too long, or that loses letters, gets a fingerprint. */
function legalize(bare: string, path: string): string | undefined {
  const folded = foldAccents(bare)
  const keys = folded.split('.')
  if (!keys.every((key) => LATIN.test(key))) {
    return undefined
  }
  let words = legalCharacters(keys.join('_'))
  while (words.length > MAX_BASE && keys.length > 1) {
    keys.shift()
    words = legalCharacters(keys.join('_'))
  }
  const named = (/^[a-zA-Z]/.test(words) ? words : `property_${words}`).padEnd(MIN_BASE, '_')
  return named.length > MAX_BASE || losesLetters(folded) ? withTail(named, `_${fingerprint(path)}`) : named
}

function legalCharacters(text: string): string {
  return text.replace(/[^a-zA-Z0-9_-]+/g, '_').replace(/^[_-]+|_+$/g, '')
}

function withTail(base: string, tail: string): string {
  return base.slice(0, MAX_BASE - tail.length) + tail
}
