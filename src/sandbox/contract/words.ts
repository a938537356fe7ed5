import type { z } from '@hono/zod-openapi'

type Issue = z.core.$ZodRawIssue

const KINDS: Record<string, string> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object'
}

/**
 * What breaks a rule of a schema, in words that follow the name of the field, such as `must be a string, not a number`.
 *
 * @returns undefined for what the schema has words of its own for
 */
export function wordsOf(issue: Issue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? 'is missing'
        : `must be ${kindNamed(issue.expected)}${givenAs(issue.input, ['number', 'int'].includes(issue.expected))}`
    case 'invalid_value':
      return `must be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`
    case 'invalid_union':
      return `must be ${[...new Set(issue.errors.flatMap(kindsIn))].join(' or ')}${givenAs(issue.input)}`
    case 'too_small':
      return `must ${sized(issue.origin, issue.exact ? 'exactly' : 'at least', Number(issue.minimum))}`
    case 'too_big':
      return `must ${sized(issue.origin, issue.exact ? 'exactly' : 'at most', Number(issue.maximum))}`
    default:
      return undefined
  }
}

function kindNamed(type: string): string {
  return KINDS[type] ?? type
}

function kindsIn(issues: z.core.$ZodIssue[]): string[] {
  return issues.flatMap((issue) => (issue.code === 'invalid_type' ? [kindNamed(issue.expected)] : []))
}

/** What was given; of a number nothing, since it is the wrong one, or was read of a text that is none. */
function givenAs(input: unknown, isNumber = false): string {
  const type = Array.isArray(input) ? 'array' : input === null ? 'null' : typeof input
  return isNumber && type === 'number' ? '' : `, not ${type === 'boolean' ? String(input) : kindNamed(type)}`
}

function sized(origin: string, bound: string, size: number): string {
  const unit = { string: 'character', array: 'item' }[origin]
  const count = size.toLocaleString('en')
  return unit === undefined ? `be ${bound} ${count}` : `have ${bound} ${count} ${unit}${size === 1 ? '' : 's'}`
}
