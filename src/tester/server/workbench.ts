import { Readable } from 'node:stream'
import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { authenticate, deliver, deliverBatch } from '../delivery'
import type { BatchDelivery, Delivery } from '../delivery'
import { readEvents } from '../input/events'
import type { Kustomer } from '../kustomer'
import { liveAgentView } from '../agent-view/live'
import { choicesFor } from '../delivery/choices'
import { locatorsOf } from '../delivery/locators'
import { mappingProblems, unknownFields } from '../delivery/mapping'
import { preview } from '../delivery/preview'
import type { Told } from '../delivery/told'
import type { AnyEvent, Change, Connection, Entry, Examined, Preview, Sent } from './answers'
import { recordOf } from '../json'
import { limitBody, readBody } from './body'
import { exchangeOf } from './exchange'
import { findRecord, latestRecords, watchRecords } from './records'
import { readRecords } from './read-records'
import { haveBatches, isForBatch, partsOf } from './parts'
import { choose } from './presets'
import type { Chosen, Setup } from './presets'
import { answer } from './protocol'

/** The page sends a batch as one request, and a text whole. */
const KILOBYTES = 10_240

/**
 * What the page asks beyond the protocol: it shows an event's way through the presets, and each step's outcome.
 *
 * @param readBack reads customers of the real Kustomer
 */
export function workbench(kustomer: Kustomer, readBack = liveAgentView): Hono {
  const app = new Hono()
  const { sandbox, liveHost, isDryRun = false } = kustomer
  app.use(limitBody(KILOBYTES))

  // The sandbox's key opens nothing else; the real one stays here.
  app.get('/connection', (context) => {
    const connection: Connection = { liveHost, isDryRun, settings: sandbox ? { ...kustomer.settings } : {} }
    return context.json(connection)
  })

  app.get('/records', (context) => context.json(sandbox ? latestRecords(sandbox) : { count: 0, latest: [] }))

  app.get('/records/:id', (context) => {
    const found = sandbox && findRecord(sandbox, context.req.param('id'))
    return found ? context.json(found) : context.json({ error: 'This record is no longer there.' }, 404)
  })

  app.post('/authenticate', async (context) => {
    const given = withSettings(kustomer, await readBody(context))
    const { verdict, outcome, fields } = await authenticate(given)
    return answer(context, given.settings, { isWorking: verdict === 'delivered', outcome, fields })
  })

  app.post('/choices', async (context) => {
    const { settings, action, field } = await readBody(context)
    const given = withSettings(kustomer, recordOf(settings))
    return answer(context, given.settings, await choicesFor(given, String(action), String(field)))
  })

  app.post('/preview', async (context) => {
    const body = await readBody(context)
    const entries = await entriesOf(typeof body.text === 'string' ? body.text : '')
    const event = entries[Number(body.entry ?? 0)]?.event as SegmentEvent | undefined
    const setup = setupOf(body)
    const events = entries.flatMap((entry) => entry.event ?? []) as SegmentEvent[]
    const hasBatches = events.length > 1 && (await haveBatches(events, setup))
    const examined: Examined = { entries, hasBatches, ...(event && { preview: await examine(event, setup) }) }
    return answer(context, kustomer.settings, examined)
  })

  app.post('/parts', async (context) => {
    const body = await readBody(context)
    return context.json({ parts: await partsOf(eventsIn(body.payload), setupOf(body)) })
  })

  app.post('/deliver', async (context) => {
    const body = await readBody(context)
    const given = withSettings(kustomer, recordOf(body.settings))
    const { payload } = body
    const events = eventsIn(payload)
    const [first] = events
    const setup = setupOf(body)
    const chosen = await choose(first, setup)
    refuseProblems(chosen)
    if (Array.isArray(payload)) {
      await refuseAsBatch(events, chosen, setup)
    }
    const work = () => send(events, Array.isArray(payload), given, chosen, context.req.raw.signal)
    const locators = (): Promise<string[][]> =>
      Promise.all(events.map(async (event) => (chosen.override ? locatorsOf(event, chosen.override) : [])))
    const { result, changes } = sandbox
      ? await watchRecords(sandbox, work)
      : await readRecords({ locators: await locators(), work, isDryRun }, (asked) => readBack(given.settings, asked))
    const about = result.about && { ...result.about, ...namedBy(changes, result) }
    return answer(context, given.settings, { ...sentOf(result), about, preset: chosen.preset, changes })
  })
  return app
}

/** Kustomer with the settings that the page gives; those that it leaves out are the tester's own. */
function withSettings(kustomer: Kustomer, settings: Record<string, unknown>): Kustomer {
  return { ...kustomer, settings: { ...kustomer.settings, ...settings } }
}

/** @throws HTTPException (400) for what is no event, and where there is none */
function eventsIn(payload: unknown): [SegmentEvent, ...SegmentEvent[]] {
  const [first, ...others] = Array.isArray(payload) ? (payload as unknown[]) : [payload]
  if (!isEvent(first) || !others.every(isEvent)) {
    throw new HTTPException(400, { message: 'An event is a JSON object with a type, such as track.' })
  }
  return [first, ...others]
}

