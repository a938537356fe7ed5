import { MAX_CUSTOM } from './contract/customer'
import type { CustomerAttributes } from './contract/customer'
import { conflict, notFound, Refusal } from './errors'

/** A customer as Kustomer shows it: with much that may not be written back. */
export interface CustomerRecord {
  type: 'customer'
  id: string
  attributes: Record<string, unknown>
  relationships: { company?: { data: { type: 'company'; id: string } } }
  links: { self: string }
}

/** How a customer can be looked up. */
export type IdentifierName = 'externalId' | 'email' | 'phone'

interface Customer {
  id: string
  written: CustomerAttributes
  createdAt: string
  updatedAt: string
  deleted: boolean
}

const LISTS = [
  ...(['emails', 'sharedEmails', 'phones', 'sharedPhones', 'externalIds', 'sharedExternalIds'] as const),
  ...(['socials', 'sharedSocials', 'urls', 'locations'] as const)
]

/** [P] No two customers hold one externalId, email or phone. How Kustomer compares them is [A]. */
const KEYS: Record<IdentifierName, (value: string) => string> = {
  externalId: (value) => value,
  email: (value) => value.trim().toLowerCase(),
  phone: (value) => value.replace(/\D/g, '')
}

/** The customers of the organization. */
export class Customers {
  private readonly customers = new Map<string, Customer>()
  private readonly holders: Record<IdentifierName, Map<string, Customer>> = {
    externalId: new Map(),
    email: new Map(),
    phone: new Map()
  }
  private readonly newId: () => string
  private readonly now: () => Date

  constructor(newId: () => string, now: () => Date) {
    this.newId = newId
    this.now = now
  }

  /** The customers that are there. */
  all(): CustomerRecord[] {
    return [...this.customers.values()].filter(({ deleted }) => !deleted).map(recordOf)
  }

  /** @throws Refusal (404) */
  get(id: string): CustomerRecord {
    return recordOf(this.existing(id))
  }

  find(name: IdentifierName, value: string): CustomerRecord | undefined {
    const customer = this.holders[name].get(KEYS[name](value))
    return customer && recordOf(customer)
  }

  /** @throws Refusal (409) where another customer holds an identifier */
  create(attributes: CustomerAttributes): CustomerRecord {
    const now = this.now().toISOString()
    const customer = { id: this.newId(), written: {}, createdAt: now, updatedAt: now, deleted: false }
    this.write(customer, { ...attributes, ...merged({}, attributes) })
    this.customers.set(customer.id, customer)
    return recordOf(customer)
  }

  /**
   * [P] The company is lost where the update leaves it out. [A] Partial for single values; a list is replaced; custom
   * attributes are changed one by one.
   *
   * @throws Refusal (404; 409 where another customer holds an identifier; 400 where it makes too many custom attributes)
   */
  update(id: string, { company, ...attributes }: CustomerAttributes): CustomerRecord {
    const customer = this.existing(id)
    const { company: lost, ...kept } = customer.written
    this.write(customer, { ...kept, ...attributes, ...(company ? { company } : {}), ...merged(kept, attributes) })
    return recordOf(customer)
  }

  /** @throws Refusal (404) */
  delete(id: string): void {
    this.release(this.existing(id))
    this.customers.delete(id)
  }

  /** Keeps the record, with `deleted: true`, where look-ups still find it until another customer takes its place. */
  markDeleted(id: string): void {
    this.existing(id).deleted = true
  }

  private existing(id: string): Customer {
    const customer = this.customers.get(id)
    if (!customer) {
      throw notFound('id')
    }
    return customer
  }

  private write(customer: Customer, attributes: CustomerAttributes): void {
    for (const [name, value] of identifiersOf(attributes)) {
      const holder = this.holders[name].get(KEYS[name](value))
      if (holder && holder !== customer && !holder.deleted) {
        throw conflict(name)
      }
    }
    this.release(customer)
    customer.written = attributes
    customer.updatedAt = this.now().toISOString()
    for (const [name, value] of identifiersOf(attributes)) {
      this.holders[name].set(KEYS[name](value), customer)
    }
  }

  private release(customer: Customer): void {
    for (const [name, value] of identifiersOf(customer.written)) {
      const key = KEYS[name](value)
      if (this.holders[name].get(key) === customer) {
        this.holders[name].delete(key)
      }
    }
  }
}

/** [A] null clears a custom attribute, and the limit of their number holds for what a customer has in all. */
function merged(kept: CustomerAttributes, { custom }: CustomerAttributes): Pick<CustomerAttributes, 'custom'> {
  const all = Object.entries({ ...kept.custom, ...custom }).filter(([, value]) => value !== null)
  if (all.length > MAX_CUSTOM) {
    const title = `must have at most ${MAX_CUSTOM} keys`
    throw new Refusal({ status: 400, code: 'badparam', title, source: { parameter: 'custom' } })
  }
  return custom ? { custom: Object.fromEntries(all) } : {}
}

/** What a customer is looked up by: what several may share is not among it. */
function identifiersOf({ externalId, emails = [], phones = [] }: CustomerAttributes): Array<[IdentifierName, string]> {
  return [
    ...(externalId === undefined ? [] : [['externalId', externalId] as [IdentifierName, string]]),
    ...emails.map(({ email }): [IdentifierName, string] => ['email', email]),
    ...phones.map(({ phone }): [IdentifierName, string] => ['phone', phone])
  ]
}

/** [P] A record shows more than may be written; [R] such as an id in each list's items, and empty objects. */
function recordOf({ id, written, createdAt, updatedAt, deleted }: Customer): CustomerRecord {
  const { company, ...attributes } = written
  const lists = LISTS.map((list) => [
    list,
    (attributes[list] ?? []).map((item, index) => ({ id: `${id}-${index}`, ...item }))
  ])
  const displayEmail = attributes.emails?.[0]?.email
  return {
    type: 'customer',
    id,
    attributes: {
      createdAt,
      ...attributes,
      ...(Object.fromEntries(lists) as Record<string, unknown>),
      displayName: attributes.name ?? displayEmail ?? attributes.externalId ?? 'Unknown',
      displayEmail,
      updatedAt,
      deleted,
      verified: false,
      recentItems: [],
      sentiment: {}
    },
    relationships: company ? { company: { data: { type: 'company', id: company } } } : {},
    links: { self: `/v1/customers/${id}` }
  }
}
