import { fingerprint, foldAccents, losesLetters } from './latin'

const MAX_LENGTH = 255
const LEGAL = /^[a-zA-Z][a-zA-Z0-9-_.]+$/

/** What of a long name is read for its Latin part, which is shorter still. */
const READ = 1000
const BEFORE_FINGERPRINT = '---'

/** An event's name as Kustomer takes it. */
export interface EventName {
  legal: string
  /** What the event was called, where the legal name does not tell it by its spaces alone. */
  original?: string
}

/**
 * An event's name as Kustomer takes it, a letter and then 1 to 254 of `[a-zA-Z0-9-_.]`, and as a person still knows it.
 *
 * A legal name is never changed. Where spaces are in the way they become hyphens, `Order Completed` is `Order-Completed`,
 * accents are folded, `Café` is `Cafe`, and other signs become hyphens. Where letters are lost, or too many or too few are
 * left, three hyphens and a fingerprint of the original follow, so that such names stay different. One name in two Unicode
 * forms is one name.
 */
export function eventName(given: string): EventName {
  const original = given.normalize('NFC')
  const hyphenated = original.length <= MAX_LENGTH ? original.replace(/ /g, '-') : ''
  if (LEGAL.test(hyphenated)) {
    return { legal: hyphenated }
  }
  const folded = foldAccents(original.slice(0, READ))
  const words = latinWords(folded)
  const legal = /^[A-Za-z]/.test(words) ? words : ['Event', words].filter(Boolean).join('-')
  const isTold = words !== '' && !losesLetters(folded) && original.length <= MAX_LENGTH && LEGAL.test(legal)
  if (isTold && legal.length <= MAX_LENGTH) {
    return { legal, original }
  }
  const tail = `${BEFORE_FINGERPRINT}${fingerprint(original)}`
  return { legal: `${legal.slice(0, MAX_LENGTH - tail.length)}${tail}`, original }
}

function latinWords(folded: string): string {
  return folded.replace(/[^A-Za-z0-9_.]+/g, '-').replace(/^-|-$/g, '')
}
