import type { CustomerAttributes } from '../contract/customer'
import { badParameter, conflict, duplicate, notFound } from '../errors'
import type { Companies } from './companies'
import { identifierOf, ownIdentifiers, sharedIdentifiers } from './identifiers'
import type { Identifier, LookUpName } from './identifiers'
import { joined, updated } from './known'
import type { KnownOfCustomer } from './known'
import type { Tags } from './tags'
import type { World } from './world'

/** A customer as the sandbox keeps one. What is known is never changed in place, so that a copy keeps what it was. */
export interface Customer {
  readonly id: string
  readonly createdAt: string
  known: KnownOfCustomer
  updatedAt: string
  /** [P] Counts the changes. */
  rev: number
  conversations: number
  /** Whether the record is there, with `deleted: true`. */
  isDeleted: boolean
  /** Whether it was merged into another. */
  isMerged: boolean
}

/** How a write treats what it does not name. */
export interface Write {
  replaces?: boolean
  isBulk?: boolean
}

/** The customers of the organization. */
export class Customers {
  private readonly byId = new Map<string, Customer>()
  private readonly owners = new Map<string, Customer>()
  private readonly sharers = new Map<string, Set<Customer>>()

  constructor(private readonly world: World, private readonly tags: Tags, private readonly companies: Companies) {}

  /** The customers that are there. */
  all(): Customer[] {
    return this.everyone().filter(({ isDeleted, isMerged }) => !isDeleted && !isMerged)
  }

  /** All, the deleted too. */
  everyone(): Customer[] {
    return [...this.byId.values()].filter((customer) => this.isRead(customer))
  }

  /** Whether a customer is there who was neither deleted nor merged. */
  isThere(id: string): boolean {
    const customer = this.byId.get(id)
    return customer !== undefined && !customer.isDeleted && !customer.isMerged
  }

  /** For reading. @throws Refusal (404) */
  get(id: string): Customer {
    const customer = this.byId.get(id)
    if (!customer || !this.isRead(customer)) {
      throw notFound('id')
    }
    return customer
  }

  /** Whom a look-up finds. */
  lookUp(name: LookUpName, value: string): Customer | undefined {
    const { key } = identifierOf(name, value, this.world.variants)
    const owner = this.owners.get(key)
    if (owner && this.isRead(owner)) {
      return owner
    }
    const sharers = this.world.variants.lookUpFindsShared ? this.sharers.get(key) ?? [] : []
    return [...sharers].find(({ isDeleted }) => !isDeleted)
  }

  /** The customer that is there and holds the identifier as their own. */
  ownerOf(name: LookUpName, value: string): Customer | undefined {
    const owner = this.owners.get(identifierOf(name, value, this.world.variants).key)
    return owner && !owner.isDeleted && !owner.isMerged ? owner : undefined
  }

  /** @throws Refusal (where another customer holds an identifier; 400 where there are too many custom attributes) */
  create({ rev, ...attributes }: CustomerAttributes): Customer {
    this.refuseUnknownCompany(attributes)
    const known = updated({}, this.tags.identified(attributes), { ...this.world.variants, replaces: true })
    this.refuseTaken(known)
    const now = this.world.now().toISOString()
    const customer = {
      id: this.world.newId(),
      createdAt: now,
      known: {},
      updatedAt: now,
      rev: 0,
      conversations: 0,
      isDeleted: false,
      isMerged: false
    }
    this.byId.set(customer.id, customer)
    this.keep(customer, known)
    return customer
  }

  /**
   * [P] The company is lost where the update leaves it out. [A] Partial for single values; a list is replaced. [R]
   * Custom attributes are changed one by one. [A] A stale `rev` is a conflict.
   *
   * @throws Refusal (404; 409 for a stale rev; where another customer holds an identifier; 400 where there are too many
   * custom attributes)
   */
  update(id: string, { rev, ...change }: CustomerAttributes, write: Write = {}): Customer {
    const customer = this.existing(id)
    if (rev !== undefined && rev !== customer.rev) {
      throw conflict('rev', `is ${rev} and not the current one`)
    }
    this.refuseUnknownCompany(change)
    const { replaces = false, isBulk = false } = write
    const { updateKeepsCompany, bulkKeepsCompany } = this.world.variants
    const { company, ...others } = customer.known
    const before = (isBulk ? bulkKeepsCompany : updateKeepsCompany) ? customer.known : others
    const known = updated<typeof change>(before, this.tags.identified(change), { ...this.world.variants, replaces })
    this.refuseTaken(known, customer)
    this.keep(customer, known)
    return customer
  }

  /** @throws Refusal (404) */
  delete(id: string): void {
    const customer = this.existing(id)
    this.release(customer)
    this.byId.delete(customer.id)
  }

