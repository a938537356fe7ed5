import type { Preview } from '../../server/answers'
import { ORDER, ORDER_MAPPING, SAMPLES } from '../event/samples'
import { mappingOf, textOf } from './mapping-text'

/** What somebody works on: the events and what takes them. */
export interface Draft {
  text: string
  /** The sample that the text is; empty for another text. */
  sample: string
  /** Which of several events is looked at, counted from 0. */
  entry: number
  /** Whether several events are sent as one batch. */
  isBatch: boolean
  /** The action that takes every event; empty where the presets choose. */
  action: string
  /** The optional presets that are switched on. */
  presets: string[]
  /** The texts of the edited mappings: by route, then by field. */
  mappings: Record<string, Record<string, string>>
  /** The edited conditions, by preset. */
  conditions: Record<string, string>
}

/** What the server is asked of a draft. */
export interface Ask {
  action: string
  presets: string[]
  mappings: Record<string, Record<string, unknown>>
  conditions: Record<string, string>
}

const FIRST_SAMPLE = 'Identify'
const ORDER_ACTION = 'upsertCustomObject'
const NO_JSON = 'Invalid JSON.'

const EMPTY: Draft = {
  text: '',
  sample: '',
  entry: 0,
  isBatch: false,
  action: '',
  presets: [],
  mappings: {},
  conditions: {}
}
/** The draft that a new visitor begins with. */
export const FIRST_DRAFT: Draft = { ...EMPTY, ...sampleOf(FIRST_SAMPLE, EMPTY) }

/** Returns the part of a draft that a sample replaces. An order also needs an action and a mapping. */
export function sampleOf(name: string, former: Pick<Draft, 'action' | 'mappings'>): Partial<Draft> {
  const sample = Object.values(SAMPLES).find((samples) => name in samples)?.[name]
  const own = { text: JSON.stringify(sample, null, 2), sample: name, entry: 0, isBatch: Array.isArray(sample) }
  if (name !== ORDER) {
    return former.action === ORDER_ACTION ? { ...own, action: '' } : own
  }
  const texts = Object.entries(ORDER_MAPPING).map(([key, mapping]) => [key, textOf(mapping)])
  const mappings = { ...former.mappings, [ORDER_ACTION]: Object.fromEntries(texts) as Record<string, string> }
  return { ...own, action: ORDER_ACTION, mappings }
}

/** What the server is asked; mappings that are none are left out. */
export function askOf({ action, presets, mappings, conditions }: Draft): Ask {
  const read = Object.entries(mappings).map(([route, texts]) => [
    route,
    Object.fromEntries(Object.entries(texts).flatMap(([key, text]) => mappingIn(key, text)))
  ])
  return { action, presets, conditions, mappings: Object.fromEntries(read) as Ask['mappings'] }
}

/** What is wrong with the edited mappings of a route, by field: as far as the text tells, and as the server does. */
export function mistakesIn({ mappings }: Draft, preview: Preview | undefined): Record<string, string> {
  const texts = Object.entries(mappings[preview?.route ?? ''] ?? {})
  const unread = texts.filter(([key, text]) => mappingIn(key, text).length === 0).map(([key]) => [key, NO_JSON])
  return { ...preview?.mappingProblems, ...(Object.fromEntries(unread) as Record<string, string>) }
}

/** What tells two drafts apart, as far as sending is concerned. */
export function markOf({ text, isBatch, action, presets, mappings, conditions }: Draft): string {
  return JSON.stringify([text, isBatch, action, presets, mappings, conditions])
}

function mappingIn(key: string, text: string): Array<[string, unknown]> {
  try {
    return [[key, mappingOf(text)]]
  } catch {
    return []
  }
}
