import type { CustomerAttributes } from '../contract/customer'
import { badParameter, conflict, duplicate, notFound } from '../errors'
import { identifierOf, ownIdentifiers, sharedIdentifiers } from './identifiers'
import type { Identifier, LookUpName } from './identifiers'
import { joined, updated } from './known'
import type { Known } from './known'
import type { World } from './world'

/** A customer as the sandbox keeps one. What is known is never changed in place, so that a copy keeps what it was. */
export interface Customer {
  readonly id: string
  readonly createdAt: string
  known: Known
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
  /** [P] Tags are read back as ids: those that names were given. */
  private readonly tagIds = new Map<string, string>()
  private readonly world: World

  constructor(world: World) {
    this.world = world
  }

  /** The customers that are there. */
  all(): Customer[] {
    return this.everyone().filter(({ isDeleted, isMerged }) => !isDeleted && !isMerged)
  }

  /** All, the deleted too. */
  everyone(): Customer[] {
    return [...this.byId.values()].filter((customer) => this.isRead(customer))
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
  create(attributes: CustomerAttributes): Customer {
    const known = updated({}, this.tagged(attributes), this.reading({ replaces: true }))
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
  update(id: string, attributes: CustomerAttributes, write: Write = {}): Customer {
    const customer = this.existing(id)
    if (attributes.rev !== undefined && attributes.rev !== customer.rev) {
      throw conflict('rev', `is ${attributes.rev} and not the current one`)
    }
    const known = updated(customer.known, this.tagged(attributes), this.reading(write))
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
    const known = joined(source.known, target.known)
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

  private reading({ replaces = false, isBulk = false }: Write) {
    const { updateKeepsCompany, bulkKeepsCompany, updateMergesLists, customReplaced } = this.world.variants
    const keepsCompany = isBulk ? bulkKeepsCompany : updateKeepsCompany
    return { replaces, keepsCompany, updateMergesLists, customReplaced }
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

  private tagged(attributes: CustomerAttributes): CustomerAttributes {
    const { tags } = attributes
    return tags ? { ...attributes, tags: [...new Set(tags.map((tag) => this.tagId(tag)))] } : attributes
  }

  private tagId(tag: string): string {
    const id = this.tagIds.get(tag) ?? this.world.newId()
    this.tagIds.set(tag, id)
    this.tagIds.set(id, id)
    return id
  }

  /** @throws Refusal where another customer holds one of the identifiers */
  private refuseTaken(known: Known, customer?: Customer): void {
    for (const { name, key } of ownIdentifiers(known, this.world.variants)) {
      const owner = this.owners.get(key)
      if (owner && owner !== customer && !owner.isDeleted) {
        throw duplicate(name, this.world.variants)
      }
    }
  }

  private keep(customer: Customer, known: Known): void {
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
