import type { RecordKind } from '../api/records'
import { MAX_CUSTOM } from './diff'
import type { Wanted } from './diff'
import { kindOf } from './kinds'
import { MAX_ITEMS, uniteItems } from './lists'

/**
 * Returns what several events say of one record. Later values win, and lists are united.
 *
 * @returns undefined if one write can't hold it
 */
export function fold(kind: RecordKind, all: Wanted[]): Wanted | undefined {
  const { lists } = kindOf(kind)
  const wanted = all.reduce((first, second) => ({
    ...first,
    ...second,
    nameIfNone: first.nameIfNone ?? second.nameIfNone,
    ...Object.fromEntries(
      lists
        .filter((name) => first[name] && second[name])
        .map((name) => [name, uniteItems<unknown>(name, first[name] ?? [], second[name] ?? [])])
    ),
    ...(first.custom && second.custom ? { custom: { ...first.custom, ...second.custom } } : {})
  }))
  const isTooMuch =
    lists.some((name) => (wanted[name]?.length ?? 0) > MAX_ITEMS) ||
    Object.keys(wanted.custom ?? {}).length > MAX_CUSTOM
  return isTooMuch ? undefined : wanted
}
