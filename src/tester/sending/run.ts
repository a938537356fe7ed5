import type { SegmentEvent } from '@segment/actions-core'
import type { Clock } from '../clock'
import { deliver, deliverBatch, takesBatches } from '../delivery'
import { Batches } from '../delivery/batches'
import { locatorsAfter } from '../delivery/locators'
import type { EventRead, ProblemRead, Read } from '../input/events'
import type { Kustomer } from '../kustomer'
import { routeOf } from '../delivery/route'
import type { Override } from '../delivery/route'
import { Summary } from './summary'
import type { Exchange } from '../kustomer/transport'
import { pauseBefore } from './retry'
import { again, alone, together } from './sent'
import type { Sent } from './sent'

export interface Plan {
  override: Override
  /** How many events are under way at once. */
  concurrency: number
  /** The most events of a batch; undefined where batching is off. */
  batchSize?: number
  /** How often what Segment sends again is sent again. */
  retries: number
  /** Whether a refused key or an unknown host is no reason to end. */
  keepsGoing: boolean
  /** Whether customers may be erased; asked before the first deletion. */
  mayDelete: () => Promise<boolean>
}

/** What is told while events are sent. */
export interface Listener {
  sent(sent: Sent, summary: Summary): void
  /** What should have been an event and is none. */
  unreadable(read: ProblemRead, summary: Summary): void
  /** Something is sent again, after a pause in milliseconds. */
  waiting(reads: EventRead[], attempt: number, pause: number): void
}

export interface Outcome {
  summary: Summary
  /** Why it ended before the end of the input, in a sentence. */
  ended?: string
  /** Where to find what the events were about: `customers/<id>`, `companies/<id>` and such, the latest last. */
  records: Set<string>
}

interface Surroundings {
  kustomer: Kustomer
  clock: Clock
  listener: Listener
  /** Ends the run; what is under way is waited for. */
  signal: AbortSignal
}

const UNKNOWN_HOST = ['ENOTFOUND', 'EAI_AGAIN']

/** Sends events as Segment does, a few at a time; those of an action that takes batches together, where that is asked for. */
export class Run {
  private readonly summary = new Summary()
  private readonly records = new Set<string>()
  private readonly waiting: Batches<EventRead>
  private batches = 0
  private agreement?: Promise<boolean>
  private ended?: string

  constructor(private readonly plan: Plan, private readonly surroundings: Surroundings) {
    this.waiting = new Batches(plan.batchSize ?? 1)
  }

  async send(reads: AsyncGenerator<Read>): Promise<Outcome> {
    await Promise.all(Array.from({ length: this.plan.concurrency }, () => this.work(reads)))
    let left = 0
    for (const batch of this.waiting.rest()) {
      if (this.isOver) {
        left += batch.length
      } else {
        await this.sendBatch(batch)
      }
    }
    const ended = this.surroundings.signal.aborted ? 'Interrupted.' : this.ended
    const held =
      left === 1
        ? ' 1 event that waited for its batch was not sent.'
        : left > 1
        ? ` ${left} events that waited for their batch were not sent.`
        : ''
    return { summary: this.summary, ended: ended && `${ended}${held}`, records: this.records }
  }

  private get isOver(): boolean {
    return this.ended !== undefined || this.surroundings.signal.aborted
  }

  private async work(reads: AsyncGenerator<Read>): Promise<void> {
    for (let read = await this.next(reads); read && !this.isOver; read = await this.next(reads)) {
      if ('problem' in read) {
        this.summary.addUnreadable()
        this.surroundings.listener.unreadable(read, this.summary)
      } else {
        await this.take(read)
      }
    }
  }

  /** The next of the input, which may never come once the run is to end. */
  private async next(reads: AsyncGenerator<Read>): Promise<Read | undefined> {
    const { signal } = this.surroundings
    const end = new AbortController()
    const aborted = new Promise<undefined>((resolve) => {
      signal.addEventListener(
        'abort',
        () => {
          resolve(undefined)
        },
        { signal: end.signal }
      )
    })
    const next = this.isOver ? undefined : await Promise.race([reads.next(), aborted])
    end.abort()
    return next?.done === false ? next.value : undefined
  }

