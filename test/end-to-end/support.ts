import { appendFileSync } from 'node:fs'
import { defaultValues, Destination } from '@segment/actions-core'
import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import destination from '../../src/destinations/kustomer'
import { ALL_ROLES, createSandbox, SANDBOX_API_KEY } from '../../src/sandbox'
import type { CustomerRecord, Sandbox } from '../../src/sandbox'
import { openTransport } from '../../src/tester/kustomer/transport'
import type { Transport } from '../../src/tester/kustomer/transport'
import { now, pause, startOver } from './clock'
import * as network from './network'
import type { World } from './worlds'

// The destination's pauses cost no time; its requests and their time-outs stay the framework's.
jest.mock('../../src/destinations/kustomer/api/clock', () => jest.requireActual<object>('./clock'))
jest.mock('cross-fetch', () => jest.requireActual<object>('./network'))

export type Event = Partial<SegmentEvent>

/** What became of an event, as Segment is told. */
export interface Outcome {
  status: number
  /** Of a delivered event. */
  body?: {
    outcome: string
    customerId?: string
    companyId?: string
    customObjectId?: string
    leftOut?: Array<{ field: string; reason: string }>
  }
  errormessage?: string
}

/** A customer as a person would describe them. */
export interface Described {
  id: string
  externalId?: string
  name?: string
  emails: string[]
  phones: string[]
  shared: string[]
  company?: string
  /** The names of the events on the timeline. */
  events: string[]
}

/** The destination, as Segment's runtime would call it, in front of a sandbox of its own. */
export interface Connection {
  sandbox: Sandbox
  /** Sends an event through the presets, once. */
  send(event: Event, signal?: AbortSignal): Promise<Outcome>
  /** Sends an event through the preset of this name alone, once. */
  sendBy(preset: string, event: Event): Promise<Outcome>
  /** Sends events of one type as one batch, once; returns each one's outcome. */
  sendBatch(events: Event[], signal?: AbortSignal): Promise<Outcome[]>
  /** Sends an event as Segment does: again a minute later where it may be retried. Returns the last outcome. */
  deliver(event: Event): Promise<Outcome>
  /** Sends a batch as Segment does: a minute later again what of it may be retried. Returns the last outcomes. */
  deliverBatch(events: Event[]): Promise<Outcome[]>
  erase(userId: string): Promise<unknown>
  /** The requests of the destination since the last call, as `METHOD path status`. */
  requests(): string[]
  /** The bodies of those requests since the last call of `requests`. */
  bodies(): string[]
  /** Calls Kustomer as somebody else would; a company that is named is there. @throws where Kustomer refuses */
  call(method: string, path: string, json?: unknown): Promise<CustomerRecord>
  /** Creates a customer as somebody else would; returns the id. */
  create(attributes: Record<string, unknown>): Promise<string>
  /** Changes a customer as an agent would, who loses nothing of what is there. */
  edit(id: string, attributes: Record<string, unknown>): Promise<void>
  /** The customers that agents see. */
  people(): Described[]
  /** One of them, in the order of their creation. @throws where there is none */
  person(index: number): Described
  /** Runs once, before the sandbox sees a request that fits. */
  before(fits: RegExp, act: () => unknown): void
  /** What the sandbox gets in place of the bodies of requests that fit. */
  alterRequests(fits: RegExp, change: (body: unknown) => unknown): void
  /** What the destination gets in place of the sandbox's answers to requests that fit. */
  alterAnswers(fits: RegExp, change: (body: unknown) => unknown): void
  /** How long each request takes from here on, in milliseconds of the shared time. */
  setLatency(milliseconds: number): void
}

interface Options {
  /** Roles that the key lacks. */
  without?: string[]
  /** A mapping of the action that has no preset, Upsert Custom Object, which takes all events in place of the presets. */
  objectMapping?: JSONObject
}

/** The statuses that Segment tries again. */
const RETRYABLE = [408, 423, 429]
const MAX_ATTEMPTS = 12
const MINUTE = 60_000

/** Where the requests of the destination are kept for whoever asks for it, one a line. */
const RECORDING = process.env.KUSTOMER_REQUESTS_FILE

const settings = { apiKey: SANDBOX_API_KEY, orgPod: 'prod1' }
const runtime = new Destination(destination)
/** What the presets leave to whoever sets the destination up. */
const OWN_MAPPINGS: Record<string, JSONObject> = {
  upsertCustomer: { customAttributes: { '@path': '$.traits.custom' }, moveCustomer: { '@path': '$.traits.moves' } },
  upsertCompany: {
    customAttributes: { '@path': '$.traits.custom' },
    moveCustomer: { '@path': '$.traits.moves' },
    createCustomer: { '@path': '$.traits.creates' }
  }
}
const presets = (destination.presets ?? []).map((preset) => ({
  ...preset,
  mapping: { ...(preset.mapping as JSONObject), ...OWN_MAPPINGS[preset.partnerAction] }
})) as unknown as JSONObject[]
const subscriptions = presets.filter(({ type }) => type === 'automatic')

