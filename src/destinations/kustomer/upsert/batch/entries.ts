import { ErrorCodes, getErrorCodeFromHttpStatus, MultiStatusResponse } from '@segment/actions-core'
import type { IntegrationError, JSONLikeObject } from '@segment/actions-core'
import { withLeftOut } from '../../values/left-out'
import type { LeftOut } from '../../values/left-out'
import type { Upserted } from '../subject'

/** An event of a batch, and its result. */
export interface Entry<Event = unknown> {
  /** Its place in the batch. */
  index: number
  event: Event
  result?: { upserted: Upserted } | { error: Error }
  /** Whether it is in a bulk job whose outcome is unknown. */
  isTaken?: boolean
}

/** How long a batch may take, in milliseconds. */
export const BUDGET = 25_000

const TAKEN = 'Kustomer has accepted the change in a bulk job, and its outcome is not known yet.'

/** Returns the events of a batch, or for one that can't be read, its error. */
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

/** Returns the events that could be read. */
export function readable<Event>(entries: Array<Entry<Event> | Error>): Array<Entry<Event>> {
  return entries.flatMap((entry) => (entry instanceof Error ? [] : [entry]))
}

/** Sets the outcome of a record as the result of its events. */
export function settle(entries: Entry[], upserted: Upserted): void {
  entries.forEach((entry) => (entry.result = { upserted }))
}

/** Fails events that have to be retried although their record is written. */
export function failPending(entries: Entry[]): void {
  for (const entry of entries) {
    if (entry.result && 'upserted' in entry.result && entry.result.upserted.pending) {
      fail([entry], entry.result.upserted.pending)
    }
  }
}

/** Sets an error as the result of events. */
export function fail(entries: Entry[], error: unknown): void {
  entries.forEach((entry) => (entry.result = { error: error as Error }))
}

/** Returns each event's own outcome, in order. @param bodyOf returns what the action answers with for a delivered event */
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
