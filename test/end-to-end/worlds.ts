import fc from 'fast-check'
import { VARIANTS } from '../../src/sandbox'
import type { VariantName } from '../../src/sandbox'

/** What is true of Kustomer: the variants that are on. */
export type World = Partial<Record<VariantName, boolean>>

/** Where random choices start: the same ones in every run, so that a failure is the change's. Try others by hand. */
export const SEED = 20260302

const RANDOM_WORLDS = 6
const NAMES = Object.keys(VARIANTS) as VariantName[]

const COMBINATIONS = [
  [],
  ...NAMES.map((name) => [name]),
  ...fc.sample(fc.subarray(NAMES, { minLength: 3, maxLength: 12 }), { seed: SEED, numRuns: RANDOM_WORLDS })
]

/** Every world that a scenario has to end well in: all variants off, each alone, and some at random. */
export const WORLDS = worldsWithout()

/** The worlds in which none of these variants is on, for what nobody could promise where one is. */
export function worldsWithout(...excepted: VariantName[]): Array<[string, World]> {
  const combinations = COMBINATIONS.map((names) => names.filter((name) => !excepted.includes(name)))
  const named = combinations.map((names): [string, World] => [
    names.length === 0 ? 'as Kustomer is taken to be' : `with ${names.join(', ')}`,
    Object.fromEntries(names.map((name) => [name, true]))
  ])
  return [...new Map(named)]
}
