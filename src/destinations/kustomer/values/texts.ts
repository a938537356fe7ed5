import type { Reading } from './left-out'

/** The longest text of an event's meta and of a custom attribute. */
export const MAX_TEXT = 1024

/** How deep values may be nested. The limit is ours, so that it doesn't depend on the JavaScript engine. */
export const MAX_DEPTH = 50
export const TOO_DEEP = `nested more than ${MAX_DEPTH} levels deep`

const HALF_A_CHARACTER_AT_THE_END = /[\ud800-\udbff]$/

/** Returns a text or a number as text. */
export function scalarText(value: unknown): Reading<string> {
  if (value === undefined || value === null) {
    return {}
  }
  return typeof value === 'string' || typeof value === 'number' ? { value: String(value) } : { reason: 'not text' }
}

/** Returns a list of one item, or undefined if there is no value. */
export function listOf<Item>(value: string | undefined, itemOf: (value: string) => Item): Item[] | undefined {
  return value === undefined ? undefined : [itemOf(value)]
}

/** Returns the text, trimmed, unless it is blank or too long. */
export function readText(text: string | undefined, max: number): Reading<string> {
  const trimmed = text?.trim() ?? ''
  if (trimmed === '') {
    return {}
  }
  return trimmed.length <= max ? { value: trimmed } : { reason: tooLong(max) }
}

export function tooLong(max: number): string {
  return `longer than ${max.toLocaleString('en-US')} characters`
}

/** Returns the first `max` characters, without the half of one at the end. */
export function cut(text: string, max: number = MAX_TEXT): string {
  return text.length <= max ? text : text.slice(0, max).replace(HALF_A_CHARACTER_AT_THE_END, '')
}

/** Returns the first `max` characters of a text. */
export function readStart(text: string, max: number = MAX_TEXT): Reading<string> {
  return text.length <= max
    ? { value: text }
    : { value: cut(text, max), reason: `cut to ${max.toLocaleString('en-US')} characters` }
}

/** Returns the value as JSON, or undefined if it is nested more than 50 levels deep. */
export function jsonText(value: unknown): string | undefined {
  return isDeeperThan(MAX_DEPTH, value) ? undefined : JSON.stringify(value)
}

function isDeeperThan(levels: number, value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    (levels === 0 || Object.values(value).some((item) => isDeeperThan(levels - 1, item)))
  )
}
