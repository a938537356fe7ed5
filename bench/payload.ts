import { defaultValues, transform } from '@segment/actions-core'
import type { ActionDefinition, SegmentEvent } from '@segment/actions-core'
import type { Settings } from '../src/destinations/kustomer/generated-types'

/** What a preset with default mappings makes of an event. */
export function payloadOf(fields: ActionDefinition<Settings>['fields'], event: SegmentEvent): unknown {
  return transform(defaultValues(fields), event as unknown as Parameters<typeof transform>[1])
}