const sandboxes = new Map<string, Sandbox>()

let answer: (request: Request) => Promise<Response>
let transport: Transport

beforeAll(() => {
  transport = openTransport((request) => answer(request))
})

afterAll(() => {
  transport.close()
})

export const isRetryable = ({ status }: Outcome): boolean => RETRYABLE.includes(status) || status >= 500

/** Connects anew, to a Kustomer of its own; one connection is open at a time. */
export function connect(world: World, { without = [], objectMapping }: Options = {}): Connection {
  startOver()
  transport.takeExchanges()
  const sandbox = sandboxFor(without)
  sandbox.setVariants(world)
  sandbox.reset()
  const interruptions: Array<{ fits: RegExp; act: () => unknown }> = []
  const requestChanges: Array<{ fits: RegExp; change: (body: unknown) => unknown }> = []
  const answerChanges: typeof requestChanges = []
  let latency = 0
  let bodies: string[] = []

  const answerAs = async ({ method, url, headers, body }: network.Sent): Promise<network.Answered> => {
    if (RECORDING) {
      appendFileSync(RECORDING, `${JSON.stringify({ method, url, body })}\n`)
    }
    bodies.push(body)
    if (latency > 0) {
      await pause(latency)
    }
    const line = `${method} ${decodeURIComponent(new URL(url).pathname)}`
    const index = interruptions.findIndex(({ fits }) => fits.test(line))
    await interruptions.splice(index, index < 0 ? 0 : 1)[0]?.act()
    const altered = body && changed(requestChanges, line, body)
    const response = await sandbox.fetch(new Request(url, { method, headers, body: altered || null }))
    const text = await response.text()
    return {
      status: response.status,
      headers: network.fieldsOf(response.headers),
      body: text && changed(answerChanges, line, text)
    }
  }
  // The world as Kustomer is taken to be is met over HTTP, as the tester meets it.
  const isOverHttp = Object.keys(world).length === 0
  answer = async (request) => {
    const { method, url, headers } = request
    const { body, ...init } = await answerAs({
      method,
      url,
      headers: network.fieldsOf(headers),
      body: await request.text()
    })
    return new Response(body === '' ? null : body, init)
  }
  const ofObjects = objectMapping && [objectSubscription(objectMapping)]
  network.takeShortcut(isOverHttp ? undefined : answerAs)

  const connection: Connection = {
    sandbox,
    send: (event, signal) => sendThrough(ofObjects ?? subscriptions, event, signal),
    sendBy(name, event) {
      const chosen = presets.filter((preset) => preset.name === name)
      return sendThrough(
        chosen.map((preset) => ({ subscribe: `type = "${event.type ?? ''}"`, ...preset })),
        event
      )
    },
    async sendBatch(events, signal) {
      const action = events[0]?.type === 'group' ? 'upsertCompany' : 'upsertCustomer'
      const subscription = ofObjects?.[0] ?? subscriptions.find(({ partnerAction }) => partnerAction === action)
      const subscribed = { ...settings, subscription } as JSONObject
      const [result] = await runtime.onBatch(events as SegmentEvent[], subscribed, { signal })
      return (result?.multistatus ?? []) as unknown as Outcome[]
    },
    async deliver(event) {
      let outcome = await connection.send(event)
      for (let attempt = 1; isRetryable(outcome) && attempt < MAX_ATTEMPTS; attempt += 1) {
        await pause(MINUTE)
        outcome = await connection.send(event)
      }
      return outcome
    },
    async deliverBatch(events) {
      const outcomes = await connection.sendBatch(events)
      for (let attempt = 1; attempt < MAX_ATTEMPTS; attempt += 1) {
        const again = [...outcomes.keys()].filter((index) => isRetryable(outcomes[index] as Outcome))
        if (again.length === 0) {
          break
        }
        await pause(MINUTE)
        const next = await connection.sendBatch(again.map((index) => events[index] as Event))
        next.forEach((outcome, place) => {
          outcomes[again[place] as number] = outcome
        })
      }
      return outcomes
    },
    async erase(userId) {
      return runtime.onDelete?.({ type: 'delete', userId } as unknown as SegmentEvent, settings)
    },
    requests() {
      bodies = []
      const exchanges = isOverHttp ? transport.takeExchanges() : network.takeExchanges()
      return exchanges.map(({ method, path, status }) => `${method} ${path} ${status}`)
    },
    bodies: () => bodies,
    async call(method, path, json) {
      const { company } = (json ?? {}) as { company?: unknown }
      if (typeof company === 'string' && !sandbox.companies().some(({ id }) => id === company)) {
        sandbox.addCompany({ id: company, name: 'Initech' })
      }
      const headers = { authorization: 'Bearer agent', 'content-type': 'application/json' }
      const body = json === undefined ? null : JSON.stringify(json)
      const response = await sandbox.fetch(new Request(`https://api.kustomerapp.com${path}`, { method, headers, body }))
      const text = await response.text()
      if (!response.ok) {
        throw new Error(`${method} ${path} was answered ${response.status}: ${text}`)
      }
      return (text === '' ? undefined : (JSON.parse(text) as { data: CustomerRecord }).data) as CustomerRecord
    },
    create: async (attributes) => (await connection.call('POST', '/v1/customers', attributes)).id,
    async edit(id, { custom, ...attributes }) {
      const { attributes: before, relationships } = await connection.call('GET', `/v1/customers/${id}`)
      const company = relationships.company?.data.id
      await connection.call('PATCH', `/v1/customers/${id}`, {
        ...(company && { company }),
        ...(custom ? { custom: { ...(before.custom as object | undefined), ...custom } } : {}),
        ...attributes
      })
    },
    person(index) {
      const person = connection.people()[index]
      if (!person) {
        throw new Error(`There is no customer ${index}`)
      }
      return person
    },
    people: () => sandbox.customers().map((customer) => described(customer, sandbox)),
    before(fits, act) {
      interruptions.push({ fits, act })
    },
    alterRequests(fits, change) {
      requestChanges.push({ fits, change })
    },
    alterAnswers(fits, change) {
      answerChanges.push({ fits, change })
    },
    setLatency(milliseconds) {
      latency = milliseconds
    }
  }
  return connection
}

