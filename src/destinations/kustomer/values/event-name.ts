import { fingerprint, foldAccents, losesLetters } from './latin'

const MAX_LENGTH = 255
const LEGAL = /^[a-zA-Z][a-zA-Z0-9-_.]+$/

/** How many characters of a long name are read. Its Latin part is cut shorter still. */
const READ = 1000
const BEFORE_FINGERPRINT = '---'

/** An event's name as Kustomer accepts it. */
export interface EventName {
  legal: string
  /** The name as given, if more than its spaces changed. */
  original?: string
}

/**
 * Returns an event's name as Kustomer accepts it: a letter, then 1 to 254 of `[a-zA-Z0-9-_.]`.
 *
 * A legal name is never changed. Otherwise spaces are trimmed and collapsed, and `Order Completed` becomes
 * `Order-Completed`. Accents are folded, so `Café` becomes `Cafe`, and other characters become hyphens. If letters are
 * lost, or too many or too few are left, three hyphens and a fingerprint of the original keep such names apart.
 */
export function eventName(given: string): EventName {
  const original = given.trim().replace(/\s+/g, ' ').normalize('NFC')
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
