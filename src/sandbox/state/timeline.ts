import type { TrackingEvent } from '../contract/tracking'
import type { World } from './world'

/** An event as an agent sees it. */
export interface TimelineEvent {
  id: string
  name: string
  meta: Record<string, string | number>
  /** When it arrived, as an RFC 3339 date-time: [P] Kustomer stamps an event with its arrival. */
  at: string
  /** When it came to the customer. */
  createdAt: string
  trackingId: string | null
  sessionId: string | null
}

/** Events that belong together. */
export interface Session {
  /** Null where the events were grouped by time. */
  id: string | null
  startedAt: string
  endedAt: string
  events: TimelineEvent[]
}

/** [P] Anonymous events are kept for 30 days. */
const RETENTION = 30 * 24 * 60 * 60 * 1000

/** [A] Without a session id, a pause of more than 30 minutes ends a session. */
const SESSION_GAP = 30 * 60 * 1000

/** What visitors and customers did. */
export class Timeline {
  private readonly ofCustomers = new Map<string, TimelineEvent[]>()
  private readonly ofVisitors = new Map<string, TimelineEvent[]>()
  /** The customer that a visitor was last identified as, by tracking id. */
  private readonly identified = new Map<string, string>()

  constructor(private readonly world: World) {}

  /** Records an event of a visitor, which agents see once the visitor is identified. */
  ofVisitor(event: TrackingEvent): void {
    const customerId = this.identified.get(event.trackingId ?? '')
    if (customerId !== undefined) {
      this.ofCustomer(customerId, event)
    } else if (event.trackingId !== undefined) {
      append(this.ofVisitors, event.trackingId, [this.stamped(event)])
    }
  }

  ofCustomer(customerId: string, event: TrackingEvent): void {
    append(this.ofCustomers, customerId, [this.stamped(event)])
  }

  /** [P] Ties a visitor's past and future events to a customer. */
  identify(trackingId: string, customerId: string): void {
    const now = this.world.now()
    const oldest = now.getTime() - RETENTION
    const past = (this.ofVisitors.get(trackingId) ?? []).filter(({ at }) => Date.parse(at) >= oldest)
    this.ofVisitors.delete(trackingId)
    this.identified.set(trackingId, customerId)
    append(
      this.ofCustomers,
      customerId,
      past.map((event) => ({ ...event, createdAt: now.toISOString() }))
    )
  }

  /** The id of the customer that a visitor was last identified as. */
  customerOf(trackingId: string): string | undefined {
    return this.identified.get(trackingId)
  }

  /** [A] The events of a merge's source move to its target, and what its visitors do from now on goes there too. */
  merge(source: string, target: string): void {
    if (!this.world.variants.mergeLeavesTimeline) {
      append(this.ofCustomers, target, this.ofCustomers.get(source) ?? [])
      this.ofCustomers.delete(source)
    }
    for (const [trackingId, customerId] of this.identified) {
      if (customerId === source) {
        this.identified.set(trackingId, target)
      }
    }
  }

  forget(customerId: string): void {
    this.ofCustomers.delete(customerId)
    for (const [trackingId, identifiedAs] of this.identified) {
      if (identifiedAs === customerId) {
        this.identified.delete(trackingId)
      }
    }
  }

  /** A customer's events so far, in no certain order. */
  events(customerId: string): TimelineEvent[] {
    return this.ofCustomers.get(customerId)?.slice() ?? []
  }

  /** A customer's sessions, the earliest first. */
  sessions(customerId: string): Session[] {
    return sessionsOf(this.events(customerId))
  }

  private stamped({ name, meta, trackingId, sessionId }: TrackingEvent): TimelineEvent {
    const now = this.world.now().toISOString()
    return {
      id: this.world.newId(),
      name,
      meta: meta ?? {},
      at: now,
      createdAt: now,
      trackingId: trackingId ?? null,
      sessionId: sessionId ?? null
    }
  }
}

/** Sessions of events, the earliest first. */
export function sessionsOf(unsorted: TimelineEvent[]): Session[] {
  const events = unsorted.slice().sort(byArrival)
  const named = new Map<string, TimelineEvent[]>()
  const grouped: TimelineEvent[][] = []
  for (const event of events) {
    const session = grouped[grouped.length - 1]
    const last = session?.[session.length - 1]
    if (event.sessionId !== null) {
      append(named, event.sessionId, [event])
    } else if (session && last && Date.parse(event.at) - Date.parse(last.at) <= SESSION_GAP) {
      session.push(event)
    } else {
      grouped.push([event])
    }
  }
  return [...named.values(), ...grouped].map(sessionOf).sort((one, other) => byArrival(one.events[0], other.events[0]))
}

/** Ids count up, and tell the order of what arrived within one millisecond. */
function byArrival(one?: TimelineEvent, other?: TimelineEvent): number {
  const [first, second] = [one?.id ?? '', other?.id ?? '']
  return first < second ? -1 : first > second ? 1 : 0
}

function append<Item>(lists: Map<string, Item[]>, key: string, items: Item[]): void {
  const list = lists.get(key)
  if (list) {
    list.push(...items)
  } else {
    lists.set(key, items)
  }
}

function sessionOf(events: TimelineEvent[]): Session {
  const times = events.map(({ at }) => at)
  return { id: events[0]?.sessionId ?? null, startedAt: times[0] ?? '', endedAt: times[times.length - 1] ?? '', events }
}
