import type { Reading } from '../values/left-out'
import { readStart } from '../values/texts'

/** Kustomer's limits, in characters. Its schema allows 256, its description 255. */
const MIN_NAME = 3
const MAX_NAME = 255

/**
 * Returns the name of a company as Kustomer accepts it. A name of one or two letters is completed by the external ID, or by
 * the domain: `HP (org-77)`.
 */
export function readCompanyName(name = '', externalId?: string, domain?: string): Reading<string> {
  const given = name.trim()
  const suffix = externalId ?? domain
  if (given === '' || given.length >= MIN_NAME) {
    return given === '' ? {} : readStart(given, MAX_NAME)
  }
  return suffix === undefined
    ? { reason: `company names must have at least ${MIN_NAME} characters` }
    : { value: readStart(`${given} (${suffix})`, MAX_NAME).value }
}
