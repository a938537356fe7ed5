import type { CustomerAttributes } from '../../api/records'
import type { Identifier } from '../../values/identifiers'
import { personOf } from '../deliver'
import { MAX_CUSTOM } from '../difference'
import type { CustomerEvent } from '../event'
import { LIST_NAMES, MAX_ITEMS, uniteItems } from '../lists'
import type { Person, Upserted } from '../upsert'
import { identifierKey } from '../who-is-who'

/** One event of a batch on its way through the pipeline, and what became of it. */
export interface Entry {
  /** Its place in the batch. */
  index: number
  event: CustomerEvent
  result?: { upserted: Upserted } | { error: Error }
  /** Whether a bulk job was given it that has not told its end. */
  isTaken?: boolean
}

const STRENGTH = ['externalId', 'email', 'phone']

/** Items in groups: those with a key in common, directly or through others, are in one. Their order is kept. */
export function groupsOf<Item>(items: Item[], keysOf: (item: Item) => string[]): Item[][] {
  const parents = new Map<string, string>()
  const rootOf = (key: string): string => {
    let root = key
    for (let parent = parents.get(root); parent !== undefined && parent !== root; parent = parents.get(root)) {
      root = parent
    }
    parents.set(key, root)
    return root
  }
  for (const item of items) {
    const [first = '', ...others] = keysOf(item)
    others.forEach((key) => parents.set(rootOf(key), rootOf(first)))
  }
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const root = rootOf(keysOf(item)[0] ?? '')
    const group = groups.get(root)
    if (group) {
      group.push(item)
    } else {
      groups.set(root, [item])
    }
  }
  return [...groups.values()]
}

/** What an event names its customer by. */
export function keysOf({ event }: Entry): string[] {
  return event.identifiers.map(identifierKey)
}

/**
 * Whether the events of a group are one person's: each is named by something that those before it have given. So no two
 * of them have an externalId of their own.
 */
export function isOnePerson(group: Entry[]): boolean {
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
export function lookUpsOf(group: Entry[]): Person[] {
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
 * @returns undefined where they are more than one write of Kustomer's holds
 */
export function folded(group: Entry[]): Person | undefined {
  const people = group.map(({ event }) => personOf(event))
  const identifiers = new Map<string, Identifier>()
  people.flatMap((person) => person.identifiers).forEach((each) => identifiers.set(identifierKey(each), each))
  const wanted = people
    .map((person) => person.wanted)
    .reduce((first, second) => ({
      ...first,
      ...second,
      nameIfNone: first.nameIfNone ?? second.nameIfNone,
      ...unitedLists(first, second),
      ...(first.custom && second.custom ? { custom: { ...first.custom, ...second.custom } } : {})
    }))
  const isTooMuch =
    LIST_NAMES.some((name) => (wanted[name]?.length ?? 0) > MAX_ITEMS) ||
    Object.keys(wanted.custom ?? {}).length > MAX_CUSTOM
  return isTooMuch
    ? undefined
    : {
        identifiers: [...identifiers.values()].sort(
          (first, second) => STRENGTH.indexOf(first.name) - STRENGTH.indexOf(second.name)
        ),
        wanted
      }
}

function unitedLists(first: CustomerAttributes, second: CustomerAttributes): CustomerAttributes {
  return Object.fromEntries(
    LIST_NAMES.filter((name) => first[name] && second[name]).map((name) => [
      name,
      uniteItems<unknown>(name, first[name] ?? [], second[name] ?? [])
    ])
  )
}
