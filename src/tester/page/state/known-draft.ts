import type { Manifest } from '../api'
import type { Draft } from './draft'

/**
 * A draft without what the destination does not have: nothing on the page could clear it, and nothing could be sent.
 *
 * @returns the draft, and the names of what it lost
 */
export function knownDraft(draft: Draft, { actions, presets }: Manifest): { draft: Draft; lost: string[] } {
  const lost: string[] = []
  const knownOf = <Value>(values: Record<string, Value>, isKnown: (name: string) => boolean): Record<string, Value> => {
    lost.push(...Object.keys(values).filter((name) => !isKnown(name)))
    return Object.fromEntries(Object.entries(values).filter(([name]) => isKnown(name)))
  }
  const actionOf = (route: string): string => presets.find(({ name }) => name === route)?.partnerAction ?? route
  const mappings = Object.entries(draft.mappings).map(([route, texts]) => {
    const slug = actionOf(route)
    const fields = Object.hasOwn(actions, slug) ? actions[slug]?.fields ?? {} : {}
    return [route, knownOf(texts, (name) => Object.hasOwn(fields, name) && !fields[name]?.unsafe_hidden)] as const
  })
  const isPreset = (preset: string): boolean => presets.some(({ name }) => name === preset)
  lost.push(...draft.presets.filter((preset) => !isPreset(preset)))
  const conditions = knownOf(draft.conditions, isPreset)
  const isActionKnown = draft.action === '' || Object.hasOwn(actions, draft.action)
  const action = isActionKnown ? draft.action : ''
  return {
    draft: {
      ...draft,
      action,
      presets: draft.presets.filter(isPreset),
      conditions,
      mappings: Object.fromEntries(mappings)
    },
    lost: isActionKnown ? lost : [...lost, draft.action]
  }
}