function setupOf({ action, presets, conditions, mappings }: Record<string, unknown>): Setup {
  return {
    action: action === undefined || action === '' ? undefined : (action as string),
    presets: Array.isArray(presets) ? (presets as string[]) : [],
    conditions: recordOf(conditions) as Record<string, string>,
    mappings: recordOf(mappings) as Record<string, JSONObject>
  }
}

async function entriesOf(text: string): Promise<Entry[]> {
  const entries: Entry[] = []
  for await (const { number, part, ...read } of readEvents(Readable.from([Buffer.from(text)]))) {
    const what = 'event' in read ? { event: read.event as unknown as AnyEvent } : problemOf(read)
    entries.push({ number, part, ...what })
  }
  return entries
}

function problemOf({ problem }: { problem: string }): Pick<Entry, 'problem'> {
  return { problem }
}

async function examine(event: SegmentEvent, setup: Setup): Promise<Preview> {
  const { override, mapping, conditions, preset, route } = await choose(event, setup)
  const problems = mappingProblems(mapping)
  const sound = Object.fromEntries(Object.entries(override?.mapping ?? {}).filter(([key]) => !(key in problems)))
  const previewed = override
    ? await preview(event, { ...override, mapping: sound })
    : { mapping: {}, values: {}, problems: {} }
  return { ...previewed, preset, route, conditions, mappingProblems: problems }
}

function refuseProblems({ mapping, override, conditions }: Chosen): void {
  const [unknown] = unknownFields(mapping, override?.action)
  if (unknown !== undefined) {
    throw new HTTPException(400, { message: `${String(override?.action)} has no field ${unknown}.` })
  }
  const [mistaken] = Object.entries(mappingProblems(mapping)).map(([key, words]) => `${key} cannot be filled. ${words}`)
  const condition = conditions.find(({ problem }) => problem !== undefined)
  const message = mistaken ?? (condition && `${condition.preset}: ${String(condition.problem)}`)
  if (message !== undefined) {
    throw new HTTPException(400, { message })
  }
}

/** Segment batches what one preset takes: the rest would be filled by a mapping that is not its own. */
async function refuseAsBatch(events: SegmentEvent[], chosen: Chosen, setup: Setup): Promise<void> {
  const { route, override } = chosen
  if (override?.action !== undefined && !isForBatch(chosen)) {
    throw new HTTPException(400, {
      message: `${override.action} takes no batches, and Segment sends none. Send them one by one.`
    })
  }
  const routes = await Promise.all(events.map(async (event) => (await choose(event, setup)).route))
  const odd = routes.findIndex((other) => other !== route)
  if (route === 'onDelete') {
    throw new HTTPException(400, { message: 'A deletion goes alone. Send them one by one.' })
  }
  if (odd !== -1) {
    const [first, other] = [route, routes[odd]].map((name) => name ?? 'no preset')
    const message = `A batch goes one way: event 1 goes to ${first}, event ${
      odd + 1
    } to ${other}. Send them one by one.`
    throw new HTTPException(400, { message })
  }
}

function send(
  events: SegmentEvent[],
  isBatch: boolean,
  kustomer: Kustomer,
  { override }: Chosen,
  signal: AbortSignal
): Promise<Delivery | BatchDelivery> {
  const [first] = events as [SegmentEvent]
  if (!override) {
    const outcome = `no preset subscribes to ${first.type}`
    const nothing = { verdict: 'ignored' as const, delivered: false, outcome, leftOut: [], fields: {}, exchanges: [] }
    return Promise.resolve({ ...nothing, milliseconds: 0 })
  }
  return isBatch ? deliverBatch(events, kustomer, override, signal) : deliver(first, kustomer, override, signal)
}

function sentOf(delivery: Delivery | BatchDelivery): Omit<Sent, 'changes'> {
  const { error, delivered, ...told } = delivery
  const exchanges = told.exchanges.map(exchangeOf)
  if (!('results' in told)) {
    return { ...told, exchanges }
  }
  const results = told.results.map((result) => ({ ...result, exchanges: result.exchanges.map(exchangeOf) }))
  return { ...told, exchanges, results }
}

/** The name that an agent sees, which the answer to a tracked event doesn't hold. */
function namedBy(changes: Change[], { customerId, companyId, customObjectId }: Told): { name?: string } {
  if (customObjectId !== undefined) {
    return {}
  }
  const kind = companyId === undefined ? 'customer' : 'company'
  const records = changes.flatMap(({ before, after }) => after ?? before ?? []).filter((record) => record.kind === kind)
  const record = records.find(({ id }) => id === (companyId ?? customerId)) ?? records[0]
  return record ? { name: record.name } : {}
}

function isEvent(value: unknown): value is SegmentEvent {
  return typeof recordOf(value).type === 'string'
}
