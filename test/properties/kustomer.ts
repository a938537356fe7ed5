import type { Destination, JSONObject } from '@segment/actions-core'
import type { Settings } from '../../src/destinations/kustomer/generated-types'
import { createSandbox } from '../../src/sandbox'
import type { VariantName } from '../../src/sandbox'
import { ALL_ROLES } from '../../src/sandbox/access'
import { perform } from './agent'
import type { Edit } from './agent'
import { elapse, now, rewind } from './clock'
import { segmentEvent } from './events'
import type { Event } from './events'
import { stateOf } from './state'
import type { Customer, State } from './state'
import { runtimeOf } from './without-http'
import type { Definition } from './without-http'

/** What does not change in a run: the variants that are on, and roles that the API key lacks. */
export interface Environment {
  variants: VariantName[]
  lackedRoles: string[]
}

/** What goes wrong with one request. */
export type Fault =
  | { what: 'refused'; status: number }
  | { what: 'dropped' }
  /** Kustomer does what it was asked for, and the answer never arrives, or is another. */
  | { what: 'answer lost'; to: 'a dropped connection' | 'a time-out' | 'an answer 502' | 'an empty body' }
  /** Segment's runtime ends the attempt. */
  | { what: 'aborted' }

/** What happens during an attempt, by the number of the request before or at which it does. */
export interface Disturbances {
  faults: Array<{ at: number; fault: Fault }>
  edits: Array<{ at: number; edit: Edit }>
}

/** An agent's edit as it turned out. No value: gone. */
export interface Change {
  customerId: string
  key: string
  value?: string
}

/** A merge that Kustomer was asked for and has agreed to. */
export interface Merge {
  source: string
  target: string
  /** Both as they were then. */
  before: Array<Customer | undefined>
}

export interface Outcome {
  event: Event
  /** 200 where the event was delivered; undefined where the error was none of the framework's. */
  status: number | undefined
  message?: string
  /** Whether nothing was written, so that no history is claimed: a named event claims it. */
  isUnchanged?: boolean
}

/** What became of one attempt to deliver something. */
export interface Attempt {
  batched: boolean
  outcomes: Outcome[]
  changes: Change[]
  /** Whether somebody else has written, which counts although no value has changed. */
  isDisturbed: boolean
  merges: Merge[]
  /** The faults that came about. */
  faults: Fault[]
  /** Whether Kustomer recorded an event whose answer was lost. */
  lostEvents: number
  /** For a person to read. */
  requests: string[]
}

/** The role without which nobody can be merged. */
export const MERGE_ROLE = 'org.permission.customer_merge.create'

const BULK_ROLE = 'org.permission.bulk.read'

/** The roles that an API key may lack, which the destination does without. */
export const LACKED_ROLES = [[], [MERGE_ROLE], [BULK_ROLE]]

const keyLacking = (roles: string[]): string => ['key', ...roles].join('-without-')

/** The statuses after which Segment sends an event again. */
export function isRetryable(status: number | undefined): boolean {
  return status === 408 || status === 423 || status === 429 || (status !== undefined && status >= 500)
}

/** Made once, since that takes as long as ten requests. */
const sandbox = createSandbox({
  now: () => new Date(now()),
  tokens: Object.fromEntries(
    LACKED_ROLES.map((lacked) => [
      keyLacking(lacked),
      { roles: ALL_ROLES.filter((role) => !lacked.includes(role)), pod: 'prod1' }
    ])
  )
})

/** The time that one request takes, and the time after which the destination's client gives up, in milliseconds. */
const REQUEST_TIME = 20
const TIME_OUT = 10_000

/** A destination in front of a sandbox, all within this process: there is no HTTP between them. */
export class Kustomer {
  private readonly settings: Settings
  private readonly runtime: Destination<Settings>
  private readonly subscriptions: JSONObject[]
  private disturbances: Disturbances = { faults: [], edits: [] }
  private attempt = newAttempt(false)
  private aborting = new AbortController()
  private count = 0
  private turn: Promise<unknown> = Promise.resolve()
  /** The state, since looking at it takes as long as a request. */
  private known?: State

