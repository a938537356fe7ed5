import { Destination, transform } from '@segment/actions-core'
import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import destination from '../destinations/kustomer'
import { routeOf } from './delivery'
import type { Override, Route } from './delivery'
import { fieldsOf } from './problems'

/** What an action would be given for an event. */
export interface Preview {
  /** Undefined where no preset subscribes to the event. */
  action?: string
  /** The name of the preset that chose the action. */
  preset?: string
  mapping: JSONObject
  /** The value of each field. */
  values: JSONObject
  /** What the framework would refuse the event for, by field. */
  problems: Record<string, string>
  /** What is wrong with the mapping itself. */
  error?: string
}

/** The destination's actions up to the point where they would act: each tells the payload that it was given. */
const rehearsal = new Destination({
  name: destination.name,
  mode: destination.mode,
  actions: Object.fromEntries(
    Object.entries(destination.actions).map(([slug, { title, description, fields }]) => [
      slug,
      { title, description, fields, perform: (_request: unknown, { payload }: { payload: unknown }) => payload }
    ])
  )
})

/** Resolves the mapping of the action that an event goes to, as the framework does, and sends nothing. */
export async function preview(event: SegmentEvent, override: Override): Promise<Preview> {
  if (event.type === 'delete' && override.action === undefined) {
    const { userId = null, anonymousId = null } = event
    return { action: 'onDelete', mapping: {}, values: { userId, anonymousId }, problems: {} }
  }
  const route = await routeOf(event, override)
  if (!route) {
    return { mapping: {}, values: {}, problems: {} }
  }
  const { partnerAction: action, name: preset, mapping } = route
  return { action, preset, mapping, ...(await rehearse(event, route)) }
}

async function rehearse(event: SegmentEvent, route: Route): Promise<Pick<Preview, 'values' | 'problems' | 'error'>> {
  let values: JSONObject
  try {
    values = transform(route.mapping, { ...event })
  } catch (error) {
    return { values: {}, problems: {}, error: (error as Error).message }
  }
  try {
    const results = await rehearsal.onEvent(event, { subscription: route as unknown as JSONObject })
    return { values: results[results.length - 1]?.data ?? values, problems: {} }
  } catch (error) {
    return { values, problems: fieldsOf(error as Error, route.partnerAction) }
  }
}
