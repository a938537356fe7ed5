import type { RequestClient } from '@segment/actions-core'
import type { Settings } from '../generated-types'
import { KUSTOMER_API_VERSION } from '../versioning-info'
import { parseApiKey } from './api-key'
import { now } from './clock'
import { httpFailure, kustomerWords, transportFailure, unreadableAnswer } from './errors'
import type { Purpose } from './errors'
import { hostOf } from './hosts'
import type { RecordKind } from './records'

/** What a request is for. A key that lacks the role for one kind may have it for another. */
type Kind =
  | 'token'
  | 'merge'
  | 'klasses'
  | 'follow bulk'
  | 'track'
  | `${'bulk' | 'metadata'} ${RecordKind}`
  | `${'read' | 'create' | 'update' | 'delete'} ${RecordKind}`

export interface Call extends Purpose {
  kind: Kind
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  path: string
  json?: unknown
  /** Whether the caller handles a failure. Others are thrown. */
  expects?: (status: number) => boolean
  /** Whether a success counts whatever its body is. */
  isBodyless?: boolean
}

export interface Answer {
  status: number
  body: unknown
  /** The error of a failure that the caller expects. */
  failure?: Error
}

interface Response {
  status: number
  content: string
  headers?: { get(name: string): string | null }
}

/** What ends the work that a client is for. */
export interface Limits {
  /** Ends it at once. The framework hands it to every request by itself, and throws if it is given it again. */
  signal?: AbortSignal
  /** When it has to end, in milliseconds since the epoch. */
  deadline?: number
}

/** How long a request may take, in milliseconds. */
const REQUEST_TIMEOUT = 10_000

/** A batch may always send so many requests, so that each attempt gets further. */
const FREE_REQUESTS = 50

/**
 * Sends requests to Kustomer and turns every failure into one of the framework's errors.
 *
 * After a 401 or 403, requests of the same kind fail without being sent. After a 429 or a lost connection, all do.
 */
export class Transport {
  private readonly request: RequestClient
  private readonly apiKey: string
  private readonly deadline: number
  private readonly forbidden = new Map<Kind, Error>()
  private halt?: Error
  private sent = 0
  private budget?: { limit: number; remaining: number }
  readonly host: string
  readonly signal?: AbortSignal

  /** @throws InvalidAuthenticationError that names the API Key setting, before any request */
  constructor(request: RequestClient, settings: Settings, { signal, deadline = Infinity }: Limits) {
    this.request = request
    this.host = hostOf(settings.orgPod)
    this.apiKey = parseApiKey(settings)
    this.signal = signal
    this.deadline = deadline
  }

  get isBudgetLow(): boolean {
    return this.sent >= FREE_REQUESTS && this.budget !== undefined && this.budget.remaining < this.budget.limit / 5
  }

  /** @throws the framework's error for every failure that the call does not expect */
  async send(call: Call): Promise<Answer> {
    const known = this.halt ?? this.forbidden.get(call.kind)
    if (known) {
      return expectedOrThrown(call, known)
    }
    const { status, content, headers } = await this.exchange(call)
    this.budget = budgetIn(headers)
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

  private async exchange({ method, path, json, ...call }: Call): Promise<Response> {
    const timeout = Math.min(REQUEST_TIMEOUT, this.deadline - now())
    try {
      if (timeout <= 0 || this.signal?.aborted) {
        throw Object.assign(new Error(), { code: 'ETIMEDOUT' })
      }
      this.sent += 1
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

/** Returns what is left of the organization's requests per minute, if the answer has these headers. */
function budgetIn(headers?: Response['headers']): { limit: number; remaining: number } | undefined {
  const [limit, remaining] = ['x-ratelimit-limit', 'x-ratelimit-remaining'].map((name) =>
    parseInt(headers?.get(name) ?? '', 10)
  )
  return limit !== undefined && remaining !== undefined && limit > 0 && remaining >= 0
    ? { limit, remaining }
    : undefined
}

export function isForbidden(status: number): boolean {
  return status === 401 || status === 403
}

/** Returns a failure that the caller expects, and throws others. */
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

/** The framework doesn't parse bodies of JSON:API's content type. */
function parseJson(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch {
    return undefined
  }
}