  constructor(definition: Definition, { variants, lackedRoles }: Environment) {
    rewind()
    sandbox.setVariants(Object.fromEntries(variants.map((name) => [name, true])))
    sandbox.reset()
    this.settings = { apiKey: keyLacking(lackedRoles), orgPod: 'prod1' }
    this.runtime = runtimeOf(definition, (...request) => this.inTurn(() => this.answer(...request)))
    this.subscriptions = (definition.presets ?? []).map((preset) => ({
      ...preset,
      mapping: {
        ...('mapping' in preset ? preset.mapping : {}),
        ...(preset.partnerAction === 'upsertCustomer' ? { customAttributes: { '@path': '$.traits.custom' } } : {})
      }
    }))
  }

  /** What Kustomer holds now. */
  state(): State {
    this.known ??= stateOf(sandbox)
    return this.known
  }

  /** Lets time pass, in milliseconds. */
  elapse(milliseconds: number): void {
    elapse(milliseconds)
    this.known = undefined
  }

  /** Somebody edits in Kustomer. */
  async edit(wanted: Edit): Promise<Change[]> {
    const before = this.state()
    await perform(wanted, [...before.keys()], (method, path, json) => this.call(method, path, json))
    return changesBetween(before, this.state())
  }

  /** Delivers events, one alone or several as a batch. */
  async deliver(events: Event[], batched: boolean, disturbances: Disturbances): Promise<Attempt> {
    this.disturbances = disturbances
    this.attempt = newAttempt(batched)
    this.aborting = new AbortController()
    this.count = 0
    this.attempt.outcomes = await (batched ? this.sendBatch(events) : this.send(events))
    this.known = undefined
    return this.attempt
  }

  private async send(events: Event[]): Promise<Outcome[]> {
    const outcomes: Outcome[] = []
    for (const event of events) {
      const sent = this.runtime.onEvent(
        segmentEvent(event),
        { ...this.settings, subscriptions: this.subscriptions },
        { signal: this.aborting.signal }
      )
      outcomes.push(
        await sent.then(
          (results) => ({ event, status: 200, isUnchanged: isUnchanged(results.find(({ data }) => data)?.data) }),
          (error: unknown) => ({ event, ...failure(error) })
        )
      )
    }
    return outcomes
  }

  private async sendBatch(events: Event[]): Promise<Outcome[]> {
    const sent = this.runtime.onBatch(
      events.map(segmentEvent),
      { ...this.settings, subscription: this.subscriptions[0] } as unknown as JSONObject,
      { signal: this.aborting.signal }
    )
    return sent.then(
      ([result]) =>
        events.map((event, index) => {
          const { status, errormessage, body } = (result?.multistatus?.[index] ?? {}) as {
            status?: number
            errormessage?: string
            body?: unknown
          }
          const isDelivered = status !== undefined && status <= 299
          return { event, status: isDelivered ? 200 : status, message: errormessage, isUnchanged: isUnchanged(body) }
        }),
      (error: unknown) => events.map((event) => ({ event, ...failure(error) }))
    )
  }

