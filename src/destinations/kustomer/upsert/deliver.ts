import type { MultiStatusResponse, RequestClient } from '@segment/actions-core'
import { KustomerClient } from '../api/client'
import { now } from '../api/clock'
import type { Settings } from '../generated-types'
import { tellLeftOut } from '../values/left-out'
import type { LeftOut } from '../values/left-out'
import { upsertBatch } from './batch'
import type { Plan } from './batch'
import { BUDGET, entriesOf, failPending, readable, responseOf } from './batch/entries'
import type { Upserted } from './subject'

/** What an event says of a record. */
interface ReadEvent {
  wanted: object
  leftOut: LeftOut[]
}

/** What an action answers with for a delivered event. The ID is missing only if Kustomer's answer to a creation had none. */
type Delivered<IdName extends string> = Pick<Upserted, 'outcome' | 'leftOut'> & Partial<Record<IdName, string>>

/** Returns the client of a batch, which ends in time to answer for each of its events. */
export function batchClient(request: RequestClient, settings: Settings, signal?: AbortSignal): KustomerClient {
  return new KustomerClient(request, settings, { signal, deadline: now() + BUDGET })
}

/**
 * Upserts the record that an event is about.
 *
 * @param idName what the record's ID is called in the answer
 * @throws the framework's error, whose message also tells what was left out
 */
export async function deliverOne<IdName extends string>(
  event: ReadEvent,
  idName: IdName,
  upsert: () => Promise<Upserted>
): Promise<Delivered<IdName>> {
  try {
    const upserted = await upsert()
    if (upserted.pending) {
      throw upserted.pending
    }
    return deliveredOf(event, idName, upserted)
  } catch (error) {
    throw tellLeftOut(error, event.leftOut)
  }
}

/** Upserts the records of a batch. Returns each event's own outcome, in order: 200 with the answer, or its error. */
export async function deliverAll<Payload, Event extends ReadEvent>(
  client: KustomerClient,
  payloads: Payload[],
  idName: string,
  read: (payload: Payload) => Event,
  planFor: (events: Event[]) => Plan<Event>
): Promise<MultiStatusResponse> {
  const entries = entriesOf(payloads, read)
  const valid = readable(entries)
  await upsertBatch(client, valid, planFor(valid.map(({ event }) => event)))
  failPending(valid)
  return responseOf(entries, (event, upserted) => deliveredOf(event, idName, upserted))
}

function deliveredOf<IdName extends string>(event: ReadEvent, idName: IdName, { outcome, record, leftOut }: Upserted) {
  const id = record.id === '' ? {} : { [idName]: record.id }
  return { outcome, ...id, leftOut: [...event.leftOut, ...leftOut] } as Delivered<IdName>
}
