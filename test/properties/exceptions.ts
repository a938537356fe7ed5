import type { Identifier } from './events'
import type { Attempt, Change, Environment } from './kustomer'
import { keyOf } from './state'

/*
 * What no client of Kustomer can prevent, each with why. Nothing else is excepted from what must be true.
 */

/**
 * Without a lock, whatever changes between our read and our write may be undone by the write, since a list is written
 * as a whole and the company with every update. A job that runs late is such a write, and comes after others.
 */
export function changesMayBeUndone({ variants }: Environment): boolean {
  return variants.includes('revIgnored') || variants.includes('revRefused')
}

/** A merge takes no lock: what somebody writes to a stub after we have read it goes with the stub. */
export function stubMayHaveChanged(source: string, { changes }: Attempt): boolean {
  return changes.some(({ customerId }) => customerId === source)
}

/**
 * Neither does a claim or a tracking event: where somebody has taken the contact that names a customer, Kustomer gives
 * it to whoever holds the contact when it arrives, and makes a new customer where nobody does.
 */
export function contactWasTaken(identifier: Identifier, changes: Change[]): boolean {
  return changes.some(({ key, value }) => key === keyOf(identifier) && value === undefined)
}

/**
 * A merge may leave the userId with the record that is gone, and Kustomer gives it to nobody else then: its person can
 * be found by their contacts alone, and whatever names them by the userId alone is refused for good.
 */
export function mergeBuriesExternalId({ variants }: Environment): boolean {
  return !variants.includes('mergePassesExternalId') && !variants.includes('mergeFreesExternalId')
}

/** A merge may leave what was on the stub's timeline where nobody sees it, and no endpoint moves an event. */
export function mergeBuriesTimeline({ variants }: Environment): boolean {
  return variants.includes('mergeLeavesTimeline')
}
