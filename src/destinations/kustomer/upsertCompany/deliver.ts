import type { KustomerClient } from '../api/client'
import { upsertCompany } from '../companies/upsert'
import { linkMember } from '../customers/members'
import type { Member } from '../customers/members'
import type { Upserted } from '../upsert/subject'
import { tellLeftOut } from '../values/left-out'
import type { LeftOut } from '../values/left-out'
import type { CompanyEvent } from './event'

const UNKNOWN_COMPANY: LeftOut = { field: 'userId', reason: 'not linked: Kustomer did not tell the ID of the company' }

/** What became of an event that was delivered. */
export interface Delivered {
  outcome: Upserted['outcome']
  /** Missing only where Kustomer's answer to a creation did not tell it. */
  companyId?: string
  leftOut: LeftOut[]
}

/**
 * Upserts the company that an event is about, then links its user.
 *
 * Requests: those of the upsert, 1 that finds the user, and 1 that links them, unless they are linked already.
 * @throws the framework's error, whose message tells what was left out besides
 */
export async function deliver(client: KustomerClient, event: CompanyEvent): Promise<Delivered> {
  try {
    const upserted = await upsertCompany(client, event)
    const member = memberOf(event, upserted)
    return deliveredOf(event, withLink(event, upserted, member && (await linkMember(client, member))))
  } catch (error) {
    throw error instanceof Error ? tellLeftOut(error, event.leftOut) : error
  }
}

/** The customer who is to be linked to the company that an event is about. */
export function memberOf({ member }: CompanyEvent, { record }: Upserted): Member | undefined {
  return member && record.id !== ''
    ? { externalId: member.externalId, link: { id: record.id, mayMove: member.mayMove } }
    : undefined
}

/** What became of a company, with what could not be done of the link. */
export function withLink({ member }: CompanyEvent, upserted: Upserted, link?: Upserted): Upserted {
  const untold = member && !link ? [UNKNOWN_COMPANY] : []
  return { ...upserted, leftOut: [...upserted.leftOut, ...(link?.leftOut ?? untold)] }
}

/** What the action answers with. */
export function deliveredOf(event: CompanyEvent, { outcome, record, leftOut }: Upserted): Delivered {
  return {
    outcome,
    ...(record.id === '' ? {} : { companyId: record.id }),
    leftOut: [...event.leftOut, ...leftOut]
  }
}
