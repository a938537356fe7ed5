import { PayloadValidationError } from '@segment/actions-core'
import { leftOutOf } from './left-out'
import type { LeftOut, Reading } from './left-out'
import { readText } from './texts'

/** The identifiers of a customer, the strongest first. */
export type IdentifierName = 'externalId' | 'email' | 'phone'

export interface Identifier {
  name: IdentifierName
  value: string
}

/** How an event identifies its customer. */
export interface Identification {
  /** Those that a customer can be looked up by, the strongest first. */
  identifiers: Identifier[]
  /** The email and the phone that can be stored. */
  email?: string
  phone?: string
  leftOut: LeftOut[]
}

/** Kustomer repeats an external ID in `externalIds`, whose items are limited to this. */
const MAX_EXTERNAL_ID = 255
const LONE_SURROGATE = /\p{Surrogate}/u

const MAX_EMAIL = 254
/** ASCII with a host that has a dot: what Kustomer's formats for customers and for tracking both must accept. */
const EMAIL =
  /^(?=[^@]{1,64}@)[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*@(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z](?:[a-z\d-]{0,61}[a-z\d])$/i

/** Kustomer publishes no limit. Segment's own IDs are UUIDs. */
const MAX_TRACKING_ID = 1024

const MAX_PHONE = 64
const EXTENSION = /[\s,;]*(?:;ext=|extension|ext\.?|x|#)[\s:]*\d+$/i
/** The trunk prefix in brackets after a country code, as in `+44 (0)20 7946 0958`. */
const TRUNK_PREFIX = /(\d\D*)\(0\)/
const DIALED = /^\(?(\+?)[\d\s().\p{Pd}\u2212/]+$/u
/** 7 to 15 digits (E.164's maximum). A national number keeps its leading 0. */
const PHONE = /^(?:\+[1-9]\d{6,14}|\d{7,15})$/
/** What Kustomer looks up a phone by. */
const LOOKED_UP = /^\+?[1-9]\d{1,14}$/

/**
 * Returns the identifiers among an event's fields.
 *
 * @throws PayloadValidationError if External ID is invalid: ignoring it could merge two people
 */
export function identifiersOf(payload: { externalId?: string; email?: string; phone?: string }): Identification {
  const externalId = readExternalId(payload.externalId)
  const email = readEmail(payload.email)
  const phone = readPhone(payload.phone)
  const candidates: Array<[IdentifierName, string | undefined]> = [
    ['externalId', externalId],
    ['email', email.value],
    ['phone', phone.value !== undefined && canLookUp(phone.value) ? phone.value : undefined]
  ]
  const identifiers = candidates.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]))
  const leftOut = leftOutOf({ email, phone })
  if (identifiers.length === 0 && phone.value !== undefined) {
    leftOut.push({ field: 'phone', reason: "can't identify a customer without its country code" })
  }
  return { identifiers, email: email.value, phone: phone.value, leftOut }
}

/**
 * Returns the external ID that an event is about, or undefined for a blank one.
 *
 * @throws PayloadValidationError if it is invalid
 */
export function readExternalId(text: string | undefined): string | undefined {
  const { value, reason } = readMentionedId(text)
  if (reason !== undefined) {
    throw new PayloadValidationError(`External ID is invalid: ${reason}.`)
  }
  return value
}

/** Returns the external ID of a record that an event mentions. */
export function readMentionedId(text: string | undefined): Reading<string> {
  if (text === undefined || text.trim() === '') {
    return {}
  }
  return text.length > MAX_EXTERNAL_ID || LONE_SURROGATE.test(text)
    ? { reason: `must be 1 to ${MAX_EXTERNAL_ID} characters of valid Unicode` }
    : { value: text }
}

export function readEmail(text: string | undefined): Reading<string> {
  const { value, reason } = readText(text, MAX_EMAIL)
  return value === undefined || EMAIL.test(value) ? { value, reason } : { reason: 'not a valid email address' }
}

/**
 * Returns a phone as an optional `+` and digits: separators and an extension are removed, and `00` at the start becomes
 * `+`.
 */
export function readPhone(text: string | undefined): Reading<string> {
  const given = text?.trim().replace(/^tel:\s*/i, '') ?? ''
  if (given === '') {
    return {}
  }
  const dialed = given.length > MAX_PHONE ? '' : given.replace(EXTENSION, '').replace(TRUNK_PREFIX, '$1')
  const [, plus] = DIALED.exec(dialed) ?? []
  const digits = dialed.replace(/\D/g, '')
  const value = plus || digits.startsWith('00') ? `+${phoneKey(digits)}` : digits
  if (plus === undefined || !PHONE.test(value)) {
    return { reason: 'not a valid phone number' }
  }
  return EXTENSION.test(given) ? { value, reason: 'extension ignored' } : { value }
}

export function readTrackingId(text: string | undefined): Reading<string> {
  return readText(text, MAX_TRACKING_ID)
}

/** Whether Kustomer can look up a phone: not a national number with a leading 0. */
export function canLookUp(phone: string): boolean {
  return LOOKED_UP.test(phone)
}

export function emailKey(email: string): string {
  return email.trim().toLowerCase()
}

/** Returns the digits of a phone, without a `00` that stands for `+`. */
export function phoneKey(phone: string): string {
  return phone.replace(/\D/g, '').replace(/^00/, '')
}

/** Returns what two spellings of one identifier have in common. */
export function identifierKey({ name, value }: Identifier): string {
  const spelling = { externalId: value, email: emailKey(value), phone: phoneKey(value) }
  return `${name}=${spelling[name]}`
}
