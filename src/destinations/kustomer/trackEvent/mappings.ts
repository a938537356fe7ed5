/** The first of two values of an event that is not blank; a value of spaces alone is. */
export function firstOf(path: string, otherwise: string) {
  return { '@if': { ...unlessBlank(path), then: { '@path': path }, else: { '@path': otherwise } } }
}

/** The name of a page or screen call, such as `Viewed Home Page`, or `Viewed Page` where it has none. */
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
