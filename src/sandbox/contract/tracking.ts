import { z } from '@hono/zod-openapi'
import { customerAttributes, location } from './customer'
import { dateTime, email, flag, phone, recordOf } from './formats'

const EVENT_NAME = /^[a-zA-Z][a-zA-Z0-9-_.]+$/

// The names of an event's properties tell the types of their values.
const NUMBER_NAME = /^[a-zA-Z][a-zA-Z0-9-_]{2,32}Num$/
const DATE_NAME = /^[a-zA-Z][a-zA-Z0-9-_]{2,32}At$/
const TEXT_NAME = /^(?!.*(?:Num|At))[a-zA-Z][a-zA-Z0-9-_]{2,32}$/

const MAX_TEXT = 1024

function isProperty(name: string, value: unknown): boolean {
  if (typeof value === 'number') {
    return NUMBER_NAME.test(name) && Number.isFinite(value)
  }
  if (typeof value !== 'string') {
    return false
  }
  return DATE_NAME.test(name) ? dateTime.safeParse(value).success : TEXT_NAME.test(name) && value.length <= MAX_TEXT
}

const meta = recordOf<string | number>(
  {
    max: 100,
    additionalProperties: { anyOf: [{ type: 'string', maxLength: MAX_TEXT }, { type: 'number' }] },
    description: `[P] Flat, at most 100 properties. [R] Numbers under ${NUMBER_NAME.source}, date-times under ${DATE_NAME.source}, and text under ^[a-zA-Z][a-zA-Z0-9-_]{2,32}$ with neither Num nor At anywhere in the name, which is the strictest reading. [A] Text has at most 1,024 characters.`
  },
  (name, value) =>
    isProperty(name, value)
      ? undefined
      : { code: 'custom', message: 'has an illegal name or value', path: [name], input: value }
)

const visitor = {
  trackingId: z.string().min(1).openapi({ description: '[P] Whose event it is. [A] Not empty.' }).optional(),
  sessionId: z.string().min(1).openapi({ description: '[P] The session that it is part of. [A] Not empty.' }).optional()
}

export const trackingEvent = z
  .strictObject({
    ...visitor,
    name: z
      .string()
      .max(255)
      .regex(EVENT_NAME, 'must be 2 to 255 letters, digits, hyphens, underscores and dots')
      .openapi({ description: '[P] A letter, then letters, digits, hyphens, underscores and dots; 2 to 255 in all.' }),
    meta: meta.optional()
  })
  .openapi('TrackingEvent', {
    description: '[P] Stamped with its arrival: there is no field for when it happened. Any other key is refused.'
  })

export type TrackingEvent = z.infer<typeof trackingEvent>

export const trackingIdentity = z
  .strictObject({
    remember: flag.openapi({ description: '[P] May be given. [A] True or false.' }).optional(),
    ...visitor,
    ...customerAttributes.pick({
      username: true,
      company: true,
      externalId: true,
      signedUpAt: true,
      birthdayAt: true,
      gender: true,
      locale: true,
      timeZone: true,
      tags: true,
      custom: true
    }).shape,
    name: z.string().openapi({ description: '[P] Text.' }).optional(),
    email: email.optional(),
    phone: phone.optional(),
    location: location.optional()
  })
  .openapi('TrackingIdentity', {
    description:
      '[P] Whom a visitor turned out to be; any other key is refused. [A] Every key holds what a customer’s attribute of that name holds.'
  })

export type TrackingIdentity = z.infer<typeof trackingIdentity>

export const identityEvent = z
  .strictObject({ identity: trackingIdentity, event: trackingEvent })
  .openapi('TrackingIdentityEvent', { description: '[P] An identity and an event of theirs.' })
