import type { CustomObjectRecord, Sandbox } from '../../sandbox'
import { readable } from './readable'

/** A custom object as an agent sees it on a timeline. */
export interface Card {
  klass: string
  title: string
  description?: string
  updatedAt: string
  /** Its custom attributes, by their display names. */
  attributes: Array<[string, string]>
  /** The line items of its data, each with the key of its list. */
  items: Array<[string, string]>
}

/** Returns the cards of a customer or a company, the one that was updated last first; none if there are none. */
export function cardsOf(sandbox: Sandbox, ownerId: string): { cards?: Card[] } {
  const cards = sandbox
    .customObjects()
    .filter(({ relationships: { customer, company } }) => [customer?.data.id, company?.data.id].includes(ownerId))
    .map((object) => cardOf(object, sandbox))
    .sort((one, other) => other.updatedAt.localeCompare(one.updatedAt))
  return cards.length > 0 ? { cards } : {}
}

function cardOf({ type, attributes }: CustomObjectRecord, sandbox: Sandbox): Card {
  const { title, description, updatedAt, custom, data } = attributes
  const defined = sandbox.attributes(type)
  const named = Object.entries(custom ?? {}).map(([name, value]): [string, string] => [
    defined[name]?.displayName ?? name,
    readable(value)
  ])
  return {
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
