import { MAX_RECORDS } from '../client'
import type { Conflict, CustomerDirectory, KustomerClient } from '../client'
import { emailKey, phoneKey } from '../identifiers'
import type { Identifier } from '../identifiers'
import type { Customer, CustomerAttributes } from '../records'
import { forEachAFewAtATime } from './concurrency'
import { holds } from './lists'

/** What the events of a batch add up to for one customer. */
export interface PendingWrite {
  kind: 'create' | 'update'
  /** The customer's id, a temporary one for a customer yet to be created. */
  customerId: string
  attributes: CustomerAttributes
}

interface Staged {
  /** The customer as it will be. */
  customer: Customer
  kind: PendingWrite['kind']
  pending?: CustomerAttributes
  /** Whether it was read from the search index, which lags behind writes. */
  isFromIndex: boolean
}

/** Statuses of failures that every further look-up would meet as well. */
const REFUSALS = [401, 403, 429]

/**
 * The customers of a batch as its events, one after another, will have left them, while nothing is written yet. Events
 * are upserted into it by the same rules as into Kustomer; its pending writes can then be sent together.
 */
export class StagedDirectory implements CustomerDirectory {
  private readonly client: KustomerClient
  private readonly staged = new Map<string, Staged>()
  private readonly lookUps = new Map<string, Promise<string | undefined>>()
  private readonly rereads = new Map<string, Promise<void>>()
  private refusal?: Error
  private created = 0

  constructor(client: KustomerClient) {
    this.client = client
  }

  /**
   * Reads the customers of a batch: one search for each 100 externalIds, then one look-up for each identifier that has
   * to be tried of those it does not know, and for each email and phone that several people of the batch give: whoever
   * holds it decides what becomes of all of them. What fails here fails again, without a request, for the events it
   * concerns.
   *
   * @param events the identifiers of each event, the strongest first
   */
  async readAhead(events: Identifier[][]): Promise<void> {
    const people = [...new Map([...events].reverse().map((given) => [keyOf(given[0]), given])).values()].reverse()
    await this.search(people.flat().filter(({ name }) => name === 'externalId'))
    await forEachAFewAtATime(people, async (identifiers) => {
      for (const identifier of identifiers) {
        const isSettled = await this.findCustomer(identifier).then(Boolean, () => true)
        if (isSettled) {
          return
        }
      }
    })
    await forEachAFewAtATime(givenBySeveral(events), async (identifier) => {
      await this.findCustomer(identifier).catch(() => undefined)
    })
  }

  async findCustomer(identifier: Identifier): Promise<Customer | undefined> {
    const holder = this.holderOf(identifier) ?? this.staged.get((await this.lookUp(identifier)) ?? '')
    return holder?.customer
  }

  createCustomer(attributes: CustomerAttributes): Promise<{ outcome: 'created'; id: string } | Conflict> {
    this.created += 1
    const id = `new-${this.created}`
    if (this.isTaken(attributes, id)) {
      return Promise.resolve({ outcome: 'conflict', words: '' })
    }
    const customer = { id, attributes: { ...attributes } }
    this.staged.set(id, { customer, kind: 'create', pending: attributes, isFromIndex: false })
    return Promise.resolve({ outcome: 'created', id })
  }

  updateCustomer(id: string, changes: CustomerAttributes): Promise<{ outcome: 'updated' | 'missing' } | Conflict> {
    const staged = this.staged.get(id)
    if (!staged) {
      return Promise.resolve({ outcome: 'missing' })
    }
    if (this.isTaken(changes, id)) {
      return Promise.resolve({ outcome: 'conflict', words: '' })
    }
    staged.customer = withChanges(staged.customer, changes)
    staged.pending = merge(staged.pending, changes)
    return Promise.resolve({ outcome: 'updated' })
  }

  /** A customer with one of these identifiers of whom the search index alone has told. */
  indexedHolderOf(identifiers: Identifier[]): Customer | undefined {
    return identifiers.map((identifier) => this.holderOf(identifier)).find((holder) => holder?.isFromIndex)?.customer
  }

  /** Reads a customer again, from Kustomer itself, once. */
  reread({ id }: Customer): Promise<void> {
    const rereading = this.rereads.get(id) ?? this.readAgain(id)
    this.rereads.set(id, rereading)
    return rereading
  }

