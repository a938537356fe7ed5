import { defaultValues, Destination, IntegrationError } from '@segment/actions-core'
import type { JSONObject, SegmentEvent, Subscription } from '@segment/actions-core'
import destination from '../../destinations/kustomer'
import { mappingProblems } from './mapping'
import { isOn, PRESETS } from './presets'

/** What changes the way that the presets send an event. */
export interface Override {
  /** The names of the optional presets that are switched on; an event that they take goes to no other. */
  presets?: string[]
  /** The action that takes every event, whatever its type, with the defaults of its fields. */
  action?: string
  /** The mappings of single fields, which win over the action's. */
  mapping?: JSONObject
}

/** An action with its mapping, as a Segment user sets it up. */
export type Route = Subscription & { mapping: JSONObject }

const NOT_SUBSCRIBED = 'not subscribed'
const EVERY_EVENT = 'type != ""'

/** Knows the presets' conditions and performs nothing. */
const matcher = new Destination({
  name: 'Conditions',
  mode: 'cloud',
  actions: Object.fromEntries(
    Object.keys(destination.actions).map((slug) => [
      slug,
      { title: slug, description: slug, fields: {}, perform: () => null }
    ])
  )
})

/**
 * The route that an event takes: that of the first preset whose condition it meets, unless an action is named.
 *
 * @throws IntegrationError, 404 for an action that there is not, 400 for what is no mapping
 */
export async function routeOf(
  event: SegmentEvent,
  { action, presets = [], mapping = {} }: Override
): Promise<Route | undefined> {
  const [problem] = Object.entries(mappingProblems(mapping))
  if (problem) {
    const [field, words] = problem
    throw new IntegrationError(`${field} cannot be filled. ${words}`, 'Bad Request', 400)
  }
  if (action !== undefined) {
    const fields = fieldsOfAction(action)
    return { partnerAction: action, subscribe: EVERY_EVENT, mapping: { ...defaultValues(fields), ...mapping } }
  }
  for (const { name, partnerAction, subscribe, mapping: own } of PRESETS.filter((preset) => isOn(preset, presets))) {
    if (await meets(event, { partnerAction, subscribe })) {
      return { name, partnerAction, subscribe, mapping: { ...own, ...mapping } }
    }
  }
  return undefined
}

function fieldsOfAction(action: string) {
  const definition = Object.hasOwn(destination.actions, action) ? destination.actions[action] : undefined
  if (!definition) {
    const known = Object.keys(destination.actions).join(', ')
    throw new IntegrationError(`There is no action ${action}. The actions are ${known}.`, 'Not Found', 404)
  }
  return definition.fields
}

async function meets(
  event: SegmentEvent,
  { partnerAction, subscribe }: Pick<Route, 'partnerAction' | 'subscribe'>
): Promise<boolean> {
  const subscription = { partnerAction, subscribe, mapping: {} }
  const [result] = await matcher.onEvent(event, { subscription })
  return result?.output !== NOT_SUBSCRIBED
}
