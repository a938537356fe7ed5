import type { MultiStatusResponse } from '@segment/actions-core'
import type { KustomerClient } from '../api/client'
import type { Company } from '../api/records'
import { companyPlan, upsertCompany } from '../companies/upsert'
import { linkToCompany } from '../customers/company-link'
import { customerPlan, upsertCustomer } from '../customers/upsert'
import type { CustomerUpdate } from '../customers/upsert'
import { upsertBatch } from '../upsert/batch'
import { fail, settle } from '../upsert/batch/entries'
import type { Entry } from '../upsert/batch/entries'
import { deliverAll, deliverOne } from '../upsert/deliver'
import { fold } from '../upsert/fold'
import type { Upserted } from '../upsert/subject'
import type { LeftOut } from '../values/left-out'
import { companyEvent } from './event'
import type { CompanyEvent } from './event'
import type { Payload } from './generated-types'

const ID_NAME = 'companyId'

/** A customer to link to the company of an event. */
interface Membership {
  externalId: string
  company: Company
  mayMove: boolean
  mayCreate: boolean
}

type CompanyEntry = Entry<CompanyEvent>

const NO_ID: LeftOut = { field: 'userId', reason: "not linked: Kustomer's answer had no ID of the company" }

const UNKNOWN: Upserted = {
  outcome: 'unchanged',
  record: { id: '', attributes: {} },
  leftOut: [{ field: 'userId', reason: 'not linked: Kustomer has no customer with this External ID' }]
}

/**
 * Upserts the company that an event is about, then links its user.
 *
 * Requests: those of the upsert, 1 that finds the user, and 1 that links or creates them.
 */
export function deliver(client: KustomerClient, event: CompanyEvent) {
  return deliverOne(event, ID_NAME, async () => {
    const upserted = await upsertCompany(client, event)
    const membership = membershipOf(event, upserted)
    const link = membership && (await upsertCustomer(client, updateOf(client, membership)))
    return withLink(event, upserted, link)
  })
}

/** Upserts the companies of a batch one by one, ten at a time, and links their users in jobs. */
export function deliverBatch(client: KustomerClient, payloads: Payload[]): Promise<MultiStatusResponse> {
  const ofCompany = companyPlan<CompanyEvent>(client)
  const plan = {
    ...ofCompany,
    // A user of several companies is linked in the order of the events.
    keysOf: (event: CompanyEvent) => [...ofCompany.keysOf(event), ...(event.member ? [event.member.externalId] : [])],
    fold: foldEvents,
    settle: (settled: CompanyEntry[]) => linkUsers(client, settled)
  }
  return deliverAll(client, payloads, ID_NAME, companyEvent, () => plan)
}

/** Returns events about one company as one event; undefined if one write cannot hold them. */
function foldEvents(events: CompanyEvent[]): CompanyEvent | undefined {
  const [first] = events
  const names = new Set(events.map(({ reference }) => JSON.stringify(reference)))
  const wanted = fold(
    'company',
    events.map((event) => event.wanted)
  )
  return first && wanted && names.size === 1 ? { ...first, wanted } : undefined
}

/** Links the users of events whose companies were written. What fails is the result of the event. */
async function linkUsers(client: KustomerClient, entries: CompanyEntry[]): Promise<void> {
  const written = entries.flatMap((entry) => {
    const { index, event, result } = entry
    if (!result || 'error' in result) {
      return []
    }
    const membership = membershipOf(event, result.upserted)
    const link: Entry<Membership> | undefined = membership && { index, event: membership }
    return [{ entry, upserted: result.upserted, link }]
  })
  const plan = customerPlan<Membership>(client, (membership) => updateOf(client, membership), {
    fold: (all) =>
      new Set(all.map(({ company, ...rest }) => JSON.stringify([company.id, rest]))).size === 1 ? all[0] : undefined
  })
  await upsertBatch(
    client,
    written.flatMap(({ link }) => link ?? []),
    plan
  )
  for (const { entry, upserted, link } of written) {
    const linked = link?.result
    if (linked && 'error' in linked) {
      entry.isTaken = link.isTaken
      fail([entry], linked.error)
    } else {
      settle([entry], withLink(entry.event, upserted, linked?.upserted))
    }
  }
}

function membershipOf({ member }: CompanyEvent, { record }: Upserted): Membership | undefined {
  return member && record.id !== '' ? { ...member, company: record } : undefined
}

function updateOf(client: KustomerClient, { externalId, company, mayMove, mayCreate }: Membership): CustomerUpdate {
  return {
    identifiers: [{ name: 'externalId', value: externalId }],
    wanted: { externalId },
    linkFor: (customer) => linkToCompany(client, company, mayMove, customer),
    ifMissing: mayCreate ? undefined : UNKNOWN
  }
}

/** Returns what became of a company, with what could not be done about its user. */
function withLink({ member }: CompanyEvent, upserted: Upserted, link?: Upserted): Upserted {
  const untold = member && !link ? [NO_ID] : []
  return { ...upserted, leftOut: [...upserted.leftOut, ...(link?.leftOut ?? untold)] }
}
