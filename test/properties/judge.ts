import { changesMayBeUndone, mergeBuriesExternalId, mergeBuriesTimeline } from './exceptions'
import { identifiersOf, inWords } from './events'
import type { Event, Identifier, Said } from './events'
import type { Attempt, Change, Environment, Merge, Outcome } from './kustomer'
import { holds, inShort, isStub, keyOf } from './state'
import type { Customer, State } from './state'
import { belongingOf, holderOf } from './who-is-who'

/** Between two looks at Kustomer: an attempt to deliver something, or what somebody else did, or the passing of time. */
export interface Step {
  before: State
  after: State
  /** For a person to read. */
  what: string
  attempt?: Attempt
  batched?: boolean
}

/** The statuses after which Segment sends an event again. */
export function isRetryable(status: number | undefined): boolean {
  return status === 408 || status === 423 || status === 429 || (status !== undefined && status >= 500)
}

/** What is known of a visitor. */
interface Visitor {
  /** The anonymous events that Kustomer has taken. */
  events: number[]
  /** The customers who may have claimed them. */
  claimants: Set<string>
  claimed: boolean
}

/**
 * Watches one run, and says what is wrong with what Kustomer holds.
 *
 * Every step is judged by what was there before it: nothing that was there is lost, unless an event or an edit of that
 * very step has replaced it; nothing is there that none of them gave; and what a delivered event gave is there.
 */
export class Judge {
  private readonly environment: Environment
  private readonly merges: Merge[] = []
  /** How often each event may be on a timeline: once, and once more for each answer that was lost. */
  private readonly chances = new Map<number, number>()
  private readonly visitors = new Map<string, Visitor>()
  private readonly sent = new Map<number, Event>()
  /** userIds that records keep who are gone. */
  private readonly buried = new Set<string>()
  /** Events of batches whose jobs may be still to run. */
  private late: Event[] = []

  constructor(environment: Environment) {
    this.environment = environment
  }

  /** Whether Kustomer may refuse this event for good. */
  isBuried({ user }: Said): boolean {
    return user !== undefined && this.buried.has(user)
  }

  /** @returns what is wrong, in sentences */
  judge(step: Step): string[] {
    const { attempt } = step
    this.note(step)
    return [
      ...(attempt ? this.outcomes(step, attempt) : []),
      ...this.mergesOf(step),
      ...this.appearances(step),
      ...this.disappearances(step),
      ...[...step.after.values()].flatMap((customer) => this.valuesOf(step, customer)),
      ...this.timelines(step),
      ...(attempt ? this.belonging(step, attempt) : [])
    ]
  }

  /** No job is still to run. */
  jobsAreDone(): void {
    this.late = []
  }

  private note({ attempt, batched, after }: Step): void {
    for (const { event, status } of attempt?.outcomes ?? []) {
      this.sent.set(event.number, event)
      if (event.type !== 'identify') {
        const times = (status === 200 ? 1 : 0) + (attempt?.lostEvents ?? 0)
        this.chances.set(event.number, (this.chances.get(event.number) ?? 0) + times)
      }
      if (event.visitor !== undefined) {
        const visitor = this.visitorOf(event.visitor)
        if (event.type === 'identify') {
          this.customersOf(event, after).forEach(({ id }) => visitor.claimants.add(id))
          visitor.claimed ||= status === 200
        } else if (identifiersOf(event).length === 0 && status === 200) {
          visitor.events.push(event.number)
        }
      }
    }
    for (const merge of attempt?.merges ?? []) {
      this.merges.push(merge)
      const user = merge.before[0]?.values.get('external ID')
      if (user !== undefined && mergeBuriesExternalId(this.environment)) {
        this.buried.add(user)
      }
    }
    if (attempt && batched && this.environment.variants.includes('jobsSlow')) {
      this.late.push(...attempt.outcomes.map(({ event }) => event))
    }
  }

  private visitorOf(name: string): Visitor {
    const visitor = this.visitors.get(name) ?? { events: [], claimants: new Set(), claimed: false }
    this.visitors.set(name, visitor)
    return visitor
  }

