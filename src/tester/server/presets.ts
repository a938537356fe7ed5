import { Destination } from '@segment/actions-core'
import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import { HTTPException } from 'hono/http-exception'
import destination from '../../destinations/kustomer'
import type { Override } from '../delivery'
import { isOn, PRESETS } from '../delivery/presets'
import type { Subscribed } from '../delivery/presets'
import type { Condition } from './answers'

/** How the page sets up what takes an event. */
export interface Setup {
  /** The action that takes every event; undefined where the presets choose. */
  action?: string
  /** The names of the optional presets that are switched on. */
  presets: string[]
  /** The conditions that were edited, by the name of their preset. */
  conditions: Record<string, string>
  /** The mappings that were edited, by the route that they belong to, then by field. */
  mappings: Record<string, JSONObject>
}

/** What takes an event: nothing where there is no override. */
export interface Chosen {
  /** What the edits are kept under: the preset, or else the action. */
  route?: string
  preset?: string
  override?: Override
  /** The edits themselves, which belong to the route. */
  mapping: JSONObject
  conditions: Condition[]
}

const MET = 'Mappings resolved'
const NOT_MET = 'not subscribed'
const NO_CONDITION = 'Segment would not understand this condition.'

/** Tries conditions and performs nothing. */
const matcher = new Destination({
  name: 'Preset conditions',
  mode: 'cloud',
  actions: { any: { title: 'Any', description: 'Any', fields: {}, perform: () => null } }
})

/**
 * What takes an event: the action that is named, or that of the first preset whose condition it meets.
 *
 * @throws HTTPException (400) for an action that there is not
 */
export async function choose(event: SegmentEvent, setup: Setup): Promise<Chosen> {
  const conditions = await Promise.all(PRESETS.map((preset) => tried(event, preset, setup)))
  const { action } = setup
  if (action !== undefined) {
    refuseUnknown(action)
    const mapping = editsOf(setup, action)
    return { route: action, override: { action, mapping }, mapping, conditions }
  }
  if (event.type === 'delete') {
    return { route: 'onDelete', override: {}, mapping: {}, conditions }
  }
  const preset = PRESETS[conditions.findIndex((condition) => condition.isMet && condition.isOn)]
  if (!preset) {
    return { mapping: {}, conditions }
  }
  const { name, partnerAction } = preset
  const mapping = editsOf(setup, name)
  const override = { action: partnerAction, mapping: { ...preset.mapping, ...mapping } }
  return { route: name, preset: name, override, mapping, conditions }
}

async function tried(event: SegmentEvent, preset: Subscribed, setup: Setup): Promise<Condition> {
  const { name, subscribe: original, isOptional } = preset
  const subscribe = Object.hasOwn(setup.conditions, name) ? String(setup.conditions[name]) : original
  const [result] = await matcher.onEvent(event, { subscription: { partnerAction: 'any', subscribe, mapping: {} } })
  const isMet = result?.output === MET
  const isUnderstood = isMet || result?.output === NOT_MET
  return {
    ...{ preset: name, original, subscribe, isMet, isOptional, isOn: isOn(preset, setup.presets) },
    ...(isUnderstood ? {} : { problem: NO_CONDITION })
  }
}

function editsOf({ mappings }: Setup, route: string): JSONObject {
  return Object.hasOwn(mappings, route) ? mappings[route] ?? {} : {}
}

function refuseUnknown(action: string): void {
  if (!Object.hasOwn(destination.actions, action)) {
    const known = Object.keys(destination.actions).join(', ')
    throw new HTTPException(400, { message: `There is no action ${action}. The actions are ${known}.` })
  }
}
