import { RetryableError } from '@segment/actions-core'
import type { RequestClient } from '@segment/actions-core'
import type { Settings } from '../generated-types'
import { KUSTOMER_API_VERSION } from '../versioning-info'
import type { Identifier } from '../values/identifiers'
import { parseApiKey } from './api-key'
import { now } from './clock'
import { httpFailure, isRefusal, kustomerWords, transportFailure, tryAgain, unreadableAnswer } from './errors'
import type { Purpose } from './errors'
import { hostOf } from './hosts'
import { bulkResultsIn, customerIn, jobIn } from './records'
import type { BulkRecord, BulkResult, Customer, CustomerAttributes, TrackingEvent, TrackingIdentity } from './records'

/** What a request is for: a key that lacks the role for one kind may have it for another. */
type Kind = 'token' | 'read' | 'create' | 'update' | 'delete' | 'merge' | 'bulk' | 'track'

interface Call extends Purpose {
  kind: Kind
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  path: string
  json?: unknown
  /** Whether the caller has an answer to a failure; any other is thrown. */
  expects?: (status: number) => boolean
  /** Whether a success counts whatever its body is. */
  isBodyless?: boolean
}

interface Answer {
  status: number
  body: unknown
  /** The error of a failure that the caller expects. */
  failure?: Error
}

/** Kustomer refused what a write says: 400, 409 or 422. */
export interface Refused {
  outcome: 'refused'
  error: Error
}

/** The most records that one bulk job takes. */
export const MAX_RECORDS = 100

/** How long a request may take, in milliseconds. */
const REQUEST_TIMEOUT = 10_000

/** What ends the work that a client is for. */
export interface Limits {
  /** Ends it at once. The framework hands it to every request by itself, and throws if it is given it again. */
  signal?: AbortSignal
  /** When it has to end, in milliseconds since the epoch. */
  deadline?: number
}

/**
 * Kustomer's REST API: every endpoint that this destination calls, and the only place that knows a URL.
 *
 * Every method throws one of the framework's errors, with the status that Kustomer answered with, for a failure that
 * its return type does not name. What a key may not do (401, 403) is asked for once, and once Kustomer has answered 429,
 * or a connection was lost, this client sends nothing more: the same error is thrown again without a request.
 */
export class KustomerClient {
  private readonly request: RequestClient
  private readonly host: string
  private readonly apiKey: string
  private readonly deadline: number
  private readonly forbidden = new Map<Kind, Error>()
  private halt?: Error
  readonly signal?: AbortSignal

  /** @throws InvalidAuthenticationError that names the API Key setting, before any request */
  constructor(request: RequestClient, settings: Settings, { signal, deadline = Infinity }: Limits = {}) {
    this.request = request
    this.host = hostOf(settings.orgPod)
    this.apiKey = parseApiKey(settings)
    this.signal = signal
    this.deadline = deadline
  }

  /** Reads the API key's own record, which any valid key may. */
  async currentToken(): Promise<void> {
    await this.send({ kind: 'token', action: 'check the API Key', method: 'GET', path: 'auth/tokens/current' })
  }

  /** The customer that Kustomer finds by this identifier, or undefined where there is none or it is marked as deleted. */
  findCustomer({ name, value }: Identifier): Promise<Customer | undefined> {
    return this.readCustomer(`look up the customer by ${name}`, `${name}=${encodeURIComponent(value)}`)
  }

  /** The customer with this id, or undefined where there is none or it is marked as deleted. */
  getCustomer(id: string): Promise<Customer | undefined> {
    return this.readCustomer('read the customer', encodeURIComponent(id))
  }

  /** Creates a customer. */
  async createCustomer(attributes: CustomerAttributes): Promise<{ outcome: 'created'; id?: string } | Refused> {
    const { body, failure } = await this.send({
      kind: 'create',
      action: 'create the customer',
      role: 'org.permission.customer.create',
      method: 'POST',
      path: 'customers',
      json: attributes,
      expects: isRefusal
    })
    return failure ? { outcome: 'refused', error: failure } : { outcome: 'created', id: customerIn(body)?.id }
  }