  /** Keeps the record, with `deleted: true`, where look-ups still find it until another customer takes its place. */
  markDeleted(id: string): void {
    this.existing(id).isDeleted = true
  }

  /** Links a customer to a company, or to none, and changes nothing else, as an agent does. @throws Refusal (404) */
  link(id: string, company: string | null): void {
    const customer = this.existing(id)
    const { company: before, ...others } = customer.known
    this.keep(customer, company === null ? others : { ...others, company })
  }

  addConversation(id: string): void {
    const customer = this.existing(id)
    customer.conversations += 1
    customer.rev += 1
  }

  /** @throws Refusal (404; 400 where both are one or one is deleted) */
  refuseMerge(sourceId: string, targetId: string): void {
    for (const [name, id] of [
      ['source', sourceId],
      ['target', targetId]
    ] as const) {
      const customer = this.byId.get(id)
      if (!customer) {
        throw notFound(name)
      }
      if (customer.isDeleted || customer.isMerged) {
        throw badParameter(name, customer.isMerged ? 'has already been merged' : 'is deleted')
      }
    }
    if (sourceId === targetId) {
      throw badParameter('target', 'must be another customer')
    }
  }

  /** Merges one customer into another. @throws Refusal as `refuseMerge` does */
  merge(sourceId: string, targetId: string): void {
    this.refuseMerge(sourceId, targetId)
    const { mergePassesExternalId, mergeFreesExternalId } = this.world.variants
    const [source, target] = [this.existing(sourceId), this.existing(targetId)]
    const { externalId, externalIds } = source.known
    const passes = mergePassesExternalId && externalId !== undefined && target.known.externalId === undefined
    const { externalId: _own, externalIds: _all, createdAt, ...passing } = source.known
    const known = joined<typeof passing>(passing, target.known)
    const held = { ...(externalId === undefined ? {} : { externalId }), ...(externalIds ? { externalIds } : {}) }
    this.keep(source, passes || mergeFreesExternalId ? {} : held)
    this.keep(target, passes ? { ...known, externalId } : known)
    source.isMerged = true
    target.conversations += source.conversations
    source.conversations = 0
  }

  /** Compares all identifiers anew, after it changed how they are compared. */
  reindex(): void {
    this.owners.clear()
    this.sharers.clear()
    const customers = [...this.byId.values()]
    // Where several are alike now, the first one there holds it, and a deleted one only where nobody else does.
    const there = customers.filter(({ isDeleted }) => !isDeleted).reverse()
    const inTurn = [...customers.filter(({ isDeleted }) => isDeleted), ...there]
    inTurn.forEach((customer) => {
      this.claim(customer)
    })
  }

  /** [A] What a read of a merged customer answers. */
  private isRead({ isMerged }: Customer): boolean {
    return !isMerged || this.world.variants.mergedReadsAsDeleted
  }

  private existing(id: string): Customer {
    const customer = this.byId.get(id)
    if (!customer || customer.isMerged) {
      throw notFound('id')
    }
    return customer
  }

  /** [A] Whether the company has to be there. @throws Refusal (400) */
  private refuseUnknownCompany({ company }: Pick<CustomerAttributes, 'company'>): void {
    if (this.world.variants.unknownCompanyRefused && company && !this.companies.isThere(company)) {
      throw badParameter('company', 'must be the id of a company')
    }
  }

  /** @throws Refusal where another customer holds one of the identifiers */
  private refuseTaken(known: KnownOfCustomer, customer?: Customer): void {
    for (const { name, key } of ownIdentifiers(known, this.world.variants)) {
      const owner = this.owners.get(key)
      if (owner && owner !== customer && !owner.isDeleted) {
        throw duplicate(name, this.world.variants)
      }
    }
  }

  private keep(customer: Customer, known: KnownOfCustomer): void {
    this.release(customer)
    customer.known = known
    customer.updatedAt = this.world.now().toISOString()
    customer.rev += 1
    this.claim(customer)
  }

  private claim(customer: Customer): void {
    for (const { key } of ownIdentifiers(customer.known, this.world.variants)) {
      this.owners.set(key, customer)
    }
    for (const { key } of this.sharedBy(customer)) {
      this.sharers.set(key, (this.sharers.get(key) ?? new Set()).add(customer))
    }
  }

  private release(customer: Customer): void {
    for (const { key } of ownIdentifiers(customer.known, this.world.variants)) {
      if (this.owners.get(key) === customer) {
        this.owners.delete(key)
      }
    }
    for (const { key } of this.sharedBy(customer)) {
      this.sharers.get(key)?.delete(customer)
    }
  }

  private sharedBy({ known }: Customer): Identifier[] {
    return sharedIdentifiers(known, this.world.variants)
  }
}
