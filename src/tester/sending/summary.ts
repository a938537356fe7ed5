import { createHistogram } from 'node:perf_hooks'
import type { Verdict } from '../delivery'
import type { Exchange } from '../kustomer/transport'

interface Counted {
  verdict: Verdict
  preset?: string
  outcome: string
  milliseconds: number
}

const NONE = { delivered: 0, retried: 0, dropped: 0, ignored: 0, malformed: 0 }

/** The totals of any number of events, in an amount of memory that does not depend on it. */
export class Summary {
  private readonly verdicts = { ...NONE }
  private readonly outcomes = new Map<string, number>()
  private readonly latencies = createHistogram()
  /** How many events each preset took. */
  private readonly presets = new Map<string, number>()
  /** What Kustomer last said of the minute's requests. */
  private rateLimit: { limit: number; remaining: number } | null = null
  private requests = 0

  add({ verdict, preset, outcome, milliseconds }: Counted): void {
    this.verdicts[verdict] += 1
    if (preset !== undefined) {
      this.presets.set(preset, (this.presets.get(preset) ?? 0) + 1)
    }
    if (verdict === 'delivered') {
      this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1)
    }
    if (verdict !== 'ignored') {
      this.latencies.record(Math.max(1, Math.round(milliseconds * 1000)))
    }
  }

  addRequests(exchanges: Exchange[]): void {
    this.requests += exchanges.length
    for (const { response } of exchanges) {
      const { 'x-ratelimit-limit': limit, 'x-ratelimit-remaining': remaining } = response?.headers ?? {}
      if (limit && remaining) {
        this.rateLimit = { limit: Number(limit), remaining: Number(remaining) }
      }
    }
  }

  /** Counts what should have been an event and is none. */
  addUnreadable(): void {
    this.verdicts.malformed += 1
  }

  /** Whether there was a single event. */
  get hasEvents(): boolean {
    return this.total > this.verdicts.malformed
  }

  /** Whether nothing failed. @param isStrict whether an event that no preset takes has failed */
  isGood(isStrict: boolean): boolean {
    const { delivered, ignored } = this.verdicts
    return this.total === delivered + (isStrict ? 0 : ignored)
  }

  /** How many events there were, and how many of them failed. */
  get progress(): { events: number; failed: number } {
    const { delivered, ignored } = this.verdicts
    return { events: this.total, failed: this.total - delivered - ignored }
  }

  /** Latencies are of whole events, in milliseconds; null where nothing was sent. */
  toJSON() {
    const sent = this.latencies.count > 0
    return {
      events: this.total,
      ...this.verdicts,
      outcomes: Object.fromEntries(this.outcomes),
      presets: Object.fromEntries(this.presets),
      rateLimit: this.rateLimit,
      requests: this.requests,
      requestsPerEvent: this.total === 0 ? 0 : Number((this.requests / this.total).toFixed(2)),
      latency: { p50: sent ? this.percentile(50) : null, p95: sent ? this.percentile(95) : null }
    }
  }

  private get total(): number {
    return Object.values(this.verdicts).reduce((sum, count) => sum + count, 0)
  }

  private percentile(share: number): number {
    return Number((this.latencies.percentile(share) / 1000).toFixed(1))
  }
}
