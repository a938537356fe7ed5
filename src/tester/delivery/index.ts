import { Destination, ErrorCodes, IntegrationError, transform } from '@segment/actions-core'
import type { JSONObject, Result, SegmentEvent } from '@segment/actions-core'
import destination from '../../destinations/kustomer'
import type { Settings } from '../../destinations/kustomer/generated-types'
import { aboutOf } from './about'
import { sharesOf } from './batch-shares'
import type { Share } from './batch-shares'
import type { Kustomer } from '../kustomer'
import type { About } from './headline'
import { withValues } from './omissions'
import { fieldsIn, fieldsOf } from './problems'
import { routeOf } from './route'
import type { Override, Route } from './route'
import { leftOutIn, toldBy } from './told'
import type { Told } from './told'
import type { Exchange } from '../kustomer/transport'
import { verdictOf } from './verdict'
import type { Verdict } from './verdict'

export type { Override, Route, Verdict }

/** What became of one event. */
export interface Became extends Told {
  verdict: Verdict
  /** What Segment goes by: 200 for an event that was delivered; undefined where nothing came of it. */
  status?: number
  /** The fields and settings that an error is about, each with its message. */
  fields: Record<string, string>
  /** Who and what it is about, once it is delivered. */
  about?: About
}

/** What an event became, and how. */
export interface Delivery extends Became {
  /** The action that took it, or undefined where no preset subscribes to it. */
  action?: string
  /** The preset that chose the action. */
  preset?: string
  exchanges: Exchange[]
  delivered: boolean
  /** Why it was not delivered, where an error says so. */
  error?: Error
  /** How long it took, all requests included. */
  milliseconds: number
}

/** What became of one event of a batch. */
export interface BatchResult extends Became {
  /** Its place in the batch, counted from 1. */
  number: number
  type: string
  name?: string | null
  userId?: string | null
  /** What was sent for it, as far as that can be told from what was sent for others. */
  exchanges: Share[]
}

/** What a batch became: all of its exchanges, and each event's own outcome, in order. */
export interface BatchDelivery extends Omit<Delivery, 'verdict' | 'status'> {
  /** `mixed` where its events had different ones. */
  verdict: Verdict | 'mixed'
  results: BatchResult[]
}

type Attempt = Pick<Delivery, 'action' | 'preset' | 'error'> & Became
type BatchNode = NonNullable<Result['multistatus']>[number]

const runtime = new Destination<Settings>(destination)

/**
 * Sends an event as Segment's runtime would. It never throws: what went wrong is the delivery's outcome.
 *
 * @param signal ends it before its next request
 */
export async function deliver(
  event: SegmentEvent,
  kustomer: Kustomer,
  override: Override = {},
  signal?: AbortSignal
): Promise<Delivery> {
  const delivery = await recorded(kustomer, () => {
    if (event.type === 'delete' && override.action === undefined) {
      return attempt('onDelete', async () =>
        toldBy(await runtime.onDelete?.(event, { ...kustomer.settings }, { signal }))
      )
    }
    return routed(event, override, async (route) => {
      const results = await runtime.onEvent(event, bundle(kustomer, route), { signal })
      return toldBy(results[results.length - 1])
    })
  })
  return delivery.delivered ? { ...delivery, about: aboutOf(event, delivery, delivery.exchanges) } : delivery
}

/**
 * Sends events as one batch, to the action that the first of them goes to. It never throws: what went wrong is the
 * outcome of each event.
 *
 * @param signal ends it before its next request
 */
export async function deliverBatch(
  events: SegmentEvent[],
  kustomer: Kustomer,
  override: Override = {},
  signal?: AbortSignal
): Promise<BatchDelivery> {
  let nodes: BatchNode[] = []
  let mapping: JSONObject = {}
  const { status, ...whole } = await recorded(kustomer, async () => {
    const [first] = events
    return first
      ? routed(first, override, async (route) => {
          mapping = route.mapping
          nodes = await batched(events, kustomer, route, signal)
          return { outcome: 'sent', leftOut: [] }
        })
      : nothing('the batch is empty')
  })
  const results = resultsOf(events, nodes, mapping, { ...whole, status })
  const delivered = results.filter(({ verdict }) => verdict === 'delivered').length
  const isMixed = results.some(({ verdict }) => verdict !== results[0]?.verdict)
  return {
    ...whole,
    outcome: nodes.length > 0 ? `${delivered} of ${events.length} delivered` : whole.outcome,
    verdict: isMixed ? 'mixed' : results[0]?.verdict ?? whole.verdict,
    delivered: events.length > 0 && delivered === events.length,
    results
  }
}

