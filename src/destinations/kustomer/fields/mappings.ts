import type { JSONObject } from '@segment/actions-core'

/** Returns a mapping to the first value that exists, of any type. */
export function firstOf(...paths: string[]): JSONObject {
  return first(paths, exists)
}

/** Returns a mapping to the first text or number that is not blank. Spaces alone are blank. */
export function firstText(...paths: string[]): JSONObject {
  return first(paths, hasText)
}

/** Returns a mapping to a trait by the spellings of its name: in the call's own traits, else in `context.traits`. */
export function trait(...names: string[]): JSONObject {
  return firstOf(...['$.traits', '$.context.traits'].flatMap((root) => names.map((name) => `${root}.${name}`)))
}

/** Returns a mapping to a part of a trait that is an object. The parts of two objects are never mixed. */
export function traitPart(name: string, partOf: (path: string) => JSONObject): JSONObject {
  const path = `$.traits.${name}`
  return { '@if': { ...exists(path), then: partOf(path), else: partOf(`$.context.traits.${name}`) } }
}

/** Returns a mapping to the name of a page or screen call: `Viewed Home Page`, or `Viewed Page` if it has no name. */
export function viewed(what: 'Page' | 'Screen'): JSONObject {
  return {
    '@if': { ...hasText('$.name'), then: { '@template': `Viewed {{name}} ${what}` }, else: `Viewed ${what}` }
  }
}

function first([path = '', ...others]: string[], condition: (path: string) => JSONObject): JSONObject {
  return others.length === 0
    ? { '@path': path }
    : { '@if': { ...condition(path), then: { '@path': path }, else: first(others, condition) } }
}

function exists(path: string): JSONObject {
  return { exists: { '@path': path } }
}

/** Without the replacement, the framework would throw for an object that can't be compared with text. */
function hasText(path: string): JSONObject {
  const value = { '@path': path }
  return { blank: { '@replace': { pattern: ' ', replacement: '', ignorecase: false, global: true, value } } }
}
