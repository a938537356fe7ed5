import { z } from '@hono/zod-openapi'
import { custom } from './custom'
import {
  anyText,
  dateTime,
  flag,
  identifier,
  listOf,
  objectId,
  oneOf,
  phone,
  recordOf,
  strictEmail,
  text
} from './formats'
import { location } from './items'

const EVENT_NAME = /^[a-zA-Z]{1}[a-zA-Z0-9-_.]+$/

// The names of an event's properties tell the types of their values.
const NUMBER_NAME = /^[a-zA-Z][a-zA-Z0-9-_]{2,32}Num$/
const DATE_NAME = /^[a-zA-Z][a-zA-Z0-9-_]{2,32}At$/
const TEXT_NAME = /^[a-zA-Z][a-zA-Z0-9-_]{2,32}$/
const RESERVED = /Num|At/

const MAX_TEXT = 1024

/** How strictly a property of `meta` is read. Both are variants. */
export interface MetaReading {
  metaKeysLoose: boolean
  metaTextsUnlimited: boolean
}

function isProperty(name: string, value: unknown): boolean {
  if (typeof value === 'number') {
    return NUMBER_NAME.test(name) && Number.isFinite(value)
  }
  return typeof value === 'string' && (TEXT_NAME.test(name) || isDate(name, value))
}

const isDate = (name: string, value: string): boolean => DATE_NAME.test(name) && dateTime.safeParse(value).success

/** The properties of an event that the reading refuses, of those that the schema takes. */
export function refusedProperties(meta: Record<string, string | number> = {}, reading: MetaReading): string[] {
  return Object.keys(meta).filter((name) => {
    const value = meta[name]
    if (typeof value !== 'string' || isDate(name, value)) {
      return false
    }
    const isKeyRefused = !reading.metaKeysLoose && RESERVED.test(name)
    return isKeyRefused || (!reading.metaTextsUnlimited && value.length > MAX_TEXT)
  })
}

const meta = recordOf<string | number>(
  {
    max: 100,
    additionalProperties: { anyOf: [{ type: 'string' }, { type: 'number' }] },
    description: `[P] Flat, at most 100 properties. [R] The key of a number matches ${NUMBER_NAME.source}, of a date-time ${DATE_NAME.source}, and of text ${TEXT_NAME.source} without Num or At anywhere. [A] Text must have at most 1,024 characters.`
  },
  (name, value) =>
    isProperty(name, value)
      ? undefined
      : { code: 'custom', message: 'has an illegal name or value', path: [name], input: value }
)

const visitor = {
  trackingId: z.string().min(1).openapi({ description: '[P] The ID of the visitor. [A] Not empty.' }).optional(),
  sessionId: z.string().min(1).openapi({ description: '[P] The ID of the session. [A] Not empty.' }).optional()
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
    description: '[P] An event. Its time is when it arrives. Unknown keys are rejected.'
  })

export type TrackingEvent = z.infer<typeof trackingEvent>

export const trackingIdentity = z
  .strictObject({
    remember: flag.optional(),
    ...visitor,
    name: anyText.optional(),
    company: objectId.openapi({ description: '[P] Text. [A] The ID of a company.' }).optional(),
    externalId: identifier(256).openapi({ description: '[P] At most 256 characters. [A] Not empty.' }).optional(),
    username: text(256).optional(),
    signedUpAt: dateTime.optional(),
    birthdayAt: dateTime.optional(),
    gender: oneOf('m', 'f').optional(),
    locale: text(16).optional(),
    timeZone: text(64).optional(),
    email: strictEmail.optional(),
    phone: phone.optional(),
    location: location.optional(),
    tags: listOf(z.string(), '[P] At most 20, no duplicates.', 20).optional(),
    custom: custom.optional()
  })
  .openapi('TrackingIdentity', {
    description: '[P] The identity of a visitor. Unknown keys are rejected, and only parts of the location can be null.'
  })

export type TrackingIdentity = z.infer<typeof trackingIdentity>

export const identityEvent = z
  .strictObject({ identity: trackingIdentity, event: trackingEvent })
  .openapi('TrackingIdentityEvent', { description: '[P] An identity and an event.' })
