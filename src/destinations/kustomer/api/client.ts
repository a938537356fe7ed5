import { RetryableError } from '@segment/actions-core'
import type { RequestClient } from '@segment/actions-core'
import type { Settings } from '../generated-types'
import type { Identifier } from '../values/identifiers'
import { isRefusal, tryAgain, unreadableAnswer } from './errors'
import { bulkResultsIn, definedAttributesIn, hasMore, jobIn, recordIn, recordsIn } from './records'
import type {
  BulkRecord,
  BulkResult,
  Company,
  CompanyAttributes,
  Customer,
  CustomerAttributes,
  DefinedAttribute,
  RecordKind,
  StoredRecord,
  TrackingEvent,
  TrackingIdentity
} from './records'
import { isForbidden, Transport } from './transport'
import type { Answer, Call, Limits } from './transport'
import { UndefinedAttributes } from './undefined-attributes'

/** Kustomer refused what a write says: 400, 409 or 422. */
export interface Refused {
  outcome: 'refused'
  error: Error
}

/** The most records that one bulk job takes. */
export const MAX_RECORDS = 100

/** The path of each kind of record, and the method of an update: no PATCH is published for companies. */
const RESOURCES: Record<RecordKind, { path: string; updateMethod: 'PATCH' | 'PUT' }> = {
  customer: { path: 'customers', updateMethod: 'PATCH' },
  company: { path: 'companies', updateMethod: 'PUT' }
}

/** So many pages of companies are looked through for a name: Kustomer's filter finds longer names too. */
const MAX_PAGES = 5

/**
 * Kustomer's REST API: every endpoint that this destination calls, and the only place that knows a path.
 *
 * Every method throws one of the framework's errors, with the status that Kustomer answered with, for a failure that
 * its return type does not name.
 */
export class KustomerClient {
  private readonly transport: Transport
  private readonly known = new Map<string, { what: string; keys: string[]; result: Promise<unknown> }>()
  private readonly turns = new Map<string, Promise<unknown>>()
  readonly undefinedAttributes: Record<RecordKind, UndefinedAttributes> = {
    customer: new UndefinedAttributes(),
    company: new UndefinedAttributes()
  }

  /** @throws InvalidAuthenticationError that names the API Key setting, before any request */
  constructor(request: RequestClient, settings: Settings, limits: Limits = {}) {
    this.transport = new Transport(request, settings, limits)
  }

  get signal(): AbortSignal | undefined {
    return this.transport.signal
  }

  /** Does something once for all events that this client is for, and hands each of them the same result. */
  once<Result>(what: string, keys: string[], task: () => Promise<Result>): Promise<Result> {
    const name = JSON.stringify([what, keys])
    const known = this.known.get(name) ?? { what, keys, result: task() }
    this.known.set(name, known)
    return known.result as Promise<Result>
  }

  /** Forgets what was done once for any of these keys. */
  forget(what: string, keys: string[]): void {
    for (const [name, known] of this.known) {
      if (known.what === what && known.keys.some((key) => keys.includes(key))) {
        this.known.delete(name)
      }
    }
  }

  /** Does something once all is done that was begun for any of the same keys. */
  inTurn<Result>(keys: string[], task: () => Promise<Result>): Promise<Result> {
    const result = Promise.allSettled(keys.flatMap((key) => this.turns.get(key) ?? [])).then(task)
    keys.forEach((key) => this.turns.set(key, result))
    return result
  }

  /** Reads the API key's own record, which any valid key may. */
  async currentToken(): Promise<void> {
    await this.transport.send({
      kind: 'token',
      action: 'check the API Key',
      method: 'GET',
      path: 'auth/tokens/current'
    })
  }

  /** The customer that Kustomer finds by this identifier, or undefined where there is none or it is marked as deleted. */
  findCustomer({ name, value }: Identifier): Promise<Customer | undefined> {
    return this.readRecord('customer', `look up the customer by ${name}`, `${name}=${encodeURIComponent(value)}`)
  }

