import type { MultiStatusResponse, RequestClient } from '@segment/actions-core'
import { KustomerClient } from '../../api/client'
import { now } from '../../api/clock'
import { keysOf } from '../../companies/find'
import { upsertCompany } from '../../companies/upsert'
import type { Settings } from '../../generated-types'
import { forEachTenAtOnce } from '../../upsert/batch/at-once'
import { BUDGET, entriesOf, readable, RECORDS_AT_A_TIME, responseOf } from '../../upsert/batch/entries'
import { groupsOf } from '../../upsert/batch/groups'
import { takeTurns, turnsOf } from '../../upsert/batch/turns'
import { writeAll } from '../../upsert/batch/write'
import { deliveredOf } from '../deliver'
import { companyEvent } from '../event'
import type { CompanyEvent } from '../event'
import type { Payload } from '../generated-types'
import { readCompanies } from './companies'
import type { CompanyEntry } from './companies'
import { linkMembers } from './members'

/**
 * Upserts the companies of a batch, and links their customers, with the outcome of upserting its events one by one, in
 * order.
 *
 * Requests for 100 events, a job having ended at the first question: unchanged 1 for each company and 1 for each user;
 * 3 more where companies are new, where some differ, and where users are to be linked.
 *
 * @returns every event's own outcome, in order: 200 with what the action answers with, or the status and the message of
 *   its error
 * @throws InvalidAuthenticationError that names the API Key setting, before any request
 */
export async function upsertBatch(
  request: RequestClient,
  settings: Settings,
  payloads: Payload[],
  signal?: AbortSignal
): Promise<MultiStatusResponse> {
  const client = new KustomerClient(request, settings, { signal, deadline: now() + BUDGET })
  const entries = entriesOf(payloads, companyEvent)
  const groups = groupsOf(readable(entries), ({ event }) => keysOf(event.reference))
  for (let start = 0; start < groups.length; start += RECORDS_AT_A_TIME) {
    await workOff(client, groups.slice(start, start + RECORDS_AT_A_TIME))
  }
  await linkMembers(client, readable(entries))
  return responseOf(entries, deliveredOf)
}

async function workOff(client: KustomerClient, groups: CompanyEntry[][]): Promise<void> {
  const { known, contending } = await readCompanies(client, groups)
  const rest = await writeAll(client, 'company', known)
  const upsert = (event: CompanyEvent) => upsertCompany(client, event)
  await forEachTenAtOnce(rest, (company) => takeTurns(turnsOf(company), upsert))
  await takeTurns(
    contending.map((entry) => ({ entry })),
    upsert
  )
}
