import type { KustomerClient } from '../../api/client'
import { tryAgain } from '../../api/errors'
import type { BulkRecord, BulkResult, Customer } from '../../api/records'
import type { LeftOut } from '../../values/left-out'
import { differenceTo, withChanges } from '../difference'
import { afterRefusedCreation, bringUpToDate, create, createAtOnce, creationOf, shareableKeys } from '../upsert'
import type { Upserted } from '../upsert'
import { forEachTenAtOnce } from './at-once'
import { portionsOf, runJob } from './jobs'
import type { Entry } from './people'
import type { Known } from './read'

/** Events of one person that are to be upserted one after the other. */
export interface Rest {
  kind: 'create' | 'update'
  entries: Entry[]
  /** Tries to settle several of them as one first. */
  together?: () => Promise<void>
  /** What a single one goes on with, where something is known of it already. */
  goOn?: () => Promise<Upserted>
}

interface Creation extends Known {
  kind: 'create'
  record: BulkRecord
  leftOut: LeftOut[]
}

interface Update extends Known {
  kind: 'update'
  customer: Customer
  record: BulkRecord
  leftOut: LeftOut[]
}

type Write = Creation | Update

/** A job, a question after it and its results are three requests: fewer writes than that are cheaper one by one. */
const WORTH_A_JOB = 4

const REFUSED_BY_JOB = 'Kustomer refused it in a bulk job'

/**
 * Writes what differs, in one job for all creations and one for all updates, or one by one where there are only a few.
 * Whoever is unchanged or written has a result then.
 *
 * @returns what is still to be done: what was refused, what a job did not answer for, and creations of which there are
 *   only a few: one that is refused may turn out to be whoever contends, so that each event has to wait for its turn
 */
export async function writePeople(client: KustomerClient, known: Known[]): Promise<Rest[]> {
  const writes = known.flatMap((each) => writeOf(each) ?? [])
  const creations = writes.filter(({ kind }) => kind === 'create')
  const updates = writes.filter(isUpdate)
  const rest: Rest[] = []
  if (updates.length < WORTH_A_JOB) {
    await forEachTenAtOnce(updates, async (update) => {
      rest.push(...(await updateOne(client, update)))
    })
  }
  if (creations.length < WORTH_A_JOB) {
    rest.push(...creations.map((creation) => creationInTurn(client, creation)))
  }
  const jobs = [creations, updates].filter(({ length }) => length >= WORTH_A_JOB).flatMap(portionsOf)
  await forEachTenAtOnce(jobs, async (portion) => {
    rest.push(...(await writeTogether(client, portion)))
  })
  return rest
}

/** The write of a person, or undefined, their events settled, where nothing differs. */
function writeOf(known: Known): Write | undefined {
  const { entries, person, customer } = known
  const _clientRef = String(entries[0]?.index)
  if (!customer) {
    return { ...known, kind: 'create', record: { ...creationOf(person.wanted), _clientRef }, leftOut: [] }
  }
  const { changes, leftOut } = differenceTo(customer, person.wanted)
  if (!changes) {
    settle(entries, { outcome: 'unchanged', customer, leftOut })
    return undefined
  }
  return { ...known, kind: 'update', customer, record: { ...changes, id: customer.id, _clientRef }, leftOut }
}

function isUpdate(write: Write): write is Update {
  return write.kind === 'update'
}

async function updateOne(client: KustomerClient, { entries, person, customer }: Update): Promise<Rest[]> {
  try {
    settle(entries, await bringUpToDate(client, person, customer))
    return []
  } catch (error) {
    if (entries.length > 1) {
      return [{ kind: 'update', entries }]
    }
    entries.forEach((entry) => (entry.result = { error: error as Error }))
    return []
  }
}

function creationInTurn(client: KustomerClient, { entries, person }: Write): Rest {
  if (entries.length === 1) {
    return { kind: 'create', entries, goOn: () => create(client, person) }
  }
  const together = async (): Promise<void> => {
    try {
      const created = await createAtOnce(client, person)
      if (created.outcome !== 'refused') {
        settle(entries, created)
      }
    } catch {
      // Each of them tells its own failure.
    }
  }
  return { kind: 'create', entries, together }
}

async function writeTogether(client: KustomerClient, writes: Write[]): Promise<Rest[]> {
  const kind = writes[0]?.kind ?? 'create'
  const { isUnfinished, results } = await runJob(
    client,
    kind,
    writes.map(({ record }) => record)
  )
  const rest: Rest[] = []
  for (const write of writes) {
    const { entries, record, leftOut } = write
    const result = results.get(record._clientRef)
    if (result?.isWritten) {
      settle(entries, { outcome: `${kind}d`, customer: writtenCustomer(write, result), leftOut })
    } else {
      entries.forEach((entry) => (entry.isTaken = isUnfinished))
      rest.push({ kind, entries, goOn: result ? afterRefusal(client, write) : undefined })
    }
  }
  return rest
}

function writtenCustomer({ customer, record }: Write, { objectId = '' }: BulkResult): Customer {
  const { _clientRef, id, ...attributes } = record
  return customer ? withChanges(customer, attributes) : { id: objectId, attributes: { ...attributes } }
}

/**
 * A creation that a job has refused goes on with the look-ups that follow a refusal, so that nobody is created a second
 * time. Where several events were one, any of them may have been the reason; and where there is no contact that could be
 * shared, nothing but the same creation, sent singly, tells Kustomer's own words.
 */
function afterRefusal(client: KustomerClient, { kind, entries, person }: Write): Rest['goOn'] {
  const refused = { outcome: 'refused', error: tryAgain({ action: 'create the customer' }, REFUSED_BY_JOB) } as const
  return kind === 'create' && entries.length === 1 && shareableKeys(person).length > 0
    ? () => afterRefusedCreation(client, person, refused)
    : undefined
}

/** What became of a person is what became of each of their events. */
function settle(entries: Entry[], upserted: Upserted): void {
  entries.forEach((entry) => (entry.result = { upserted }))
}
