import { fingerprint, foldAccents } from '../latin'

const MIN_LENGTH = 2
const MAX_LENGTH = 255

/** Names that become legal, and stay different, by a new spelling of their single spaces and hyphens alone. */
const PLAIN = /^[A-Za-z][A-Za-z0-9_.]*(?:[ -][A-Za-z0-9_.]+)*$/

/** No plain name has three hyphens in a row, so that a name with a fingerprint is never taken for one. */
const BEFORE_FINGERPRINT = '---'

/**
 * An event's name as Kustomer takes it, 2 to 255 of `[a-zA-Z0-9-_.]` after a letter, and as a person still knows it:
 * `Order Completed` becomes `Order-Completed`. Different names stay different: a hyphen of the name's own is doubled,
 * and where letters are lost, as in `Café`, a fingerprint of the original follows, `Cafe---3w5e11264s`.
 */
export function legalEventName(original: string): string {
  const spelled = PLAIN.test(original) ? original.replace(/[ -]/g, (gap) => (gap === ' ' ? '-' : '--')) : ''
  if (spelled.length >= MIN_LENGTH && spelled.length <= MAX_LENGTH) {
    return spelled
  }
  const tail = `${BEFORE_FINGERPRINT}${fingerprint(original)}`
  return `${latinPart(original).slice(0, MAX_LENGTH - tail.length)}${tail}`
}

/** Whether a legal name no longer tells the original by its spaces alone. */
export function isChangedBeyondSpaces(original: string, legal: string): boolean {
  return original !== legal && original.replace(/ /g, '-') !== legal
}

function latinPart(original: string): string {
  const words = foldAccents(original)
    .replace(/[^A-Za-z0-9_.]+/g, '-')
    .replace(/^-|-$/g, '')
  return /^[A-Za-z]/.test(words) ? words : ['Event', words].filter(Boolean).join('-')
}
