import { useEffect, useState } from 'preact/hooks'
import type { Entry, Sent } from '../../server/answers'
import * as api from '../api'
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
  /** Sent one after the other, or as one batch. */
  events: Entry[]
  isBatch: boolean
  settings: Record<string, string>
  /** Says why nothing may be sent; asked before the first event. */
  check?: () => Promise<string | undefined>
  /** Whether a run ends with the first event that tells that none will arrive. */
  isCareful: boolean
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
  const [history, setHistory] = useState(() => (restore('history') ?? []) as Run[])
  const [run, setRun] = useState<Run | undefined>(history[0])
  const [sending, setSending] = useState<Sending>()
  const [isLatest, setLatest] = useState(false)

  useEffect(() => {
    // The oldest give way where there is no room.
    for (let count = history.length; count >= 0 && !keep('history', history.slice(0, count)); count -= 1);
  }, [history])

  const send = async ({ draft, events, isBatch, settings, check, isCareful }: Order): Promise<void> => {
    const controller = new AbortController()
    const payloads = isBatch ? [events] : events.map((event) => [event])
    const total = events.length
    const items: Item[] = []
    const tell = (): void => {
      setSending({
        done: items.length,
        total: payloads.length,
        cancel: () => {
          controller.abort()
        }
      })
    }
    tell()
    let ended = await check?.()
    for (const [first, ...others] of ended === undefined ? payloads : []) {
      try {
        const payload = isBatch ? [first, ...others].map((entry) => entry?.event) : first?.event
        const sent = await api.deliver({ ...askOf(draft), payload, settings }, controller.signal)
        items.push({ number: first?.number ?? 0, title: titleOf(first), sent })
        ended = isCareful ? hopeless(sent) : undefined
      } catch (error) {
        ended = controller.signal.aborted
          ? 'Canceled. The request that was on its way to Kustomer may arrive all the same.'
          : (error as Error).message
      }
      if (ended !== undefined) {
        break
      }
      tell()
    }
    const next: Run = { at: new Date().toISOString(), draft, items, total, ended }
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

/** What an event is called. */
export function titleOf({ event, problem }: Entry = { number: 0 }): string {
  if (!event) {
    return problem ?? 'no event'
  }
  const named = [event.event, event.name, event.userId].find((name) => typeof name === 'string' && name !== '')
  return [event.type, named].filter(Boolean).join(' ')
}

function hopeless({ status, exchanges, outcome }: Sent): string | undefined {
  const answers = exchanges.map(({ response }) => String(response.statusCode))
  return HOPELESS_STATUSES.includes(status) || answers.some((answer) => HOPELESS_ANSWERS.includes(answer))
    ? `Nothing more was sent: ${outcome}`
    : undefined
}
