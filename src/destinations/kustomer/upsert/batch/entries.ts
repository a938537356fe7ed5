import { ErrorCodes, getErrorCodeFromHttpStatus, MultiStatusResponse } from '@segment/actions-core'
import type { IntegrationError, JSONLikeObject } from '@segment/actions-core'
import { withLeftOut } from '../../values/left-out'
import type { LeftOut } from '../../values/left-out'
import type { Upserted } from '../subject'

/** One event of a batch on its way through the pipeline, and what became of it. */
export interface Entry<Event = unknown> {
  /** Its place in the batch. */
  index: number
  event: Event
  result?: { upserted: Upserted } | { error: Error }
  /** Whether a bulk job was given it that has not told its end. */
  isTaken?: boolean
}

/** How long a batch may take, in milliseconds. */
export const BUDGET = 25_000

const TAKEN = 'Kustomer has taken the change in a bulk job and not told yet what became of it.'

/** The events of a batch as entries; one that cannot be read is its error. */
export function entriesOf<Payload, Event>(
  payloads: Payload[],
  read: (payload: Payload) => Event
): Array<Entry<Event> | Error> {
  return payloads.map((payload, index) => {
    try {
      return { index, event: read(payload) }
    } catch (error) {
      return error as Error
    }
  })
}

/** The entries that could be read. */
export function readable<Event>(entries: Array<Entry<Event> | Error>): Array<Entry<Event>> {
  return entries.flatMap((entry) => (entry instanceof Error ? [] : [entry]))
}

/** What became of a record is what became of each of its events. */
export function settle(entries: Entry[], upserted: Upserted): void {
  entries.forEach((entry) => (entry.result = { upserted }))
}

/** An event that has to be retried, though its record is written, fails once all else of it is done. */
export function failPending(entries: Entry[]): void {
  for (const entry of entries) {
    if (entry.result && 'upserted' in entry.result && entry.result.upserted.pending) {
      fail([entry], entry.result.upserted.pending)
    }
  }
}

/** A failure is the result of each event that met it. */
export function fail(entries: Entry[], error: unknown): void {
  entries.forEach((entry) => (entry.result = { error: error as Error }))
}

/**
 * Every event's own outcome, in order.
 *
 * @param bodyOf what the action answers with for an event that was delivered
 */
export function responseOf<Event extends { wanted: object; leftOut: LeftOut[] }>(
  entries: Array<Entry<Event> | Error>,
  bodyOf: (event: Event, upserted: Upserted) => object
): MultiStatusResponse {
  const response = new MultiStatusResponse()
  for (const entry of entries) {
    if (entry instanceof Error) {
      response.pushErrorResponse(failureOf(entry, entry.message))
      continue
    }
    const { event, result, isTaken } = entry
    const sent = event.wanted as unknown as JSONLikeObject
    if (result && 'upserted' in result) {
      const body = bodyOf(event, result.upserted) as JSONLikeObject
      response.pushSuccessResponse({ status: 200, sent, body })
    } else if (result) {
      const message = withLeftOut(isTaken ? `${result.error.message} ${TAKEN}` : result.error.message, event.leftOut)
      const body = { leftOut: event.leftOut } as unknown as JSONLikeObject
      response.pushErrorResponse({ ...failureOf(result.error, message), sent, body })
    }
  }
  return response
}

function failureOf(error: Error, errormessage: string) {
  const { status = 500, code } = error as Partial<IntegrationError>
  const errortype = code === ErrorCodes.PAYLOAD_VALIDATION_FAILED ? code : getErrorCodeFromHttpStatus(status)
  return { status, errormessage, errortype }
}
