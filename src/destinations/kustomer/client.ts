import type { RequestClient } from '@segment/actions-core'
import { httpFailure, isConflict, kustomerWords, transportFailure, unreadableAnswer } from './errors'
import type { Purpose } from './errors'
import type { Settings } from './generated-types'
import type { Identifier } from './identifiers'
import { bulkJobIn, bulkResultsIn, customerIn, customersIn } from './records'
import type { BulkRecord, BulkResult, Customer, CustomerAttributes, TrackingEvent, TrackingIdentity } from './records'
import { parseApiKey, parsePod } from './settings'

interface Call extends Purpose {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: string
  json?: unknown
  /** Whether the caller has an answer to a failure; any other is thrown. */
  expects?: (status: number, words: string) => boolean
}

interface Answer {
  status: number
  body: unknown
  /** Kustomer's own words, where it had any. */
  words: string
}

/** Kustomer refused a write because another customer holds the externalId, an email or a phone. */
export interface Conflict {
  outcome: 'conflict'
  words: string
}

/** The most records that one search or one bulk job takes. */
export const MAX_RECORDS = 100

/** A key shorter than this, which no real one is, could be a part of any word. */
const SHORTEST_KEY = 6

/**
 * The host of a pod. Kustomer publishes those of prod1, prod2 and prod4; that another pod has a host of its name is
 * assumed.
 */
export function hostOf(pod: string): string {
  return pod === 'prod1' ? 'api.kustomerapp.com' : `api.${pod}.kustomerapp.com`
}

/** What finding, creating and updating customers takes. */
export type CustomerDirectory = Pick<KustomerClient, 'findCustomer' | 'createCustomer' | 'updateCustomer'>

/**
 * Kustomer's REST API: every endpoint that this destination calls, and the only place that knows a URL.
 *
 * Every method throws one of the framework's errors, with the status that Kustomer answered with, for a failure that
 * its return type does not name.
 */
export class KustomerClient {
  private readonly request: RequestClient
  private readonly host: string
  private readonly apiKey: string

  /** @throws IntegrationError or InvalidAuthenticationError that names the setting, before any request */
  constructor(request: RequestClient, settings: Settings) {
    const pod = parsePod(settings)
    this.request = request
    this.host = hostOf(pod)
    this.apiKey = parseApiKey(settings)
  }

  /** Reads the API key's own record, which any valid key may. */
  async currentToken(): Promise<void> {
    await this.send({ action: 'check the API Key', method: 'GET', path: '/v1/auth/tokens/current' })
  }

  /** The customer with this identifier, or undefined where there is none or it is marked as deleted. */
  async findCustomer({ name, value }: Identifier): Promise<Customer | undefined> {
    return this.readCustomer(`look up the customer by ${name}`, `${name}=${encodeURIComponent(value)}`)
  }

  /** Creates a customer. */
  async createCustomer(attributes: CustomerAttributes): Promise<{ outcome: 'created'; id?: string } | Conflict> {
    const { status, body, words } = await this.send({
      action: 'create the customer',
      role: 'org.permission.customer.create',
      method: 'POST',
      path: '/v1/customers',
      json: attributes,
      expects: isConflict
    })
    return isSuccess(status) ? { outcome: 'created', id: customerIn(body)?.id } : { outcome: 'conflict', words }
  }

  /** Updates a customer with the attributes given; those left out stay, but for `company`. */
  async updateCustomer(
    id: string,
    attributes: CustomerAttributes
  ): Promise<{ outcome: 'updated' | 'missing' } | Conflict> {
    const { status, words } = await this.send({
      action: 'update the customer',
      role: 'org.permission.customer.update',
      method: 'PATCH',
      path: `/v1/customers/${encodeURIComponent(id)}`,
      json: attributes,
      expects: (status, words) => isMissing(status) || isConflict(status, words)
    })
    if (isSuccess(status)) {
      return { outcome: 'updated' }
    }
    return isMissing(status) ? { outcome: 'missing' } : { outcome: 'conflict', words }
  }

  /** The customer with this id, or undefined where there is none or it is marked as deleted. */
  async getCustomer(id: string): Promise<Customer | undefined> {
    return this.readCustomer('read the customer', encodeURIComponent(id))
  }

