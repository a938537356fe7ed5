import { isObject } from '@segment/actions-core'
import type { KustomerClient } from '../api/client'
import type { Customer } from '../api/records'
import { identifierKey } from '../values/identifiers'
import type { Identifier, IdentifierName } from '../values/identifiers'

/** Returns a customer's own values of an identifier, without shared emails and phones. */
function ownValues({ attributes }: Customer, name: IdentifierName): string[] {
  const list = attributes[`${name}s`]
  const listed = (Array.isArray(list) ? list.filter(isObject) : []).map((item) => item[name])
  return [...(name === 'externalId' ? [attributes.externalId] : []), ...listed].filter(isText)
}

/** Returns a customer's own identifiers as keys. */
export function keysOfCustomer(customer: Customer): string[] {
  return (['externalId', 'email', 'phone'] as const).flatMap((name) =>
    ownValues(customer, name).map((value) => identifierKey({ name, value }))
  )
}

/** Returns the customer's own spelling of an identifier, if they hold it. */
export function heldSpelling(customer: Customer, { name, value }: Identifier): string | undefined {
  const key = identifierKey({ name, value })
  return ownValues(customer, name).find((own) => identifierKey({ name, value: own }) === key)
}

export function holds(customer: Customer, identifier: Identifier): boolean {
  return heldSpelling(customer, identifier) !== undefined
}

/** Returns the customer who holds an identifier as their own, not one who only shares it. Requests: 1. */
export async function findHolder(client: KustomerClient, identifier: Identifier): Promise<Customer | undefined> {
  const customer = await client.findRecord('customer', identifier)
  return customer && holds(customer, identifier) ? customer : undefined
}

/**
 * Whether a customer who was found by an identifier is the one that an event is about: not if they hold another external
 * ID than the event's, nor, if found by phone, another email, because families and offices share phones.
 *
 * @param identifiers the event's
 */
export function isSameCustomer(customer: Customer, found: IdentifierName, identifiers: Identifier[]): boolean {
  const stronger: IdentifierName[] = found === 'phone' ? ['externalId', 'email'] : ['externalId']
  return identifiers
    .filter(({ name }) => stronger.includes(name) && name !== found)
    .every((identifier) => holds(customer, identifier) || ownValues(customer, identifier.name).length === 0)
}

/**
 * Returns the customer that an event is about: found by the strongest identifier that it gives, or by phone if nobody
 * has its email.
 *
 * Requests: 1, or 2 by email and phone.
 */
export async function findCustomer(client: KustomerClient, identifiers: Identifier[]): Promise<Customer | undefined> {
  for (const identifier of identifiers) {
    const holder = await findHolder(client, identifier)
    if (holder || identifier.name === 'externalId') {
      return holder && isSameCustomer(holder, identifier.name, identifiers) ? holder : undefined
    }
  }
  return undefined
}

/** What a stub has none of. Company, locale, and time zone do not count: a track or a group call sets them. */
const PERSONAL = [
  ...['name', 'username', 'signedUpAt', 'birthdayAt', 'sharedEmails', 'sharedPhones', 'whatsapps', 'socials'],
  ...['sharedSocials', 'urls', 'locations', 'tags', 'custom']
]

/** Whether a customer is nothing but an external ID and a timeline, as a track or a group call creates them. */
export function isStub(customer: Customer): boolean {
  const { emails, phones, conversationCounts } = customer.attributes
  const conversations = isObject(conversationCounts) ? conversationCounts.all : 0
  return isNobody(customer) && isEmpty(emails) && isEmpty(phones) && !conversations
}

/** Whether a customer has no external ID and nothing but contacts that an event gives, as a lead form creates them. */
export function isLead(customer: Customer, identifiers: Identifier[]): boolean {
  const given = new Set(identifiers.map(identifierKey))
  const keys = keysOfCustomer(customer)
  return (
    isNobody(customer) &&
    ownValues(customer, 'externalId').length === 0 &&
    keys.length > 0 &&
    keys.every((key) => given.has(key))
  )
}

function isNobody({ attributes }: Customer): boolean {
  return PERSONAL.every((name) => isEmpty(attributes[name]))
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
