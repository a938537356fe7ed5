import type { JSONObject, Preset } from '@segment/actions-core'
import destination from '../../destinations/kustomer'

/** A preset with the condition of the events that it takes. */
export interface Subscribed {
  name: string
  partnerAction: string
  subscribe: string
  mapping: JSONObject
  /** Whether it takes nothing until somebody switches it on, as Engage's do. */
  isOptional: boolean
}

/** Which event the slug of a preset stands for. Segment sends it to nobody but those who have switched the preset on. */
const EVENTS: Record<string, string> = {
  warehouse_audience_entered_track: 'type = "track" and event = "Audience Entered"',
  warehouse_audience_exited_track: 'type = "track" and event = "Audience Exited"',
  warehouse_audience_membership_changed_identify:
    'type = "identify" and context.personas.computation_class = "audience"',
  journeys_step_entered_track: 'type = "track" and event = "Journeys Step Entered"',
  warehouse_entity_added_track: 'type = "track" and event = "Associated Entity Added"',
  warehouse_entity_removed_track: 'type = "track" and event = "Associated Entity Removed"'
}

/** All presets, in the order in which an event is offered to them: what was switched on for it comes first. */
export const PRESETS: Subscribed[] = (destination.presets ?? [])
  .map(subscribed)
  .sort((one, other) => Number(other.isOptional) - Number(one.isOptional))

/** The names of those that can be switched on. */
export const OPTIONAL_PRESETS = PRESETS.filter(({ isOptional }) => isOptional).map(({ name }) => name)

/** Whether a preset takes events. @param switchedOn the names of the optional ones that do */
export function isOn({ name, isOptional }: Subscribed, switchedOn: string[]): boolean {
  return !isOptional || switchedOn.includes(name)
}

function subscribed(preset: Preset): Subscribed {
  const { name = preset.partnerAction, partnerAction, mapping } = preset
  const isOptional = preset.type === 'specificEvent'
  const subscribe = preset.type === 'specificEvent' ? EVENTS[preset.eventSlug] ?? 'type = ""' : preset.subscribe
  return { name, partnerAction, subscribe, mapping: mapping ?? {}, isOptional }
}
