import { targetMayBeTaken } from './exceptions'
import { identifiersOf } from './events'
import type { Event, Identifier, Said } from './events'
import type { Attempt, Change, Environment, Merge } from './kustomer'
import { holds } from './state'
import type { Customer, State } from './state'

const RELEASE = /^PATCH \S*customers\/([0-9a-f]{24}) .*"externalId":null/

/** Between two looks at Kustomer: an attempt to deliver something, or the passing of time. */
export interface Step {
  before: State
  after: State
  attempt?: Attempt
}

/** What became of a visitor. */
interface Visitor {
  /** The anonymous events that Kustomer has taken. */
  events: number[]
  /** The customers who may have claimed them. */
  claimants: Set<string>
  isClaimed: boolean
}

/** A customer as they were at some moment of a step. */
export type Version = Pick<Customer, 'values'>

/** What has happened in a run so far, as far as it tells what may happen next. */
export class History {
  readonly environment: Environment
  readonly visitors = new Map<string, Visitor>()
  /** Events of batches whose jobs are perhaps still to run. */
  late: Event[] = []
  private readonly merges: Merge[] = []
  private readonly sent = new Map<number, Event>()
  /** How often each event may be on a timeline: once, and once more for each answer that was lost. */
  private readonly chances = new Map<number, number>()
  /** The customers who have given up their userId, to be merged into whom it was passed on to. */
  private readonly released = new Set<string>()
  /** userIds that are kept by records that are gone. */
  private readonly buried = new Set<string>()

  constructor(environment: Environment) {
    this.environment = environment
  }

  note(step: Step): void {
    const { attempt, before, after } = step
    this.merges.push(...(attempt?.merges ?? []))
    for (const merge of this.merges) {
      const source = before.get(merge.source) ?? merge.before[0]
      const user = source?.values.get('external ID')
      const target = after.get(merge.target)?.values.get('external ID')
      const isFinishedNow = (before.has(merge.source) || attempt?.merges.includes(merge)) && !after.has(merge.source)
      const isBuried = targetMayBeTaken(user, target, this.environment)
      if (user !== undefined && isFinishedNow && isBuried) {
        this.buried.add(user)
      }
    }
    if (!attempt) {
      return
    }
    attempt.requests.flatMap((line) => RELEASE.exec(line)?.[1] ?? []).forEach((id) => this.released.add(id))
    for (const { event, status, isUnchanged = false } of attempt.outcomes) {
      const times = (status === 200 ? 1 : 0) + attempt.lostEvents
      this.sent.set(event.number, event)
      this.chances.set(event.number, this.chancesOf(event.number) + times)
      this.noteVisit(event, status === 200 && !isUnchanged, step)
    }
    if (attempt.batched && this.environment.variants.includes('jobsSlow')) {
      this.late.push(...attempt.outcomes.map(({ event }) => event))
    }
  }

  event(number: number): Event | undefined {
    return this.sent.get(number)
  }

  chancesOf(number: number): number {
    return this.chances.get(number) ?? 0
  }

  /** Whether a customer has given up their userId: a merge that is cut off or unfinished leaves them without one. */
  hasReleased({ id }: Customer): boolean {
    return this.released.has(id)
  }

  /** Whether a stub was made and has given up their userId within one step. */
  isMadeAndReleased({ before }: Step, customer: Customer): boolean {
    return !before.has(customer.id) && this.hasReleased(customer)
  }

  /** Whether an event has a userId that nobody can have again. */
  isBuried({ user }: Said): boolean {
    return user !== undefined && this.buried.has(user)
  }

  /** Whether a merge has taken a userId from its stub and given it to nobody yet: that is left to whoever asked for it. */
  isFreed({ user }: Said, now: State): boolean {
    const stub = this.merges.find(
      ({ source, before }) => !now.has(source) && before[0]?.values.get('external ID') === user
    )
    return user !== undefined && stub !== undefined && this.environment.variants.includes('mergeFreesExternalId')
  }

  /** Who a customer is now, if they were merged and the merge is finished. */
  survivorOf(id: string, now: State): string {
    const merge = this.merges.find(({ source }) => source === id)
    return merge && !now.has(id) ? this.survivorOf(merge.target, now) : id
  }

  /** What a customer was before a step: themselves, after those who have become a part of them. */
  sourcesOf({ before, after }: Step, { id }: Customer): Customer[] {
    const sources = [...before.values()].filter((source) => this.survivorOf(source.id, after) === id)
    return [...sources.filter((source) => source.id !== id), ...sources.filter((source) => source.id === id)]
  }

  /** Whether a merge into a customer is under way. */
  isMerging({ after }: Step, { id }: Customer): boolean {
    return this.merges.some(({ source, target }) => target === id && after.has(source))
  }

  /** What somebody else changed of a customer during a step. */
  changesOf({ after, attempt }: Step, { id }: Customer): Change[] {
    return (attempt?.changes ?? []).filter(({ customerId }) => this.survivorOf(customerId, after) === id)
  }

  /** A customer as they were at any moment of a step, as far as that is known. */
  versionsOf(step: Step, customer: Customer): Version[] {
    const changed = this.changesOf(step, customer).map(({ key, value = 'own' }) => ({
      values: new Map([[key, value]])
    }))
    return [customer, ...this.sourcesOf(step, customer), ...changed]
  }

  /** Whether what an event says may come to a customer: they hold an identifier of it, and no other userId. */
  concerns(event: Said, versions: Version[]): boolean {
    const users = versions.flatMap(({ values }) => values.get('external ID') ?? [])
    const isAnother =
      event.user !== undefined && users.length > 0 && !users.includes(event.user) && !this.isBuried(event)
    return !isAnother && this.namesOf(event).some((name) => versions.some((version) => holds(version, name)))
  }

  /** What an event names its customer by. Whose userId is buried is known by all that their events have named. */
  private namesOf(event: Said): Identifier[] {
    return this.isBuried(event)
      ? [...this.sent.values()].filter(({ user }) => user === event.user).flatMap(identifiersOf)
      : identifiersOf(event)
  }

  private noteVisit(event: Event, isDelivered: boolean, step: Step): void {
    if (event.visitor === undefined) {
      return
    }
    const visitor = this.visitors.get(event.visitor) ?? { events: [], claimants: new Set(), isClaimed: false }
    this.visitors.set(event.visitor, visitor)
    if (event.type === 'identify' || identifiersOf(event).length > 0) {
      const { after } = step
      const claimants = [...after.values()].filter((customer) => this.concerns(event, this.versionsOf(step, customer)))
      claimants.forEach(({ id }) => visitor.claimants.add(id))
      // Whoever is known by a userId alone that is buried cannot be claimed for, which is told.
      const isKnown = [...after.values()].some((customer) =>
        identifiersOf(event).some((identifier) => holds(customer, identifier, 'own'))
      )
      visitor.isClaimed ||= isDelivered && (isKnown || !this.isBuried(event))
    } else if (isDelivered) {
      visitor.events.push(event.number)
    }
  }
}
