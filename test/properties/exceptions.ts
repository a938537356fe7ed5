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

/**
 * A merge takes no lock: what somebody writes to a stub after we have read it is merged with it, and counts only where the
 * target has nothing.
 */
export function stubMayHaveChanged(source: string, changes: Change[]): boolean {
  return changes.some(({ customerId }) => customerId === source)
}

/**
 * Neither does a look-up, a claim or a tracking event: where a contact comes to somebody or goes from them meanwhile, an
 * event without a userId may have come to who held it before, or to whoever holds another of its contacts, and in a
 * batch after those of who became the same person on the way. Where a contact made Kustomer refuse a write, and nobody has
 * it any more when we look, the rest of the write is suspected. A userId never changes hands.
 */
export function contactChangedHands(identifier: Identifier, changes: Change[]): boolean {
  return identifier.name !== 'external ID' && changes.some(({ key }) => key === keyOf(identifier))
}

/**
 * Nobody can tell an untrue refusal from a true one: an answer that reads as "somebody has this" is believed, although
 * nobody is found. A contact is shared then, or the userId or the custom attributes are left out, and that is told.
 */
export function refusalsAreBelieved({ faults }: Attempt): boolean {
  return faults.some((fault) => fault.what === 'refused' && [400, 409, 422].includes(fault.status))
}

/**
 * While a merge is under way nobody can tell that the target is about to be somebody: an event of another userId may
 * come to it by a contact, and be first.
 */
export function targetMayBeTaken(
  user: string | undefined,
  target: string | undefined,
  { variants }: Environment
): boolean {
  return variants.includes('mergeUnfinished') && target !== undefined && target !== user
}

/**
 * Neither can anybody tell that the customer who is written to is a stub about to become a part of somebody: what is
 * written to it counts only where the target has nothing.
 */
export function mayBeWrittenToStub(isMerged: boolean, { variants }: Environment): boolean {
  return variants.includes('mergeUnfinished') && isMerged
}

/** A merge may leave what was on the stub's timeline where nobody sees it, and no endpoint moves an event. */
export function mergeBuriesTimeline({ variants }: Environment): boolean {
  return variants.includes('mergeLeavesTimeline')
}
