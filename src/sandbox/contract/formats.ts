import { z } from '@hono/zod-openapi'

/*
 * The contract that the sandbox enforces. Each rule says where it comes from and how sure it is:
 * [P] published by Kustomer, [R] relied on in production by other integrations, [A] assumed here. What is assumed is
 * the strictest reading that makes sense; the real Kustomer may well be more lenient.
 */

/** [P] Ids are 24 hex digits. */
export const objectId = z.string().regex(/^[0-9a-f]{24}$/, 'must be 24 hex digits')

/** [P] Date-times follow RFC 3339: a date, a time and a zone. */
export const dateTime = z.iso.datetime({ offset: true, error: 'must be an RFC 3339 date-time' })

/** [P] An absolute URI. */
export const uri = z.url({ error: 'must be an absolute URI' })

/** [A] The rules for an email are not published. */
export const email = z
  .string()
  .max(254)
  .regex(/^[^\s@]+@[^\s@]+$/, 'must be an email address')

/** [A] The rules for a phone are not published: a `+` or none, then 7 to 15 digits and ` ( ) - . /` between them. */
export const phone = z
  .string()
  .regex(/^\+?[\d ().\-/]+$/, 'must be a phone number')
  .refine((value) => {
    const digits = value.replace(/\D/g, '').length
    return digits >= 7 && digits <= 15
  }, 'must have 7 to 15 digits')

/** [P] A list of a customer holds at most ten items, no two alike. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z
    .array(item)
    .max(10)
    .refine(
      (items) => new Set(items.map((each) => JSON.stringify(each))).size === items.length,
      'must hold no duplicate'
    )
}
