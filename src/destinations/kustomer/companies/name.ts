import type { Reading } from '../values/left-out'

/** Kustomer's limits, in characters; its document allows 256, its description 255. */
const MIN_NAME = 3
const MAX_NAME = 255

/**
 * Reads the name of a company as Kustomer accepts it: a name of one or two letters is completed by the external ID, or by
 * the domain (`HP (org-77)`), and a name of more than 255 characters is cut.
 */
export function readCompanyName(name: string | undefined, externalId?: string, domain?: string): Reading<string> {
  const given = name?.trim() ?? ''
  const suffix = externalId ?? domain
  if (given === '' || given.length >= MIN_NAME) {
    const isLong = given.length > MAX_NAME
    return { value: given.slice(0, MAX_NAME) || undefined, told: isLong ? `cut to ${MAX_NAME} characters` : undefined }
  }
  return suffix === undefined
    ? { told: `company names must have at least ${MIN_NAME} characters` }
    : { value: `${given} (${suffix})`.slice(0, MAX_NAME) }
}