  /** The companies that Kustomer lists for an external ID. */
  async findCompaniesByExternalId(externalId: string): Promise<Company[]> {
    return recordsIn(await this.listCompanies('externalId', `externalId=${encodeURIComponent(externalId)}`))
  }

  /** The companies that Kustomer lists for a name, of which longer ones are some: the first 500. */
  async findCompaniesByName(name: string): Promise<Company[]> {
    const found: Company[] = []
    for (let page = 1; page <= MAX_PAGES; page += 1) {
      const paging = page === 1 ? '' : `&page=${page}`
      const body = await this.listCompanies('name', `filter=${encodeURIComponent(name)}${paging}`)
      found.push(...recordsIn(body))
      if (!hasMore(body)) {
        break
      }
    }
    return found
  }

  /** The record with this id, or undefined where there is none or it is marked as deleted. */
  getRecord(kind: RecordKind, id: string): Promise<StoredRecord | undefined> {
    return this.readRecord(kind, `read the ${kind}`, encodeURIComponent(id))
  }

  /** Creates a record. */
  async createRecord(
    kind: RecordKind,
    attributes: CustomerAttributes | CompanyAttributes
  ): Promise<{ outcome: 'created'; id?: string } | Refused> {
    const { body, failure } = await this.transport.send({
      kind: `create ${kind}`,
      action: `create the ${kind}`,
      role: `org.permission.${kind}.create`,
      method: 'POST',
      path: RESOURCES[kind].path,
      json: attributes,
      expects: isRefusal
    })
    return failure ? { outcome: 'refused', error: failure } : { outcome: 'created', id: recordIn(body)?.id }
  }

  /** Updates a record with the attributes given; those left out stay, but for a customer's `company`. */
  async updateRecord(
    kind: RecordKind,
    id: string,
    attributes: CustomerAttributes | CompanyAttributes
  ): Promise<{ outcome: 'updated' } | { outcome: 'missing' } | Refused> {
    const { path, updateMethod } = RESOURCES[kind]
    const { status, failure } = await this.transport.send({
      kind: `update ${kind}`,
      action: `update the ${kind}`,
      role: `org.permission.${kind}.update`,
      method: updateMethod,
      path: `${path}/${encodeURIComponent(id)}`,
      json: attributes,
      expects: (status) => isMissing(status) || isRefusal(status)
    })
    if (!failure) {
      return { outcome: 'updated' }
    }
    return isMissing(status) ? { outcome: 'missing' } : { outcome: 'refused', error: failure }
  }

  /** Deletes a customer and all that hangs from it. One that is gone already is no failure. */
  async deleteCustomer(id: string): Promise<void> {
    await this.transport.send({
      kind: 'delete customer',
      action: 'delete the customer',
      role: 'org.permission.customer.delete',
      method: 'DELETE',
      path: `customers/${encodeURIComponent(id)}`,
      expects: isMissing
    })
  }

  /**
   * Merges a customer, the source, into another, for good: the target keeps its own values and gets the source's contacts
   * and conversations.
   *
   * @returns `refused` also where one of the two is gone, `forbidden` where the key lacks the role
   * @throws RetryableError (423) where the merge is not finished yet
   */
  async mergeCustomers(source: string, target: string): Promise<'merged' | 'refused' | 'forbidden'> {
    const call: Call = {
      kind: 'merge',
      action: 'merge the customer with the one that their events made',
      role: 'org.permission.customer_merge.create',
      method: 'POST',
      path: 'customers/merges',
      json: { source, target },
      expects: (status) => isRefusal(status) || isForbidden(status) || isMissing(status)
    }
    const { status, body, failure } = await this.transport.send(call)
    if (failure) {
      return isForbidden(status) ? 'forbidden' : 'refused'
    }
    if (jobIn(body).status !== 'success') {
      throw tryAgain(call, 'Kustomer has taken the merge and not finished it yet')
    }
    return 'merged'
  }

