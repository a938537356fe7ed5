import type { SegmentEvent } from '@segment/actions-core'
import fc from 'fast-check'

/** What an event says, of the few people, contacts and values that every run is about. */
export interface Said {
  type: 'identify' | 'track' | 'page' | 'screen'
  user?: string
  email?: string
  phone?: string
  visitor?: string
  name?: string
  firstName?: string
  locale?: string
  plan?: string
}

/** An event on its way, with a number that no other event of its run has. */
export interface Event extends Said {
  number: number
}

/** How Kustomer may be asked for somebody. */
export interface Identifier {
  name: 'external ID' | 'email' | 'phone'
  value: string
}

export const USERS = ['u1', 'u2', 'u3', 'u4', 'u5', 'u6']
export const EMAILS = ['a@example.com', 'b@example.com', 'c@example.com', 'd@example.com']
/** As the destination sends them. */
export const PHONES = ['+15550100001', '+15550100002', '+15550100003']

const naming = {
  user: fc.constantFrom(...USERS),
  email: fc.constantFrom(...EMAILS, 'A@Example.com'),
  phone: fc.constantFrom(...PHONES, '+1 (555) 010-0001'),
  visitor: fc.constantFrom('laptop', 'tablet')
}

const traits = {
  name: fc.constantFrom('Ann Lee', 'Bo Diaz'),
  firstName: fc.constantFrom('Ann', 'Bo'),
  locale: fc.constantFrom('en-US', 'de-DE'),
  plan: fc.constantFrom('free', 'pro')
}

/** Most who are identified have a userId. */
export const identify: fc.Arbitrary<Said> = fc.oneof(
  { weight: 3, arbitrary: said('identify', ['type', 'user'], traits) },
  { weight: 1, arbitrary: said('identify', ['type'], traits).filter((event) => identifiersOf(event).length > 0) }
)

export const activity: fc.Arbitrary<Said> = fc
  .constantFrom('track' as const, 'page' as const, 'screen' as const)
  .chain((type) => said(type, ['type']))
  .filter((event) => identifiersOf(event).length > 0 || event.visitor !== undefined)

function said(type: Said['type'], requiredKeys: Array<'type' | 'user'>, more = {}): fc.Arbitrary<Said> {
  return fc.record({ type: fc.constant(type), ...naming, ...more }, { requiredKeys })
}

/** Whom an event names, by the strongest identifier first. */
export function identifiersOf({ user, email, phone }: Said): Identifier[] {
  return [
    ...(user === undefined ? [] : [{ name: 'external ID' as const, value: user }]),
    ...(email === undefined ? [] : [{ name: 'email' as const, value: email.toLowerCase() }]),
    ...(phone === undefined ? [] : [{ name: 'phone' as const, value: phone.replace(/[^+\d]/g, '') }])
  ]
}

/** The event as Segment delivers it. Whatever Kustomer shows of it tells its number. */
export function segmentEvent(event: Event): SegmentEvent {
  const { type, number, user, email, phone, visitor, name, firstName, locale, plan } = event
  const contacts = { email, phone }
  const common = { type, messageId: String(number), userId: user, anonymousId: visitor }
  switch (type) {
    case 'identify':
      return {
        ...common,
        traits: { ...contacts, name, firstName, custom: plan && { plan } },
        context: { locale }
      } as unknown as SegmentEvent
    case 'track':
      return { ...common, event: `Event ${number}`, context: { traits: contacts } }
    default:
      return { ...common, name: `No ${number}`, context: { traits: contacts } }
  }
}

/** For a person to read. */
export function inWords({ type, ...rest }: Said): string {
  const { number, ...saidOfIt } = rest as Partial<Event>
  const words = Object.entries(saidOfIt).map(([name, value]) => `${name}: ${value}`)
  return `${type}${number === undefined ? '' : ` #${number}`} {${words.join(', ')}}`
}
