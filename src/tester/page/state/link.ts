import type { Draft } from './draft'
import { FIRST_DRAFT } from './draft'
import { recordOf } from '../../json'

/** The address of this page with a draft in its fragment, which no server is told. */
export function linkTo({ text, isBatch, action, presets, mappings, conditions }: Draft, address: string): string {
  const setup = JSON.stringify({ isBatch, action, presets, mappings, conditions })
  const fragment = new URLSearchParams({ event: text, setup })
  return `${address.split('#')[0] ?? ''}#${fragment.toString()}`
}

/** The draft in a fragment; undefined where there is none. What is not as it should be is left out. */
export function draftIn(fragment: string): Draft | undefined {
  const parts = new URLSearchParams(fragment.replace(/^#/, ''))
  const text = parts.get('event')
  if (text === null) {
    return undefined
  }
  const { isBatch, action, presets, mappings, conditions } = objectIn(parts.get('setup') ?? '')
  return {
    ...FIRST_DRAFT,
    text,
    sample: '',
    isBatch: isBatch === true,
    action: typeof action === 'string' ? action : '',
    presets: Array.isArray(presets) ? presets.filter((name): name is string => typeof name === 'string') : [],
    mappings: Object.fromEntries(Object.entries(recordOf(mappings)).map(([route, texts]) => [route, textsOf(texts)])),
    conditions: textsOf(conditions)
  }
}

function objectIn(text: string): Record<string, unknown> {
  try {
    return recordOf(JSON.parse(text))
  } catch {
    return {}
  }
}

function textsOf(value: unknown): Record<string, string> {
  const texts = Object.entries(recordOf(value)).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string'
  )
  return Object.fromEntries(texts)
}