  /** Without a fault, what is sent is delivered; and what fails for good, fails for what a fault said. */
  private outcomes({ batched }: Step, { outcomes, faults, changes }: Attempt): string[] {
    const { variants, lackedRoles } = this.environment
    const isRace =
      changes.length > 0 || variants.includes('mergeUnfinished') || (batched && variants.includes('jobsSlow'))
    const isFinal = faults.some((fault) => fault.what === 'refused' && !isRetryable(fault.status))
    return outcomes.flatMap(({ event, status, message }) => {
      const told = `${inWords(event)} ended as ${status ?? 'no error of the framework’s'}: ${message ?? ''}`
      if (status === undefined) {
        return [told]
      }
      const isAllowed =
        status === 200 ||
        this.isBuried(event) ||
        (isRetryable(status) ? faults.length > 0 || isRace : isFinal || lackedRoles.includes('never'))
      return isAllowed ? [] : [told]
    })
  }

  /** Nobody is merged who was not one: only a stub, into a customer of the same event whom no other userId names. */
  private mergesOf({ attempt }: Step): string[] {
    return (attempt?.merges ?? []).flatMap(({ source, target, before: [stub, customer] }) => {
      const user = stub?.values.get('external ID')
      const events = attempt?.outcomes.filter(({ event }) => event.user === user) ?? []
      const externalId = customer?.values.get('external ID')
      const isOne =
        user !== undefined &&
        customer !== undefined &&
        (externalId === undefined || externalId === user) &&
        events.some(({ event }) => identifiersOf(event).some((identifier) => holds(customer, identifier)))
      const wasStub = stub && (isStub(stub) || attempt?.changes.some(({ customerId }) => customerId === source))
      return isOne && wasStub ? [] : [`${source} was merged into ${target}, who was another`]
    })
  }

  /** Who a customer is now, if they were merged and the merge is finished. */
  private survivorOf(id: string, now: State): string {
    const merge = this.merges.find(({ source }) => source === id)
    return merge && !now.has(id) ? this.survivorOf(merge.target, now) : id
  }

  /** Nobody twice: who is new is known by the strongest identifier of an event. */
  private appearances({ before, after, attempt }: Step): string[] {
    const events = [...(attempt?.outcomes.map(({ event }) => event) ?? []), ...this.late]
    const edited = new Set(attempt?.changes.map(({ customerId }) => customerId))
    return [...after.values()].flatMap((customer) => {
      const isKnown =
        before.has(customer.id) ||
        !attempt ||
        edited.has(customer.id) ||
        events.some((event) => {
          const [strongest] = identifiersOf(event)
          return strongest && holds(customer, strongest, 'own')
        })
      return isKnown ? [] : [`${inShort(customer)} is new and known by nothing of their own`]
    })
  }

  /** Nobody is gone but by a merge. */
  private disappearances({ before, after }: Step): string[] {
    return [...before.keys()]
      .filter((id) => !after.has(this.survivorOf(id, after)))
      .map((id) => `${id} is gone, and was not merged into anybody`)
  }

  /** Whether something that an event says may come to a customer: they hold an identifier of it, and no other userId. */
  private concerns(event: Said, ...versions: Array<Pick<Customer, 'values'>>): boolean {
    const externalIds = versions.flatMap(({ values }) => values.get('external ID') ?? [])
    const isAnother =
      event.user !== undefined &&
      externalIds.length > 0 &&
      !externalIds.includes(event.user) &&
      !this.buried.has(event.user)
    return (
      !isAnother && identifiersOf(event).some((identifier) => versions.some((customer) => holds(customer, identifier)))
    )
  }

  private customersOf(event: Said, state: State): Customer[] {
    return [...state.values()].filter((customer) => this.concerns(event, customer))
  }

  /** Whether a delivered event must have come to this customer: they hold what names it, and nobody took that away. */
  private isOf({ after, attempt }: Step, customer: Customer, event: Said): boolean {
    const [strongest] = identifiersOf(event)
    return (
      strongest !== undefined &&
      holderOf(after, strongest, this.environment)?.id === customer.id &&
      !(attempt && wasTaken(attempt.changes, strongest))
    )
  }

  private isOurs(step: Step, id: string, customer: Customer): boolean {
    return this.survivorOf(id, step.after) === customer.id
  }

  /** What a customer was before a step, with those who have become a part of them. */
  private sourcesOf(step: Step, customer: Customer): Customer[] {
    return [...step.before.values()].filter(({ id }) => this.isOurs(step, id, customer))
  }

  private changesOf(step: Step, customer: Customer): Change[] {
    return (step.attempt?.changes ?? []).filter(({ customerId }) => this.isOurs(step, customerId, customer))
  }

  /** A customer as they were at any moment of a step. */
  private versionsOf(step: Step, customer: Customer): Array<Pick<Customer, 'values'>> {
    const changed = this.changesOf(step, customer).map(({ key, value = 'own' }) => ({
      values: new Map([[key, value]])
    }))
    return [customer, ...this.sourcesOf(step, customer), ...changed]
  }

