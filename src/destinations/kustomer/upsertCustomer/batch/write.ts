import type { KustomerClient } from '../../api/client'
import { tryAgain } from '../../api/errors'
import type { BulkRecord, BulkResult, Customer } from '../../api/records'
import type { LeftOut } from '../../values/left-out'
import { differenceTo, withChanges } from '../difference'
import { afterRefusedCreation, bringUpToDate, create, creationOf, shareableKeys } from '../upsert'
import type { Upserted } from '../upsert'
import { forEachTenAtOnce } from './at-once'
import { portionsOf, runJob } from './jobs'
import type { Entry } from './people'
import type { Known } from './read'

/** Events of one person that are to be upserted one after the other. */
export interface Rest {
  kind: 'create' | 'update'
  entries: Entry[]
  /** What it goes on with, where they are a single one of which something is known already. */
  goOn?: () => Promise<Upserted>
}

interface Write extends Known {
  kind: 'create' | 'update'
  record: BulkRecord
  leftOut: LeftOut[]
}

/** A job, a question after it and its results are three requests: fewer writes than that are cheaper one by one. */
const WORTH_A_JOB = 4

const REFUSED_BY_JOB = 'Kustomer refused it in a bulk job'

/**
 * Writes what differs, in one job for all creations and one for all updates, or one by one where there are only a few.
 * Whoever is unchanged or written has a result then.
 *
 * @returns what is still to be done: what was refused, and what a job did not answer for
 */
export async function writePeople(client: KustomerClient, known: Known[]): Promise<Rest[]> {
  const writes = known.flatMap((each) => writeOf(each) ?? [])
  const creations = writes.filter(({ kind }) => kind === 'create')
  const updates = writes.filter(({ kind }) => kind === 'update')
  const rest: Rest[] = []
  const write = async (each: Write): Promise<void> => {
    rest.push(...(await writeOne(client, each)))
  }
  if (updates.length < WORTH_A_JOB) {
    await forEachTenAtOnce(updates, write)
  }
  if (creations.length < WORTH_A_JOB) {
    // Two who are refused may both turn out to be the same customer: the second has to see what the first has written.
    for (const creation of creations) {
      await write(creation)
    }
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
  return { ...known, kind: 'update', record: { ...changes, id: customer.id, _clientRef }, leftOut }
}

async function writeOne(client: KustomerClient, { kind, entries, person, customer }: Write): Promise<Rest[]> {
  try {
    settle(entries, await (customer ? bringUpToDate(client, person, customer) : create(client, person)))
    return []
  } catch (error) {
    if (entries.length > 1) {
      return [{ kind, entries }]
    }
    entries.forEach((entry) => (entry.result = { error: error as Error }))
    return []
  }
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
