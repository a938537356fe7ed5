import { companyOf, companyView, customerView, membersOf } from '../agent-view'
import { cardsIn } from '../agent-view/cards'
import type { Card } from '../agent-view/cards'
import type { CompanyRecord, CustomerRecord, Moment, Sandbox } from '../../sandbox'
import type { AgentRecord, AgentRecords, Change } from './answers'

/** More names than this nobody reads. */
const MOST_NAMES = 50

/** The customers and the companies of a sandbox as they were at one moment. */
interface Snapshot {
  customers: Map<string, Moment>
  companies: Map<string, CompanyRecord>
  /** Custom objects, by the IDs of the records that they belong to. */
  cards: Map<string, Card[]>
  /** The customers as Kustomer shows them, once it is asked for. */
  shownCustomers: () => CustomerRecord[]
}

/** The customers and companies of a sandbox; those that something happened to last come first. */
export function latestRecords(sandbox: Sandbox): AgentRecords {
  const customers = sandbox.moments().map(({ id, updatedAt, record }) => ({
    id,
    updatedAt,
    kind: 'customer' as const,
    name: () => String(record().attributes.displayName)
  }))
  const companies = sandbox.companies().map(({ id, attributes }) => ({
    id,
    updatedAt: String(attributes.updatedAt),
    kind: 'company' as const,
    name: () => String(attributes.name)
  }))
  const all = [...customers, ...companies].sort((one, other) => other.updatedAt.localeCompare(one.updatedAt))
  return {
    count: all.length,
    latest: all.slice(0, MOST_NAMES).map(({ id, kind, name }) => ({ id, kind, name: name() }))
  }
}

/** @returns undefined where there is no such customer or company */
export function findRecord(sandbox: Sandbox, id: string): AgentRecord | undefined {
  return shownIn(snapshotOf(sandbox), id)
}

/** Does work, and tells which customers and companies of a sandbox it changed, as they were before and as they are after. */
export async function watchRecords<T>(
  sandbox: Sandbox,
  work: () => Promise<T>
): Promise<{ result: T; changes: Change[] }> {
  const before = snapshotOf(sandbox)
  const result = await work()
  const after = snapshotOf(sandbox)
  const customers = changedIn(before.customers, after.customers, ({ mark }) => mark)
  const companies = changedIn(before.companies, after.companies, ({ attributes }) => attributes.rev)
  const linked = customers.flatMap((id) => {
    const [former, latter] = [before, after].map((snapshot) => linkIn(snapshot, id))
    return former === latter ? [] : [former, latter].filter((company) => company !== undefined)
  })
  const owners = changedIn(before.cards, after.cards, (cards) => JSON.stringify(cards))
  const ids = [...new Set([...companies, ...linked, ...customers, ...owners])]
  return { result, changes: ids.map((id) => ({ before: shownIn(before, id), after: shownIn(after, id) })) }
}

function snapshotOf(sandbox: Sandbox): Snapshot {
  const moments = sandbox.moments()
  let shown: CustomerRecord[] | undefined
  return {
    customers: new Map(moments.map((moment) => [moment.id, moment])),
    companies: new Map(sandbox.companies().map((company) => [company.id, company])),
    cards: cardsIn(sandbox),
    shownCustomers: () => (shown ??= moments.map(({ record }) => record()))
  }
}

function changedIn<Each>(before: Map<string, Each>, after: Map<string, Each>, mark: (each: Each) => unknown): string[] {
  const markIn = (records: Map<string, Each>, id: string): unknown => {
    const record = records.get(id)
    return record && mark(record)
  }
  const ids = [...new Set([...before.keys(), ...after.keys()])]
  return ids.filter((id) => markIn(before, id) !== markIn(after, id))
}

function linkIn({ customers }: Snapshot, id: string): string | undefined {
  const record = customers.get(id)?.record()
  return record && companyOf(record)
}

function shownIn({ customers, companies, cards, shownCustomers }: Snapshot, id: string): AgentRecord | undefined {
  const customer = customers.get(id)
  const company = companies.get(id)
  if (customer) {
    return { id, ...customerView(customer.record(), customer.sessions()), cards: cards.get(id) }
  }
  return company && { id, ...companyView(company, membersOf(company, shownCustomers())), cards: cards.get(id) }
}
