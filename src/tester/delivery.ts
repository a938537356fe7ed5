import { defaultValues, Destination, IntegrationError } from '@segment/actions-core'
import type { JSONObject, Preset, Result, SegmentEvent, Subscription } from '@segment/actions-core'
import destination from '../destinations/kustomer'
import type { Settings } from '../destinations/kustomer/generated-types'
import type { LeftOut } from '../destinations/kustomer/values/left-out'
import type { Kustomer } from './kustomer'
import type { Exchange } from './transport'

/** What an event became, as its action tells. */
export interface Told {
  /** Such as `created`, or the message of an error. */
  outcome: string
  /** Of the customer, where the action tells it. */
  customerId?: string
  /** What was left out of it, changed or shared. What an error says, its message says. */
  leftOut: LeftOut[]
}

/** What an event, or a batch of them, became. */
export interface Delivery extends Told {
  /** The action that took it, or undefined where no preset subscribes to it. */
  action?: string
  exchanges: Exchange[]
  delivered: boolean
  /** Why it was not delivered, where an error says so. */
  error?: Error
  /** What became of each event of a batch, in order. */
  results?: Array<Told & { status: number }>
  /** How long it took, all requests included. */
  milliseconds: number
}

/** What takes the place of the presets. */
export interface Override {
  /** The action that takes every event, whatever its type, with the defaults of its fields. */
  action?: string
  /** The mappings of single fields, which win over the action's. */
  mapping?: JSONObject
}

/** An action with its mapping, as a Segment user sets it up. */
export type Route = Subscription & { mapping: JSONObject }

type Attempt = Omit<Delivery, 'exchanges' | 'milliseconds'>

const NOT_SUBSCRIBED = 'not subscribed'
const EVERY_EVENT = 'type != ""'

const runtime = new Destination<Settings>(destination)

/** Knows the presets' conditions and performs nothing. */
const matcher = new Destination({
  name: 'Conditions',
  mode: 'cloud',
  actions: Object.fromEntries(
    Object.keys(destination.actions).map((slug) => [
      slug,
      { title: slug, description: slug, fields: {}, perform: () => null }
    ])
  )
})

/** The route that an event takes: that of the first preset whose condition it meets, unless an action is named. */
export async function routeOf(event: SegmentEvent, { action, mapping }: Override): Promise<Route | undefined> {
  if (action !== undefined) {
    const fields = destination.actions[action]?.fields ?? {}
    return { partnerAction: action, subscribe: EVERY_EVENT, mapping: { ...defaultValues(fields), ...mapping } }
  }
  for (const preset of destination.presets ?? []) {
    if (isAutomatic(preset) && (await meets(event, preset))) {
      return { ...preset, mapping: { ...preset.mapping, ...mapping } }
    }
  }
  return undefined
}

/** Sends an event as Segment's runtime would. It never throws: what went wrong is the delivery's outcome. */
export function deliver(event: SegmentEvent, kustomer: Kustomer, override: Override = {}): Promise<Delivery> {
  return recorded(kustomer, async () => {
    if (event.type === 'delete' && override.action === undefined) {
      return attempt('onDelete', async () => {
        const result = await runtime.onDelete?.(event, { ...kustomer.settings })
        return { ...toldBy(result), delivered: true }
      })
    }
    const route = await routeOf(event, override)
    if (!route) {
      return { outcome: `no preset subscribes to ${event.type}`, delivered: false, leftOut: [] }
    }
    return attempt(route.partnerAction, async () => {
      const results = await runtime.onEvent(event, bundle(kustomer, route))
      return { ...toldBy(results[results.length - 1]), delivered: true }
    })
  })
}

/**
 * Sends events as one batch, to the action that the first of them goes to. It never throws: what went wrong is the
 * delivery's outcome.
 */
export function deliverBatch(events: SegmentEvent[], kustomer: Kustomer, override: Override = {}): Promise<Delivery> {
  return recorded(kustomer, async () => {
    const [first] = events
    const route = first && (await routeOf(first, override))
    if (!route) {
      const outcome = first ? `no preset subscribes to ${first.type}` : 'the batch is empty'
      return { outcome, delivered: false, leftOut: [] }
    }
    return attempt(route.partnerAction, async () => {
      if (!runtime.actions[route.partnerAction]?.hasBatchSupport) {
        throw new IntegrationError(
          'This action does not take batches: Segment sends it one event at a time.',
          'NotImplemented',
          501
        )
      }
      const [batch] = await runtime.onBatch(events, bundle(kustomer, route))
      const results = (batch?.multistatus ?? []).map((node) => ({
        status: node.status,
        ...('errormessage' in node
          ? { outcome: node.errormessage, leftOut: [] }
          : toldBy({ data: node.body as JSONObject }))
      }))
      const delivered = results.filter(({ status }) => status < 400).length
      const outcome = `${delivered} of ${events.length} delivered`
      return { outcome, delivered: delivered === events.length, leftOut: [], results }
    })
  })
}

/** Tries the settings as Segment does when they are saved. It never throws: what went wrong is the delivery's outcome. */
export function authenticate(kustomer: Kustomer): Promise<Delivery> {
  return recorded(kustomer, () =>
    attempt('testAuthentication', async () => {
      await runtime.testAuthentication({ ...kustomer.settings })
      return { outcome: 'the settings work', delivered: true, leftOut: [] }
    })
  )
}

async function meets(event: SegmentEvent, { partnerAction, subscribe }: Subscription): Promise<boolean> {
  const subscription = { partnerAction, subscribe, mapping: {} }
  const [result] = await matcher.onEvent(event, { subscription })
  return result?.output !== NOT_SUBSCRIBED
}

function isAutomatic(preset: Preset): preset is Extract<Preset, { type: 'automatic' }> {
  return preset.type === 'automatic'
}

async function recorded({ transport }: Kustomer, work: () => Promise<Attempt>): Promise<Delivery> {
  const startedAt = performance.now()
  const { result, exchanges } = await transport.record(work)
  // The framework keeps every response for its own test tools.
  runtime.responses.length = 0
  return { ...result, exchanges, milliseconds: performance.now() - startedAt }
}

async function attempt(action: string, perform: () => Promise<Omit<Attempt, 'action'>>): Promise<Attempt> {
  try {
    return { action, ...(await perform()) }
  } catch (error) {
    return { action, outcome: (error as Error).message, delivered: false, leftOut: [], error: error as Error }
  }
}

function bundle({ settings }: Kustomer, subscription: Route): JSONObject {
  return { ...settings, subscription } as unknown as JSONObject
}

function toldBy(result: Result | undefined): Told {
  const { outcome = result?.output, customerId, leftOut = [] } = (result?.data ?? {}) as Partial<Told>
  return {
    outcome: typeof outcome === 'string' ? outcome : 'delivered',
    ...(customerId === undefined ? {} : { customerId }),
    leftOut
  }
}