/** Tries the settings as Segment does when they are saved. It never throws: what went wrong is the delivery's outcome. */
export function authenticate(kustomer: Kustomer): Promise<Delivery> {
  return recorded(kustomer, () =>
    attempt('testAuthentication', async () => {
      await runtime.testAuthentication({ ...kustomer.settings })
      return { outcome: 'the settings work', leftOut: [] }
    })
  )
}

/** Whether the action of a route takes batches, so that Segment sends them to it where batching is on. */
export function takesBatches({ partnerAction }: Pick<Route, 'partnerAction'>): boolean {
  return runtime.actions[partnerAction]?.hasBatchSupport ?? false
}

async function recorded({ transport }: Kustomer, work: () => Promise<Attempt>): Promise<Delivery> {
  const startedAt = performance.now()
  const { result, exchanges } = await transport.record(work)
  // The framework keeps every response for its own test tools.
  runtime.responses.length = 0
  const milliseconds = performance.now() - startedAt
  return { ...result, delivered: result.verdict === 'delivered', exchanges, milliseconds }
}

/** Runs work on the route of an event, where it has one. */
async function routed(
  event: SegmentEvent,
  override: Override,
  work: (route: Route) => Promise<Told>
): Promise<Attempt> {
  try {
    const route = await routeOf(event, override)
    if (!route) {
      return nothing(`no preset subscribes to ${event.type}`)
    }
    const became = await attempt(route.partnerAction, () => work(route))
    const leftOut = withValues(became.leftOut, transform(route.mapping, { ...event }))
    return { ...became, preset: route.name, leftOut }
  } catch (error) {
    return failed(error as Error, override.action)
  }
}

async function attempt(action: string, perform: () => Promise<Told>): Promise<Attempt> {
  try {
    return { action, ...(await perform()), verdict: 'delivered', status: 200, fields: {} }
  } catch (error) {
    return failed(error as Error, action)
  }
}

function failed(error: Error, action: string | undefined): Attempt {
  const status = statusOf(error)
  const fields = fieldsOf(error, action)
  const leftOut = leftOutIn(error)
  return { action, outcome: error.message, verdict: verdictOf(status), status, fields, leftOut, error }
}

function nothing(outcome: string): Attempt {
  return { outcome, verdict: 'ignored', fields: {}, leftOut: [] }
}

/** The framework gives the errors of its validation no status where the settings are concerned. */
function statusOf(error: Error & { status?: unknown }): number | undefined {
  if (typeof error.status === 'number') {
    return error.status
  }
  return error.name === 'AggregateAjvError' ? 400 : undefined
}

async function batched(
  events: SegmentEvent[],
  kustomer: Kustomer,
  route: Route,
  signal: AbortSignal | undefined
): Promise<BatchNode[]> {
  if (!takesBatches(route)) {
    throw new IntegrationError(
      'This action does not take batches: Segment sends it one event at a time.',
      'NotImplemented',
      501
    )
  }
  const [batch] = await runtime.onBatch(events, bundle(kustomer, route), { signal })
  return batch?.multistatus ?? []
}

function resultsOf(events: SegmentEvent[], nodes: BatchNode[], mapping: JSONObject, whole: Delivery): BatchResult[] {
  const { action, exchanges, outcome, leftOut, verdict, status, fields } = whole
  const became = events.map((_event, index) => {
    const node = nodes[index]
    if (!node) {
      return { outcome, leftOut, verdict, status, fields }
    }
    const told = becameOf(node, action)
    return { ...told, leftOut: withValues(told.leftOut, transform(mapping, { ...events[index] })) }
  })
  const shares = sharesOf(
    exchanges,
    events.map((event, index) => {
      const { customerId, companyId }: Partial<Became> = became[index] ?? {}
      return { event, sent: nodes[index]?.sent, customerId, companyId }
    })
  )
  return became.map((each, index) => {
    const source = events[index] as SegmentEvent
    const { type, event, name = event, userId } = source
    const own = shares[index] ?? []
    const about = each.verdict === 'delivered' ? aboutOf(source, each, own) : undefined
    return { number: index + 1, type, name, userId, ...each, exchanges: own, about }
  })
}

function becameOf(node: BatchNode, action: string | undefined): Became {
  const { status } = node
  const verdict = verdictOf(status)
  if ('errormessage' in node) {
    const isOfPayload = node.errortype === ErrorCodes.PAYLOAD_VALIDATION_FAILED
    const fields = fieldsIn(node.errormessage, isOfPayload, action)
    return { outcome: node.errormessage, leftOut: leftOutIn(node.body), verdict, status, fields }
  }
  return { ...toldBy({ data: node.body as JSONObject }), verdict, status, fields: {} }
}

function bundle({ settings }: Kustomer, subscription: Route): JSONObject {
  return { ...settings, subscription } as unknown as JSONObject
}
