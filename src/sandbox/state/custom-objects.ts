import type { CustomObjectCreation, CustomObjectUpdate } from '../contract/custom-object'
import { badParameter, conflict, duplicate, notFound, Refusal } from '../errors'
import type { Companies } from './companies'
import type { Customers } from './customers'
import { updated } from './known'
import type { Known } from './known'
import type { Tags } from './tags'
import type { World } from './world'

type Written = Omit<CustomObjectCreation, 'customer' | 'company'>

/** An object of a Klass as the sandbox keeps one. What is known is never changed in place. */
export interface CustomObject {
  readonly id: string
  readonly klass: string
  readonly createdAt: string
  readonly company?: string
  customer?: string
  known: Known<Written>
  updatedAt: string
  /** [P] Counts the changes, from 0. */
  rev: number
}

/** [P] How many objects a minute may be created for one customer, unless they are imported. */
const MAX_CREATIONS = 120
const MINUTE = 60_000

/** The custom objects of the organization. */
export class CustomObjects {
  private readonly byId = new Map<string, CustomObject>()
  /** When objects were created, by their customers, in milliseconds. */
  private readonly creations = new Map<string, number[]>()

  constructor(
    private readonly world: World,
    private readonly tags: Tags,
    private readonly customers: Customers,
    private readonly companies: Companies
  ) {}

  /** In the order of their creation. */
  all(): CustomObject[] {
    return [...this.byId.values()]
  }

  ofKlass(klass: string): CustomObject[] {
    return this.all().filter((object) => object.klass === klass)
  }

  ofCustomer(customerId: string): CustomObject[] {
    return this.all().filter(({ customer }) => customer === customerId)
  }

  /** @throws Refusal (404) */
  get(klass: string, id: string): CustomObject {
    const object = this.byId.get(id)
    if (object?.klass !== klass) {
      throw notFound('id')
    }
    return object
  }

  /** The first one with an external ID. @throws Refusal (404) */
  lookUp(klass: string, externalId: string): CustomObject {
    const object = this.ofKlass(klass).find(({ known }) => known.externalId === externalId)
    if (!object) {
      throw notFound('externalId')
    }
    return object
  }

  /** @throws Refusal (400 for an unknown owner or too many custom attributes; 429; where the external ID is taken) */
  create(klass: string, { customer, company, ...attributes }: CustomObjectCreation): CustomObject {
    if (customer !== undefined && !this.customers.isThere(customer)) {
      throw badParameter('customer', 'must be the id of a customer')
    }
    if (company !== undefined && !this.companies.isThere(company)) {
      throw badParameter('company', 'must be the id of a company')
    }
    const known = updated({}, this.tags.identified(attributes), { ...this.world.variants, replaces: true })
    this.refuseTaken(klass, known)
    if (customer !== undefined && attributes.importedAt === undefined) {
      this.countCreation(customer)
    }
    const at = this.world.now().toISOString()
    const object = { id: this.world.newId(), klass, createdAt: at, customer, company, known, updatedAt: at, rev: 0 }
    this.byId.set(object.id, object)
    return object
  }

  /** @throws Refusal (404; 409 for a stale rev; 400 for too many custom attributes; where the external ID is taken) */
  update(klass: string, id: string, { rev, ...change }: CustomObjectUpdate): CustomObject {
    const object = this.get(klass, id)
    if (rev !== undefined && rev !== object.rev) {
      throw conflict('rev', `is ${rev} and not the current one`)
    }
    const { objectPutReplaces: replaces, ...variants } = this.world.variants
    const { title } = object.known
    const written = { title, ...this.tags.identified(change) }
    const known = updated<Omit<CustomObjectUpdate, 'rev'>>(object.known, written, { ...variants, replaces })
    this.refuseTaken(klass, known, object)
    object.known = known
    object.updatedAt = this.world.now().toISOString()
    object.rev += 1
    return object
  }

  /** Returns the ID of what was deleted. @throws Refusal (404) */
  delete(klass: string, id: string): string {
    this.byId.delete(this.get(klass, id).id)
    return id
  }

  /** [A] The objects of a merge's source move to its target. */
  merge(source: string, target: string): void {
    for (const object of this.world.variants.mergeLeavesObjects ? [] : this.ofCustomer(source)) {
      object.customer = target
    }
  }

  /** [A] The objects of a customer who is erased go too. */
  forget(customerId: string): void {
    this.ofCustomer(customerId).forEach(({ id }) => this.byId.delete(id))
  }

  /** @throws Refusal where another object of the Klass has the external ID */
  private refuseTaken(klass: string, { externalId }: CustomObject['known'], object?: CustomObject): void {
    const { variants } = this.world
    const isTaken = (other: CustomObject) => other !== object && other.known.externalId === externalId
    if (externalId !== undefined && !variants.objectDuplicatesTaken && this.ofKlass(klass).some(isTaken)) {
      throw duplicate('externalId', variants)
    }
  }

  /** @throws Refusal (429) */
  private countCreation(customer: string): void {
    const now = this.world.now().getTime()
    const recent = (this.creations.get(customer) ?? []).filter((at) => now - at < MINUTE)
    if (recent.length >= MAX_CREATIONS) {
      throw new Refusal({ status: 429, code: 'rate_limit', title: 'Rate limit of custom objects exceeded' })
    }
    this.creations.set(customer, [...recent, now])
  }
}
