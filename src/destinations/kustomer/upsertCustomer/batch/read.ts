import type { KustomerClient } from '../../api/client'
import type { Customer } from '../../api/records'
import { findCustomer } from '../upsert'
import type { Person } from '../upsert'
import { forEachTenAtOnce } from './at-once'
import { folded, isOnePerson, lookUpsOf } from './people'
import type { Entry } from './people'

/** One person of a batch as read from Kustomer. */
export interface Known {
  /** Their events. */
  entries: Entry[]
  /** Their events as one. */
  person: Person
  /** Undefined where they are yet to be created. */
  customer?: Customer
}

/** What is known of the people of a batch. */
export interface People {
  known: Known[]
  /** Events that contend for an identifier: nobody can tell who they are about until those before them are written. */
  contending: Entry[][]
}

/**
 * Reads each person from Kustomer itself, ten at a time: a search is cheaper and cannot be trusted, since its index lags
 * behind. Groups whose reads find one record are one person. A read that fails is the result of its events.
 */
export async function readPeople(client: KustomerClient, groups: Entry[][]): Promise<People> {
  const people: People = { known: [], contending: [] }
  const byRecord = new Map<string, { customer?: Customer; groups: Entry[][] }>()
  await forEachTenAtOnce(groups, async (group) => {
    if (!isOnePerson(group)) {
      people.contending.push(group)
      return
    }
    try {
      const found: Array<Customer | undefined> = []
      for (const person of lookUpsOf(group)) {
        found.push(await findCustomer(client, person))
      }
      const [customer] = found
      if (found.some((each) => each?.id !== customer?.id)) {
        people.contending.push(group)
      } else if (customer) {
        const record = byRecord.get(customer.id) ?? { customer, groups: [] }
        byRecord.set(customer.id, { customer, groups: [...record.groups, group] })
      } else {
        byRecord.set(`nobody ${byRecord.size}`, { groups: [group] })
      }
    } catch (error) {
      group.forEach((entry) => (entry.result = { error: error as Error }))
    }
  })
  for (const { customer, groups: same } of byRecord.values()) {
    const entries = same.flat().sort((first, second) => first.index - second.index)
    const person = folded(entries)
    if (person) {
      people.known.push({ entries, person, customer })
    } else {
      people.contending.push(entries)
    }
  }
  return people
}
