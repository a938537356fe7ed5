/** A mapping as a person writes it: `$.traits.email`, `Viewed {{name}}`, plain text, or any JSON. */

/** The text of a mapping; empty where there is none. */
export function textOf(mapping) {
  if (mapping === null || mapping === undefined) {
    return ''
  }
  const [only, ...others] = Object.entries(typeof mapping === 'object' ? mapping : {})
  if (only && others.length === 0 && ['@path', '@template'].includes(only[0])) {
    return only[1]
  }
  return typeof mapping === 'string' ? mapping : JSON.stringify(mapping)
}

/** The mapping that a text stands for: null where it is empty. Throws where it begins as JSON and is none. */
export function mappingOf(text) {
  const trimmed = text.trim()
  if (trimmed === '') {
    return null
  }
  if (trimmed.startsWith('$.')) {
    return { '@path': trimmed }
  }
  if (/^(?:[{[](?!\{)|true$|false$|-?\d+(?:\.\d+)?$)/.test(trimmed)) {
    return JSON.parse(trimmed)
  }
  return trimmed.includes('{{') ? { '@template': trimmed } : trimmed
}
