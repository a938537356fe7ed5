import { isObject, removeUndefined } from '@segment/actions-core'
import type { StoredRecord } from '../api/records'
import { LISTS } from './kinds'
import type { Item, ListName } from './kinds'

/** Kustomer holds at most this many items in each list. */
export const MAX_ITEMS = 10

/** What is wanted, as far as it is lists. */
type Wanted = Partial<Record<ListName, object[]>>

/** Returns a list of a record as it may be written back, without duplicates. */
export function itemsOf({ attributes }: StoredRecord, name: ListName): Item[] {
  const list = attributes[name]
  const items = (Array.isArray(list) ? list : [])
    .filter(isObject)
    .map((item) =>
      removeUndefined(Object.fromEntries(LISTS[name].writable.map((key) => [key, item[key] ?? undefined])))
    )
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()]
}

/** Returns the wanted items that the record doesn't have, without duplicates. */
export function missingFrom(record: StoredRecord, wanted: Wanted, name: ListName): Item[] {
  const list = LISTS[name]
  const held = [name, ...(list.elsewhere ? [list.elsewhere] : [])].flatMap((each) => itemsOf(record, each))
  const known = new Set(held.map(list.keyOf))
  return uniteItems(name, [], (wanted[name] ?? []) as Item[]).filter((item) => !known.has(list.keyOf(item)))
}

/** Returns two lists as one, without duplicates of the first list's items or among the second's. */
export function uniteItems<Each>(name: ListName, first: Each[], second: Each[]): Each[] {
  const { keyOf } = LISTS[name] as { keyOf: (item: Each) => string }
  const keys = new Set(first.map(keyOf))
  const added = second.filter((item) => !keys.has(keyOf(item)) && keys.add(keyOf(item)))
  return [...first, ...added]
}