  private valuesOf(step: Step, customer: Customer): string[] {
    const { attempt } = step
    const versions = this.versionsOf(step, customer)
    const sources = this.sourcesOf(step, customer).filter(({ id }) => id !== customer.id)
    const old = new Map(
      [...sources, ...[step.before.get(customer.id) ?? []].flat()].flatMap(({ values }) => [...values])
    )
    const earlier = this.late
      .filter((event) => !attempt?.outcomes.some((outcome) => outcome.event === event))
      .map((event): Outcome => ({ event, status: undefined }))
    const outcomes = [...earlier, ...(attempt?.outcomes ?? [])].filter(({ event }) => this.concerns(event, ...versions))
    if (earlier.length > 0 && changesMayBeUndone(this.environment)) {
      return []
    }
    const changes = this.changesOf(step, customer)
    const keys = new Set([
      ...[old, customer.values, ...outcomes.map(({ event }) => given(event))].flatMap((values) => [...values.keys()]),
      ...changes.map(({ key }) => key)
    ])
    return [...keys].flatMap((key) => {
      const allowed = this.allowed(step, customer, key, old.get(key), outcomes, changes)
      const value = customer.values.get(key)
      const wanted = [...allowed].map((one) => one ?? 'missing').join(' or ')
      return allowed.has(value) ? [] : [`${inShort(customer)} has ${key} ${value ?? 'missing'} instead of ${wanted}`]
    })
  }

  /** The values that an attribute may have after a step. */
  private allowed(
    step: Step,
    customer: Customer,
    key: string,
    old: string | undefined,
    outcomes: Outcome[],
    changes: Change[]
  ): Set<string | undefined> {
    const edited = changes.filter((change) => change.key === key).map(({ value }) => value)
    const giving = outcomes.filter(({ event }) => given(event).has(key))
    const isCertain = ({ event, status }: Outcome): boolean =>
      status === 200 && event.type === 'identify' && this.isOf(step, customer, event)
    const last = giving.map(isCertain).lastIndexOf(true)
    const values = giving
      .filter((outcome, index) => index >= last || outcome.status !== 200)
      .flatMap(({ event }) => given(event).get(key) ?? [])
    const halves = key === 'name' && old === undefined ? outcomes.filter(({ event }) => isHalf(event)) : []
    const halfNames = halves.map(({ event }) => event.firstName)
    const isContact = key.startsWith('email ') || key.startsWith('phone ')
    if (key === 'external ID') {
      const users = [old, ...edited, ...values]
      const isBuried = users.some((user) => user !== undefined && this.buried.has(user))
      // Where a merge frees the source's, the target has it once the event is delivered.
      const isMerged = old !== undefined && step.before.get(customer.id)?.values.get(key) === undefined
      if (isBuried || isMerged) {
        return new Set([undefined, ...users])
      }
    }
    if (changesMayBeUndone(this.environment) && edited.length > 0) {
      return new Set([old, ...edited, ...values, ...halfNames])
    }
    if (isContact && old !== undefined && edited.length === 0) {
      return new Set([old])
    }
    if (last >= 0) {
      return new Set([...values, ...edited])
    }
    if (halves.some(isCertain) && edited.length === 0) {
      return new Set([...values, ...halfNames])
    }
    return new Set([edited.length > 0 ? edited[edited.length - 1] : old, ...values, ...halfNames])
  }

