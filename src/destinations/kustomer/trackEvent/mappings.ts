import type { InputField } from '@segment/actions-core'

type FieldMapping = NonNullable<InputField['default']>

/** Returns a mapping to the first value that is not blank. A value of spaces alone is blank. */
export function firstOf(path: string, ...others: string[]): FieldMapping {
  const [next, ...rest] = others
  return next === undefined
    ? { '@path': path }
    : { '@if': { ...unlessBlank(path), then: { '@path': path }, else: firstOf(next, ...rest) } }
}

/** Returns a mapping to the name of a page or screen call: `Viewed Home Page`, or `Viewed Page` if it has no name. */
export function viewed(what: 'Page' | 'Screen') {
  return {
    '@if': { ...unlessBlank('$.name'), then: { '@template': `Viewed {{name}} ${what}` }, else: `Viewed ${what}` }
  }
}

function unlessBlank(path: string) {
  return {
    blank: { '@replace': { pattern: ' ', replacement: '', ignorecase: false, global: true, value: { '@path': path } } }
  }
}
