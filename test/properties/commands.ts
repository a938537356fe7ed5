import type { AsyncCommand } from 'fast-check'
import type { Edit } from './agent'
import { inWords } from './events'
import type { Event, Said } from './events'
import type { History, Step } from './history'
import { wrongsOf } from './judge'
import { isRetryable } from './kustomer'
import type { Attempt, Disturbances, Fault, Kustomer } from './kustomer'
import { inShort } from './state'

/** What Segment is still to send. */
interface Delivery {
  events: Event[]
  batched: boolean
}

/** What a run is about: what Segment knows, and what watches over it. */
export interface Segment {
  count: number
  waiting: Delivery[]
  history: History
}

export type Command = AsyncCommand<Segment, Kustomer>

/** Longer than a job or a merge takes under any variant, in milliseconds. */
export const LONG = 60_000

/** More than any delivery needs once all faults are over. */
const LAST_ATTEMPTS = 6

/** What is wrong with what Kustomer holds. */
export class Violation extends Error {}

export class Deliver implements Command {
  private readonly said: Said[]
  private readonly batched: boolean
  private readonly disturbances: Disturbances

  constructor(said: Said[], batched: boolean, disturbances: Disturbances) {
    this.said = said
    this.batched = batched
    this.disturbances = disturbances
  }

  check(): boolean {
    return true
  }

  async run(segment: Segment, kustomer: Kustomer): Promise<void> {
    const events = this.said.map((said) => ({ ...said, number: (segment.count += 1) }))
    await attempt(segment, kustomer, { events, batched: this.batched }, this.disturbances)
  }

  toString(): string {
    const events = this.said.map(inWords)
    return `${this.batched ? `batch [${events.join(', ')}]` : events.join()}${disturbed(this.disturbances)}`
  }
}

export class Retry implements Command {
  private readonly disturbances: Disturbances

  constructor(disturbances: Disturbances) {
    this.disturbances = disturbances
  }

  check({ waiting }: Readonly<Segment>): boolean {
    return waiting.length > 0
  }

  async run(segment: Segment, kustomer: Kustomer): Promise<void> {
    const delivery = segment.waiting.shift()
    if (delivery) {
      await attempt(segment, kustomer, delivery, this.disturbances)
    }
  }

  toString(): string {
    return `retry${disturbed(this.disturbances)}`
  }
}

export class EditInKustomer implements Command {
  private readonly edit: Edit

  constructor(wanted: Edit) {
    this.edit = wanted
  }

  check(): boolean {
    return true
  }

  async run(_segment: unknown, kustomer: Kustomer): Promise<void> {
    await kustomer.edit(this.edit)
  }

  toString(): string {
    return `agent ${JSON.stringify(this.edit)}`
  }
}

export class Wait implements Command {
  private readonly milliseconds: number

  constructor(milliseconds: number) {
    this.milliseconds = milliseconds
  }

  check(): boolean {
    return true
  }

  async run({ history }: Segment, kustomer: Kustomer): Promise<void> {
    await wait(history, kustomer, this.milliseconds)
  }

  toString(): string {
    return `wait ${this.milliseconds / 1000} s`
  }
}

function wait(history: History, kustomer: Kustomer, milliseconds: number): Promise<void> {
  const before = kustomer.state()
  kustomer.elapse(milliseconds)
  hold({ before, after: kustomer.state() }, history, `${milliseconds / 1000} s`)
  if (milliseconds >= LONG) {
    history.late = []
  }
  return Promise.resolve()
}

async function attempt(
  { waiting, history }: Segment,
  kustomer: Kustomer,
  delivery: Delivery,
  disturbances: Disturbances
): Promise<void> {
  const { events, batched } = delivery
  const before = kustomer.state()
  const made = await kustomer.deliver(events, batched, disturbances)
  const failed = made.outcomes.filter(({ status }) => isRetryable(status)).map(({ event }) => event)
  if (failed.length > 0) {
    waiting.push({ events: failed, batched })
  }
  hold({ before, after: kustomer.state(), attempt: made }, history, report(made))
}

function report({ batched, outcomes, requests }: Attempt): string {
  const told = outcomes.map(({ event, status, message = '' }) =>
    `${inWords(event)} → ${status ?? 'a crash'} ${message}`.trimEnd()
  )
  return [`${batched ? 'a batch' : 'an event'}:`, ...told, 'with the requests', ...requests].join('\n    ')
}

function hold(step: Step, history: History, what: string): void {
  const wrongs = wrongsOf(step, history)
  if (wrongs.length > 0) {
    const shown = [...step.before.values()].map((customer) => `\n    ${inShort(customer)}`)
    throw new Violation(`${wrongs.join('\n')}\n  after ${what}\n  where there was before${shown.join('')}`)
  }
}

/** All faults are over, and Segment sends what it still has to. */
export async function settle(segment: Segment, kustomer: Kustomer): Promise<void> {
  const undisturbed = { faults: [], edits: [] }
  for (let round = 0; round < LAST_ATTEMPTS && segment.waiting.length > 0; round += 1) {
    await wait(segment.history, kustomer, LONG)
    for (const delivery of segment.waiting.splice(0)) {
      await attempt(segment, kustomer, delivery, undisturbed)
    }
  }
  await wait(segment.history, kustomer, LONG)
  const lost = segment.waiting.flatMap(({ events }) => events).filter((event) => !segment.history.isBuried(event))
  if (lost.length > 0) {
    throw new Violation(`never delivered: ${lost.map(inWords).join(', ')}`)
  }
}

function disturbed({ faults, edits }: Disturbances): string {
  const told = [
    ...faults.map(({ at, fault }) => `at request ${at}: ${inFewWords(fault)}`),
    ...edits.map(({ at, edit: wanted }) => `before request ${at}: agent ${JSON.stringify(wanted)}`)
  ]
  return told.length > 0 ? ` (${told.join('; ')})` : ''
}

function inFewWords(fault: Fault): string {
  switch (fault.what) {
    case 'refused':
      return `answered ${fault.status}`
    case 'answer lost':
      return `answer lost to ${fault.to}`
    default:
      return fault.what
  }
}
