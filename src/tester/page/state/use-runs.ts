import { useEffect, useState } from 'preact/hooks'
import type { Entry, Part, Sent } from '../../server/answers'
import * as api from '../api'
import { placeOf } from '../parts/words'
import { askOf } from './draft'
import type { Draft } from './draft'
import type { Item, Run } from './run'
import { keep, restore } from './storage'

const KEPT = 20

/** What is answered so to every event that follows. */
const HOPELESS_STATUSES: Array<number | undefined> = [401, 403]
const HOPELESS_ANSWERS = ['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED']

export interface Sending {
  /** How many have been sent, of how many. */
  done: number
  total: number
  cancel: () => void
}

/** What is sent with one click. */
export interface Order {
  draft: Draft
  events: Entry[]
  /** The place of the first of them among those of the text. */
  first: number
  /** Whether they are sent in batches where their actions take them; if not, one after the other. */
  isBatch: boolean
  settings: Record<string, string>
  /** Says why nothing may be sent; asked before the first event. */
  check?: () => Promise<string | undefined>
  /** Whether a run ends with the first event that tells that none will arrive. */
  isCareful: boolean
  isDryRun: boolean
}

export interface RunState {
  /** The run that is shown. */
  run?: Run
  /** Whether nothing has been sent since the run that is shown, as far as this page knows. */
  isLatest: boolean
  /** The latest first. */
  history: Run[]
  sending?: Sending
  send: (order: Order) => Promise<void>
  show: (run: Run | undefined) => void
}

/** What was sent, and what is being sent. The last twenty runs survive a reload. */
export function useRuns(): RunState {
  const [history, setHistory] = useState(() => (restore('runs') ?? []) as Run[])
  const [run, setRun] = useState<Run | undefined>(history[0])
  const [sending, setSending] = useState<Sending>()
  const [isLatest, setLatest] = useState(false)

  useEffect(() => {
    // The oldest give way where there is no room.
    for (let count = history.length; count >= 0 && !keep('runs', history.slice(0, count)); count -= 1);
  }, [history])

  const send = async (order: Order): Promise<void> => {
    const { draft, events, first, settings, check, isCareful, isDryRun } = order
    const controller = new AbortController()
    const items: Item[] = []
    const tell = (total: number): void => {
      setSending({
        done: items.length,
        total,
        cancel: () => {
          controller.abort()
        }
      })
    }
    tell(1)
    let ended = await check?.()
    try {
      const parts = ended === undefined ? await partsOf(order, controller.signal) : []
      for (const { places, isBatch } of parts) {
        tell(parts.length)
        const entries = places.flatMap((place) => events[place] ?? [])
        const payload = isBatch ? entries.map(({ event }) => event) : entries[0]?.event
        const sent = await api.deliver({ ...askOf(draft), payload, settings }, controller.signal)
        items.push({
          places: places.map((place) => first + place),
          numbers: entries.map(placeOf),
          title: titleOf(entries[0]),
          sent
        })
        ended = isCareful ? hopeless(sent) : undefined
        if (ended !== undefined) {
          break
        }
      }
    } catch (error) {
      ended = controller.signal.aborted
        ? 'Canceled. The request that was on its way to Kustomer may arrive all the same.'
        : (error as Error).message
    }
    const next: Run = { at: new Date().toISOString(), draft, items, total: events.length, ended, isDryRun }
    setRun(next)
    setLatest(true)
    setHistory((former) => [next, ...former].slice(0, KEPT))
    setSending(undefined)
  }

  const show = (next: Run | undefined): void => {
    setRun(next)
    setLatest(false)
  }
  return { run, isLatest, history, sending, send, show }
}

async function partsOf({ draft, events, isBatch }: Order, signal: AbortSignal): Promise<Part[]> {
  if (!isBatch) {
    return events.map((_event, place) => ({ places: [place], isBatch: false }))
  }
  return (await api.parts({ ...askOf(draft), payload: events.map(({ event }) => event) }, signal)).parts
}

/** What an event is called. */
export function titleOf({ event, problem }: Entry = { number: 0 }): string {
  if (!event) {
    return problem ?? 'no event'
  }
  const named = [event.event, event.name, event.userId].find((name) => typeof name === 'string' && name !== '')
  return [event.type, named].filter(Boolean).join(' ')
}

function hopeless(sent: Sent): string | undefined {
  const answers = sent.exchanges.map(({ response }) => String(response.statusCode))
  const refused = (sent.results ?? [sent]).find(({ status }) => HOPELESS_STATUSES.includes(status))
  return refused || answers.some((answer) => HOPELESS_ANSWERS.includes(answer))
    ? `Nothing more was sent: ${(refused ?? sent).outcome}`
    : undefined
}
