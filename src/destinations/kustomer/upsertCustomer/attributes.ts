import { removeUndefined } from '@segment/actions-core'
import type { CustomerAttributes, EmailItem, PhoneItem } from '../records'
import { toUtc } from '../datetime'
import type { Identifier } from '../identifiers'
import { customAttributes } from './custom-attributes'
import type { Payload } from './generated-types'
import { location } from './location'
import type { Match } from './matching'
import { within } from './text'
import { usableUrl } from './url'

const MAX_NAME = 256
const MAX_LOCALE = 16
const MAX_TIME_ZONE = 64
const GENDERS: Record<string, 'm' | 'f'> = { m: 'm', male: 'm', man: 'm', f: 'f', female: 'f', woman: 'f' }

/**
 * What an event says of a customer, as Kustomer's attributes. A value that Kustomer would refuse is left out.
 *
 * @param identifiers the usable ones among the event's
 * @throws PayloadValidationError for custom attributes that cannot be told apart
 */
export function attributesOf(payload: Payload, identifiers: Identifier[]): CustomerAttributes {
  const { externalId, email, phone } = Object.fromEntries(identifiers.map(({ name, value }) => [name, value]))
  const url = usableUrl(payload.website)
  const place = location(payload.address)
  const attributes: CustomerAttributes = {
    externalId,
    name: fullName(payload),
    username: within(payload.username, MAX_NAME),
    avatarUrl: usableUrl(payload.avatarUrl),
    birthdayAt: payload.birthdayAt === undefined ? undefined : toUtc(payload.birthdayAt),
    signedUpAt: payload.signedUpAt === undefined ? undefined : toUtc(payload.signedUpAt),
    gender: gender(payload.gender),
    locale: within(payload.locale, MAX_LOCALE),
    timeZone: within(payload.timeZone, MAX_TIME_ZONE),
    emails: email === undefined ? undefined : [{ email }],
    phones: phone === undefined ? undefined : [{ phone }],
    urls: url === undefined ? undefined : [{ type: 'website', url }],
    locations: place && [place],
    custom: customAttributes(payload.customAttributes)
  }
  return removeUndefined(attributes)
}

/**
 * The attributes with the emails and phones that another customer holds moved to the lists that customers may share,
 * since Kustomer keeps an email or a phone for one customer at a time.
 */
export function shareContested(
  { emails, phones, ...attributes }: CustomerAttributes,
  contested: Match['contested']
): CustomerAttributes {
  const email: { emails?: EmailItem[]; sharedEmails?: EmailItem[] } = contested.has('email')
    ? { sharedEmails: emails }
    : { emails }
  const phone: { phones?: PhoneItem[]; sharedPhones?: PhoneItem[] } = contested.has('phone')
    ? { sharedPhones: phones }
    : { phones }
  return removeUndefined({ ...attributes, ...email, ...phone })
}

/** The full name, else its halves, of which one is enough. */
export function fullName(payload: Pick<Payload, 'name' | 'firstName' | 'lastName'>): string | undefined {
  const halves = [payload.firstName, payload.lastName].map((half) => half?.trim()).filter(Boolean)
  return within(payload.name?.trim() || halves.join(' '), MAX_NAME)
}

/** `m` or `f`, the two that Kustomer knows, where the word is plain; otherwise undefined. */
export function gender(word: string | undefined): 'm' | 'f' | undefined {
  const plain = word?.trim().toLowerCase() ?? ''
  return Object.prototype.hasOwnProperty.call(GENDERS, plain) ? GENDERS[plain] : undefined
}
