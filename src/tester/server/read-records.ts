import type { RecordView } from '../agent-view'
import type { BatchDelivery, Delivery } from '../delivery'
import { locatorsAfter } from '../delivery/locators'
import type { Change, AgentRecord } from './answers'

/** What is to be sent to the real Kustomer, and what it is about. */
interface Errand<T> {
  /** What each event's records are looked up by, the strongest first, such as `customers/externalId=<value>`. */
  locators: string[][]
  work: () => Promise<T>
  /** Whether it writes nothing, so that nobody changes. */
  isDryRun: boolean
}

const UNKNOWN_BEFORE = 'What was there before could not be read, so that nothing is marked.'

/**
 * Does work, and reads the records of the real Kustomer that it is about before it and after it. Each reading counts
 * against the organization's budget.
 *
 * @param read reads records by their locators, and tells those that are there by their ids
 */
export async function readRecords<T extends Delivery | BatchDelivery>(
  { locators, work, isDryRun }: Errand<T>,
  read: (locators: string[]) => Promise<Map<string, RecordView>>
): Promise<{ result: T; changes: Change[] }> {
  const asked = [...new Set(locators.flat())]
  const former = await read(asked)
  const result = await work()
  if (isDryRun) {
    const records = recordsIn(former)
    return { result, changes: records.map((record) => ({ before: record, after: record })) }
  }
  const told = 'results' in result ? result.results : [result]
  const delivered = told.map((each, index) => {
    const own = locators[index] ?? []
    const byName = own.find((locator) => locator.startsWith('customers/'))
    const objects = own.filter((locator) => locator.startsWith('klasses/'))
    return each.verdict === 'delivered' ? [...locatorsAfter(each, byName), ...objects] : []
  })
  const after = await read([...new Set(delivered.flat())])
  const isReadBefore = asked.length > 0 && !asked.some((locator) => former.has(locator))
  const isNew = (id: string): boolean =>
    isReadBefore &&
    told.every(
      ({ customerId, companyId, outcome }) => ![customerId, companyId].includes(id) || outcome.endsWith('created')
    )

  const changes = recordsIn(after).map((record): Change => {
    const before = former.get(record.id)
    if (before) {
      // Without a timeline before, nothing on it is known to be new.
      const { sessions } = before.note === undefined ? before : record
      return { before: { ...before, id: record.id, sessions }, after: record }
    }
    if (record.note !== undefined && record.attributes.length === 0) {
      return { before: record, after: record }
    }
    return isNew(record.id) ? { after: record } : { before: record, after: { note: UNKNOWN_BEFORE, ...record } }
  })
  const isDeletion = result.action === 'onDelete' && result.delivered
  const erased = isDeletion ? recordsIn(former).filter(({ id }) => !after.has(id)) : []
  return { result, changes: [...changes, ...erased.map((before) => ({ before }))] }
}

function recordsIn(views: Map<string, RecordView>): AgentRecord[] {
  return [...views].map(([id, view]) => ({ id, ...view }))
}
