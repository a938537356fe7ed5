import { createHistogram } from 'node:perf_hooks'
import type { Delivery } from './delivery'

/** The totals of any number of deliveries, in an amount of memory that does not depend on it. */
export class Summary {
  private readonly outcomes = new Map<string, number>()
  private readonly latencies = createHistogram()
  private events = 0
  private delivered = 0
  private requests = 0

  add({ delivered, action, outcome, exchanges, milliseconds }: Delivery): void {
    this.count(delivered ? outcome : action === undefined ? 'ignored' : 'failed')
    this.delivered += delivered ? 1 : 0
    this.requests += exchanges.length
    this.latencies.record(Math.max(1, Math.round(milliseconds * 1000)))
  }

  /** Counts what should have been an event and is none. */
  addUnreadable(): void {
    this.count('malformed')
  }

  get isAllDelivered(): boolean {
    return this.delivered === this.events
  }

  /** How many events there were, and how many of them were not delivered. */
  get progress(): { events: number; undelivered: number } {
    return { events: this.events, undelivered: this.events - this.delivered }
  }

  /** Latencies are of whole events, in milliseconds; null where nothing was sent. */
  toJSON() {
    const sent = this.latencies.count > 0
    return {
      events: this.events,
      delivered: this.delivered,
      outcomes: Object.fromEntries(this.outcomes),
      requests: this.requests,
      requestsPerEvent: this.events === 0 ? 0 : Number((this.requests / this.events).toFixed(2)),
      latency: { p50: sent ? this.percentile(50) : null, p95: sent ? this.percentile(95) : null }
    }
  }

  describe(): string {
    const { events, delivered, outcomes, requests, requestsPerEvent, latency } = this.toJSON()
    const byOutcome = Object.entries(outcomes).map(([outcome, count]) => `${count} ${outcome}`)
    return [
      `${delivered} of ${events} events delivered: ${byOutcome.join(', ') || 'there were none'}`,
      `${requests} requests, ${requestsPerEvent} per event`,
      ...(latency.p50 === null ? [] : [`Latency of an event: p50 ${latency.p50} ms, p95 ${latency.p95} ms`])
    ].join('\n')
  }

  private count(outcome: string): void {
    this.events += 1
    this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1)
  }

  private percentile(share: number): number {
    return Number((this.latencies.percentile(share) / 1000).toFixed(1))
  }
}