  private timelines(step: Step): string[] {
    const { before, after, attempt } = step
    const wrong: string[] = []
    const countOf = (customer: Customer | undefined, number: number): number =>
      customer?.events.filter((one) => one === number).length ?? 0
    const total = (number: number): number =>
      [...after.values()].reduce((sum, customer) => sum + countOf(customer, number), 0)
    const numbers = new Set([...after.values()].flatMap(({ events }) => events))

    for (const customer of before.values()) {
      const isMerged = this.survivorOf(customer.id, after) !== customer.id
      const survivor = after.get(this.survivorOf(customer.id, after))
      for (const number of customer.events) {
        if (countOf(survivor, number) === 0 && !(isMerged && mergeBuriesTimeline(this.environment))) {
          wrong.push(`event #${number} is lost from the timeline of ${inShort(customer)}`)
        }
      }
    }
    for (const number of numbers) {
      const chances = this.chances.get(number) ?? 0
      if (total(number) > chances) {
        wrong.push(`event #${number} is on timelines ${total(number)} times, not ${chances}`)
      }
    }
    for (const customer of after.values()) {
      for (const number of customer.events) {
        const event = this.sent.get(number)
        const isNew = ![...before.values()].some(
          (one) => this.survivorOf(one.id, after) === customer.id && one.events.includes(number)
        )
        const isTheirs =
          event &&
          (identifiersOf(event).length > 0
            ? this.concerns(event, ...this.versionsOf(step, customer))
            : [...this.visitorOf(event.visitor ?? '').claimants].some(
                (id) => this.survivorOf(id, after) === customer.id
              ))
        if (isNew && !isTheirs) {
          wrong.push(`event #${number} is on the timeline of ${inShort(customer)}, who is another`)
        }
      }
    }
    for (const { event, status } of attempt?.outcomes ?? []) {
      const [strongest] = identifiersOf(event)
      if (event.type !== 'identify' && status === 200 && strongest) {
        if (countOf(holderOf(after, strongest, this.environment), event.number) === 0) {
          wrong.push(`${inWords(event)} is not on the timeline of whom it names`)
        }
      }
    }
    for (const [name, { events, claimed }] of this.visitors) {
      if (claimed && !mergeBuriesTimeline(this.environment)) {
        events
          .filter((number) => total(number) === 0)
          .forEach((number) => wrong.push(`anonymous event #${number} of ${name} is claimed and not on any timeline`))
      }
    }
    return wrong
  }

  /** What was delivered singly and undisturbed is where the design's rules put it; else somewhere that fits. */
  private belonging(step: Step, attempt: Attempt): string[] {
    const { before, after, batched } = step
    return attempt.outcomes.flatMap(({ event, status }) => {
      const [strongest] = identifiersOf(event)
      if (status !== 200 || !strongest || this.isBuried(event)) {
        return []
      }
      const holder = holderOf(after, strongest, this.environment)
      if (!holder) {
        return attempt.changes.length > 0 ? [] : [`${inWords(event)} is delivered, and nobody is known by it`]
      }
      const isUndisturbed = attempt.faults.length === 0 && attempt.changes.length === 0 && this.late.length === 0
      return event.type === 'identify' && isUndisturbed && !batched ? this.misplaced(before, after, event, holder) : []
    })
  }

  private misplaced(before: State, after: State, event: Event, holder: Customer): string[] {
    const mayMerge = !this.environment.lackedRoles.includes(MERGE_ROLE)
    const { target, merged, shared } = belongingOf(before, event, this.environment, mayMerge)
    const wrong: string[] = []
    if (target ? target.id !== holder.id : before.has(holder.id)) {
      wrong.push(`${inWords(event)} came to ${inShort(holder)} instead of ${target ? inShort(target) : 'somebody new'}`)
    }
    if (merged && after.has(merged.id)) {
      wrong.push(`${inWords(event)} left ${inShort(merged)} beside ${inShort(holder)}`)
    }
    for (const contact of identifiersOf(event).filter(({ name }) => name !== 'external ID')) {
      const place =
        target?.values.get(keyOf(contact)) ?? (shared.some(({ name }) => name === contact.name) ? 'shared' : 'own')
      if (holder.values.get(keyOf(contact)) !== place) {
        wrong.push(
          `${inShort(holder)} has ${keyOf(contact)} as ${holder.values.get(keyOf(contact)) ?? 'none'}, not ${place}`
        )
      }
    }
    return wrong
  }
}

export const MERGE_ROLE = 'org.permission.customer_merge.create'

/** Whether somebody took an identifier from a customer: what names them then goes to whoever holds it when it arrives. */
function wasTaken(changes: Change[], identifier: Identifier): boolean {
  return changes.some(({ key, value }) => key === keyOf(identifier) && value === undefined)
}

function isHalf({ type, name, firstName }: Said): boolean {
  return type === 'identify' && name === undefined && firstName !== undefined
}

/** What an event gives to its customer, by what a customer's values call it. */
function given(event: Said): Map<string, string[]> {
  const identifiers = identifiersOf(event)
  const known = event.type === 'identify' ? identifiers : identifiers.slice(0, 1)
  const { name, locale, plan } = event.type === 'identify' ? event : ({} as Partial<Said>)
  return new Map([
    ...known.map((identifier): [string, string[]] => [
      keyOf(identifier),
      identifier.name === 'external ID' ? [identifier.value] : ['own', 'shared']
    ]),
    ...Object.entries({ name, locale, 'custom planStr': plan }).flatMap(
      ([key, value]): Array<[string, string[]]> => (value === undefined ? [] : [[key, [value]]])
    )
  ])
}
