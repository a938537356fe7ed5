import { transform } from '@segment/actions-core'
import type { JSONObject } from '@segment/actions-core'
import destination from '../../destinations/kustomer'

/** The framework's own keys of a mapping, which are no fields. */
const FRAMEWORK_KEY = /^__segment_internal_/

/** What is wrong with a mapping, by field, each in a sentence; empty where nothing is. */
export function mappingProblems(mapping: JSONObject): Record<string, string> {
  return Object.fromEntries(
    Object.entries(mapping).flatMap(([field, value]) => {
      const problem = problemOf(field, value)
      return problem === undefined ? [] : [[field, problem]]
    })
  )
}

/**
 * The fields of a mapping that no action takes, or not the one that is named.
 *
 * @param action undefined where the presets choose
 */
export function unknownFields(mapping: JSONObject, action: string | undefined): string[] {
  const actions = Object.entries(destination.actions).filter(([slug]) => action === undefined || slug === action)
  const known = new Set(actions.flatMap(([, { fields }]) => Object.keys(fields)))
  return Object.keys(mapping).filter((field) => !known.has(field) && !FRAMEWORK_KEY.test(field))
}

function problemOf(field: string, value: unknown): string | undefined {
  if (field.startsWith('@')) {
    return 'A mapping is an object whose keys are fields.'
  }
  try {
    // Not as a literal: a key such as __proto__ is a field like any other.
    transform(Object.fromEntries([[field, value]]) as JSONObject, {})
    return undefined
  } catch (error) {
    const errors = Symbol.iterator in (error as Error) ? [...(error as Iterable<Error>)] : [error as Error]
    return errors.map(({ message }) => inWords(message, field)).join(' ')
  }
}

/** The framework begins with where it is, such as `/eventName/@path`. */
function inWords(message: string, field: string): string {
  const place = `/${field}`
  if (!message.startsWith(place)) {
    return message
  }
  const rest = message.slice(place.length)
  return rest.startsWith('/') ? rest.slice(1) : `The mapping${rest}`
}
