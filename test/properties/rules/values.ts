import {
  changesMayBeUndone,
  contactChangedHands,
  mayBeWrittenToStub,
  refusalsAreBelieved,
  stubMayHaveChanged
} from '../exceptions'
import { identifiersOf } from '../events'
import type { Identifier, Said } from '../events'
import type { History, Step } from '../history'
import type { Attempt, Change, Outcome } from '../kustomer'
import { holds, inShort, keyOf } from '../state'
import type { Customer } from '../state'
import { holderOf, sharerOf } from '../who-is-who'

/** All that tells which values one customer may have after a step. */
interface Account {
  customer: Customer
  /** They before, after those who have become a part of them. */
  sources: Customer[]
  /** What became of the events that concern them. */
  outcomes: Outcome[]
  changes: Change[]
  isCertain: (outcome: Outcome) => boolean
  /** Whether custom attributes may have been left out. */
  mayBeGivenUp: boolean
  /** Whether another customer became a part of them in a batch. */
  isMerged: boolean
  /** Whether it may have been written after one that came later. */
  isOutOfTurn: (outcome: Outcome) => boolean
}

/**
 * What a customer held before is still there, unless an event or somebody's edit has replaced it; nothing is there that
 * none of them gave; and what a delivered event gave is there, the last one's where several did.
 */
export function valuesOf(step: Step, history: History): string[] {
  return [...step.after.values()].flatMap((customer) => {
    const { attempt } = step
    const versions = history.versionsOf(step, customer)
    const late = history.late.filter((event) => !attempt?.outcomes.some((outcome) => outcome.event === event))
    const outcomes = [
      ...late.map((event): Outcome => ({ event, status: undefined })),
      ...(attempt?.outcomes ?? [])
    ].filter(({ event }) => history.concerns(event, versions))
    const isLate = outcomes.some(({ event }) => late.includes(event)) && changesMayBeUndone(history.environment)
    const areBelieved = attempt !== undefined && refusalsAreBelieved(attempt)
    // Whoever is created without the userId that Kustomer seems to refuse is a stranger to the next event of the batch.
    const isNameless = areBelieved && attempt.batched && !step.before.has(customer.id)
    if (isLate || isNameless || history.isMadeAndReleased(step, customer)) {
      return []
    }
    const sources = history.sourcesOf(step, customer)
    const account: Account = {
      customer,
      sources,
      outcomes,
      changes: history.changesOf(step, customer),
      isCertain: ({ event, status }) => {
        const [strongest] = identifiersOf(event)
        const mayBeOfSharer = (identifier: Identifier): boolean =>
          !holderOf(step.before, identifier, history.environment) &&
          sharerOf(step.after, identifiersOf(event), history.environment) !== undefined
        return (
          status === 200 &&
          event.type === 'identify' &&
          !mayBeWrittenToStub(sources.length > 1 || history.isMerging(step, customer), history.environment) &&
          strongest !== undefined &&
          !mayBeOfSharer(strongest) &&
          holderOf(step.after, strongest, history.environment)?.id === customer.id &&
          !contactChangedHands(strongest, attempt?.changes ?? [])
        )
      },
      mayBeGivenUp:
        attempt !== undefined &&
        (areBelieved ||
          outcomes
            .flatMap(({ event }) => identifiersOf(event))
            .some((each) => contactChangedHands(each, attempt.changes))),
      isMerged: attempt !== undefined && attempt.batched && attempt.merges.some(({ target }) => target === customer.id),
      isOutOfTurn: ({ event, status }) =>
        status !== 200 ||
        hasTies(attempt) ||
        identifiersOf(event)
          .slice(0, 1)
          .some((strongest) => contactChangedHands(strongest, attempt?.changes ?? []))
    }
    const mentions = [...versions.map(({ values }) => values), ...outcomes.map(({ event }) => given(event))]
    const keys = new Set(mentions.flatMap((values) => [...values.keys()]))
    return [...keys].flatMap((key) => {
      const value = customer.values.get(key)
      const allowed = allowedValues(key, account, history)
      const wanted = [...allowed].map((one) => one ?? 'missing').join(' or ')
      return allowed.has(value) ? [] : [`${inShort(customer)} has ${key} ${value ?? 'missing'} instead of ${wanted}`]
    })
  })
}

