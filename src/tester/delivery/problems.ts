import { PayloadValidationError } from '@segment/actions-core'
import destination from '../../destinations/kustomer'

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
  return fieldsIn(error.message, error instanceof PayloadValidationError, action)
}

/**
 * The fields that a message names, as `fieldsOf` tells them.
 *
 * @param isOfPayload whether the words are the destination's: Kustomer's own may hold any label
 */
export function fieldsIn(message: string, isOfPayload: boolean, action: string | undefined): Record<string, string> {
  const fields = isOfPayload ? destination.actions[action ?? '']?.fields : {}
  const labeled = Object.entries({ ...fields, ...destination.authentication?.fields })
  const missing = isOfPayload ? MISSING.exec(message)?.[1] : undefined
  const named = labeled.filter(([, { label }]) => message.includes(label)).map(([key]) => key)
  return Object.fromEntries([...named, ...(missing === undefined ? [] : [missing])].map((key) => [key, message]))
}

/** `address.city` of `$.address.city`; a field that is missing is told in the message, at the path of what it is missing from. */
function keyOf(path: string, message: string): string {
  const missing = MISSING.exec(message)?.[1]
  return [...path.split('.').slice(1), ...(missing === undefined ? [] : [missing])].join('.')
}
