/** A mapping as a person writes it: `$.traits.email`, `Viewed {{name}}`, plain text, or any JSON. */

/** What fits on one line of a field. */
const LINE = 32

/** The text of a mapping, over several lines where it is long; empty where there is none. */
export function textOf(mapping: unknown): string {
  if (mapping === null || mapping === undefined) {
    return ''
  }
  const [only, ...others] = Object.entries(typeof mapping === 'object' ? mapping : {})
  if (only && others.length === 0 && ['@path', '@template'].includes(only[0]) && typeof only[1] === 'string') {
    return only[1]
  }
  if (typeof mapping === 'string') {
    return mapping
  }
  const line = JSON.stringify(mapping)
  return line.length > LINE ? folded(mapping, '', '') : line
}

/** The mapping that a text stands for: null where it is empty. @throws where it begins as JSON and is none */
export function mappingOf(text: string): unknown {
  const trimmed = text.trim()
  if (trimmed === '') {
    return null
  }
  if (trimmed.startsWith('$.')) {
    return { '@path': trimmed }
  }
  if (/^(?:[{[](?!\{)|true$|false$|-?\d+(?:\.\d+)?$)/.test(trimmed)) {
    return JSON.parse(trimmed) as unknown
  }
  return trimmed.includes('{{') ? { '@template': trimmed } : trimmed
}

/** JSON over several lines, with what fits on one left there, and every path. @param start what stands before it */
function folded(value: unknown, indent: string, start: string): string {
  const line = `${start}${JSON.stringify(value)}`
  const isPath = typeof value === 'object' && value !== null && '@path' in value
  if (typeof value !== 'object' || value === null || isPath || indent.length + line.length <= LINE) {
    return `${indent}${line}`
  }
  const inner = `${indent}  `
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
  const parts = Array.isArray(value)
    ? value.map((part: unknown) => folded(part, inner, ''))
    : Object.entries(value).map(([key, part]) => folded(part, inner, `${JSON.stringify(key)}: `))
  return `${indent}${start}${open}\n${parts.join(',\n')}\n${indent}${close}`
}
