import type { SegmentEvent } from '@segment/actions-core'
import type { CustomerView } from '../agent-view'
import type { BatchDelivery, Delivery } from '../delivery'
import type { Change } from './answers'

/**
 * Does work, and then reads back the customers of the real Kustomer that it was about. Who they were before is not
 * asked, since each question counts against the organization's budget.
 *
 * @param read reads customers by `<id>`, or by a name such as `externalId=<value>`, percent-encoded
 */
export async function readPeople<T extends Delivery | BatchDelivery>(
  events: SegmentEvent[],
  work: () => Promise<T>,
  read: (locators: string[]) => Promise<CustomerView[]>
): Promise<{ result: T; changes: Change[] }> {
  const result = await work()
  const told = 'results' in result ? result.results : [result]
  const locators = told.flatMap(({ verdict, customerId }, index) =>
    verdict === 'delivered' ? customerId ?? locatorOf(events[index]) ?? [] : []
  )
  const people = await read([...new Set(locators)])
  const seen = people.map((view, index) => ({ id: String(index), ...view }))
  return { result, changes: seen.map((person) => ({ before: person, after: person })) }
}

function locatorOf(event: SegmentEvent | undefined): string | undefined {
  return typeof event?.userId === 'string' ? `externalId=${encodeURIComponent(event.userId)}` : undefined
}
