import { isObject, PayloadValidationError, removeUndefined } from '@segment/actions-core'
import { readCompanyName } from '../companies/name'
import type { Employer } from '../customers/company-link'
import { isBlank } from '../upsert/diff'
import type { Wanted } from '../upsert/diff'
import { roomFor } from '../values/body-size'
import { readCustomAttributes } from '../values/custom-attributes'
import { readPastDate } from '../values/dates'
import { readGender } from '../values/gender'
import { identifiersOf, readMentionedId, readTrackingId } from '../values/identifiers'
import type { Identification, Identifier } from '../values/identifiers'
import { atMost100, leftOutOf, withLeftOut } from '../values/left-out'
import type { LeftOut, Reading } from '../values/left-out'
import { readName } from '../values/names'
import { readAddress } from '../values/places'
import { listOf, readText, scalarText } from '../values/texts'
import { readUrl, readWebsite } from '../values/urls'
import type { Payload } from './generated-types'

/** What an event says of a customer, ready to be upserted. */
export interface CustomerEvent {
  /** What the customer can be looked up by, at least one, the strongest first. */
  identifiers: Identifier[]
  wanted: Wanted
  /** The visitor whose anonymous history to link to the customer. */
  trackingId?: string
  /** The company to link the customer to. */
  employer?: Employer
  leftOut: LeftOut[]
}

/** Enough to find a customer by, but nothing to store. */
const IDENTIFYING = ['externalId', 'emails', 'phones']

const NO_IDENTIFIER =
  "Can't tell who this customer is. Map at least one of External ID, Email, or Phone to a valid value."
const NO_COMPUTATION = 'The event has no value for its audience or computed trait, so there is nothing to update.'

/**
 * Returns what an event says of a customer.
 *
 * @throws PayloadValidationError if there is no identifier, if External ID is invalid, or if the event has nothing but an
 *   audience or a computed trait without a value
 */
export function customerEvent(payload: Payload): CustomerEvent {
  const identification = identifiersOf(payload)
  const { identifiers } = identification
  if (identifiers.length === 0) {
    throw new PayloadValidationError(withLeftOut(NO_IDENTIFIER, identification.leftOut))
  }
  const trackingId = readTrackingId(payload.trackingId)
  const { employer, leftOut: ofCompany } = employerOf(payload)
  const computation = computationOf(payload)
  const { wanted, leftOut } = attributesOf(payload, identification, computation.value)
  if (payload.computation && !employer && Object.keys(wanted).every((name) => IDENTIFYING.includes(name))) {
    throw new PayloadValidationError(withLeftOut(NO_COMPUTATION, leftOut))
  }
  const told = [...identification.leftOut, ...leftOutOf({ trackingId, computation }), ...leftOut, ...ofCompany]
  return { identifiers, wanted, trackingId: trackingId.value, employer, leftOut: atMost100(told) }
}

/** Returns an audience or a computed trait of Engage as a custom attribute. */
function computationOf({ computation }: Payload): Reading<Record<string, unknown>> {
  const { key, values } = computation ?? {}
  const value = typeof key === 'string' && isObject(values) ? new Map(Object.entries(values)).get(key) : undefined
  return value === undefined
    ? { reason: computation && 'the event has no value for it' }
    : { value: { [String(key)]: value } }
}

function attributesOf(payload: Payload, identification: Identification, computed?: Record<string, unknown>) {
  const name = readName(payload)
  const address = readAddress(payload.address)
  const readings = {
    username: readText(payload.username, 256),
    avatarUrl: readUrl(payload.avatarUrl),
    birthdayAt: readPastDate(payload.birthdayAt),
    signedUpAt: readPastDate(payload.signedUpAt),
    gender: readGender(payload.gender),
    website: readWebsite(payload.website),
    // As in en_US.UTF-8.
    locale: readText(payload.locale?.replace(/[.@].*/s, ''), 16),
    timeZone: readText(payload.timeZone, 64)
  }
  const wanted: Wanted = removeUndefined({
    externalId: identification.identifiers.find((identifier) => identifier.name === 'externalId')?.value,
    name: name.full,
    nameIfNone: name.half,
    username: readings.username.value,
    avatarUrl: readings.avatarUrl.value,
    birthdayAt: readings.birthdayAt.value,
    signedUpAt: readings.signedUpAt.value,
    gender: readings.gender.value,
    locale: readings.locale.value,
    timeZone: readings.timeZone.value,
    emails: listOf(identification.email, (email) => ({ email })),
    phones: listOf(identification.phone, (phone) => ({ phone })),
    urls: listOf(readings.website.value, (url) => ({ type: 'website', url })),
    locations: address.place && [address.place]
  })
  const attributes = { ...payload.customAttributes, ...computed }
  const custom = readCustomAttributes(attributes, roomFor(wanted))
  return {
    wanted: custom.value ? { ...wanted, custom: custom.value } : wanted,
    leftOut: [...name.leftOut, ...leftOutOf(readings), ...address.leftOut, ...custom.leftOut]
  }
}

/** The default mapping takes the whole trait for its name, because a company can be text, a list, or an object. */
function employerOf({ company, moveCustomer }: Payload): { employer?: Employer; leftOut: LeftOut[] } {
  const given: unknown = company?.name
  const [first, ...others] = (Array.isArray(given) ? given : [given]) as unknown[]
  const whole = isObject(first) ? first : { name: first }
  const id = scalarText(company?.id ?? whole.id)
  const externalId = id.reason === undefined ? readMentionedId(id.value) : id
  const text = scalarText(whole.name ?? whole.company_name)
  const name = text.reason === undefined ? readCompanyName(text.value, externalId.value) : text
  const isNamed = externalId.value !== undefined || name.value !== undefined
  const isUnknown =
    !isNamed && externalId.reason === undefined && name.reason === undefined && !Object.values(whole).every(isBlank)
  const rest = others.length > 0 ? 'only the first is used: Kustomer accepts one company per customer' : undefined
  return {
    employer: isNamed
      ? { company: { externalId: externalId.value, name: name.value }, mayMove: moveCustomer === true }
      : undefined,
    leftOut: leftOutOf({
      'company.id': externalId,
      'company.name': name,
      company: { reason: isUnknown ? 'has no id or name' : rest }
    })
  }
}
