import { contactChangedHands, refusalsAreBelieved, stubMayHaveChanged } from '../exceptions'
import { identifiersOf, inWords } from '../events'
import type { Event } from '../events'
import type { History, Step } from '../history'
import { MERGE_ROLE } from '../kustomer'
import type { Change } from '../kustomer'
import { holds, inShort, isLead, isStub, keyOf } from '../state'
import type { Customer } from '../state'
import { belongingOf, holderOf, sharerOf } from '../who-is-who'

/**
 * Nobody is merged who was not one: only a stub is, into a customer of the same event whom no other userId names, or a
 * lead with nothing but contacts that the event gives.
 */
export function mergesOf({ attempt }: Step): string[] {
  return (attempt?.merges ?? []).flatMap(({ source, target, before: [stub, customer] }) => {
    // A stub has passed its external ID on before it is merged.
    const user = stub?.values.get('external ID') ?? customer?.values.get('external ID')
    const isOne =
      customer !== undefined &&
      [undefined, user].includes(customer.values.get('external ID')) &&
      attempt?.outcomes.some(
        ({ event }) => event.user === user && identifiersOf(event).some((identifier) => holds(customer, identifier))
      )
    const wasStub = stub && attempt && (isStub(stub) || stubMayHaveChanged(source, attempt.changes))
    const wasLead = attempt?.outcomes.some(
      ({ event }) =>
        stub &&
        customer &&
        isLead(stub, identifiersOf(event)) &&
        identifiersOf(event).some((identifier) => holds(customer, identifier))
    )
    return (isOne && wasStub) || wasLead ? [] : [`${source} was merged into ${target}, who was another`]
  })
}

/** Nobody is gone but by a merge, and who is new is known by the strongest identifier of an event. */
export function comingsAndGoings(step: Step, history: History): string[] {
  const { before, after, attempt } = step
  const events = [...(attempt?.outcomes.map(({ event }) => event) ?? []), ...history.late]
  const edited = new Set(attempt?.changes.map(({ customerId }) => customerId))
  // A userId that Kustomer refuses, or seems to, is left out.
  const areBelieved = attempt !== undefined && refusalsAreBelieved(attempt)
  const isLeftOut = (event: Event): boolean =>
    areBelieved || history.isBuried(event) || causeMayBeGone(event, attempt?.changes ?? [])
  const namesOf = (event: Event) => identifiersOf(event).slice(0, isLeftOut(event) ? undefined : 1)
  const isNamed = (customer: Customer): boolean =>
    history.isMadeAndReleased(step, customer) || events.flatMap(namesOf).some((each) => holds(customer, each, 'own'))
  return [
    ...[...before.keys()]
      .filter((id) => !after.has(history.survivorOf(id, after)))
      .map((id) => `${id} is gone, and was not merged into anybody`),
    ...[...after.values()]
      .filter((customer) => !before.has(customer.id) && !edited.has(customer.id) && !isNamed(customer))
      .map((customer) => `${inShort(customer)} is new and known by nothing of their own`)
  ]
}

/** Whom a delivered event names is there; and undisturbed, it is whom the design's rules say. */
export function belongings(step: Step, history: History): string[] {
  const { after, attempt } = step
  return (attempt?.outcomes ?? []).flatMap(({ event, status }) => {
    const [strongest] = identifiersOf(event)
    if (!attempt || !strongest || status !== 200 || history.isBuried(event)) {
      return []
    }
    const holder = holderOf(after, strongest, history.environment)
    if (!holder) {
      const isShared = sharerOf(after, identifiersOf(event), history.environment) !== undefined
      // A fault after a stub gave up their userId leaves them without one.
      const isReleased = attempt.faults.length > 0 && [...after.values()].some((each) => history.hasReleased(each))
      const isExcepted =
        isReleased ||
        causeMayBeGone(event, attempt.changes) ||
        refusalsAreBelieved(attempt) ||
        history.isFreed(event, after)
      return isShared || isExcepted ? [] : [`${inWords(event)} is delivered, and nobody is known by it`]
    }
    const isUndisturbed = attempt.faults.length === 0 && attempt.changes.length === 0 && history.late.length === 0
    return event.type === 'identify' && isUndisturbed && isAlone(event, step, history)
      ? misplacements(step, event, holder, history)
      : []
  })
}

/** Whether what made Kustomer refuse an event may be gone when we look for it. */
function causeMayBeGone(event: Event, changes: Change[]): boolean {
  return identifiersOf(event).some((identifier) => contactChangedHands(identifier, changes))
}

/** Whether no other event of its batch could have to do with the same people. */
function isAlone(event: Event, { before, attempt }: Step, history: History): boolean {
  const keys = (one: Event): string[] => [
    ...identifiersOf(one).map(({ name, value }) => `${name} ${value}`),
    ...[...before.values()]
      .filter((customer) => identifiersOf(one).some((identifier) => holds(customer, identifier)))
      .map(({ id }) => id)
  ]
  const own = new Set(keys(event))
  const others = (attempt?.outcomes ?? []).filter((outcome) => outcome.event !== event && !history.isBuried(event))
  return others.every((outcome) => !keys(outcome.event).some((key) => own.has(key)))
}

/** Who a customer was before an event may be merged into another by it, or by a merge that was under way. */
function misplacements({ before, after }: Step, event: Event, holder: Customer, history: History): string[] {
  const mayMerge = !history.environment.lackedRoles.includes(MERGE_ROLE)
  const { target, merged, shared } = belongingOf(before, event, history.environment, mayMerge)
  const contacts = identifiersOf(event).filter(({ name }) => name !== 'external ID')
  return [
    ...((target ? history.survivorOf(target.id, after) === holder.id : !before.has(holder.id))
      ? []
      : [`${inWords(event)} came to ${inShort(holder)} instead of ${target ? inShort(target) : 'somebody new'}`]),
    ...(merged && after.has(merged.id) ? [`${inWords(event)} left ${inShort(merged)} beside ${inShort(holder)}`] : []),
    ...contacts.flatMap((contact) => {
      const place =
        target?.values.get(keyOf(contact)) ?? (shared.some(({ name }) => name === contact.name) ? 'shared' : 'own')
      const found = holder.values.get(keyOf(contact))
      return found === place ? [] : [`${inShort(holder)} has ${keyOf(contact)} ${found ?? 'missing'}, not ${place}`]
    })
  ]
}
