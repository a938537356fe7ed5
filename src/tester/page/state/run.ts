import type { Became, Change, AgentRecord, Sent, SentExchange } from '../../server/answers'
import { headlineOf } from '../../delivery/headline'
import { counted } from '../parts/words'
import type { Draft } from './draft'

/** One thing that was sent: an event, or a batch of them. */
export interface Item {
  /** The places of its events among those of the text, counted from 0. */
  places: number[]
  /** Their numbers in the text, as they are shown: `12`, or `12.3` within a batch. */
  numbers: string[]
  /** Of the first: such as `track Order Completed`. */
  title: string
  sent: Sent
}

/** What was sent with one click. */
export interface Run {
  /** When, as an ISO date-time; tells runs apart. */
  at: string
  draft: Draft
  items: Item[]
  /** Of how many. */
  total: number
  /** Why it ended early. */
  ended?: string
  /** Whether nothing was written. */
  isDryRun: boolean
}

export type Tone = 'good' | 'mixed' | 'bad' | 'idle'

/** What became of one event. */
export interface Outcome extends Became {
  place: number
  number: string
  title: string
  isDryRun: boolean
  exchanges: SentExchange[]
}

/** What became of each event of a run, in their order in the text: those of a batch one by one. */
export function outcomesOf({ items, isDryRun }: Run): Outcome[] {
  const outcomes = items.flatMap(({ places, numbers, title, sent }): Outcome[] => {
    const { results, verdict } = sent
    if (results) {
      return results.map(({ type, name, userId, ...result }, index) => ({
        ...result,
        place: places[index] ?? 0,
        number: numbers[index] ?? '',
        isDryRun,
        title: [type, name, userId].filter(Boolean).join(' ')
      }))
    }
    // Without results there is one event, whose verdict is its own.
    const [place = 0] = places
    const [number = ''] = numbers
    return verdict === 'mixed' ? [] : [{ ...sent, verdict, place, number, isDryRun, title }]
  })
  return outcomes.sort((one, other) => one.place - other.place)
}

/** Returns what became of a run in a few words, and how that looks: `mixed` if only some events were delivered. */
export function verdictOf(run: Run): { tone: Tone; words: string } {
  const outcomes = outcomesOf(run)
  const [only] = outcomes
  if (!only) {
    return { tone: 'bad', words: 'Not sent' }
  }
  if (outcomes.length === 1 && run.total === 1) {
    return { tone: toneOf(only), words: headlineOf(only) }
  }
  const count = outcomes.filter(({ verdict }) => verdict === 'delivered').length
  const total = Math.max(run.total, outcomes.length)
  const tones = new Set(outcomes.map(toneOf))
  const tone = tones.size > 1 || outcomes.length < total ? 'mixed' : toneOf(only)
  return { tone, words: `${count} of ${total} ${run.isDryRun ? 'would be delivered' : 'delivered'}` }
}

export function toneOf({ verdict }: Pick<Became, 'verdict'>): Tone {
  return verdict === 'delivered' ? 'good' : verdict === 'ignored' ? 'idle' : 'bad'
}

/** Such as `3 requests`. */
export function requestsOf({ items }: Run): string {
  return counted(
    items.reduce((sum, { sent }) => sum + sent.exchanges.length, 0),
    'request'
  )
}

/** Returns what Segment does next with an event that wasn't delivered. */
export function fateOf({ verdict }: Pick<Became, 'verdict'>): string | undefined {
  return { retried: 'Segment retries it.', dropped: 'Segment drops it.', delivered: undefined, ignored: undefined }[
    verdict
  ]
}

/** The records that a run changed, each as before it and as after it. */
export function changesOf({ items }: Run): Change[] {
  const changes = new Map<string, Change>()
  for (const { before, after } of items.flatMap(({ sent }) => sent.changes)) {
    const id = idOf(after, before)
    const earlier = changes.get(id)
    changes.set(id, { before: earlier ? earlier.before : before, after })
  }
  return [...changes.values()].reverse()
}

function idOf(...records: Array<AgentRecord | undefined>): string {
  return records.find((record) => record !== undefined)?.id ?? ''
}
