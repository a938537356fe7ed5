import type { KustomerClient } from '../../api/client'
import { keysOf } from '../../companies/find'
import { companySubject, findForUpdate } from '../../companies/upsert'
import { isName } from '../../companies/name'
import { forEachTenAtOnce } from '../../upsert/batch/at-once'
import { fail } from '../../upsert/batch/entries'
import type { Entry } from '../../upsert/batch/entries'
import { groupsOf } from '../../upsert/batch/groups'
import type { Known } from '../../upsert/batch/write'
import { fold } from '../../upsert/fold'
import type { CompanyEvent } from '../event'

/** One group call of a batch. */
export type CompanyEntry = Entry<CompanyEvent>

/** What is known of the companies of a batch. */
export interface Companies {
  known: Array<Known<CompanyEvent>>
  /** Events of which nobody can tell which company they are about until those before them are written. */
  contending: CompanyEntry[]
}

/** A group of events that share a name of a company, and the company that they were found to be about. */
interface Read {
  entries: CompanyEntry[]
  /** Undefined where the events are not one company's, or not all of them would find it. */
  known?: Known<CompanyEvent>
}

/**
 * Reads each company from Kustomer, ten at a time. A read that fails is the result of its events.
 *
 * @param groups events that share an external ID or a name, directly or through others
 */
export async function readCompanies(client: KustomerClient, groups: CompanyEntry[][]): Promise<Companies> {
  const reads: Read[] = []
  await forEachTenAtOnce(groups, async (entries) => {
    try {
      reads.push({ entries, known: await readGroup(client, entries) })
    } catch (error) {
      fail(entries, error)
    }
  })
  const companies: Companies = { known: [], contending: [] }
  // What a record is called ties events together that do not give the same names.
  for (const tied of groupsOf(reads, namesOf)) {
    const known = tied.length === 1 ? tied[0]?.known : undefined
    if (known) {
      companies.known.push(known)
    } else {
      companies.contending.push(...tied.flatMap(({ entries }) => entries))
    }
  }
  return companies
}

function namesOf({ entries, known }: Read): string[] {
  const { name, externalId } = known?.record?.attributes ?? {}
  const ofRecord = { name: textOf(name), externalId: textOf(externalId) }
  return [...entries.flatMap(({ event }) => keysOf(event.reference)), ...keysOf(ofRecord)]
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Undefined where the events of a group are not one company's, or not all of them would find it. */
async function readGroup(client: KustomerClient, entries: CompanyEntry[]): Promise<Known<CompanyEvent> | undefined> {
  const [first] = entries
  const isOne = new Set(entries.map(({ event }) => event.reference.externalId)).size === 1
  const wanted = fold(
    'company',
    entries.map(({ event }) => event.wanted)
  )
  if (!first || !isOne || !wanted) {
    return undefined
  }
  const firm = { reference: first.event.reference, wanted, nameIfNew: first.event.nameIfNew }
  const record = await findForUpdate(client, firm)
  return record || isName(first.event.wanted.name ?? first.event.nameIfNew)
    ? { entries, subject: companySubject(client, firm), record }
    : undefined
}