  /** Updates a customer with the attributes given; those left out stay, but for `company`. */
  async updateCustomer(
    id: string,
    attributes: CustomerAttributes
  ): Promise<{ outcome: 'updated' } | { outcome: 'missing' } | Refused> {
    const { status, failure } = await this.send({
      kind: 'update',
      action: 'update the customer',
      role: 'org.permission.customer.update',
      method: 'PATCH',
      path: `customers/${encodeURIComponent(id)}`,
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
    await this.send({
      kind: 'delete',
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
    const { status, body, failure } = await this.send(call)
    if (failure) {
      return isForbidden(status) ? 'forbidden' : 'refused'
    }
    if (jobIn(body).status !== 'success') {
      throw tryAgain(call, 'Kustomer has taken the merge and not finished it yet')
    }
    return 'merged'
  }

  /**
   * Queues the creation of at most 100 customers, or the update of as many, each of which has an `id`: one request of
   * the budget. `_clientRef` is told again with each one's outcome.
   *
   * @returns the id of the job
   */
  async startBulk(kind: 'create' | 'update', records: BulkRecord[]): Promise<string> {
    const call: Call = {
      kind: 'bulk',
      action: `${kind} ${records.length} customers at once`,
      role: `org.permission.customer.${kind}`,
      method: kind === 'create' ? 'POST' : 'PUT',
      path: 'customers/bulk',
      json: records
    }
    const { status, body } = await this.send(call)
    const { id } = jobIn(body)
    if (id === undefined) {
      throw unreadableAnswer(call, this.host, status)
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
    const call: Call = {
      kind: 'track',
      action,
      role: 'org.tracking',
      method: 'POST',
      path,
      json,
      isBodyless: true,
      expects: (status) => status === 409
    }
    const { failure } = await this.send(call)
    if (failure) {
      throw new RetryableError(failure.message, 423)
    }
  }

  private readBulk(path: string): Promise<Answer> {
    return this.send({
      kind: 'bulk',
      action: 'follow the bulk job',
      role: 'org.permission.bulk.read',
      method: 'GET',
      path
    })
  }

  private async readCustomer(action: string, locator: string): Promise<Customer | undefined> {
    const { body, failure } = await this.send({
      kind: 'read',
      action,
      role: 'org.permission.customer.read',
      method: 'GET',
      path: `customers/${locator}`,
      expects: isMissing
    })
    return failure ? undefined : customerIn(body)
  }

  private async send(call: Call): Promise<Answer> {
    const known = this.halt ?? this.forbidden.get(call.kind)
    if (known) {
      return expectedOrThrown(call, known)
    }
    const { status, content } = await this.exchange(call)
    const body = parseJson(content)
    if (isSuccess(status)) {
      if (body === undefined && content.trim() !== '' && !call.isBodyless) {
        throw unreadableAnswer(call, this.host, status)
      }
      return { status, body }
    }
    const failure = httpFailure(call, status, kustomerWords(body, this.apiKey))
    if (isForbidden(status)) {
      this.forbidden.set(call.kind, failure)
    }
    if (status === 429) {
      this.halt = failure
    }
    return expectedOrThrown(call, failure, status, body)
  }

  private async exchange({ method, path, json, ...call }: Call): Promise<{ status: number; content: string }> {
    const timeout = Math.min(REQUEST_TIMEOUT, this.deadline - now())
    try {
      if (timeout <= 0 || this.signal?.aborted) {
        throw Object.assign(new Error(), { code: 'ETIMEDOUT' })
      }
      return await this.request(`https://${this.host}/${KUSTOMER_API_VERSION}/${path}`, {
        method,
        json,
        timeout,
        throwHttpErrors: false,
        // A redirect that is followed would take the key elsewhere.
        redirect: 'manual'
      })
    } catch (error) {
      this.halt = transportFailure(call, this.host, error)
      throw this.halt
    }
  }
}

/** Hands a failure to the caller where it expects one of its status, and throws it otherwise. */
function expectedOrThrown(call: Call, failure: Error, status = statusOf(failure), body?: unknown): Answer {
  if (call.expects?.(status)) {
    return { status, body, failure }
  }
  throw failure
}

function statusOf(failure: Error): number {
  return (failure as Error & { status: number }).status
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300
}

function isMissing(status: number): boolean {
  return status === 404
}

function isForbidden(status: number): boolean {
  return status === 401 || status === 403
}

/** The body whatever its content type, since a JSON:API body has one that the framework does not parse. */
function parseJson(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch {
    return undefined
  }
}
