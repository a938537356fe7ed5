import { Destination, transform } from '@segment/actions-core'
import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import destination from '../../destinations/kustomer'
import { mappingProblems } from './mapping'
import { fieldsOf } from './problems'
import { routeOf } from './route'
import type { Override, Route } from './route'

/** What an action would be given for an event. */
export interface Preview {
  /** Undefined where no preset subscribes to the event. */
  action?: string
  /** The name of the preset that chose the action. */
  preset?: string
  mapping: JSONObject
  /** The value of each field. */
  values: JSONObject
  /** What the framework would refuse the event for, and what is wrong with a field's mapping, by field. */
  problems: Record<string, string>
  /** Why nothing can be sent: a mapping that cannot be used, or an action that there is not. */
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

/** Resolves the mapping of the action that an event goes to, as the framework does, and sends nothing. It never throws. */
export async function preview(event: SegmentEvent, override: Override): Promise<Preview> {
  if (event.type === 'delete' && override.action === undefined) {
    const { userId = null, anonymousId = null } = event
    return { action: 'onDelete', mapping: {}, values: { userId, anonymousId }, problems: {} }
  }
  const problems = mappingProblems(override.mapping ?? {})
  const usable = Object.entries(override.mapping ?? {}).filter(([field]) => !(field in problems))
  try {
    const route = await routeOf(event, { ...override, mapping: Object.fromEntries(usable) })
    if (!route) {
      return { mapping: {}, values: {}, problems }
    }
    const { partnerAction: action, name: preset, mapping } = route
    const { values, problems: refused } = await rehearse(event, route)
    return { action, preset, mapping, values, problems: { ...refused, ...problems }, ...errorIn(problems) }
  } catch (error) {
    return { mapping: {}, values: {}, problems, error: (error as Error).message }
  }
}

function errorIn(problems: Record<string, string>): Pick<Preview, 'error'> {
  const [problem] = Object.entries(problems)
  return problem ? { error: problem.join(': ') } : {}
}

async function rehearse(event: SegmentEvent, route: Route): Promise<Pick<Preview, 'values' | 'problems'>> {
  const values = transform(route.mapping, { ...event })
  try {
    const results = await rehearsal.onEvent(event, { subscription: route as unknown as JSONObject })
    return { values: results[results.length - 1]?.data ?? values, problems: {} }
  } catch (error) {
    return { values, problems: fieldsOf(error as Error, route.partnerAction) }
  }
}