function allowedValues(
  key: string,
  { customer, sources, outcomes, changes, isCertain, mayBeGivenUp, isMerged, isOutOfTurn }: Account,
  history: History
): Set<string | undefined> {
  const old = sources.flatMap(({ values }) => values.get(key) ?? [])
  const before = old[old.length - 1]
  const self = sources.find(({ id }) => id === customer.id)
  const own = self?.values.get(key)
  // Of several who become a part of somebody at once, nobody tells which comes first.
  const kept = own === undefined && old.length > 0 ? old : [before]
  const edited = changes.filter((change) => change.key === key).map(({ value }) => value)
  const giving = outcomes.filter(({ event }) => given(event).has(key))
  const last = giving.map(isCertain).lastIndexOf(true)
  const values = giving
    .filter((outcome, index) => index >= last || isOutOfTurn(outcome))
    .flatMap(({ event }) => given(event).get(key) ?? [])
  // Half a name counts where there was none.
  const halves = key === 'name' && before === undefined ? outcomes.filter(({ event }) => isHalf(event)) : []
  const halfNames = halves.map(({ event }) => event.firstName)
  const all = new Set([...kept, ...edited, ...values, ...halfNames])

  if (key === 'external ID') {
    const isBuried = [...all].some((user) => history.isBuried({ type: 'identify', user }))
    // Where a merge frees the stub's, the target has it once the event is delivered.
    const isFreed = before !== undefined && sources[sources.length - 1]?.values.get(key) === undefined
    if (isBuried || isFreed || history.hasReleased(customer)) {
      return new Set([undefined, ...all])
    }
  }
  const stubs = sources.filter(({ id }) => id !== customer.id)
  const isOfStub = changes.some(
    (change) => change.key === key && stubs.some(({ id }) => stubMayHaveChanged(id, [change]))
  )
  if (edited.length > 0 && (isOfStub || changesMayBeUndone(history.environment))) {
    return all
  }
  if (mayBeGivenUp && !/^(?:external ID$|name$|email |phone )/.test(key)) {
    return all.add(before)
  }
  if (/^(?:email|phone) /.test(key) && before !== undefined && edited.length === 0) {
    return new Set(old)
  }
  if (last >= 0) {
    const isOfMerged = isMerged && before !== undefined && mayBeOfMerged(giving[last], self)
    return new Set([...values, ...edited, ...(isOfMerged ? [before] : [])])
  }
  if (halves.some(isCertain) && edited.length === 0) {
    return new Set([...values, ...halfNames])
  }
  return new Set([...(edited.length > 0 ? edited.slice(-1) : kept), ...values, ...halfNames])
}

/** Whether an event may be of somebody who was merged in the same batch: the values of whoever remains win then. */
function mayBeOfMerged(outcome: Outcome | undefined, remaining: Customer | undefined): boolean {
  const [strongest] = outcome ? identifiersOf(outcome.event) : []
  return strongest !== undefined && !(remaining && holds(remaining, strongest))
}

/** Whether events of a batch share an identifier and not the strongest one: they come after the others. */
function hasTies(attempt: Attempt | undefined): boolean {
  const all = (attempt?.batched ? attempt.outcomes : []).map(({ event }) => identifiersOf(event).map(keyWithValue))
  return all.some((keys, index) =>
    all.some((others, other) => other < index && others[0] !== keys[0] && keys.some((key) => others.includes(key)))
  )
}

function keyWithValue({ name, value }: Identifier): string {
  return `${name} ${value}`
}

/** What an event gives to its customer, by what a customer's values call it. */
function given(event: Said): Map<string, string[]> {
  const identifiers = identifiersOf(event)
  const isIdentify = event.type === 'identify'
  const { name, locale, plan } = isIdentify ? event : ({} as Partial<Said>)
  return new Map([
    ...(isIdentify ? identifiers : identifiers.slice(0, 1)).map((identifier): [string, string[]] => [
      keyOf(identifier),
      identifier.name === 'external ID' ? [identifier.value] : ['own', 'shared']
    ]),
    ...Object.entries({ name, locale, 'custom planStr': plan }).flatMap(
      ([key, value]): Array<[string, string[]]> => (value === undefined ? [] : [[key, [value]]])
    )
  ])
}

function isHalf({ type, name, firstName }: Said): boolean {
  return type === 'identify' && name === undefined && firstName !== undefined
}
