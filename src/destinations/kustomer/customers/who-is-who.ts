import { isObject } from '@segment/actions-core'
import type { KustomerClient } from '../api/client'
import type { Customer } from '../api/records'
import { identifierKey } from '../values/identifiers'
import type { Identifier, IdentifierName } from '../values/identifiers'

/** What several customers cannot have, but may share. */
export type Contact = 'email' | 'phone'

/** What a customer has as their own under the name of an identifier: shared emails and phones are nobody's own. */
function ownValues({ attributes }: Customer, name: IdentifierName): string[] {
  const list = attributes[`${name}s`]
  const listed = (Array.isArray(list) ? list.filter(isObject) : []).map((item) => item[name])
  return [...(name === 'externalId' ? [attributes.externalId] : []), ...listed].filter(isText)
}

/** What a customer can be found by, as keys. */
export function ownKeys(customer: Customer): string[] {
  const names: IdentifierName[] = ['externalId', 'email', 'phone']
  return names.flatMap((name) => ownValues(customer, name).map((value) => identifierKey({ name, value })))
}

/** The customer's own spelling of an identifier, or undefined where they do not hold it. */
export function heldSpelling(customer: Customer, { name, value }: Identifier): string | undefined {
  const key = identifierKey({ name, value })
  return ownValues(customer, name).find((own) => identifierKey({ name, value: own }) === key)
}

export function holds(customer: Customer, identifier: Identifier): boolean {
  return heldSpelling(customer, identifier) !== undefined
}

/**
 * The customer who holds an identifier as their own, at one request. Whoever only shares it, or was found for any other
 * reason, is not them.
 */
export async function findHolder(client: KustomerClient, identifier: Identifier): Promise<Customer | undefined> {
  const customer = await client.findCustomer(identifier)
  return customer && holds(customer, identifier) ? customer : undefined
}

/**
 * Whether a customer who holds the weaker of an event's identifiers is the one that it is about: not if they hold another
 * externalId than the event's, nor, found by phone alone, if they have emails and the event gives another one, since
 * families and offices share phones.
 *
 * @param identifiers the event's
 */
export function isTheSame(customer: Customer, found: IdentifierName, identifiers: Identifier[]): boolean {
  const stronger: IdentifierName[] = found === 'phone' ? ['externalId', 'email'] : ['externalId']
  return identifiers
    .filter(({ name }) => stronger.includes(name) && name !== found)
    .every((identifier) => holds(customer, identifier) || ownValues(customer, identifier.name).length === 0)
}

/** What a customer can have that a stub has not. Locale, time zone and what Kustomer sets by itself do not count. */
const PERSONAL = [
  ...['name', 'username', 'signedUpAt', 'birthdayAt', 'emails', 'sharedEmails', 'phones', 'sharedPhones', 'whatsapps'],
  ...['socials', 'sharedSocials', 'urls', 'locations', 'tags', 'custom']
]

/**
 * Whether a customer is nothing but an externalId and a timeline, as a track call makes them who comes before the
 * identify call: nobody else knows anything of them yet.
 */
export function isStub({ attributes, companyId }: Customer): boolean {
  const counts = isObject(attributes.conversationCounts) ? attributes.conversationCounts : {}
  return companyId === undefined && !counts.all && PERSONAL.every((name) => isEmpty(attributes[name]))
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) {
    return value.length === 0
  }
  return isObject(value) ? Object.values(value).every(isEmpty) : value === undefined || value === null || value === ''
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}
