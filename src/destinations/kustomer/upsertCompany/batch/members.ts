import type { KustomerClient } from '../../api/client'
import { findMember, linkMember, memberSubject, UNKNOWN } from '../../customers/members'
import type { Member } from '../../customers/members'
import { forEachTenAtOnce } from '../../upsert/batch/at-once'
import { fail, settle } from '../../upsert/batch/entries'
import type { Entry } from '../../upsert/batch/entries'
import { groupsOf } from '../../upsert/batch/groups'
import { takeTurns, turnsOf } from '../../upsert/batch/turns'
import { writeAll } from '../../upsert/batch/write'
import type { Known } from '../../upsert/batch/write'
import { memberOf, withLink } from '../deliver'
import type { CompanyEntry } from './companies'

/** A customer who is to be linked to the company of an event. */
interface Membership extends Entry<Member> {
  of: CompanyEntry
}

/**
 * Links the customers of the events whose companies were written: each is read once, ten at a time, and all are updated
 * at once. Who is to be linked to several companies is, one after the other. What fails is the result of the event.
 */
export async function linkMembers(client: KustomerClient, entries: CompanyEntry[]): Promise<void> {
  const memberships = entries.flatMap((of): Membership[] => {
    const event = of.result && 'upserted' in of.result ? memberOf(of.event, of.result.upserted) : undefined
    return event ? [{ index: of.index, event, of }] : []
  })
  const known: Array<Known<Member>> = []
  const contending: Membership[] = []
  await forEachTenAtOnce(
    groupsOf(memberships, ({ event }) => [event.externalId]),
    async (group) => {
      const [first] = group
      if (!first || new Set(group.map(({ event }) => JSON.stringify(event.link))).size > 1) {
        contending.push(...group)
        return
      }
      try {
        const record = await findMember(client, first.event)
        if (record) {
          known.push({ entries: group, subject: memberSubject(client, first.event, record), record })
        } else {
          settle(group, UNKNOWN)
        }
      } catch (error) {
        fail(group, error)
      }
    }
  )
  const rest = await writeAll(client, 'customer', known)
  const turns = [...rest.flatMap(turnsOf), ...contending.map((entry) => ({ entry }))]
  await takeTurns(turns, (member) => linkMember(client, member))
  entries.forEach((entry) => {
    conclude(
      entry,
      memberships.find(({ of }) => of === entry)
    )
  })
}

/** The outcome of an event is that of its company, and of the link. */
function conclude(entry: CompanyEntry, membership?: Membership): void {
  const { result: link, isTaken } = membership ?? {}
  if (!entry.result || 'error' in entry.result) {
    return
  }
  if (link && 'error' in link) {
    entry.isTaken = isTaken
    fail([entry], link.error)
  } else {
    settle([entry], withLink(entry.event, entry.result.upserted, link?.upserted))
  }
}
