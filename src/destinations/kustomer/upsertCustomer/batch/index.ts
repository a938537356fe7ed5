import { ErrorCodes, getErrorCodeFromHttpStatus, MultiStatusResponse } from '@segment/actions-core'
import type { IntegrationError, JSONLikeObject, RequestClient } from '@segment/actions-core'
import { KustomerClient } from '../../api/client'
import { now } from '../../api/clock'
import type { Settings } from '../../generated-types'
import { withLeftOut } from '../../values/left-out'
import { deliveredOf, personOf } from '../deliver'
import { customerEvent } from '../event'
import type { Payload } from '../generated-types'
import { upsert } from '../upsert'
import { forEachTenAtOnce } from './at-once'
import { claimHistories } from './claims'
import { groupsOf, keysOf } from './people'
import type { Entry } from './people'
import { readPeople } from './read'
import { writePeople } from './write'
import type { Rest } from './write'

interface Turn extends Pick<Rest, 'together' | 'goOn'> {
  entry: Entry
}

/** How long a batch may take, in milliseconds. */
const BUDGET = 25_000

/** So many people are read, written and settled before the next are read, so that each attempt gets further. */
const PEOPLE_AT_A_TIME = 100

const TAKEN = 'Kustomer has taken the change in a bulk job and not told yet what became of it.'

/**
 * Upserts the customers of a batch with the outcome of upserting its events one by one, in order.
 *
 * Requests for 100 people, a job having ended at the first question: unchanged 100, changed 103, new 103; one more for
 * each claim of a history.
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
  const entries = payloads.map(entryOf)
  const groups = groupsOf(
    entries.flatMap((entry) => (entry instanceof Error ? [] : [entry])),
    keysOf
  )
  for (let start = 0; start < groups.length; start += PEOPLE_AT_A_TIME) {
    await workOff(client, groups.slice(start, start + PEOPLE_AT_A_TIME))
  }
  return responseOf(entries)
}

async function workOff(client: KustomerClient, groups: Entry[][]): Promise<void> {
  const { known, contending } = await readPeople(client, groups)
  const rest = await writePeople(client, known)
  const updates = rest.filter(({ kind }) => kind === 'update')
  await forEachTenAtOnce(updates, (person) => takeTurns(client, turnsOf(person)))
  // All of these may turn out to be the same customer, so that each event has to see what those before it have written.
  const creations = rest.filter(({ kind }) => kind === 'create')
  await takeTurns(client, [...creations.flatMap(turnsOf), ...contending.map((entry): Turn => ({ entry }))])
  await claimHistories(client, groups.flat())
}

function entryOf(payload: Payload, index: number): Entry | Error {
  try {
    return { index, event: customerEvent(payload) }
  } catch (error) {
    return error as Error
  }
}

/** Each event for itself, the first of them with what is known of all. */
function turnsOf({ entries, together, goOn }: Rest): Turn[] {
  return entries.map((entry, place) => (place === 0 ? { entry, together, goOn } : { entry }))
}

/** Upserts events one after the other, in the order of the batch, read fresh. */
async function takeTurns(client: KustomerClient, turns: Turn[]): Promise<void> {
  for (const { entry, together, goOn } of turns.sort((one, other) => one.entry.index - other.entry.index)) {
    await together?.()
    if (entry.result) {
      continue
    }
    try {
      entry.result = { upserted: await (goOn ? goOn() : upsert(client, personOf(entry.event))) }
    } catch (error) {
      entry.result = { error: error as Error }
    }
  }
}

function responseOf(entries: Array<Entry | Error>): MultiStatusResponse {
  const response = new MultiStatusResponse()
  for (const entry of entries) {
    if (entry instanceof Error) {
      response.pushErrorResponse(failureOf(entry, entry.message))
      continue
    }
    const { event, result, isTaken } = entry
    const sent = event.wanted as unknown as JSONLikeObject
    if (result && 'upserted' in result) {
      const body = deliveredOf(event, result.upserted) as unknown as JSONLikeObject
      response.pushSuccessResponse({ status: 200, sent, body })
    } else if (result) {
      const message = withLeftOut(isTaken ? `${result.error.message} ${TAKEN}` : result.error.message, event.leftOut)
      response.pushErrorResponse({ ...failureOf(result.error, message), sent })
    }
  }
  return response
}

function failureOf(error: Error, errormessage: string) {
  const { status = 500, code } = error as Partial<IntegrationError>
  const errortype = code === ErrorCodes.PAYLOAD_VALIDATION_FAILED ? code : getErrorCodeFromHttpStatus(status)
  return { status, errormessage, errortype }
}
