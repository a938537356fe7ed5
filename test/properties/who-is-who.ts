import { identifiersOf } from './events'
import type { Identifier, Said } from './events'
import type { Environment } from './kustomer'
import { holds, isLead, isStub, keyOf } from './state'
import type { Customer, State } from './state'

/** Where an event belongs, in a Kustomer that nobody else touches meanwhile. */
export interface Belonging {
  /** Nobody where a new customer is made. */
  target?: Customer
  /** The stub or the lead that becomes a part of the target. */
  merged?: Customer
  /** Who else holds those of the event's contacts that the target has to share. */
  shared: Identifier[]
}

/** Who holds an identifier as their own. */
export function holderOf(state: State, identifier: Identifier, { variants }: Environment): Customer | undefined {
  const asWritten = identifier.name === 'phone' && variants.includes('phonesComparedAsWritten')
  return [...state.values()].find((customer) =>
    asWritten ? customer.phones.includes(identifier.value) : holds(customer, identifier, 'own')
  )
}

/**
 * Who is found by a weaker of an event's identifiers and merely shares the strongest. That counts as there, though nobody
 * is found by it: the event is theirs, unless somebody holds it as their own.
 */
export function sharerOf(
  state: State,
  [strongest, ...weaker]: Identifier[],
  environment: Environment
): Customer | undefined {
  return weaker
    .map((identifier) => holderOf(state, identifier, environment))
    .find((holder) => strongest && holder?.values.get(keyOf(strongest)) === 'shared')
}

/** The design's rules for an identify, told once more: by what Kustomer holds, not by what it answers. */
export function belongingOf(state: State, event: Said, environment: Environment, mayMerge: boolean): Belonging {
  const identifiers = identifiersOf(event)
  const contacts = identifiers.filter(({ name }) => name !== 'external ID')
  const held = (identifier: Identifier): Customer | undefined => holderOf(state, identifier, environment)
  const others = (target?: Customer): Identifier[] =>
    contacts.filter((contact) => {
      const holder = held(contact)
      return holder !== undefined && holder.id !== target?.id && !(target && holds(target, contact))
    })
  const holders = contacts.map((contact) => ({ contact, holder: held(contact) }))
  const ours = (target?: Customer): Customer | undefined =>
    holders.find(({ contact, holder }) => holder && holder.id !== target?.id && isOurs(holder, contact, event))?.holder

  const first = holders.find(({ holder }) => holder)
  const found = first?.holder && isOurs(first.holder, first.contact, event) ? first.holder : undefined
  const known = identifiers[0]?.name === 'external ID' ? held(identifiers[0]) : found
  if (!known) {
    const target = ours()
    return { target, shared: others(target) }
  }
  const contested = others(known)
  const target = contested
    .map((contact) => ({ contact, holder: held(contact) }))
    .find(({ contact, holder }) => holder && isOurs(holder, contact, event))?.holder
  const leadsOf = (ours: Customer) => (contact: Identifier) => {
    const holder = held(contact)
    const companies = [holder?.values.get('company'), ours.values.get('company')]
    const haveOneCompany = companies.includes(undefined) || companies[0] === companies[1]
    return mayMerge && holder !== undefined && haveOneCompany && isLead(holder, contacts)
  }
  if (target && mayMerge && isStub(known)) {
    const shared = others(target).filter((contact) => held(contact)?.id !== known.id && !leadsOf(target)(contact))
    return { target, merged: known, shared }
  }
  const lead = contested.find(leadsOf(known))
  return {
    target: known,
    merged: lead && held(lead),
    shared: contested.filter((contact) => !leadsOf(known)(contact))
  }
}

/** Whether who was found by a contact has no other value of a stronger identifier that the event also gives. */
function isOurs({ values }: Customer, found: Identifier, event: Said): boolean {
  const externalId = values.get('external ID')
  const isOtherUser = event.user !== undefined && externalId !== undefined && externalId !== event.user
  const emails = [...values].filter(([key, place]) => key.startsWith('email ') && place === 'own').map(([key]) => key)
  const hasOtherEmail =
    found.name === 'phone' &&
    event.email !== undefined &&
    emails.length > 0 &&
    !emails.includes(`email ${event.email.toLowerCase()}`)
  return !isOtherUser && !hasOtherEmail
}