  pendingWrites(): PendingWrite[] {
    return [...this.staged].flatMap(([customerId, { kind, pending }]) =>
      pending ? [{ kind, customerId, attributes: pending }] : []
    )
  }

  /** The index may not know all; where the search is refused, it knows nothing. */
  private async search(externalIds: Identifier[]): Promise<void> {
    if (externalIds.length < 2) {
      return
    }
    for (let start = 0; start < externalIds.length; start += MAX_RECORDS) {
      const wanted = externalIds.slice(start, start + MAX_RECORDS)
      const found = await this.client.searchCustomers(wanted.map(({ value }) => value)).catch(() => [])
      for (const customer of found) {
        if (wanted.some((identifier) => holds(customer, identifier))) {
          this.stage(customer, true)
        }
      }
    }
  }

  private lookUp(identifier: Identifier): Promise<string | undefined> {
    const key = keyOf(identifier)
    const lookUp = this.lookUps.get(key) ?? this.ask(identifier)
    this.lookUps.set(key, lookUp)
    return lookUp
  }

  private async ask(identifier: Identifier): Promise<string | undefined> {
    if (this.refusal) {
      throw this.refusal
    }
    try {
      const customer = await this.client.findCustomer(identifier)
      return customer && this.stage(customer, false).customer.id
    } catch (error) {
      if (REFUSALS.includes((error as { status: number }).status)) {
        this.refusal = error as Error
      }
      throw error
    }
  }

  private async readAgain(id: string): Promise<void> {
    const fresh = await this.client.getCustomer(id)
    const staged = this.staged.get(id)
    if (fresh) {
      const customer = staged?.pending ? withChanges(fresh, staged.pending) : fresh
      this.staged.set(id, { customer, kind: 'update', pending: staged?.pending, isFromIndex: false })
    } else if (staged?.pending) {
      staged.isFromIndex = false
    } else {
      this.staged.delete(id)
    }
  }

  private stage(customer: Customer, isFromIndex: boolean): Staged {
    const staged = this.staged.get(customer.id) ?? { customer, kind: 'update', isFromIndex }
    this.staged.set(customer.id, staged)
    return staged
  }

  private holderOf(identifier: Identifier): Staged | undefined {
    return [...this.staged.values()].find(({ customer }) => holds(customer, identifier))
  }

  private isTaken({ externalId, emails = [], phones = [] }: CustomerAttributes, id: string): boolean {
    const identifiers: Identifier[] = [
      ...(externalId === undefined ? [] : [{ name: 'externalId' as const, value: externalId }]),
      ...emails.map(({ email }) => ({ name: 'email' as const, value: email })),
      ...phones.map(({ phone }) => ({ name: 'phone' as const, value: phone }))
    ]
    return identifiers.some((identifier) => {
      const holder = this.holderOf(identifier)
      return holder !== undefined && holder.customer.id !== id
    })
  }
}

/** What two spellings of one identifier have in common. */
function keyOf(identifier: Identifier | undefined): string {
  const { name = 'externalId', value = '' } = identifier ?? {}
  const key = { externalId: (text: string) => text, email: emailKey, phone: phoneKey }[name](value)
  return `${name}=${key}`
}

/** The emails and phones, each in one spelling, that more than one person gives. */
function givenBySeveral(events: Identifier[][]): Identifier[] {
  const givers = new Map<string, { identifier: Identifier; people: Set<string> }>()
  for (const given of events) {
    for (const identifier of given) {
      const { people } = givers.get(keyOf(identifier)) ?? { people: new Set<string>() }
      givers.set(keyOf(identifier), { identifier, people: people.add(keyOf(given[0])) })
    }
  }
  return [...givers.values()].flatMap(({ identifier, people }) => (people.size > 1 ? [identifier] : []))
}

function withChanges(customer: Customer, changes: CustomerAttributes): Customer {
  return { ...customer, attributes: { ...merge(customer.attributes, changes) } }
}

/** Custom attributes are changed one by one, everything else as a whole. */
function merge(attributes: CustomerAttributes | undefined, changes: CustomerAttributes): CustomerAttributes {
  const merged = { ...attributes, ...changes }
  return changes.custom ? { ...merged, custom: { ...attributes?.custom, ...changes.custom } } : merged
}
