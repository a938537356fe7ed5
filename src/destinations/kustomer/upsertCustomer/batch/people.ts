import type { Person } from '../../customers/upsert'
import type { Entry } from '../../upsert/batch/entries'
import { fold } from '../../upsert/fold'
import { identifierKey } from '../../values/identifiers'
import type { Identifier } from '../../values/identifiers'
import { personOf } from '../deliver'
import type { CustomerEvent } from '../event'

/** One identify call of a batch. */
export type CustomerEntry = Entry<CustomerEvent>

const STRENGTH = ['externalId', 'email', 'phone']

/** What an event names its customer by. */
export function keysOf({ event }: CustomerEntry): string[] {
  return event.identifiers.map(identifierKey)
}

/**
 * Whether the events of a group are one person's: each is named by something that those before it have given. So no two
 * of them have an externalId of their own.
 */
export function isOnePerson(group: CustomerEntry[]): boolean {
  const known = new Set<string>()
  for (const entry of group) {
    const [strongest, ...weaker] = keysOf(entry)
    if (strongest === undefined || (known.size > 0 && !known.has(strongest))) {
      return false
    }
    ;[strongest, ...weaker].forEach((key) => known.add(key))
  }
  return true
}

/** The identifiers by which the events of a group have to be looked up, each once. */
export function lookUpsOf(group: CustomerEntry[]): Person[] {
  const people = group.map(({ event }): [string, Person] => {
    const [strongest] = event.identifiers
    return [strongest ? identifierKey(strongest) : '', personOf(event)]
  })
  return [...new Map(people.reverse()).values()].reverse()
}

/**
 * The events of one person as one: what a later one says wins, lists are united, and half a name never takes the place
 * of one that was there before.
 *
 * @returns undefined where they are more than one write of Kustomer's holds, or name different companies
 */
export function folded(group: CustomerEntry[]): Person | undefined {
  const people = group.map(({ event }) => personOf(event))
  const identifiers = new Map<string, Identifier>()
  people.flatMap((person) => person.identifiers).forEach((each) => identifiers.set(identifierKey(each), each))
  const employers = new Map(people.flatMap(({ employer }) => (employer ? [[JSON.stringify(employer), employer]] : [])))
  const wanted = fold(
    'customer',
    people.map((person) => person.wanted)
  )
  return wanted && employers.size <= 1
    ? {
        identifiers: [...identifiers.values()].sort(
          (first, second) => STRENGTH.indexOf(first.name) - STRENGTH.indexOf(second.name)
        ),
        wanted,
        employer: [...employers.values()][0]
      }
    : undefined
}
