import type { History, Step } from './history'
import { outcomesOf } from './rules/outcomes'
import { belongings, comingsAndGoings, mergesOf } from './rules/people'
import { timelinesOf } from './rules/timelines'
import { valuesOf } from './rules/values'

const RULES = [outcomesOf, mergesOf, comingsAndGoings, belongings, valuesOf, timelinesOf]

/**
 * Judges a step by what was there before it, so that what holds after every step holds for the run.
 *
 * @returns what is wrong with what Kustomer holds, in sentences
 */
export function wrongsOf(step: Step, history: History): string[] {
  history.note(step)
  return RULES.flatMap((rule) => rule(step, history))
}
