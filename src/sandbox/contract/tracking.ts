import { z } from '@hono/zod-openapi'
import { custom, location } from './customer'
import { dateTime, email, objectId, phone } from './formats'

/** [P] */
const EVENT_NAME = /^[a-zA-Z][a-zA-Z0-9-_.]+$/

/** [R] The names of an event's properties tell the types of their values. */
const NUMBER_NAME = /^[a-zA-Z][a-zA-Z0-9-_]{2,32}Num$/
const DATE_NAME = /^[a-zA-Z][a-zA-Z0-9-_]{2,32}At$/
/** [R] The strictest reading: neither type within a name of text. */
const TEXT_NAME = /^(?!.*(?:Num|At))[a-zA-Z][a-zA-Z0-9-_]{2,32}$/

function isProperty(name: string, value: unknown): boolean {
  if (typeof value === 'number') {
    return NUMBER_NAME.test(name)
  }
  if (typeof value !== 'string') {
    return false
  }
  // [A] Text has at most 1,024 characters.
  return DATE_NAME.test(name) ? dateTime.safeParse(value).success : TEXT_NAME.test(name) && value.length <= 1024
}

/** [P] Flat, at most 100 properties. [R] Numbers, date-times and text alone. */
const meta = z
  .record(z.string(), z.union([z.string(), z.number()]))
  .check(({ value, issues }) => {
    for (const [name, property] of Object.entries(value)) {
      if (!isProperty(name, property)) {
        issues.push({ code: 'custom', message: 'has an illegal name or value', path: [name], input: property })
      }
    }
  })
  .refine((properties) => Object.keys(properties).length <= 100, 'must have at most 100 properties')

/** [P] Kustomer stamps an event with its arrival: there is no field for when it happened. */
export const trackingEvent = z
  .strictObject({
    trackingId: z.string().min(1).optional(),
    sessionId: z.string().min(1).optional(),
    name: z.string().max(255).regex(EVENT_NAME, 'must be 2 to 255 letters, digits, hyphens, underscores and dots'),
    meta: meta.optional()
  })
  .openapi('TrackingEvent')

export type TrackingEvent = z.infer<typeof trackingEvent>

/** [P] Anything else in an identity is refused. */
export const trackingIdentity = z
  .strictObject({
    remember: z.boolean().optional(),
    trackingId: z.string().min(1).optional(),
    sessionId: z.string().min(1).optional(),
    name: z.string().optional(),
    company: objectId.optional(),
    externalId: z.string().min(1).max(256).optional(),
    username: z.string().max(256).optional(),
    signedUpAt: dateTime.optional(),
    birthdayAt: dateTime.optional(),
    gender: z.enum(['m', 'f']).optional(),
    locale: z.string().max(16).optional(),
    timeZone: z.string().max(64).optional(),
    email: email.optional(),
    phone: phone.optional(),
    location: location.optional(),
    tags: z.array(z.string().max(64)).max(20).optional(),
    custom: custom.optional()
  })
  .openapi('TrackingIdentity')

export type TrackingIdentity = z.infer<typeof trackingIdentity>

export const identityEvent = z
  .strictObject({ identity: trackingIdentity, event: trackingEvent })
  .openapi('TrackingIdentityEvent')