  /**
   * The customers with these externalIds, at most 100, that Kustomer's index knows: one request of a budget of its own.
   *
   * The index lags behind writes: what it tells may be outdated, and one it does not know may exist all the same.
   */
  async searchCustomers(externalIds: string[]): Promise<Customer[]> {
    const { body } = await this.send({
      action: 'search for customers',
      role: 'a search role',
      method: 'POST',
      path: `/v1/customers/search?pageSize=${MAX_RECORDS}`,
      json: { or: externalIds.map((equals) => ({ customer_externalId: { equals } })), queryContext: 'customer' }
    })
    return customersIn(body)
  }

  /**
   * Queues the creation of at most 100 customers, or the update of as many, each of which has an `id`: one request of
   * the budget. `_clientRef` is told again with each one's outcome.
   *
   * @returns the id of the job
   */
  async startBulk(kind: 'create' | 'update', records: BulkRecord[]): Promise<string> {
    const call: Call = {
      action: `${kind} ${records.length} customers at once`,
      role: `org.permission.customer.${kind}`,
      method: kind === 'create' ? 'POST' : 'PUT',
      path: '/v1/customers/bulk',
      json: records
    }
    const { status, body } = await this.send(call)
    const { id } = bulkJobIn(body)
    if (id === undefined) {
      throw unreadableAnswer(call, this.host, status)
    }
    return id
  }

  /** Whether a bulk job has finished. */
  async isBulkComplete(jobId: string): Promise<boolean> {
    const { body } = await this.readBulk(`/v1/bulk/${encodeURIComponent(jobId)}`)
    return bulkJobIn(body).status === 'complete'
  }

  /** What became of each record of a finished bulk job. */
  async bulkResults(jobId: string): Promise<BulkResult[]> {
    const { body } = await this.readBulk(`/v1/bulk/${encodeURIComponent(jobId)}/batches`)
    return bulkResultsIn(body).map((result) =>
      result.failure
        ? { ...result, failure: { ...result.failure, words: this.withoutKey(result.failure.words) } }
        : result
    )
  }

  /** Deletes a customer and all that hangs from it. One that is gone already is no failure. */
  async deleteCustomer(id: string): Promise<void> {
    await this.send({
      action: 'delete the customer',
      role: 'org.permission.customer.delete',
      method: 'DELETE',
      path: `/v1/customers/${encodeURIComponent(id)}`,
      expects: isMissing
    })
  }

  /** Records an event of a visitor, anonymous until its trackingId is claimed. */
  async trackAnonymousEvent(event: TrackingEvent): Promise<void> {
    await this.track('record the event', '/v1/tracking/event', event)
  }

  /** Ties the events of a visitor to the customer that the identity names, creating it where there is none. */
  async claimHistory(identity: TrackingIdentity): Promise<void> {
    await this.track('claim the anonymous history', '/v1/tracking/identity', identity)
  }

  /** Records an event on the timeline of the customer that the identity names, creating it where there is none. */
  async trackCustomerEvent(identity: TrackingIdentity, event: TrackingEvent): Promise<void> {
    await this.track('record the event', '/v1/tracking/identityEvent', { identity, event })
  }

  private async track(action: string, path: string, json: unknown): Promise<void> {
    await this.send({ action, role: 'org.tracking', method: 'POST', path, json })
  }

  private readBulk(path: string): Promise<Answer> {
    return this.send({ action: 'follow the bulk job', role: 'org.permission.bulk.read', method: 'GET', path })
  }

  private async readCustomer(action: string, locator: string): Promise<Customer | undefined> {
    const { body } = await this.send({
      action,
      role: 'org.permission.customer.read',
      method: 'GET',
      path: `/v1/customers/${locator}`,
      expects: isMissing
    })
    return customerIn(body)
  }

  private async send(call: Call): Promise<Answer> {
    const { method, path, json, expects } = call
    const response = await this.request(`https://${this.host}${path}`, { method, json, throwHttpErrors: false }).catch(
      (error: unknown) => {
        throw transportFailure(call, this.host, error)
      }
    )
    const { status, content } = response
    const body = parseJson(content)
    const words = this.withoutKey(kustomerWords(body))
    if (isSuccess(status)) {
      if (body === undefined && content.trim() !== '') {
        throw unreadableAnswer(call, this.host, status)
      }
    } else if (!expects?.(status, words)) {
      throw httpFailure(call, status, words)
    }
    return { status, body, words }
  }

  private withoutKey(words: string): string {
    return this.apiKey.length < SHORTEST_KEY ? words : words.split(this.apiKey).join('[API Key]')
  }
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300
}

function isMissing(status: number): boolean {
  return status === 404
}

/** The body whatever its content type, since a JSON:API body has one that the framework does not parse. */
function parseJson(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch {
    return undefined
  }
}
