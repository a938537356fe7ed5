import type { CompanyCreation, CompanyUpdate } from '../contract/company'
import { conflict, duplicate, notFound } from '../errors'
import { updated } from './known'
import type { Known } from './known'
import type { Tags } from './tags'
import type { World } from './world'

/** A company as the sandbox keeps one. What is known is never changed in place. */
export interface Company {
  readonly id: string
  readonly createdAt: string
  known: Known<Omit<CompanyCreation, 'rev'>>
  updatedAt: string
  /** [P] Counts the changes. */
  rev: number
  isDeleted: boolean
  /** When it was last written, in milliseconds. */
  writtenAt: number
  /** How it was before the writes that lists may not show yet; undefined for a company that they do not show at all. */
  listed?: Company
}

/** [A] How long lists lag behind writes, in milliseconds. */
const LISTS_LAG = 2000

/** What a customer shows of the company that they are linked to. */
export interface LinkedCompany {
  id: string
  /** Undefined where no such company is there. */
  name?: string
}

/** The companies of the organization. */
export class Companies {
  private readonly byId = new Map<string, Company>()

  constructor(private readonly world: World, private readonly tags: Tags) {}

  /** Those that a list may show, in the order of their creation. */
  all(): Company[] {
    return [...this.byId.values()].filter((company) => this.isRead(company))
  }

  /** For reading. @throws Refusal (404) */
  get(id: string): Company {
    const company = this.byId.get(id)
    if (!company || !this.isRead(company)) {
      throw notFound('id')
    }
    return company
  }

  /** [P] Those with an external ID, [A] or those whose name holds a text, whatever its case. */
  find({ externalId, filter }: { externalId?: string; filter?: string }): Company[] {
    const all = this.listed()
    // [P] Both together are both ignored.
    if ((externalId === undefined) === (filter === undefined)) {
      return all
    }
    if (externalId !== undefined) {
      return all.filter(({ known }) => known.externalId === externalId)
    }
    const [isExact, wanted] = [this.world.variants.companyFilterExact, String(filter)]
    return all.filter(({ known: { name = '' } }) =>
      isExact ? name === wanted : name.toLowerCase().includes(wanted.toLowerCase())
    )
  }

  /** @throws Refusal (where another company has what is one company's alone; 400 for too many custom attributes) */
  create({ rev, ...attributes }: CompanyCreation, id = this.world.newId()): Company {
    if (this.byId.has(id)) {
      throw conflict('id', 'is already in use')
    }
    const known = updated({}, this.tags.identified(attributes), { ...this.world.variants, replaces: true })
    this.refuseTaken(known)
    const now = this.world.now()
    const at = now.toISOString()
    const company = { id, createdAt: at, known, updatedAt: at, rev: 1, isDeleted: false, writtenAt: now.getTime() }
    this.byId.set(id, company)
    return company
  }

  /**
   * [A] What is left out stays, and a list is replaced. A stale `rev` is a conflict.
   *
   * @throws Refusal (404; 409 for a stale rev; where another company has what is one company's alone; 400 for too many
   * custom attributes)
   */
  update(id: string, { rev, ...change }: CompanyUpdate): Company {
    const company = this.get(id)
    if (rev !== undefined && rev !== company.rev) {
      throw conflict('rev', `is ${rev} and not the current one`)
    }
    return this.write(company, change, this.world.variants.companyPutReplaces)
  }

  /** Changes what is named and nothing else, as an agent does. @throws Refusal as `update` does */
  edit(id: string, { rev, ...change }: CompanyUpdate): Company {
    return this.write(this.get(id), change, false)
  }

  /** The company that a customer with such a link shows. [A] Whether one that is gone is shown. */
  linked(id: string | undefined): LinkedCompany | undefined {
    const company = id === undefined ? undefined : this.byId.get(id)
    const isHidden = company && !this.isRead(company) && !this.world.variants.deletedCompaniesStayLinked
    return id === undefined || isHidden ? undefined : { id, name: company?.known.name }
  }

  /** [A] Whether a customer may be linked to it. */
  isThere(id: string): boolean {
    const company = this.byId.get(id)
    return company !== undefined && this.isRead(company)
  }

  private write(company: Company, { deleted, ...change }: Omit<CompanyUpdate, 'rev'>, replaces: boolean): Company {
    const { name } = company.known
    // A company has a name, whatever an update forgets.
    const written = { name, ...this.tags.identified(change) }
    const known = updated<Omit<CompanyUpdate, 'rev'>>(company.known, written, { ...this.world.variants, replaces })
    this.refuseTaken(known, company)
    const now = this.world.now()
    company.listed = this.asListed(company)
    company.writtenAt = now.getTime()
    company.known = known
    company.isDeleted = deleted ?? company.isDeleted
    company.updatedAt = now.toISOString()
    company.rev += 1
    return company
  }

  /** [A] Those that a list shows, as it shows them. */
  private listed(): Company[] {
    return this.world.variants.companyListsLag
      ? [...this.byId.values()].flatMap((company) => this.asListed(company) ?? []).filter((each) => this.isRead(each))
      : this.all()
  }

  private asListed(company: Company): Company | undefined {
    const isListed = this.world.now().getTime() - company.writtenAt >= LISTS_LAG
    return isListed ? { ...company, listed: undefined } : company.listed
  }

  /** [A] What a read of a deleted company answers. */
  private isRead({ isDeleted }: Company): boolean {
    return !isDeleted || this.world.variants.deletedCompaniesRemain
  }

  /** @throws Refusal where another company has what is one company's alone */
  private refuseTaken(known: Company['known'], company?: Company): void {
    const taken = new Set(
      this.all()
        .filter((other) => other !== company)
        .flatMap((other) => this.own(other.known).map(({ key }) => key))
    )
    const double = this.own(known).find(({ key }) => taken.has(key))
    if (double) {
      throw duplicate(double.name, this.world.variants)
    }
  }

  /** [P] What no two companies have: an external ID. [A] Names and contacts. */
  private own({ externalId, name, domains = [], emails = [], phones = [] }: Company['known']) {
    const { companyNamesUnique, companyContactsUnique } = this.world.variants
    const contacts: Array<[string, string]> = [
      ...domains.map(({ domain }): [string, string] => ['domain', domain.toLowerCase()]),
      ...emails.map(({ email }): [string, string] => ['email', email.toLowerCase()]),
      ...phones.map(({ phone }): [string, string] => ['phone', phone.replace(/\D/g, '')])
    ]
    const identifiers: Array<[string, string | undefined]> = [
      ['externalId', externalId],
      ...(companyNamesUnique ? [['name', name] as [string, string]] : []),
      ...(companyContactsUnique ? contacts : [])
    ]
    return identifiers.flatMap(([kind, value]) => (value === undefined ? [] : { name: kind, key: `${kind} ${value}` }))
  }
}
