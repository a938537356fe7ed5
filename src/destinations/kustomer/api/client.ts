import { PayloadValidationError, RetryableError } from '@segment/actions-core'
import type { RequestClient } from '@segment/actions-core'
import type { Settings } from '../generated-types'
import { isRefusal, tryAgain, unreadableAnswer } from './errors'
import { bulkResultsIn, definedAttributesIn, hasMore, jobIn, recordIn, recordsIn } from './records'
import type {
  BulkRecord,
  BulkResult,
  Changes,
  Company,
  DefinedAttribute,
  RecordKind,
  StoredRecord,
  TrackingEvent,
  TrackingIdentity
} from './records'
import { isForbidden, Transport } from './transport'
import type { Call, Limits } from './transport'

/** How a write ended: `refused` is 400, 409, or 422; `missing` is an update of a record that is gone. */
export type Written = { outcome: 'written'; record?: StoredRecord } | { outcome: 'refused' | 'missing'; error: Error }

/** The most records that one bulk job takes. */
export const MAX_RECORDS = 100

/** No PATCH is published for companies and custom objects. */
const UPDATE_METHODS: Record<string, 'PATCH' | 'PUT'> = { customer: 'PATCH' }

/** How many pages of companies are searched for a name. Kustomer's filter finds longer names too. */
const MAX_PAGES = 5

/**
 * The endpoints of Kustomer's REST API that this destination calls. Methods throw one of the framework's errors, with
 * Kustomer's status, for every failure that they don't return.
 */
export class KustomerClient {
  private readonly transport: Transport
  private readonly results = new Map<string, Promise<unknown>>()

  /** @throws InvalidAuthenticationError that names the API Key setting, before any request */
  constructor(request: RequestClient, settings: Settings, limits: Limits = {}) {
    this.transport = new Transport(request, settings, limits)
  }

  get signal(): AbortSignal | undefined {
    return this.transport.signal
  }

  /** Runs a task once for all events of a batch. Each caller gets the same result. */
  once<Result>(key: string, task: () => Promise<Result>): Promise<Result> {
    const result = (this.results.get(key) as Promise<Result> | undefined) ?? task()
    this.results.set(key, result)
    return result
  }

  /** Whether 50 requests were sent and less than a fifth of the minute's budget is left, which agents need. */
  get isBudgetLow(): boolean {
    return this.transport.isBudgetLow
  }

  /** Reads the API key's own record, which needs no role. */
  async currentToken(): Promise<void> {
    await this.get('token', 'check the API Key', undefined, 'auth/tokens/current')
  }

  /** Returns the record that Kustomer finds by this identifier; undefined if there is none or it is deleted. */
  async findRecord(kind: RecordKind, { name, value }: { name: string; value: string }) {
    const record = await this.lookUp(kind, name, value)
    return record?.attributes.deleted === true ? undefined : record
  }

  /** Returns the customer with this external ID, one that is marked as deleted included. */
  lookUp(kind: RecordKind, name: string, value: string): Promise<StoredRecord | undefined> {
    return this.readRecord(kind, `look up the ${labelOf(kind)} by ${name}`, `${name}=${encode(value)}`)
  }

  /** Returns the companies that Kustomer lists for an external ID. */
  async findCompaniesByExternalId(externalId: string): Promise<Company[]> {
    return recordsIn(await this.listCompanies('externalId', `externalId=${encode(externalId)}`))
  }

  /**
   * Returns the companies that Kustomer lists for a name, longer names included: the first 500.
   *
   * @returns `isCut` if there are more
   */
  async findCompaniesByName(name: string): Promise<{ companies: Company[]; isCut: boolean }> {
    const companies: Company[] = []
    for (let page = 1; page <= MAX_PAGES; page += 1) {
      const paging = page === 1 ? '' : `&page=${page}`
      const body = await this.listCompanies('name', `filter=${encode(name)}${paging}`)
      companies.push(...recordsIn(body))
      if (!hasMore(body)) {
        return { companies, isCut: false }
      }
    }
    return { companies, isCut: true }
  }

  /** Returns the record with this id; undefined if there is none or it is deleted. */
  async getRecord(kind: RecordKind, id: string): Promise<StoredRecord | undefined> {
    const record = await this.readRecord(kind, `read the ${labelOf(kind)}`, encode(id))
    return record?.attributes.deleted === true ? undefined : record
  }

  /** Creates a record. The returned record is what Kustomer answered with, if it did. */
  createRecord(kind: RecordKind, attributes: Changes): Promise<Written> {
    return this.write(kind, 'create', 'POST', pathOf(kind), attributes)
  }

  /** Updates a record. Attributes that are not given stay, except a customer's `company`. */
  updateRecord(kind: RecordKind, id: string, attributes: Changes): Promise<Written> {
    return this.write(kind, 'update', UPDATE_METHODS[kind] ?? 'PUT', `${pathOf(kind)}/${encode(id)}`, attributes)
  }

  /** Deletes a customer. One that is already gone is no failure. */
  async deleteCustomer(id: string): Promise<void> {
    await this.transport.send({
      kind: 'delete customer',
      action: 'delete the customer',
      role: 'org.permission.customer.delete',
      method: 'DELETE',
      path: `customers/${encode(id)}`,
      expects: isMissing
    })
  }

