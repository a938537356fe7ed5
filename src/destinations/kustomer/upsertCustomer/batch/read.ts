import type { KustomerClient } from '../../api/client'
import type { Customer } from '../../api/records'
import { customerSubject, findCustomer } from '../../customers/upsert'
import { holds, ownKeys } from '../../customers/who-is-who'
import { forEachTenAtOnce } from '../../upsert/batch/at-once'
import { fail } from '../../upsert/batch/entries'
import { groupsOf } from '../../upsert/batch/groups'
import type { Known } from '../../upsert/batch/write'
import type { CustomerEvent } from '../event'
import { folded, isOnePerson, keysOf, lookUpsOf } from './people'
import type { CustomerEntry } from './people'

/** What is known of the people of a batch. */
export interface People {
  known: Array<Known<CustomerEvent>>
  /** Events that contend for identifiers: nobody can tell who they are about until those before them are written. */
  contending: CustomerEntry[]
}

/** A group of events that share identifiers, and whom they were found to be about. */
interface Read {
  entries: CustomerEntry[]
  customer?: Customer
  isContending: boolean
}

/**
 * Reads each person from Kustomer itself, ten at a time: a search is cheaper and cannot be trusted, since its index lags
 * behind. A read that fails is the result of its events.
 *
 * @param groups events that share an identifier, directly or through others
 */
export async function readPeople(client: KustomerClient, groups: CustomerEntry[][]): Promise<People> {
  const reads: Read[] = []
  await forEachTenAtOnce(groups, async (entries) => {
    try {
      reads.push(await readGroup(client, entries))
    } catch (error) {
      fail(entries, error)
    }
  })
  const people: People = { known: [], contending: [] }
  // What a record holds ties events together that do not give the same identifiers.
  for (const read of groupsOf(reads, ({ entries, customer }) => [
    ...entries.flatMap(keysOf),
    ...(customer ? ownKeys(customer) : [])
  ])) {
    const entries = read.flatMap((each) => each.entries).sort((first, second) => first.index - second.index)
    const customer = read[0]?.customer
    const isOne = read.length === 1 ? !read[0]?.isContending : read.every((each) => isSureOf(each, customer))
    const person = isOne ? folded(entries) : undefined
    if (person) {
      people.known.push({ entries, subject: customerSubject(client, person), record: customer })
    } else {
      people.contending.push(...entries)
    }
  }
  people.contending.sort((first, second) => first.index - second.index)
  return people
}

/** Whether a group found the same record as others, and would find it still once their events are written. */
function isSureOf({ entries, customer, isContending }: Read, same: Customer | undefined): boolean {
  return !isContending && customer !== undefined && customer.id === same?.id && areSureOf(entries, customer)
}

/**
 * Whether each event would find a customer whatever comes before it: by a phone that it gives beside an email it would
 * not, if the email of another event came first, nor would the next one by an email that is merely shared.
 */
function areSureOf(entries: CustomerEntry[], customer: Customer): boolean {
  return entries.every(({ event: { identifiers } }) => {
    const [strongest] = identifiers
    return strongest !== undefined && holds(customer, strongest)
  })
}

/** Reads whom a group is about, by each identifier that one of its events is known by. */
async function readGroup(client: KustomerClient, entries: CustomerEntry[]): Promise<Read> {
  if (!isOnePerson(entries)) {
    return { entries, isContending: true }
  }
  const found: Array<Customer | undefined> = []
  for (const person of lookUpsOf(entries)) {
    found.push(await findCustomer(client, person))
  }
  const [customer] = found
  const isSame = found.every((each) => each?.id === customer?.id)
  const isSure = customer === undefined || entries.length === 1 || areSureOf(entries, customer)
  return { entries, customer, isContending: !isSame || !isSure }
}
