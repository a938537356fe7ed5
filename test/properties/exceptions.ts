import type { Environment } from './kustomer'

/*
 * What no client of Kustomer can prevent. Nothing else is excepted from what must be true.
 */

/**
 * Without a lock, whatever anybody changes between our read and our write may be undone by the write: a list is
 * written as a whole, and the company with every update.
 */
export function changesMayBeUndone({ variants }: Environment): boolean {
  return variants.includes('revIgnored') || variants.includes('revRefused')
}

/**
 * A merge leaves the userId with the record that is gone, and Kustomer gives it to nobody else: who had it can be
 * found by their contacts alone, and what names them by the userId is refused for good.
 */
export function mergeBuriesExternalId({ variants }: Environment): boolean {
  return !variants.includes('mergePassesExternalId') && !variants.includes('mergeFreesExternalId')
}

/** A merge leaves what was on the source's timeline where nobody sees it, and no endpoint moves an event. */
export function mergeBuriesTimeline({ variants }: Environment): boolean {
  return variants.includes('mergeLeavesTimeline')
}
