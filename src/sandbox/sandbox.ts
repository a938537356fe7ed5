import type { CompanyCreation, CompanyUpdate } from './contract/company'
import type { Faults } from './faults'
import type { Token } from './keys'
import type { Moment } from './moments'
import type { CompanyRecord } from './state/company-record'
import type { CustomObjectRecord } from './state/custom-object-record'
import type { CustomerRecord } from './state/customer-record'
import type { AttributeDefinitions, AttributeProperty } from './state/defined-attributes'
import type { Session } from './state/timeline'
import type { Variants } from './variants'

export interface SandboxOptions {
  /** The clock that stamps events, counts the minutes of the rate limit and makes jobs and merges due. */
  now?: () => Date
  /** API keys and what they may do. */
  tokens?: Record<string, Token>
  /** The variants that are on; the others are off. */
  variants?: Partial<Variants>
}

/** A local Kustomer. */
export interface Sandbox {
  /**
   * Answers a request to any of Kustomer's hosts as Kustomer would, under `/v1`; and the sandbox's own, under
   * `/sandbox`, `/openapi.json` and `/`, which explains it. Refuses those of other web pages.
   *
   * @throws ConnectionDropped where it was told to drop the connection
   */
  fetch(request: Request): Promise<Response>
  /** The customers that are there, as Kustomer shows them. */
  customers(): CustomerRecord[]
  /** The companies that are there, as Kustomer shows them. */
  companies(): CompanyRecord[]
  /** What an agent sees of a customer: sessions, the earliest first. */
  timeline(customerId: string): Session[]
  /** The custom objects that are there, as Kustomer shows them, with their customers and data. */
  customObjects(): CustomObjectRecord[]
  /** The custom objects of a customer, the first one first. */
  objects(customerId: string): CustomObjectRecord[]
  /** The names of the Klasses. */
  klasses(): string[]
  /** Every customer as they are now, for whoever wants to see what changes. */
  moments(): Moment[]
  /** The faults in force, with how often those that are counted will still happen. */
  faults(): Faults
  /** Replaces the faults in force; `{}` ends them. @throws ZodError for what is no fault */
  setFaults(faults: Faults): void
  /** Marks a customer as deleted, while look-ups still find it. @throws Refusal for an unknown one */
  markDeleted(customerId: string): void
  /** Opens a conversation with a customer, as an agent does. @throws Refusal for an unknown one */
  addConversation(customerId: string): void
  /** The custom attributes of `customer`, `company` and such, as their metadata tells them. */
  attributes(resource: string): Record<string, AttributeProperty>
  /**
   * Replaces the custom attributes that the organization has defined for a kind of record: all others are refused. Null
   * for an organization that has defined none, where any may be written. A Klass of custom objects is there once its
   * attributes are defined, as those of `kobject.order`; null takes it away.
   */
  defineAttributes(resource: string, definitions: AttributeDefinitions | null): void
  /** Links a customer to a company, or to none, and changes nothing else, as an agent does. @throws Refusal */
  linkCompany(customerId: string, companyId: string | null): void
  /** Adds a company, with an id of one's choice, as an agent does. @throws Refusal where that is taken */
  addCompany(company: CompanyCreation & { id?: string }): CompanyRecord
  /** Changes what is named of a company and nothing else, as an agent does. @throws Refusal */
  editCompany(companyId: string, change: CompanyUpdate): void
  /** Every variant, whether it is on. */
  variants(): Variants
  /** Switches those on that are named and true, and all others off. */
  setVariants(variants: Partial<Variants>): void
  /** Forgets every customer, company, custom object, defined attribute, event, fault and request; keeps the variants and the keys. */
  reset(): void
}