  /**
   * Merges a customer, the source, into another, for good. The target keeps its own values, and gets the source's contacts
   * and conversations.
   *
   * @returns `refused` also if one of them is gone, `forbidden` if the API key lacks the role
   * @throws RetryableError (423) if the merge is not finished yet
   */
  async mergeCustomers(source: string, target: string): Promise<'merged' | 'refused' | 'forbidden'> {
    const call: Call = {
      kind: 'merge',
      action: 'merge two customers of one person',
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

  /** Starts a bulk job that creates or updates at most 100 records. Returns its ID. */
  async startBulk(kind: RecordKind, verb: 'create' | 'update', records: BulkRecord[]): Promise<string> {
    const call: Call = {
      kind: `bulk ${kind}`,
      action: `${verb} ${records.length} ${labelOf(kind)} records in one job`,
      role: roleFor(kind, verb),
      method: verb === 'create' ? 'POST' : 'PUT',
      path: `${pathOf(kind)}/bulk`,
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
    return jobIn(await this.readBulk(`bulk/${encode(jobId)}`)).status === 'complete'
  }

  /** Returns the outcome of each record of a finished bulk job. */
  async bulkResults(jobId: string): Promise<BulkResult[]> {
    return bulkResultsIn(await this.readBulk(`bulk/${encode(jobId)}/batches`))
  }

  /** Returns the custom attributes that the organization has defined for a kind of record. */
  async definedAttributes(kind: RecordKind): Promise<DefinedAttribute[]> {
    const action = `list the custom attributes of the ${labelOf(kind)}`
    const role = 'org.permission.metadata.read'
    return definedAttributesIn(await this.get(`metadata ${kind}`, action, role, `metadata/${encode(kind)}`))
  }

  /** Returns the Klasses that the organization has defined. */
  async klasses(): Promise<StoredRecord[]> {
    return recordsIn(await this.get('klasses', 'list the Klasses', 'org.permission.klass.read', 'klasses'))
  }

  /** Adds an event of an anonymous visitor. */
  trackAnonymousEvent(event: TrackingEvent): Promise<void> {
    return this.track('record the event', 'tracking/event', event)
  }

  /** Links a visitor's events to the customer with this identity, who is created if necessary. */
  claimHistory(identity: TrackingIdentity): Promise<void> {
    return this.track('claim the anonymous history', 'tracking/identity', identity)
  }

  /** Adds an event to the timeline of the customer with this identity, who is created if necessary. */
  trackCustomerEvent(identity: TrackingIdentity, event: TrackingEvent): Promise<void> {
    return this.track('record the event', 'tracking/identityEvent', { identity, event })
  }

  /** Any success is a delivery, because sending the event again would duplicate it. */
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

  private async write(
    kind: RecordKind,
    verb: 'create' | 'update',
    method: Call['method'],
    path: string,
    json: Changes
  ): Promise<Written> {
    const { status, body, failure } = await this.transport.send({
      kind: `${verb} ${kind}`,
      action: `${verb} the ${labelOf(kind)}`,
      role: roleFor(kind, verb),
      method,
      path,
      json,
      expects: (status) =>
        isRefusal(status) || (isMissing(status) && (verb === 'update' || kind.startsWith('kobject.')))
    })
    if (failure && verb === 'create' && isMissing(status)) {
      throw new PayloadValidationError(
        `The Klass ${kind.replace('kobject.', '')} isn't defined in Kustomer. ${failure.message}`
      )
    }
    if (failure) {
      return { outcome: isMissing(status) ? 'missing' : 'refused', error: failure }
    }
    return { outcome: 'written', record: recordIn(body) }
  }

  private readBulk(path: string): Promise<unknown> {
    return this.get('follow bulk', 'follow the bulk job', 'org.permission.bulk.read', path)
  }

  private listCompanies(by: string, query: string): Promise<unknown> {
    const action = `look up the company by ${by}`
    return this.get('read company', action, roleFor('company', 'read'), `companies?${query}`, isMissing)
  }

  private async readRecord(kind: RecordKind, action: string, locator: string): Promise<StoredRecord | undefined> {
    const path = `${pathOf(kind)}/${locator}`
    return recordIn(await this.get(`read ${kind}`, action, roleFor(kind, 'read'), path, isMissing))
  }

  /** Returns the body of an answer, or undefined for a failure that the caller expects. */
  private async get(
    kind: Call['kind'],
    action: string,
    role: string | undefined,
    path: string,
    expects?: Call['expects']
  ): Promise<unknown> {
    const { body, failure } = await this.transport.send({ kind, action, role, method: 'GET', path, expects })
    return failure ? undefined : body
  }
}

function isMissing(status: number): boolean {
  return status === 404
}

/** Returns `customers`, `companies`, or `klasses/<name>` for custom objects. */
function pathOf(kind: RecordKind): string {
  if (kind === 'customer' || kind === 'company') {
    return kind === 'customer' ? 'customers' : 'companies'
  }
  return `klasses/${encode(kind.slice('kobject.'.length))}`
}

/** Returns what a kind of record is called in messages. */
export function labelOf(kind: RecordKind): string {
  return kind.startsWith('kobject.') ? 'custom object' : kind
}

function roleFor(kind: RecordKind, verb: 'read' | 'create' | 'update'): string {
  return `org.permission.${kind.startsWith('kobject.') ? 'kobject' : kind}.${verb}`
}

/** Percent-encodes text for a path. A lone surrogate, which a URL can't contain, becomes the replacement character. */
function encode(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'))
}
