import type { SegmentEvent } from '@segment/actions-core'
import { identifiersOf } from '../../destinations/kustomer/values/identifiers'
import { preview } from './preview'
import type { Override } from './route'

/**
 * What the destination looks the customer of an event up by, the strongest first, such as `externalId=u1`,
 * percent-encoded; nothing where the event names nobody, or nobody whom Kustomer could hold.
 */
export async function locatorsOf(event: SegmentEvent, override: Override): Promise<string[]> {
  const { action, values } = await preview(event, override)
  const payload = action === 'onDelete' ? { externalId: values.userId } : values
  try {
    const { identifiers } = identifiersOf(payload as Parameters<typeof identifiersOf>[0])
    return identifiers.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`)
  } catch {
    return []
  }
}
