import { agentView } from '../agent-view'
import type { CustomerRecord, Sandbox } from '../../sandbox'
import type { Change, Person } from './answers'

/** A customer at one moment. */
interface Moment {
  record: CustomerRecord
  sessions: ReturnType<Sandbox['timeline']>
}

/** The customers of a sandbox as an agent reads them; the one that something happened to last comes first. */
export function peopleOf(sandbox: Sandbox): Array<Pick<Person, 'id' | 'name'>> {
  return sandbox
    .customers()
    .map(({ id, attributes }) => ({ id, name: String(attributes.displayName), at: String(attributes.updatedAt) }))
    .sort((one, other) => other.at.localeCompare(one.at))
    .map(({ id, name }) => ({ id, name }))
}

/** @returns undefined where there is no such customer */
export function personOf(sandbox: Sandbox, id: string): Person | undefined {
  const record = sandbox.customers().find((customer) => customer.id === id)
  return record && shown(sandbox, { record, sessions: sandbox.timeline(id) })
}

/** Does work, and tells which customers it changed, as they were before and as they are after. */
export async function watchPeople<T>(
  sandbox: Sandbox | undefined,
  work: () => Promise<T>
): Promise<{ result: T; changes: Change[] }> {
  if (!sandbox) {
    return { result: await work(), changes: [] }
  }
  const before = momentsOf(sandbox)
  const result = await work()
  const after = momentsOf(sandbox)
  const ids = [...new Set([...before.keys(), ...after.keys()])]
  const changes = ids.flatMap((id) => {
    const [then, now] = [before.get(id), after.get(id)]
    return stampOf(then) === stampOf(now)
      ? []
      : [{ before: then && shown(sandbox, then), after: now && shown(sandbox, now) }]
  })
  return { result, changes }
}

function momentsOf(sandbox: Sandbox): Map<string, Moment> {
  return new Map(sandbox.customers().map((record) => [record.id, { record, sessions: sandbox.timeline(record.id) }]))
}

/** What differs between two moments of a customer to whom anything happened. */
function stampOf(moment: Moment | undefined): string | undefined {
  if (!moment) {
    return undefined
  }
  const { rev, updatedAt, deleted } = moment.record.attributes
  return JSON.stringify([rev, updatedAt, deleted, moment.sessions.map(({ events }) => events.length)])
}

function shown(sandbox: Sandbox, { record, sessions }: Moment): Person | undefined {
  const [view] = agentView({ ...sandbox, customers: () => [record], timeline: () => sessions })
  return view && { id: record.id, ...view }
}
