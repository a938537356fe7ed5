import { z } from '@hono/zod-openapi'

/*
 * The contract that the sandbox enforces. Each rule says where it comes from and how sure it is:
 * [P] published by Kustomer, [R] relied on in production by other integrations, [A] assumed here. What is assumed is
 * the strictest reading that makes sense; the real Kustomer may well be more lenient. The marks are in the schemas'
 * descriptions, so that `/openapi.json` publishes them with the rules.
 */

/** Text of at most `max` characters, counted as JavaScript does: the strictest count. */
export const text = (max: number) =>
  z
    .string()
    .max(max)
    .openapi({ description: `[P] At most ${max} characters.` })

/** One of a few words, and no other. */
export const oneOf = <Word extends string>(...words: [Word, ...Word[]]) =>
  z.enum(words).openapi({ description: '[P] One of these words.' })

export const flag = z.boolean().openapi({ description: '[P] True or false.' })

export const objectId = z
  .string()
  .regex(/^[0-9a-f]{24}$/i, 'must be 24 hex digits')
  .openapi({ description: '[P] 24 hex digits.' })

export const dateTime = z.iso
  .datetime({ offset: true, error: 'must be an RFC 3339 date-time' })
  .openapi({ description: '[P] A date-time as RFC 3339 has it: a date, a time with seconds, and a zone.' })

/** The characters of RFC 3986, behind a scheme: a parser of URLs would let spaces and more pass. */
const URI = /^[a-z][a-z\d+.-]*:(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[\da-f]{2})+$/i

export const uri = z
  .string()
  .refine((value) => URI.test(value) && URL.canParse(value), 'must be an absolute URI')
  .openapi({ format: 'uri', description: '[P] An absolute URI. [A] Spelled as RFC 3986 has it.' })

export const email = z
  .string()
  .max(254)
  .regex(/^[^\s@]+@[^\s@]+$/, 'must be an email address')
  .openapi({ description: '[A] Something, an @ and something, without spaces; at most 254 characters.' })

export const phone = z
  .string()
  .regex(/^\+?[\d ().\-/]+$/, 'must be a phone number')
  .refine((value) => {
    const digits = value.replace(/\D/g, '').length
    return digits >= 7 && digits <= 15
  }, 'must have 7 to 15 digits')
  .openapi({ description: '[A] A + or none, then 7 to 15 digits, and spaces ( ) - . / between them.' })

export const tags = z
  .array(z.string().max(64))
  .max(20)
  .openapi({ description: '[P] At most 20 of at most 64 characters.' })

/** A list of at most ten items, no two alike. The description says who published that. */
export function listOf<Item extends z.ZodType>(item: Item, description: string) {
  return z
    .array(item)
    .max(10)
    .refine(
      (items) => new Set(items.map((each) => JSON.stringify(each))).size === items.length,
      'must hold no duplicate'
    )
    .openapi({ uniqueItems: true, description })
}

/** A kind of value that a record may hold, as OpenAPI has it. */
type Scalar = { type: 'string' | 'number'; maxLength?: number }

/**
 * An object whose keys are free but for `check`, which tells what is wrong with one of them. zod's own record drops a
 * key named `__proto__` before it can be refused.
 */
export function recordOf<Value>(
  { max, ...openapi }: { max: number; description: string; additionalProperties: true | { anyOf: Scalar[] } },
  check: (name: string, value: unknown) => z.core.$ZodRawIssue | undefined
) {
  return z
    .custom<Record<string, Value>>(
      (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
      'must be an object'
    )
    .check(({ value, issues }) => {
      issues.push(...Object.entries(value).flatMap(([name, each]) => check(name, each) ?? []))
    })
    .refine((value) => Object.keys(value).length <= max, `must have at most ${max} keys`)
    .openapi({ type: 'object', maxProperties: max, ...openapi })
}
