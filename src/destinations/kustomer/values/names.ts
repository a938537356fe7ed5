import { leftOutOf } from './left-out'
import type { LeftOut } from './left-out'
import { readText } from './texts'

const MAX_NAME = 256

/** Returns the full name as given, else first and last name together. `half` is one of them alone. */
export function readName(fields: { name?: string; firstName?: string; lastName?: string }): {
  full?: string
  half?: string
  leftOut: LeftOut[]
} {
  const name = readText(fields.name, MAX_NAME)
  const firstName = readText(fields.firstName, MAX_NAME)
  const lastName = readText(fields.lastName, MAX_NAME)
  if (name.value !== undefined) {
    return { full: name.value, leftOut: [] }
  }
  if (firstName.value === undefined || lastName.value === undefined) {
    return { half: firstName.value ?? lastName.value, leftOut: leftOutOf({ name, firstName, lastName }) }
  }
  const both = readText(`${firstName.value} ${lastName.value}`, MAX_NAME)
  return { full: both.value, leftOut: leftOutOf({ name, lastName: both }) }
}
