import type { LeftOut } from '../../destinations/kustomer/values/left-out'

/** What was left out of an event, changed or shared, with the value that its field was given. */
export interface Omission extends LeftOut {
  /** Undefined where the field names no single value. */
  value?: unknown
}

/**
 * Adds to what the destination tells, which holds no values, those of the event.
 *
 * @param payload what the mapping made of the event: the values of the action's fields
 */
export function withValues(leftOut: LeftOut[], payload: unknown): Omission[] {
  return leftOut.map((each) => {
    const value = valueAt(payload, each.field)
    return value === undefined || typeof value === 'object' ? each : { ...each, value }
  })
}

/** The value at a path such as `properties.shipping.city`; a key may have dots itself. */
function valueAt(value: unknown, path: string): unknown {
  if (typeof value !== 'object' || value === null) {
    return undefined
  }
  for (const [key, part] of Object.entries(value)) {
    if (key === path) {
      return part
    }
    const found = path.startsWith(`${key}.`) ? valueAt(part, path.slice(key.length + 1)) : undefined
    if (found !== undefined) {
      return found
    }
  }
  return undefined
}