  /**
   * Queues the creation of at most 100 records of a kind, or the update of as many, each of which has an `id`: one
   * request of the budget. `_clientRef` is told again with each one's outcome.
   *
   * @returns the id of the job
   */
  async startBulk(kind: RecordKind, verb: 'create' | 'update', records: BulkRecord[]): Promise<string> {
    const { path } = RESOURCES[kind]
    const call: Call = {
      kind: 'bulk',
      action: `${verb} ${records.length} ${path} at once`,
      role: `org.permission.${kind}.${verb}`,
      method: verb === 'create' ? 'POST' : 'PUT',
      path: `${path}/bulk`,
      json: records
    }
    const { status, body } = await this.transport.send(call)
    const { id } = jobIn(body)
    if (id === undefined) {
      throw unreadableAnswer(call, this.transport.host, status)
    }
    return id
  }

  /** Whether a bulk job has finished. */
  async isBulkComplete(jobId: string): Promise<boolean> {
    const { body } = await this.readBulk(`bulk/${encodeURIComponent(jobId)}`)
    return jobIn(body).status === 'complete'
  }

  /** What became of each record of a finished bulk job. */
  async bulkResults(jobId: string): Promise<BulkResult[]> {
    const { body } = await this.readBulk(`bulk/${encodeURIComponent(jobId)}/batches`)
    return bulkResultsIn(body)
  }

  /** The custom attributes that the organization has defined for a kind of record. */
  async definedAttributes(kind: RecordKind): Promise<DefinedAttribute[]> {
    const { body } = await this.transport.send({
      kind: `metadata ${kind}`,
      action: `list the custom attributes that are defined for ${RESOURCES[kind].path}`,
      role: 'org.permission.metadata.read',
      method: 'GET',
      path: `metadata/${kind}`
    })
    return definedAttributesIn(body)
  }

  /** Records an event of a visitor, anonymous until its trackingId is claimed. */
  trackAnonymousEvent(event: TrackingEvent): Promise<void> {
    return this.track('record the event', 'tracking/event', event)
  }

  /** Ties the events of a visitor to the customer that the identity names, creating it where there is none. */
  claimHistory(identity: TrackingIdentity): Promise<void> {
    return this.track('claim the anonymous history', 'tracking/identity', identity)
  }

  /** Records an event on the timeline of the customer that the identity names, creating it where there is none. */
  trackCustomerEvent(identity: TrackingIdentity, event: TrackingEvent): Promise<void> {
    return this.track('record the event', 'tracking/identityEvent', { identity, event })
  }

  /** A success counts whatever its body, since an event sent again would be there twice. */
  private async track(action: string, path: string, json: unknown): Promise<void> {
    const { failure } = await this.transport.send({
      kind: 'track',
      action,
      role: 'org.tracking',
      method: 'POST',
      path,
      json,
      isBodyless: true,
      expects: (status) => status === 409
    })
    if (failure) {
      throw new RetryableError(failure.message, 423)
    }
  }

  private readBulk(path: string): Promise<Answer> {
    return this.transport.send({
      kind: 'bulk',
      action: 'follow the bulk job',
      role: 'org.permission.bulk.read',
      method: 'GET',
      path
    })
  }

  private async listCompanies(by: string, query: string): Promise<unknown> {
    const { body } = await this.transport.send({
      kind: 'read company',
      action: `look up the company by ${by}`,
      role: 'org.permission.company.read',
      method: 'GET',
      path: `companies?${query}`,
      expects: isMissing
    })
    return body
  }

  private async readRecord(kind: RecordKind, action: string, locator: string): Promise<StoredRecord | undefined> {
    const { body, failure } = await this.transport.send({
      kind: `read ${kind}`,
      action,
      role: `org.permission.${kind}.read`,
      method: 'GET',
      path: `${RESOURCES[kind].path}/${locator}`,
      expects: isMissing
    })
    return failure ? undefined : recordIn(body)
  }
}

function isMissing(status: number): boolean {
  return status === 404
}
