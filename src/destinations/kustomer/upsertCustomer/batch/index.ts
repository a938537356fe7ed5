import type { MultiStatusResponse, RequestClient } from '@segment/actions-core'
import { KustomerClient } from '../../api/client'
import { now } from '../../api/clock'
import { upsertCustomer } from '../../customers/upsert'
import type { Settings } from '../../generated-types'
import { forEachTenAtOnce } from '../../upsert/batch/at-once'
import { BUDGET, entriesOf, failPending, readable, RECORDS_AT_A_TIME, responseOf } from '../../upsert/batch/entries'
import { groupsOf } from '../../upsert/batch/groups'
import { takeTurns, turnsOf } from '../../upsert/batch/turns'
import type { Turn } from '../../upsert/batch/turns'
import { writeAll } from '../../upsert/batch/write'
import { deliveredOf, personOf } from '../deliver'
import { customerEvent } from '../event'
import type { CustomerEvent } from '../event'
import type { Payload } from '../generated-types'
import { claimHistories } from './claims'
import { keysOf } from './people'
import type { CustomerEntry } from './people'
import { readPeople } from './read'

/**
 * Upserts the customers of a batch with the outcome of upserting its events one by one, in order.
 *
 * Requests for 100 people, a job having ended at the first question: unchanged 100, changed 103, new 103; one more for
 * each claim of a history; for each company those of one event that names it.
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
  const entries = entriesOf(payloads, customerEvent)
  const groups = groupsOf(readable(entries), keysOf)
  for (let start = 0; start < groups.length; start += RECORDS_AT_A_TIME) {
    await workOff(client, groups.slice(start, start + RECORDS_AT_A_TIME))
  }
  return responseOf(entries, deliveredOf)
}

async function workOff(client: KustomerClient, groups: CustomerEntry[][]): Promise<void> {
  const { known, contending } = await readPeople(client, groups)
  const rest = await writeAll(client, 'customer', known)
  const upsert = (event: CustomerEvent) => upsertCustomer(client, personOf(event))
  const updates = rest.filter(({ verb }) => verb === 'update')
  await forEachTenAtOnce(updates, (person) => takeTurns(turnsOf(person), upsert))
  // All of these may turn out to be the same customer, so that each event has to see what those before it have written.
  const creations = rest.filter(({ verb }) => verb === 'create')
  const last = contending.map((entry): Turn<CustomerEvent> => ({ entry }))
  await takeTurns([...creations.flatMap(turnsOf), ...last], upsert)
  await claimHistories(client, groups.flat())
  failPending(groups.flat())
}
