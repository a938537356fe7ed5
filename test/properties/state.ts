import type { Sandbox } from '../../src/sandbox'
import type { Identifier } from './events'

type Item = Record<string, unknown>

/** What Kustomer holds of one customer. */
export interface Customer {
  id: string
  /**
   * Every attribute by its name, as text: `name`, `company`, `tags`, `custom planStr`, `external ID`; and
   * `email a@example.com` or `phone 15550100001`, which are `own` or `shared`.
   */
  values: Map<string, string>
  /** Own phones as they are written. */
  phones: string[]
  /** The numbers of the events on the timeline, as often as they are there. */
  events: number[]
}

/** What Kustomer holds, by the customers' ids. */
export type State = Map<string, Customer>

const SINGLE = ['name', 'username', 'avatarUrl', 'birthdayAt', 'signedUpAt', 'gender', 'locale', 'timeZone']
const WHOLE = ['tags', 'urls', 'locations', 'socials', 'sharedSocials']

export function stateOf(sandbox: Sandbox): State {
  return new Map(
    sandbox.customers().map(({ id, attributes, relationships }): [string, Customer] => {
      const listed = (list: string): Item[] => (attributes[list] as Item[] | undefined) ?? []
      const contacts = (list: string, place: string, keyOf: (item: Item) => string): Array<[string, unknown]> =>
        listed(list).map((item) => [keyOf(item), place])
      const values: Array<[string, unknown]> = [
        ['external ID', attributes.externalId],
        ['company', relationships.company?.data.id],
        ...SINGLE.map((name): [string, unknown] => [name, attributes[name]]),
        ...WHOLE.filter((name) => listed(name).length > 0).map((name): [string, unknown] => [
          name,
          JSON.stringify(listed(name).map((item) => (typeof item === 'object' ? { ...item, id: undefined } : item)))
        ]),
        ...Object.entries((attributes.custom ?? {}) as Item).map(([name, value]): [string, unknown] => [
          `custom ${name}`,
          value
        ]),
        ...contacts('sharedEmails', 'shared', ({ email }) => keyOf({ name: 'email', value: String(email) })),
        ...contacts('emails', 'own', ({ email }) => keyOf({ name: 'email', value: String(email) })),
        ...contacts('sharedPhones', 'shared', ({ phone }) => keyOf({ name: 'phone', value: String(phone) })),
        ...contacts('phones', 'own', ({ phone }) => keyOf({ name: 'phone', value: String(phone) }))
      ]
      const customer = {
        id,
        values: new Map(
          values.flatMap(([key, value]) =>
            value === undefined || value === null
              ? []
              : [[key, typeof value === 'string' ? value : JSON.stringify(value)]]
          )
        ),
        phones: listed('phones').map(({ phone }) => String(phone)),
        events: sandbox
          .timeline(id)
          .flatMap(({ events }) => events)
          .map(({ name }) => Number(/\d+/.exec(name)?.[0]))
      }
      return [id, customer]
    })
  )
}

/** What `values` calls an identifier: emails compare without case, phones by their digits. */
export function keyOf({ name, value }: Identifier): string {
  switch (name) {
    case 'external ID':
      return name
    case 'email':
      return `email ${value.trim().toLowerCase()}`
    case 'phone':
      return `phone ${value.replace(/\D/g, '')}`
  }
}

/** Whether a customer has the identifier to themselves, or at least in a shared list. */
export function holds({ values }: Pick<Customer, 'values'>, identifier: Identifier, place?: 'own'): boolean {
  const value = values.get(keyOf(identifier))
  return identifier.name === 'external ID' ? value === identifier.value : place ? value === place : value !== undefined
}

/** What a customer may have who is a stub or a lead. */
const IMPERSONAL = ['locale', 'timeZone', 'avatarUrl', 'gender', 'company']

/** Whether a customer has nothing but what a track or a group call sets. */
export function isStub({ values }: Customer): boolean {
  return [...values.keys()].every((key) => ['external ID', ...IMPERSONAL].includes(key))
}

/** Whether a customer has no external ID and no contacts but those given, of which they have some. */
export function isLead({ values }: Customer, contacts: Identifier[]): boolean {
  const given = contacts.map(keyOf)
  const own = [...values].filter(([key]) => !IMPERSONAL.includes(key))
  return own.length > 0 && own.every(([key, place]) => given.includes(key) && place === 'own')
}

/** For a person to read. */
export function inShort({ id, values }: Customer): string {
  return `${id.replace(/^0+/, '')} {${[...values].map(([key, value]) => `${key}: ${value}`).join(', ')}}`
}
