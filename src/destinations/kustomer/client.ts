import type { RequestClient } from '@segment/actions-core'
import { httpFailure, kustomerWords, transportFailure, unreadableAnswer } from './errors'
import type { Purpose } from './errors'
import type { Settings } from './generated-types'
import type { Identifier } from './identifiers'
import { parseApiKey, parsePod } from './settings'

export interface EmailItem {
  type?: string
  email: string
  verified?: boolean
}

export interface PhoneItem {
  type?: string
  phone: string
  verified?: boolean
}

export interface UrlItem {
  type?: string
  url: string
}

export interface LocationItem {
  type?: string
  name?: string
  address?: string
  address2?: string
  address3?: string
  latitude?: number
  longitude?: number
  countryCode?: string
  countryName?: string
  regionCode?: string
  regionName?: string
  cityName?: string
  zipCode?: string
  areaCode?: string
}

/** The attributes that this destination writes to a customer. Dates are RFC 3339 date-times in UTC. */
export interface CustomerAttributes {
  externalId?: string
  /** The id of a Kustomer company. An update without it unlinks the customer from its company. */
  company?: string
  name?: string
  username?: string
  avatarUrl?: string
  birthdayAt?: string
  signedUpAt?: string
  gender?: 'm' | 'f'
  locale?: string
  timeZone?: string
  emails?: EmailItem[]
  sharedEmails?: EmailItem[]
  phones?: PhoneItem[]
  sharedPhones?: PhoneItem[]
  urls?: UrlItem[]
  locations?: LocationItem[]
  custom?: Record<string, string | number | boolean>
}

/** A customer as read: its attributes come from outside and are checked where they are used. */
export interface Customer {
  id: string
  attributes: Record<string, unknown>
  companyId?: string
}

export interface TrackingEvent {
  name: string
  sessionId?: string
  trackingId?: string
  meta?: Record<string, string | number>
}

export interface TrackingIdentity {
  trackingId?: string
  externalId?: string
  email?: string
  phone?: string
}

interface Call extends Purpose {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  path: string
  json?: unknown
  /** Statuses that the caller has an answer to; any other failure is thrown. */
  expects?: number[]
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

/** A key shorter than this, which no real one is, could be a part of any word. */
const SHORTEST_KEY = 6

const CONFLICTS = [400, 409, 422]
const SAYS_IT_EXISTS = /\balready\b|\bduplicate|\btaken\b|\bin use\b|\bmust be unique\b/i

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
    this.host = pod === 'prod1' ? 'api.kustomerapp.com' : `api.${pod}.kustomerapp.com`
    this.apiKey = parseApiKey(settings)
  }

  /** Reads the API key's own record, which any valid key may. */
  async currentToken(): Promise<void> {
    await this.send({ action: 'check the API Key', method: 'GET', path: '/v1/auth/tokens/current' })
  }

  /** The customer with this identifier, or undefined where there is none or it is marked as deleted. */
  async findCustomer({ name, value }: Identifier): Promise<Customer | undefined> {
    const { body } = await this.send({
      action: `look up the customer by ${name}`,
      role: 'org.permission.customer.read',
      method: 'GET',
      path: `/v1/customers/${name}=${encodeURIComponent(value)}`,
      expects: [404]
    })
    return customerIn(body)
  }

  /** Creates a customer. */
  async createCustomer(attributes: CustomerAttributes): Promise<{ outcome: 'created'; id?: string } | Conflict> {
    const { status, body, words } = await this.send({
      action: 'create the customer',
      role: 'org.permission.customer.create',
      method: 'POST',
      path: '/v1/customers',
      json: attributes,
      expects: CONFLICTS
    })
    return isConflict(status) ? { outcome: 'conflict', words } : { outcome: 'created', id: customerIn(body)?.id }
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
      expects: [404, ...CONFLICTS]
    })
    return isConflict(status) ? { outcome: 'conflict', words } : { outcome: status === 404 ? 'missing' : 'updated' }
  }

  /** Deletes a customer and all that hangs from it. One that is gone already is no failure. */
  async deleteCustomer(id: string): Promise<void> {
    await this.send({
      action: 'delete the customer',
      role: 'org.permission.customer.delete',
      method: 'DELETE',
      path: `/v1/customers/${encodeURIComponent(id)}`,
      expects: [404]
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

  private async send(call: Call): Promise<Answer> {
    const { method, path, json, expects = [] } = call
    const response = await this.request(`https://${this.host}${path}`, { method, json, throwHttpErrors: false }).catch(
      (error: unknown) => {
        throw transportFailure(call, this.host, error)
      }
    )
    const { status, ok, content } = response
    const body = parseJson(content)
    if (ok && body === undefined && content.trim() !== '') {
      throw unreadableAnswer(call, this.host, status)
    }
    const words = this.withoutKey(kustomerWords(body))
    const expected = expects.includes(status) && (status === 404 || status === 409 || SAYS_IT_EXISTS.test(words))
    if (!ok && !expected) {
      throw httpFailure(call, status, words)
    }
    return { status, body, words }
  }

  private withoutKey(words: string): string {
    return this.apiKey.length < SHORTEST_KEY ? words : words.split(this.apiKey).join('[API Key]')
  }
}

function isConflict(status: number): boolean {
  return CONFLICTS.includes(status)
}

/** The body whatever its content type, since a JSON:API body has one that the framework does not parse. */
function parseJson(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch {
    return undefined
  }
}

function customerIn(body: unknown): Customer | undefined {
  const record = (body as CustomerResponse | undefined)?.data
  if (typeof record?.id !== 'string' || record.attributes?.deleted === true) {
    return undefined
  }
  const companyId = record.relationships?.company?.data?.id
  return { id: record.id, attributes: record.attributes ?? {}, companyId }
}

/** What Kustomer publishes of the answer, every part of it optional, since it comes from outside. */
interface CustomerResponse {
  data?: {
    id?: unknown
    attributes?: Record<string, unknown>
    relationships?: { company?: { data?: { id?: string } | null } | null }
  } | null
}
