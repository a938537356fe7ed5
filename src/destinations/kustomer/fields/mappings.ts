import type { JSONObject } from '@segment/actions-core'

/** Returns a mapping to the first value that is not blank. */
export function firstOf(...paths: string[]): JSONObject {
  return first(paths, at)
}

/** Returns a mapping to the first text or number that is not blank. Spaces alone are blank. */
export function firstText(...paths: string[]): JSONObject {
  return first(paths, textAt)
}

/** Returns a mapping to a trait by the spellings of its name: in the call's own traits, else in `context.traits`. */
export function trait(...names: string[]): JSONObject {
  return firstOf(...['$.traits', '$.context.traits'].flatMap((root) => names.map((name) => `${root}.${name}`)))
}

/** Returns a mapping to a part of a trait that is an object. The parts of two objects are never mixed. */
export function traitPart(name: string, partOf: (path: string) => JSONObject): JSONObject {
  return either(at(`$.traits.${name}`), partOf(`$.traits.${name}`), partOf(`$.context.traits.${name}`))
}

/** Returns a mapping to the name of a page or screen call: `Viewed Home Page`, or `Viewed Page` if it has no name. */
export function viewed(what: 'Page' | 'Screen'): JSONObject {
  return either(textAt('$.name'), { '@template': `Viewed {{name}} ${what}` }, `Viewed ${what}`)
}

function first([path = '', ...others]: string[], blankAt: (path: string) => JSONObject): JSONObject {
  return others.length === 0 ? at(path) : either(blankAt(path), at(path), first(others, blankAt))
}

function either(blank: JSONObject, then: JSONObject, otherwise: JSONObject | string): JSONObject {
  return { '@if': { blank, then, else: otherwise } }
}

function at(path: string): JSONObject {
  return { '@path': path }
}

function textAt(path: string): JSONObject {
  return { '@replace': { pattern: ' ', replacement: '', ignorecase: false, global: true, value: at(path) } }
}
