import type { CustomObjectRecord, Sandbox } from '../../sandbox'
import { readable } from './readable'

/** A custom object as an agent sees it on a timeline. */
export interface Card {
  id: string
  klass: string
  title: string
  description?: string
  updatedAt: string
  /** Its custom attributes, by their display names. */
  attributes: Array<[string, string]>
  /** The line items of its data, each with the key of its list. */
  items: Array<[string, string]>
}

/** Returns the cards of a sandbox by the customers and companies that they belong to, the last updated first. */
export function cardsIn(sandbox: Sandbox): Map<string, Card[]> {
  const cards = new Map<string, Card[]>()
  for (const object of sandbox.customObjects()) {
    const { customer, company } = object.relationships
    const ownerId = (customer ?? company)?.data.id ?? ''
    cards.set(ownerId, [...(cards.get(ownerId) ?? []), cardOf(object, sandbox.attributes(object.type))])
  }
  cards.forEach((all) => all.sort((one, other) => other.updatedAt.localeCompare(one.updatedAt)))
  return cards
}

/** Returns a custom object as a card. @param defined the attributes of its Klass */
export function cardOf(
  { id, type, attributes }: Pick<CustomObjectRecord, 'id' | 'type'> & { attributes: Record<string, unknown> },
  defined: Record<string, { displayName?: string }>
): Card {
  const { title, description, updatedAt, custom, data } = attributes
  const named = Object.entries(custom ?? {}).map(([name, value]): [string, string] => [
    defined[name]?.displayName ?? name,
    readable(value)
  ])
  return {
    id,
    klass: type.replace('kobject.', ''),
    title: String(title),
    ...(typeof description === 'string' ? { description } : {}),
    updatedAt: String(updatedAt),
    attributes: named.filter(([, text]) => text !== ''),
    items: Object.entries(data ?? {}).flatMap(([key, list]) => itemsOf(key, list))
  }
}

/** A line for each item of a list of objects. */
function itemsOf(key: string, list: unknown): Array<[string, string]> {
  const items: unknown[] = Array.isArray(list) ? list : []
  return items
    .filter((item): item is object => typeof item === 'object' && item !== null)
    .map((item): [string, string] => [
      key,
      Object.entries(item)
        .map(([name, value]) => `${name} ${readable(value)}`)
        .join(', ')
    ])
}