/** Upsert Custom Object with its default mapping and what is given beside it, for events of any name. */
function objectSubscription(mapping: JSONObject): JSONObject {
  const { fields } = destination.actions.upsertCustomObject ?? { fields: {} }
  return {
    subscribe: 'type = "track"',
    partnerAction: 'upsertCustomObject',
    mapping: { ...(defaultValues(fields) as JSONObject), ...mapping }
  }
}

async function sendThrough(subscribed: JSONObject[], event: Event, signal?: AbortSignal): Promise<Outcome> {
  try {
    const results = await runtime.onEvent(event as SegmentEvent, { ...settings, subscriptions: subscribed }, { signal })
    const body = results.find(({ data }) => data)?.data as Outcome['body']
    return { status: 200, body }
  } catch (error) {
    const { status, message } = error as { status: number; message: string }
    return { status, errormessage: message }
  }
}

/** One for all connections whose keys lack the same roles: it is reset faster than it is made. */
function sandboxFor(without: string[]): Sandbox {
  const name = without.join()
  const roles = ALL_ROLES.filter((role) => !without.includes(role))
  const tokens = { [SANDBOX_API_KEY]: { roles, pod: 'prod1' }, agent: { roles: ALL_ROLES, pod: 'prod1' } }
  const sandbox = sandboxes.get(name) ?? createSandbox({ now: () => new Date(now()), tokens })
  sandboxes.set(name, sandbox)
  return sandbox
}

function changed(changes: Array<{ fits: RegExp; change: (body: unknown) => unknown }>, line: string, body: string) {
  return changes
    .filter(({ fits }) => fits.test(line))
    .reduce((text, { change }) => JSON.stringify(change(JSON.parse(text))), body)
}

function described({ id, attributes, relationships }: CustomerRecord, sandbox: Sandbox): Described {
  const values = (list: string, key: string) =>
    ((attributes[list] ?? []) as Array<Record<string, string>>).map((item) => item[key] ?? '')
  return {
    id,
    externalId: (attributes.externalId ?? undefined) as string | undefined,
    name: (attributes.name ?? undefined) as string | undefined,
    emails: values('emails', 'email'),
    phones: values('phones', 'phone'),
    shared: [...values('sharedEmails', 'email'), ...values('sharedPhones', 'phone')],
    company: relationships.company?.data.id,
    events: sandbox.timeline(id).flatMap(({ events }) => events.map(({ name }) => name))
  }
}

// Node's http module outlives a test file, and with it what the transport has put there.
afterAll(() => {
  transport.close()
})
