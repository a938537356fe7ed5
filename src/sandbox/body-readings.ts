import { longTexts, MAX_TXT } from './contract/custom'
import { refusedProperties } from './contract/tracking'
import type { TrackingEvent } from './contract/tracking'
import { badParameter, Refusal, unknownParameter } from './errors'
import type { Organization } from './state/organization'
import type { Variants } from './variants'

/** What is written of any record. */
export interface Written {
  custom?: Record<string, unknown>
  rev?: number
}

/**
 * What a body that fits its schema says, as the organization and the variants read it.
 *
 * @param resource the kind of record that it is written to, as its metadata has it: `customer`, `kobject.order`
 * @throws Refusal (400) for what the reading in force does not take, or attributes that are not defined
 */
export function readAttributes<Attributes extends Written>(
  attributes: Attributes,
  organization: Organization,
  resource: string
): Attributes {
  const { revRefused, revIgnored, customTxtUnlimited } = organization.variants
  organization.attributes.refuseUndefined(resource, attributes.custom)
  if (revRefused && attributes.rev !== undefined) {
    throw new Refusal(unknownParameter('rev'))
  }
  const [long] = customTxtUnlimited ? [] : longTexts(attributes.custom)
  if (long !== undefined) {
    throw badParameter(`custom.${long}`, `must have at most ${MAX_TXT} characters`)
  }
  return revIgnored ? { ...attributes, rev: undefined } : attributes
}

/** @throws Refusal (400) for a property that the reading in force does not take */
export function readEvent(event: TrackingEvent, variants: Variants): TrackingEvent {
  const [refused] = refusedProperties(event.meta, variants)
  if (refused !== undefined) {
    throw badParameter(`meta.${refused}`, 'has an illegal name or value')
  }
  return event
}
