import type { KustomerClient } from '../../api/client'
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

/** What an event names its company by. */
export function keysOf({ event: { reference } }: CompanyEntry): string[] {
  return Object.entries(reference).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${String(value)}`]))
}

/**
 * Reads each company from Kustomer, ten at a time. A read that fails is the result of its events.
 *
 * @param groups events that share an external ID or a name, directly or through others
 */
export async function readCompanies(client: KustomerClient, groups: CompanyEntry[][]): Promise<Companies> {
  const reads: Array<Known<CompanyEvent>> = []
  const companies: Companies = { known: [], contending: [] }
  await forEachTenAtOnce(groups, async (entries) => {
    try {
      const known = await readGroup(client, entries)
      if (known) {
        reads.push(known)
      } else {
        companies.contending.push(...entries)
      }
    } catch (error) {
      fail(entries, error)
    }
  })
  for (const same of groupsOf(reads, ({ entries, record }) => [record ? record.id : `new ${entries[0]?.index}`])) {
    if (same.length === 1) {
      companies.known.push(...same)
    } else {
      companies.contending.push(...same.flatMap(({ entries }) => entries))
    }
  }
  return companies
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
  const firm = { reference: first.event.reference, wanted }
  const record = await findForUpdate(client, firm)
  return record || isName(first.event.wanted.name)
    ? { entries, subject: companySubject(client, firm), record }
    : undefined
}
