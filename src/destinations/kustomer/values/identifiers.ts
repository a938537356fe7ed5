import { PayloadValidationError } from '@segment/actions-core'
import { leftOutOf } from './left-out'
import type { LeftOut, Reading } from './left-out'
import { readText, tooLong } from './texts'

/** How a customer can be named, the strongest first. */
export type IdentifierName = 'externalId' | 'email' | 'phone'

export interface Identifier {
  name: IdentifierName
  value: string
}

/** What an event names its customer by. */
export interface Identification {
  /** Those that Kustomer can be asked for, the strongest first. */
  identifiers: Identifier[]
  /** The email and the phone that can be stored. */
  email?: string
  phone?: string
  leftOut: LeftOut[]
}

/** Kustomer mirrors an externalId in `externalIds`, whose items end here. */
const MAX_EXTERNAL_ID = 255
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/

const MAX_EMAIL = 254
const MAX_LOCAL_PART = 64
const LOCAL_PART = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/
const DOMAIN = /^(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z](?:[a-z\d-]{0,61}[a-z\d])$/i

/** Far more than Segment's own, which are UUIDs: Kustomer publishes no limit, and a body has one. */
const MAX_TRACKING_ID = 1024

/** With every separator and an extension, no phone is longer. */
const MAX_PHONE = 64
const MIN_PHONE_DIGITS = 7
const MAX_PHONE_DIGITS = 15
const EXTENSION = /[\s,;]*(?:;ext=|extension|ext\.?|x|#)[\s:]*\d+$/i
const DIALED = /^\+?[\d\s().\-/]+$/
/** What Kustomer looks a phone up by. */
const LOOKED_UP = /^\+?[1-9]\d{1,14}$/

/**
 * The identifiers among an event's fields. What Kustomer cannot hold is left out and told; a phone that nobody can be
 * looked up by is told where the event names its customer by nothing else.
 *
 * @throws PayloadValidationError for an externalId that Kustomer cannot hold: leaving it out could merge two people
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
    leftOut.push({ field: 'phone', reason: 'names nobody: a number without its country code' })
  }
  return { identifiers, email: email.value, phone: phone.value, leftOut }
}

/**
 * An externalId as given, or undefined for a blank one.
 *
 * @throws PayloadValidationError for more than 255 characters, and for text that no URL can carry
 */
export function readExternalId(text: string | undefined): string | undefined {
  const { value, told } = externalIdIn(text)
  if (told !== undefined) {
    throw new PayloadValidationError(`External ID cannot be used: ${told}.`)
  }
  return value
}

/** The externalId of a record that an event mentions besides the one that it is about: left out where it is unusable. */
export function readMentionedId(text: string | undefined): Reading<string> {
  const { value, told } = externalIdIn(text)
  return told === undefined ? { value } : { told: `left out: ${told}` }
}

function externalIdIn(text: string | undefined): Reading<string> {
  if (text === undefined || text.trim() === '') {
    return {}
  }
  return text.length > MAX_EXTERNAL_ID || LONE_SURROGATE.test(text)
    ? { told: `Kustomer takes 1 to ${MAX_EXTERNAL_ID} characters of well-formed text` }
    : { value: text }
}

/**
 * An email, trimmed. Kustomer's formats are not published: this takes what both that of customers and the stricter one
 * of tracking must take, ASCII before the `@` and after it a host with a dot, 254 characters in all.
 */
export function readEmail(text: string | undefined): Reading<string> {
  const email = text?.trim() ?? ''
  if (email === '') {
    return {}
  }
  if (email.length > MAX_EMAIL) {
    return { told: tooLong(MAX_EMAIL) }
  }
  const at = email.lastIndexOf('@')
  const isEmail =
    at > 0 && at <= MAX_LOCAL_PART && LOCAL_PART.test(email.slice(0, at)) && DOMAIN.test(email.slice(at + 1))
  return isEmail ? { value: email } : { told: 'left out: not an email address' }
}

/**
 * A phone as an optional `+` and 7 to 15 digits (E.164's maximum), which is Kustomer's own pattern: separators and an
 * extension are left out, and `00` at the start becomes `+`. A national number keeps its leading 0.
 */
export function readPhone(text: string | undefined): Reading<string> {
  const phone = text?.trim() ?? ''
  if (phone === '') {
    return {}
  }
  const noPhone = { told: 'left out: not a phone number' }
  if (phone.length > MAX_PHONE) {
    return noPhone
  }
  const dialed = phone.replace(EXTENSION, '')
  if (!DIALED.test(dialed)) {
    return noPhone
  }
  const digits = phoneKey(dialed)
  const value = dialed.startsWith('+') || dialed.replace(/\D/g, '').startsWith('00') ? `+${digits}` : digits
  if (digits.length < MIN_PHONE_DIGITS || digits.length > MAX_PHONE_DIGITS || value.startsWith('+0')) {
    return noPhone
  }
  return dialed === phone ? { value } : { value, told: 'extension left out' }
}

/** The id that a visitor's anonymous events carry. */
export function readTrackingId(text: string | undefined): Reading<string> {
  return readText(text, MAX_TRACKING_ID)
}

/** Whether Kustomer can be asked for a phone: not for a national number with a leading 0. */
export function canLookUp(phone: string): boolean {
  return LOOKED_UP.test(phone)
}

/** What two spellings of one email have in common. */
export function emailKey(email: string): string {
  return email.trim().toLowerCase()
}

/** What two spellings of one phone have in common: its digits, without a `00` that stands for `+`. */
export function phoneKey(phone: string): string {
  return phone.replace(/\D/g, '').replace(/^00/, '')
}

const KEYS: Record<IdentifierName, (value: string) => string> = {
  externalId: (value) => value,
  email: emailKey,
  phone: phoneKey
}

/** What two spellings of one identifier have in common. */
export function identifierKey({ name, value }: Identifier): string {
  return `${name}=${KEYS[name](value)}`
}
