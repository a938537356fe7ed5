import type { CustomerView } from '../agent-view'
import type { BatchDelivery, Delivery } from '../delivery'
import type { Change, Person } from './answers'

/** What is to be sent to the real Kustomer, and what it is about. */
interface Errand<T> {
  /** What each event's customer is looked up by, the strongest first: `externalId=<value>`, percent-encoded. */
  locators: string[][]
  work: () => Promise<T>
  /** Whether it writes nothing, so that nobody changes. */
  isDryRun: boolean
}

const UNKNOWN_BEFORE = 'What they were before could not be read, so that nothing is marked.'

/**
 * Does work, and reads the customers of the real Kustomer that it is about before it and after it. Each reading counts
 * against the organization's budget.
 *
 * @param read reads customers by `<id>` or by a locator, and tells those that are there by their ids
 */
export async function readPeople<T extends Delivery | BatchDelivery>(
  { locators, work, isDryRun }: Errand<T>,
  read: (locators: string[]) => Promise<Map<string, CustomerView>>
): Promise<{ result: T; changes: Change[] }> {
  const asked = [...new Set(locators.flat())]
  const former = await read(asked)
  const result = await work()
  if (isDryRun) {
    const people = peopleIn(former)
    return { result, changes: people.map((person) => ({ before: person, after: person })) }
  }
  const told = 'results' in result ? result.results : [result]
  const delivered = told.map(({ verdict, customerId }, index) =>
    verdict === 'delivered' ? customerId ?? locators[index]?.[0] ?? [] : []
  )
  const after = await read([...new Set(delivered.flat())])
  const isReadBefore = asked.length > 0 && !asked.some((locator) => former.has(locator))
  const isNew = (id: string): boolean =>
    isReadBefore && told.every(({ customerId, outcome }) => customerId !== id || outcome === 'created')

  const changes = peopleIn(after).map((person): Change => {
    const before = former.get(person.id)
    if (before) {
      // Without a timeline before, nothing on it is known to be new.
      const { sessions } = before.note === undefined ? before : person
      return { before: { ...before, id: person.id, sessions }, after: person }
    }
    if (person.note !== undefined && person.attributes.length === 0) {
      return { before: person, after: person }
    }
    return isNew(person.id) ? { after: person } : { before: person, after: { note: UNKNOWN_BEFORE, ...person } }
  })
  const isDeletion = result.action === 'onDelete' && result.delivered
  const erased = isDeletion ? peopleIn(former).filter(({ id }) => !after.has(id)) : []
  return { result, changes: [...changes, ...erased.map((before) => ({ before }))] }
}

function peopleIn(views: Map<string, CustomerView>): Person[] {
  return [...views].map(([id, view]) => ({ id, ...view }))
}
