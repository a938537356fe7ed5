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

export const USERS = ['u1', 'u2', 'u3', 'u4', 'u5', 'u6', 'u7', 'u8']
export const EMAILS = ['a@example.com', 'b@example.com', 'c@example.com', 'd@example.com', 'e@example.com']
/** As the destination sends them. */
export const PHONES = ['+15550100001', '+15550100002', '+15550100003', '+15550100004']

/** One of the first two more often than not, so that people meet. */
export const oneOf = (values: string[]): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...values.slice(0, 2)) },
    { weight: 2, arbitrary: fc.constantFrom(...values) }
  )

/** In one of `times` cases. */
const rarely = <Value>(times: number, arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.oneof({ weight: times - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary })

const user = oneOf(USERS)
const email = fc.oneof({ weight: 5, arbitrary: oneOf(EMAILS) }, { weight: 1, arbitrary: fc.constant('A@Example.com') })
const phone = fc.oneof(
  { weight: 5, arbitrary: oneOf(PHONES) },
  { weight: 1, arbitrary: fc.constant('+1 (555) 010-0001') }
)
const visitor = fc.constantFrom('laptop', 'tablet')

const traits = {
  type: fc.constant('identify' as const),
  visitor: rarely(4, visitor),
  name: rarely(2, fc.constantFrom('Ann Lee', 'Bo Diaz')),
  firstName: rarely(4, fc.constantFrom('Ann', 'Bo')),
  locale: rarely(4, fc.constantFrom('en-US', 'de-DE')),
  plan: rarely(3, fc.constantFrom('free', 'pro'))
}

export const identify: fc.Arbitrary<Said> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ ...traits, user, email: rarely(2, email), phone: rarely(3, phone) }) },
  { weight: 1, arbitrary: fc.record({ ...traits, email, phone: rarely(3, phone) }) },
  { weight: 1, arbitrary: fc.record({ ...traits, phone }) }
)

/** People of a batch who have little to do with one another, so that bulk jobs write them. */
export const strangers: fc.Arbitrary<Said[]> = fc.uniqueArray(
  fc.record({
    ...traits,
    user: fc.constantFrom(...USERS),
    email: rarely(4, fc.constantFrom(...EMAILS)),
    phone: rarely(6, fc.constantFrom(...PHONES))
  }),
  { minLength: 4, maxLength: USERS.length, selector: (said) => said.user, size: 'max' }
)

const type = fc.constantFrom('track' as const, 'page' as const, 'screen' as const)

export const activity: fc.Arbitrary<Said> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      type,
      user: fc.constantFrom(...USERS),
      email: rarely(4, email),
      visitor: rarely(2, visitor)
    })
  },
  { weight: 1, arbitrary: fc.record({ type, email: rarely(2, email), phone, visitor: rarely(2, visitor) }) },
  { weight: 2, arbitrary: fc.record({ type, visitor }) }
)

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
export function inWords(event: Said & { number?: number }): string {
  const { type, number, ...others } = event
  const words = Object.entries<string | undefined>(others).flatMap(([name, value]) =>
    value ? [`${name}: ${value}`] : []
  )
  return `${type}${number === undefined ? '' : ` #${number}`} {${words.join(', ')}}`
}