  private async take(read: EventRead): Promise<void> {
    if (read.event.type === 'delete' && !(await this.mayDelete())) {
      return
    }
    const subscription = await this.batchedBy(read.event)
    if (subscription === undefined) {
      await this.sendUntilTaken([read], async () => {
        const delivery = await deliver(read.event, this.surroundings.kustomer, this.plan.override)
        return { sent: [alone(read, delivery)], exchanges: delivery.exchanges }
      })
      return
    }
    const batch = this.waiting.add(subscription, read)
    if (batch) {
      await this.sendBatch(batch)
    }
  }

  private async mayDelete(): Promise<boolean> {
    this.agreement ??= this.plan.mayDelete()
    const isAgreed = await this.agreement
    if (!isAgreed) {
      this.ended ??= 'Stopped before a deletion that you did not confirm. Use --yes to skip the question.'
    }
    return isAgreed
  }

  /** The subscription that an event waits for others of; undefined where it goes alone. */
  private async batchedBy(event: SegmentEvent): Promise<string | undefined> {
    const { batchSize, override } = this.plan
    if (batchSize === undefined || event.type === 'delete') {
      return undefined
    }
    const route = await routeOf(event, override)
    return route && takesBatches(route) ? route.name ?? route.partnerAction : undefined
  }

  private async sendBatch(reads: EventRead[]): Promise<void> {
    this.batches += 1
    const batch = this.batches
    await this.sendUntilTaken(reads, async (open) => {
      const events = open.map(({ event }) => event)
      const delivery = await deliverBatch(events, this.surroundings.kustomer, this.plan.override)
      return { sent: together(open, batch, delivery), exchanges: delivery.exchanges }
    })
  }

  /** Sends events, and again those that Segment sends again, for as long as the plan says. */
  private async sendUntilTaken(
    reads: EventRead[],
    attempt: (open: EventRead[]) => Promise<{ sent: Sent[]; exchanges: Exchange[] }>
  ): Promise<void> {
    const { clock, listener, signal } = this.surroundings
    const all = new Map<EventRead, Sent>()
    let open = reads
    for (let number = 1; open.length > 0; number += 1) {
      const { sent, exchanges } = await attempt(open)
      sent.forEach((each) => all.set(each.read, again(all.get(each.read), each)))
      this.summary.addRequests(exchanges)
      this.endWhereRefused(sent, exchanges)
      open = open.filter((read) => all.get(read)?.verdict === 'retried')
      if (number > this.plan.retries || open.length === 0 || this.isOver) {
        break
      }
      const pause = pauseBefore(number, exchanges, clock.now())
      listener.waiting(open, number + 1, pause)
      await clock.pause(pause, signal)
      if (signal.aborted) {
        break
      }
    }
    for (const sent of all.values()) {
      this.remember(sent)
      this.summary.add(sent)
      listener.sent(sent, this.summary)
    }
  }

  /** Every event after it would be refused alike. */
  private endWhereRefused(sent: Sent[], exchanges: Exchange[]): void {
    if (this.plan.keepsGoing) {
      return
    }
    const refused = sent.find(({ status }) => status === 401 || status === 403)
    const isUnknown = exchanges.some(({ status }) => UNKNOWN_HOST.includes(String(status)))
    if (refused || isUnknown) {
      const reason = isUnknown ? 'its host cannot be found' : `Kustomer answered ${String(refused?.status)}`
      this.ended ??= `Stopped after the first rejected event: ${reason}. Use --keep-going to continue.`
    }
  }

  private remember(sent: Sent): void {
    const { userId } = sent.read.event
    const byName = userId ? `customers/externalId=${encodeURIComponent(userId)}` : undefined
    const paths = sent.exchanges.map(({ request }) => new URL(request.url).pathname.slice('/v1/'.length))
    const objects = paths.filter((path) => /^klasses\/[^/]+\/externalId=/.test(path))
    const locators = [...locatorsAfter(sent, byName), ...objects]
    for (const locator of sent.verdict === 'delivered' ? locators : []) {
      this.records.delete(locator)
      this.records.add(locator)
    }
  }
}
