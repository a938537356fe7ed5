import { MAX_CUSTOM } from '../contract/custom'
import type { CustomerAttributes } from '../contract/customer'
import { badParameter } from '../errors'
import type { Variants } from '../variants'

/** What is known of a record: what was written, without what was cleared. */
export type Known<Attributes> = { [Name in keyof Attributes]?: NonNullable<Attributes[Name]> }

/** What is known of a customer. */
export type KnownOfCustomer = Known<Omit<CustomerAttributes, 'rev'>>

type Custom = Record<string, unknown>
type Values = Record<string, unknown>

const MAX_ITEMS = 10
/** Of the lists that may be longer. */
const MAX_OF: Record<string, number> = { tags: 20, images: 20 }

/** How an update treats what it leaves out. */
export interface Reading extends Pick<Variants, 'updateMergesLists' | 'customReplaced'> {
  /** Whether it is forgotten. */
  replaces: boolean
}

/**
 * What is known once an update was written.
 *
 * @throws Refusal (400) where it makes a list too long, or too many custom attributes
 */
export function updated<Attributes extends { custom?: Custom }>(
  before: Known<Attributes>,
  change: Attributes,
  reading: Reading
): Known<Attributes> {
  const kept: Values = reading.replaces ? {} : before
  const lists = reading.updateMergesLists ? unitedLists(kept, change) : {}
  for (const [name, items] of Object.entries(lists)) {
    if (items.length > (MAX_OF[name] ?? MAX_ITEMS)) {
      throw badParameter(name, 'would hold too many items')
    }
  }
  const custom = change.custom && customOf(reading.customReplaced ? {} : kept.custom, change.custom)
  return withoutNulls({ ...kept, ...change, ...lists, ...(custom ? { custom } : {}) }) as Known<Attributes>
}

/** [P] Of two records, the values of the latter come first; lists and custom attributes are joined. */
export function joined<Attributes>(source: Known<Attributes>, target: Known<Attributes>): Known<Attributes> {
  const [given, own]: Values[] = [source, target]
  const custom =
    given?.custom || own?.custom ? { custom: { ...(given?.custom as Custom), ...(own?.custom as Custom) } } : {}
  return { ...given, ...own, ...unitedLists(own ?? {}, given ?? {}), ...custom } as Known<Attributes>
}

/** The lists that `change` names, united with those that are there, which come first. */
function unitedLists(before: Values, change: Values): Record<string, unknown[]> {
  return Object.fromEntries(
    Object.entries(change).flatMap(([name, added]): Array<[string, unknown[]]> => {
      if (!Array.isArray(added)) {
        return []
      }
      const items = new Map<string, unknown>()
      for (const item of [...((before[name] ?? []) as unknown[]), ...(added as unknown[])]) {
        const key = likeness(item)
        items.set(key, items.get(key) ?? item)
      }
      return [[name, [...items.values()]]]
    })
  )
}

/** What two items have in common that are about the same thing. */
function likeness(item: unknown): string {
  if (typeof item !== 'object' || item === null) {
    return String(item)
  }
  const { email, phone, externalId, url, domain, type, username } = item as Record<string, string | undefined>
  const key =
    email?.toLowerCase() ??
    phone?.replace(/\D/g, '') ??
    externalId ??
    domain?.toLowerCase() ??
    (username ? `${type} ${username}` : url)
  return key ?? JSON.stringify(item)
}

/** [P] null clears a custom attribute. [A] The limit of their number holds for what a record has in all. */
function customOf(before: unknown, change: Custom): Custom {
  const all = Object.entries({ ...(before as Custom | undefined), ...change }).filter(([, value]) => value !== null)
  if (all.length > MAX_CUSTOM) {
    throw badParameter('custom', `must have at most ${MAX_CUSTOM} keys`)
  }
  return Object.fromEntries(all)
}

function withoutNulls(attributes: Values): Values {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== null && value !== undefined))
}
