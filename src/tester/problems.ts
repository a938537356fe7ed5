import { PayloadValidationError } from '@segment/actions-core'
import destination from '../destinations/kustomer'

/** One problem of many, as the framework's validation tells them. */
interface FieldError {
  path: string
  message: string
}

const MISSING = /missing the required field '([^']+)'/

/**
 * The fields that an error is about, each with its message, by the key of the field or setting: as the framework's
 * validation tells it, or else as the error's message names fields by their labels.
 */
export function fieldsOf(error: Error, action: string | undefined): Record<string, string> {
  if (Symbol.iterator in error) {
    return Object.fromEntries(
      [...(error as Error & Iterable<FieldError>)].map(({ path, message }) => [keyOf(path, message), message])
    )
  }
  // Kustomer's own words may hold any label; only the destination's are sure to mean it.
  const fields = error instanceof PayloadValidationError ? destination.actions[action ?? '']?.fields : {}
  const labeled = Object.entries({ ...fields, ...destination.authentication?.fields })
  return Object.fromEntries(
    labeled.filter(([, { label }]) => error.message.includes(label)).map(([key]) => [key, error.message])
  )
}

/** `address.city` of `$.address.city`; a field that is missing is told in the message, at the path of what it is missing from. */
function keyOf(path: string, message: string): string {
  const missing = MISSING.exec(message)?.[1]
  return [...path.split('.').slice(1), ...(missing === undefined ? [] : [missing])].join('.')
}
