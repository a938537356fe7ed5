import { PayloadValidationError } from '@segment/actions-core'

/** How a customer can be named, the strongest first. */
export type IdentifierName = 'externalId' | 'email' | 'phone'

export interface Identifier {
  name: IdentifierName
  value: string
}

const MAX_EXTERNAL_ID = 256
const MAX_EMAIL = 254
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/
const PHONE = /^\+?[\d ().\-/]+$/
const MIN_PHONE_DIGITS = 7
const MAX_PHONE_DIGITS = 15
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/

/**
 * The usable identifiers among an event's, the strongest first: externalId, email, phone. An email or a phone that is
 * none is left out.
 *
 * @throws PayloadValidationError for an externalId that Kustomer cannot hold: leaving it out could merge two people
 */
export function identifiersOf(payload: { externalId?: string; email?: string; phone?: string }): Identifier[] {
  const externalId = payload.externalId?.trim() ? payload.externalId : undefined
  if (externalId !== undefined && (externalId.length > MAX_EXTERNAL_ID || LONE_SURROGATE.test(externalId))) {
    throw new PayloadValidationError(
      `External ID cannot be used: Kustomer takes 1 to ${MAX_EXTERNAL_ID} characters of well-formed text.`
    )
  }
  const candidates: Array<[IdentifierName, string | undefined]> = [
    ['externalId', externalId],
    ['email', usableEmail(payload.email)],
    ['phone', usablePhone(payload.phone)]
  ]
  return candidates.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]))
}

/** The email, trimmed, or undefined where it is not one. */
export function usableEmail(email: string | undefined): string | undefined {
  const trimmed = email?.trim() ?? ''
  return trimmed.length <= MAX_EMAIL && EMAIL.test(trimmed) && !LONE_SURROGATE.test(trimmed) ? trimmed : undefined
}

/** The phone, trimmed, or undefined where it is not one: 7 to 15 digits (E.164's maximum) and their separators. */
export function usablePhone(phone: string | undefined): string | undefined {
  const trimmed = phone?.trim() ?? ''
  const digits = phoneKey(trimmed).length
  return PHONE.test(trimmed) && digits >= MIN_PHONE_DIGITS && digits <= MAX_PHONE_DIGITS ? trimmed : undefined
}

/** What two spellings of one email have in common. */
export function emailKey(email: string): string {
  return email.trim().toLowerCase()
}

/** What two spellings of one phone have in common: its digits. */
export function phoneKey(phone: string): string {
  return phone.replace(/\D/g, '')
}
