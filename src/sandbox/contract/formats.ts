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
    .openapi({ description: `[P] At most ${max.toLocaleString('en')} characters.` })

/** Text that is not empty. */
export const identifier = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .openapi({ description: `[P] 1 to ${max} characters.` })

export const anyText = z.string().openapi({ description: '[P] Text.' })

export const anyNumber = z.number().openapi({ description: '[P] A number.' })

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
  .openapi({ description: '[P] An RFC 3339 date-time: a date, a time with seconds, and a time zone.' })

/** The characters of RFC 3986, behind a scheme: a parser of URLs would let spaces and more pass. */
const URI = /^[a-z][a-z\d+.-]*:(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[\da-f]{2})+$/i

const isUri = (value: string): boolean => URI.test(value) && URL.canParse(value)

export const uri = z
  .string()
  .refine(isUri, 'must be an absolute URI')
  .openapi({ format: 'uri', description: '[P] An absolute URI. [A] As defined in RFC 3986.' })

export const url = z
  .string()
  .refine((value) => {
    const { protocol, hostname } = isUri(value) ? new URL(value) : { protocol: '', hostname: '' }
    return /^(?:https?|ftp):$/.test(protocol) && /[^.]\.[^.]/.test(hostname)
  }, 'must be a URL whose host has a dot')
  .openapi({
    format: 'url',
    description: '[P] A URL, stricter than a URI: its host has a dot. [A] Its scheme is http, https or ftp.'
  })

export const relaxedEmail = z
  .string()
  .max(254)
  .regex(/^[^\s@]+@[^\s@]+$/, 'must be an email address')
  .openapi({
    format: 'email-relaxed',
    description: '[P] An email in a relaxed format. [A] Text, an @ and text, without spaces, at most 254 characters.'
  })

const ATOM = "[a-z\\d!#$%&'*+/=?^_`{|}~-]+"
const LABEL = '[a-z\\d](?:[a-z\\d-]{0,61}[a-z\\d])?'
const STRICT_EMAIL = new RegExp(`^${ATOM}(?:\\.${ATOM})*@${LABEL}(?:\\.${LABEL})*$`, 'i')

export const strictEmail = z.string().max(254).regex(STRICT_EMAIL, 'must be an email address').openapi({
  format: 'email',
  description:
    '[P] An email in a stricter format than a customer’s. [A] ASCII only: words separated by dots, an @ and a host name.'
})

export const phone = z
  .string()
  .regex(/^\+?[\d ().\-/]+$/, 'must be a phone number')
  .refine((value) => {
    const digits = value.replace(/\D/g, '').length
    return digits >= 2 && digits <= 15
  }, 'must have 2 to 15 digits')
  .openapi({
    format: 'phone-number',
    description:
      '[A] An optional +, then 2 to 15 digits, as in the pattern for searches. Spaces ( ) - . / are allowed between them.'
  })

export const domain = z
  .string()
  .max(253)
  .regex(new RegExp(`^(?:${LABEL}\\.)+[a-z]{2,63}$`, 'i'), 'must be a domain name')
  .openapi({
    format: 'domain-name',
    description: '[P] A domain name. [A] Letters, digits and hyphens, separated by dots, at most 253 characters.'
  })

/** A list of at most `max` items, no two alike. The items are objects whose keys the schema has put in order. */
export function listOf<Item extends z.ZodType>(item: Item, description: string, max = 10) {
  return z
    .array(item)
    .max(max)
    .refine((items) => areUnique(items), 'must hold no duplicate')
    .openapi({ uniqueItems: true, description })
}

function areUnique(items: unknown[]): boolean {
  return items.length < 2 || new Set(items.map((each) => JSON.stringify(each))).size === items.length
}

const isUnknownKey = ({ code }: z.core.$ZodRawIssue): boolean => code === 'unrecognized_keys'

/** A kind of value that a record may hold, as OpenAPI has it. */
type Scalar = { type: 'string' | 'number' }

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
      const found = Object.entries(value).flatMap(([name, each]) => check(name, each) ?? [])
      // [R] Of several keys that are unknown, a refusal names one.
      const [unknown] = found.filter(isUnknownKey)
      issues.push(...found.filter((issue) => issue === unknown || !isUnknownKey(issue)))
    })
    .refine((value) => Object.keys(value).length <= max, `must have at most ${max} keys`)
    .openapi({ type: 'object', maxProperties: max, ...openapi })
}
