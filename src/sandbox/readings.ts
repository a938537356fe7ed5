import { longTexts, MAX_TXT } from './contract/custom'
import { refusedProperties } from './contract/tracking'
import type { TrackingEvent } from './contract/tracking'
import { badParameter, Refusal, unknownParameter } from './errors'
import type { Variants } from './variants'

interface Written {
  custom?: Record<string, unknown>
  rev?: number
}

/**
 * What a body that fits its schema says, as the variants read it.
 *
 * @throws Refusal (400) for what the reading in force does not take
 */
export function readAttributes<Attributes extends Written>(attributes: Attributes, variants: Variants): Attributes {
  const { revRefused, revIgnored, customTxtUnlimited } = variants
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
