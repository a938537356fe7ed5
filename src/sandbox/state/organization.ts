import { variantsOf } from '../variants'
import type { Variants } from '../variants'
import { Agenda } from './agenda'
import { BulkJobs } from './bulk-jobs'
import { Companies } from './companies'
import { recordOf } from './customer-record'
import type { CustomerRecord } from './customer-record'
import { CustomObjects } from './custom-objects'
import { Customers } from './customers'
import type { Customer } from './customers'
import { DefinedAttributes } from './defined-attributes'
import type { AttributeProperty } from './defined-attributes'
import { Merges } from './merges'
import { Tags } from './tags'
import { Timeline } from './timeline'
import type { World } from './world'

/** Everything that the sandbox knows: one organization in Kustomer, in memory. */
export class Organization implements World {
  private ids = 0
  private frozenIndex?: Customer[]
  private inForce: Variants
  readonly agenda: Agenda
  readonly companies: Companies
  readonly customers: Customers
  readonly customObjects: CustomObjects
  readonly attributes: DefinedAttributes
  readonly timeline: Timeline
  readonly merges: Merges
  readonly bulkJobs: BulkJobs
  readonly now: () => Date

  constructor(now: () => Date, variants: Partial<Variants>) {
    this.now = now
    this.inForce = variantsOf(variants)
    this.agenda = new Agenda(this)
    const tags = new Tags(this)
    this.companies = new Companies(this, tags)
    this.customers = new Customers(this, tags, this.companies)
    this.customObjects = new CustomObjects(this, tags, this.customers, this.companies)
    this.attributes = new DefinedAttributes(this)
    this.timeline = new Timeline(this)
    this.merges = new Merges(this, this.agenda, this.customers, [this.timeline, this.customObjects])
    this.bulkJobs = new BulkJobs(this, this.agenda)
  }

  /** 24 hex digits that count up, so that a test sees the same ids each time. */
  newId(): string {
    this.ids += 1
    return this.ids.toString(16).padStart(24, '0')
  }

  get variants(): Variants {
    return this.inForce
  }

  setVariants(variants: Partial<Variants>): void {
    this.inForce = variantsOf(variants)
    this.customers.reindex()
  }

  /** How a customer is shown, with the company that they are linked to. */
  shown(customer: Customer): CustomerRecord {
    return recordOf(customer, this.companies.linked(customer.known.company))
  }

  /** The custom attributes of a kind of record, as its metadata tells them. */
  attributesOf(resource: string): Record<string, AttributeProperty> {
    const records = resource === 'customer' ? this.customers.all() : resource === 'company' ? this.companies.all() : []
    return this.attributes.propertiesOf(
      resource,
      records.flatMap(({ known }) => Object.keys(known.custom ?? {}))
    )
  }

  /** Links a customer to a company that is there, or to none. @throws Refusal (404) */
  link(customerId: string, companyId: string | null): void {
    if (companyId !== null) {
      this.companies.get(companyId)
    }
    this.customers.link(customerId, companyId)
  }

  /** [P] Erases a customer and returns their ID. [A] The timeline and custom objects go too. @throws Refusal (404) */
  erase(id: string): string {
    this.customers.delete(id)
    this.timeline.forget(id)
    this.customObjects.forget(id)
    return id
  }

  /** [P] The search index lags behind writes: from here on it stands still, or is up to date. */
  freezeIndex(isFrozen: boolean): void {
    const asItIs = () => this.customers.everyone().map((customer) => ({ ...customer }))
    this.frozenIndex = isFrozen ? this.frozenIndex ?? asItIs() : undefined
  }

  /** The customers as the search index knows them. */
  index(): Customer[] {
    return this.frozenIndex ?? this.customers.everyone()
  }
}
