import { isObject } from '@segment/actions-core'

/**
 * An audience or a computed trait of Engage as a custom attribute: its key with the value that the event has for it.
 *
 * @param computation `key`, as `context.personas.computation_key` tells it, and `values`, an event's traits or properties
 */
export function readComputation(computation: Record<string, unknown> = {}): Record<string, unknown> {
  const { key, values } = computation
  return typeof key === 'string' && isObject(values) && Object.keys(values).includes(key) ? { [key]: values[key] } : {}
}
