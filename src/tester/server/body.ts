import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { Settings } from '../../destinations/kustomer/generated-types'
import type { Kustomer } from '../kustomer'

/** What may be asked of an action. */
export interface Ask {
  payload: SegmentEvent | SegmentEvent[]
  mapping: JSONObject
  settings: Partial<Settings>
}

/** @throws HTTPException (400) for a body that is no JSON object */
export async function readBody(context: Context): Promise<Record<string, unknown>> {
  const body: unknown = await context.req.json().catch(() => undefined)
  if (!isRecord(body)) {
    throw new HTTPException(400, { message: 'The body has to be a JSON object.' })
  }
  return body
}

/** What is not given, or is not what it should be, counts as empty. */
export async function readAsk(context: Context): Promise<Ask & Record<string, unknown>> {
  const body = await readBody(context)
  const { payload } = body
  return {
    ...body,
    payload: Array.isArray(payload) ? payload.map(eventOf) : eventOf(payload),
    mapping: recordOf(body.mapping) as JSONObject,
    settings: recordOf(body.settings)
  }
}

/** Kustomer with the settings of a request; those that it leaves out are the tester's own. */
export function withSettings(kustomer: Kustomer, settings: Partial<Settings>): Kustomer {
  return { ...kustomer, settings: { ...kustomer.settings, ...settings } }
}

function eventOf(value: unknown): SegmentEvent {
  return recordOf(value) as unknown as SegmentEvent
}

export function recordOf(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {}
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
