import { leftOutOf } from './left-out'
import type { LeftOut } from './left-out'
import { readText } from './texts'

const MAX_NAME = 256

/** A customer's name: a full one, or half of one, which never replaces a fuller one. */
export interface CustomerName {
  full?: string
  half?: string
  leftOut: LeftOut[]
}

/** The name as given, else first and last name together, else the one of them that there is. */
export function readName(fields: { name?: string; firstName?: string; lastName?: string }): CustomerName {
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