  /** One request after the other, so that an edit in between happens at once. */
  private inTurn<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    const answer = this.turn.then(work)
    this.turn = answer.catch(() => undefined)
    return answer
  }

  private async answer(method: string, url: string, headers: Record<string, string>, json: unknown) {
    const at = (this.count += 1)
    for (const { edit } of this.disturbances.edits.filter((planned) => planned.at === at)) {
      this.attempt.isDisturbed = true
      this.attempt.changes.push(...(await this.edit(edit)))
    }
    if (this.aborting.signal.aborted) {
      throw aborted()
    }
    const fault = this.disturbances.faults.find((planned) => planned.at === at)?.fault
    if (fault) {
      this.attempt.faults.push(fault)
    }
    const { pathname } = new URL(url)
    const line = `${method} ${decodeURIComponent(pathname)}${json === undefined ? '' : ` ${JSON.stringify(json)}`}`
    this.elapse(REQUEST_TIME)
    const tell = (what: string | number): void => {
      this.attempt.requests.push(`${line} → ${what}`)
    }
    switch (fault?.what) {
      case 'dropped':
        tell('dropped')
        throw droppedConnection()
      case 'aborted':
        tell('aborted')
        this.aborting.abort()
        throw aborted()
      case 'refused':
        tell(`${fault.status} (fault)`)
        return responseOf(fault.status, REFUSAL)
    }
    const merged = pathname === '/v1/customers/merges' && (json as { source: string; target: string })
    const before = merged && this.state()
    const response = await this.fetch(method, url, headers, json)
    if (merged && before && response.ok) {
      const { source, target } = merged
      this.attempt.merges.push({ source, target, before: [before.get(source), before.get(target)] })
    }
    tell(`${response.status}${fault ? ` (${fault.to})` : ''}`)
    if (fault) {
      const isTaken = /^\/v1\/tracking\/.*event$/i.test(pathname) && response.ok
      this.attempt.lostEvents += isTaken && fault.to !== 'an empty body' ? 1 : 0
      switch (fault.to) {
        case 'a dropped connection':
          throw droppedConnection()
        case 'a time-out':
          this.elapse(TIME_OUT)
          throw Object.assign(new Error('Request timed out'), { name: 'TimeoutError', code: 'ETIMEDOUT' })
        case 'an empty body':
          // Of a look-up, it would say that there is nobody.
          return method === 'GET' ? responseOf(502, '') : responseOf(response.status, '')
        default:
          return responseOf(502, '<html>Bad gateway</html>')
      }
    }
    return response
  }

  private async call(method: string, path: string, json?: unknown): Promise<{ status: number; body: unknown }> {
    const url = `https://api.kustomerapp.com${path}`
    const { status, content } = await this.fetch(method, url, { authorization: `Bearer ${keyLacking([])}` }, json)
    return { status, body: content === '' ? undefined : JSON.parse(content) }
  }

  private async fetch(method: string, url: string, headers: Record<string, string>, json: unknown) {
    const body = json === undefined ? null : JSON.stringify(json)
    const type: Record<string, string> = body === null ? {} : { 'content-type': 'application/json' }
    this.known = undefined
    const response = await sandbox.fetch(new Request(url, { method, headers: { ...headers, ...type }, body }))
    return responseOf(response.status, await response.text(), response.headers)
  }
}

const REFUSAL = JSON.stringify({ errors: [{ code: 'fault', title: 'A fault' }] })

function responseOf(status: number, content: string, headers = new Headers()) {
  let data: unknown = content
  try {
    data = JSON.parse(content)
  } catch {
    // Text, then.
  }
  return { status, ok: status >= 200 && status < 300, statusText: String(status), headers, content, data }
}

function newAttempt(batched: boolean): Attempt {
  return { batched, outcomes: [], changes: [], isDisturbed: false, merges: [], faults: [], lostEvents: 0, requests: [] }
}

function isUnchanged(body: unknown): boolean {
  return (body as { outcome?: string } | undefined)?.outcome === 'unchanged'
}

function droppedConnection(): Error {
  return Object.assign(new Error('socket hang up'), { name: 'FetchError', code: 'ECONNRESET' })
}

function aborted(): Error {
  return Object.assign(new Error('Request was aborted'), {
    name: 'RequestClientError',
    code: 'REQUESTCLIENTERROR',
    status: 408
  })
}

function failure(error: unknown): { status: number | undefined; message: string } {
  const { status, message, stack } = error as { status?: unknown; message: string; stack?: string }
  return typeof status === 'number' ? { status, message } : { status: undefined, message: stack ?? message }
}

function changesBetween(before: State, after: State): Change[] {
  return [...after].flatMap(([customerId, { values }]) => {
    const then = before.get(customerId)?.values ?? new Map<string, string>()
    return [...new Set([...then.keys(), ...values.keys()])]
      .filter((key) => then.get(key) !== values.get(key))
      .map((key) => ({ customerId, key, value: values.get(key) }))
  })
}
