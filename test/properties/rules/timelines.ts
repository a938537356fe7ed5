import { contactChangedHands, mergeBuriesTimeline } from '../exceptions'
import { identifiersOf, inWords } from '../events'
import type { Event } from '../events'
import type { History, Step } from '../history'
import { inShort } from '../state'
import type { Customer } from '../state'
import { holderOf } from '../who-is-who'

/** No event is lost, none is there more often than it was taken, and none with somebody whom it does not name. */
export function timelinesOf(step: Step, history: History): string[] {
  return [...lost(step, history), ...doubled(step, history), ...strange(step, history), ...missing(step, history)]
}

function lost({ before, after }: Step, history: History): string[] {
  return [...before.values()].flatMap((customer) => {
    const survivor = history.survivorOf(customer.id, after)
    const isExcepted = survivor !== customer.id && mergeBuriesTimeline(history.environment)
    const there = after.get(survivor)?.events ?? []
    return customer.events
      .filter((number) => !there.includes(number) && !isExcepted)
      .map((number) => `event #${number} is lost from the timeline of ${inShort(customer)}`)
  })
}

function doubled({ after }: Step, history: History): string[] {
  const times = new Map<number, number>()
  for (const number of [...after.values()].flatMap(({ events }) => events)) {
    times.set(number, (times.get(number) ?? 0) + 1)
  }
  return [...times]
    .filter(([number, count]) => count > history.chancesOf(number))
    .map(([number, count]) => `event #${number} is there ${count} times, not ${history.chancesOf(number)}`)
}

function strange(step: Step, history: History): string[] {
  const { after } = step
  return [...after.values()].flatMap((customer) => {
    const old = history.sourcesOf(step, customer).flatMap(({ events }) => events)
    const isClaimant = ({ visitor = '' }: Event): boolean =>
      [...(history.visitors.get(visitor)?.claimants ?? [])].some((id) => history.survivorOf(id, after) === customer.id)
    const isTheirs = (event: Event): boolean =>
      identifiersOf(event).length > 0 ? history.concerns(event, history.versionsOf(step, customer)) : isClaimant(event)
    return customer.events.flatMap((number) => {
      const event = history.event(number)
      return old.includes(number) || (event && isTheirs(event))
        ? []
        : [`event #${number} is on the timeline of ${inShort(customer)}, who is another`]
    })
  })
}

function missing({ after, attempt }: Step, history: History): string[] {
  const isOn = (customer: Customer | undefined, number: number): boolean => customer?.events.includes(number) ?? false
  const named = (attempt?.outcomes ?? [])
    .filter(({ event, status }) => {
      const [strongest] = identifiersOf(event)
      return (
        event.type !== 'identify' &&
        status === 200 &&
        strongest &&
        !contactChangedHands(strongest, attempt?.changes ?? []) &&
        !isOn(holderOf(after, strongest, history.environment), event.number)
      )
    })
    .map(({ event }) => `${inWords(event)} is not on the timeline of whom it names`)
  const claimed = [...history.visitors.values()]
    .filter(({ isClaimed }) => isClaimed && !mergeBuriesTimeline(history.environment))
    .flatMap(({ events }) => events)
    .filter((number) => ![...after.values()].some((customer) => isOn(customer, number)))
    .map((number) => `anonymous event #${number} was claimed and is on no timeline`)
  return [...named, ...claimed]
}
