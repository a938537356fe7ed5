/** Returns a mapping, or a value, as a person says it: `traits.email, else context.traits.email`. */
export function wordsOf(mapping: unknown): string {
  if (mapping === null || mapping === undefined) {
    return 'not mapped'
  }
  if (typeof mapping === 'boolean') {
    return mapping ? 'on' : 'off'
  }
  if (typeof mapping !== 'object') {
    return typeof mapping === 'string' ? mapping : JSON.stringify(mapping)
  }
  const directives = mapping as Record<string, unknown>
  const { '@path': path, '@template': template, '@if': condition, '@merge': merge } = directives
  if (typeof path === 'string') {
    return path.replace(/^\$\./, '')
  }
  if (typeof template === 'string') {
    return template
  }
  if (isObject(condition)) {
    return wordsOfCondition(condition)
  }
  if (isObject(merge) && Array.isArray(merge.objects)) {
    return merge.objects.map(wordsOf).join(' and ')
  }
  if (Array.isArray(mapping) || Object.keys(directives).some((key) => key.startsWith('@'))) {
    return JSON.stringify(mapping)
  }
  const parts = Object.entries(directives).map(
    ([key, part]) => [key, typeof part === 'boolean' ? String(part) : wordsOf(part)] as const
  )
  const parents = new Set(
    parts.map(([key, words]) => (words.endsWith(`.${key}`) ? words.slice(0, -key.length - 1) : ''))
  )
  const [parent = ''] = parents
  return parents.size === 1 && parent !== '' ? parent : parts.map((part) => part.join(': ')).join('; ')
}

/** Presets test a text without its spaces, to tell whether it is blank. */
function wordsOfCondition({ exists, blank, then, else: otherwise }: Record<string, unknown>): string {
  const tested = exists ?? blank
  const value = isObject(tested) && isObject(tested['@replace']) ? tested['@replace'].value : tested
  const [words, test] = [wordsOf(then), wordsOf(value)]
  const when = words === test || words.includes(`{{${test}}}`) ? '' : ` if ${test} is set`
  return `${words}${when}, else ${wordsOf(otherwise)}`
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
