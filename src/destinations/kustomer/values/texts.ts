import type { Reading } from './left-out'

/** The longest text of an event's meta and of a custom attribute. */
export const MAX_TEXT = 1024

/** How deep values may be nested. The limit is ours, so that it doesn't depend on the JavaScript engine. */
export const MAX_DEPTH = 50

const HALF_A_CHARACTER_AT_THE_END = /[\ud800-\udbff]$/

/** The text, trimmed, unless nothing or more than `max` characters are left of it. */
export function readText(text: string | undefined, max: number): Reading<string> {
  const trimmed = text?.trim() ?? ''
  if (trimmed === '') {
    return {}
  }
  return trimmed.length <= max ? { value: trimmed } : { told: tooLong(max) }
}

/** Why a text of more than `max` characters was left out. */
export function tooLong(max: number): string {
  return `left out: longer than ${max.toLocaleString('en-US')} characters`
}

/** The first `max` characters, without the half of one at the end. */
export function cut(text: string, max: number = MAX_TEXT): string {
  return text.length <= max ? text : text.slice(0, max).replace(HALF_A_CHARACTER_AT_THE_END, '')
}

/** The first 1,024 characters of a text. */
export function readStart(text: string): Reading<string> {
  return text.length <= MAX_TEXT ? { value: text } : { value: cut(text), told: 'cut to 1,024 characters' }
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
