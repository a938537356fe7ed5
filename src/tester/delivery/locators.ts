import type { SegmentEvent } from '@segment/actions-core'
import { identifiersOf } from '../../destinations/kustomer/values/identifiers'
import { preview } from './preview'
import type { Override } from './route'
import type { Told } from './told'

/**
 * What the destination looks the records of an event up by, the strongest first, percent-encoded: a customer such as
 * `customers/externalId=u1`, before them the company of a group call such as `companies?externalId=c1`. Nothing where the
 * event names nothing that Kustomer could hold. A company that has a name alone is not among them: a list by name finds
 * others too.
 */
export async function locatorsOf(event: SegmentEvent, override: Override): Promise<string[]> {
  const { action, values } = await preview(event, override)
  if (action === 'upsertCompany') {
    const { externalId, userId } = values
    return [...named('companies?externalId=', externalId), ...named('customers/externalId=', userId)]
  }
  const { klass, objectId } = values
  const object = typeof klass === 'string' ? named(`klasses/${encodeURIComponent(klass)}/externalId=`, objectId) : []
  const payload = action === 'onDelete' ? { externalId: values.userId } : values
  try {
    const { identifiers } = identifiersOf(payload as Parameters<typeof identifiersOf>[0])
    return [...identifiers.map(({ name, value }) => `customers/${name}=${encodeURIComponent(value)}`), ...object]
  } catch {
    return []
  }
}

/**
 * Where the records are that an event was delivered to, as its action tells.
 *
 * @param customer where else to find its customer, whom not every action tells
 */
export function locatorsAfter({ customerId, companyId }: Told, customer: string | undefined): string[] {
  const told = customerId === undefined ? customer : `customers/${customerId}`
  return [...(companyId === undefined ? [] : [`companies/${companyId}`]), ...(told === undefined ? [] : [told])]
}

function named(path: string, value: unknown): string[] {
  return typeof value === 'string' && value.trim() !== '' ? [path + encodeURIComponent(value.trim())] : []
}
