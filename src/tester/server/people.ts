import { viewOf } from '../agent-view'
import type { Moment, Sandbox } from '../../sandbox'
import type { Change, People, Person } from './answers'

/** More names than this nobody reads. */
const MOST_NAMES = 50

/** The customers of a sandbox; the one that something happened to last comes first. */
export function peopleOf(sandbox: Sandbox): People {
  const moments = sandbox.moments().sort((one, other) => other.updatedAt.localeCompare(one.updatedAt))
  return {
    count: moments.length,
    latest: moments.slice(0, MOST_NAMES).map(({ id, record }) => ({ id, name: nameIn(record()) }))
  }
}

/** @returns undefined where there is no such customer */
export function personOf(sandbox: Sandbox, id: string): Person | undefined {
  const moment = sandbox.moments().find((each) => each.id === id)
  return moment && shown(moment)
}

/** Does work, and tells which customers of a sandbox it changed, as they were before and as they are after. */
export async function watchPeople<T>(
  sandbox: Sandbox,
  work: () => Promise<T>
): Promise<{ result: T; changes: Change[] }> {
  const before = byId(sandbox)
  const result = await work()
  const after = byId(sandbox)
  const ids = [...new Set([...before.keys(), ...after.keys()])]
  const changed = ids.filter((id) => before.get(id)?.mark !== after.get(id)?.mark)
  return { result, changes: changed.map((id) => ({ before: shown(before.get(id)), after: shown(after.get(id)) })) }
}

function byId(sandbox: Sandbox): Map<string, Moment> {
  return new Map(sandbox.moments().map((moment) => [moment.id, moment]))
}

function shown(moment: Moment): Person
function shown(moment: Moment | undefined): Person | undefined
function shown(moment: Moment | undefined): Person | undefined {
  return moment && { id: moment.id, ...viewOf(moment.record().attributes, moment.sessions()) }
}

function nameIn({ attributes }: ReturnType<Moment['record']>): string {
  return String(attributes.displayName)
}
