import { readCompanyName } from '../companies/name'
import type { Employer } from '../customers/company-link'
import { readMentionedId } from '../values/identifiers'
import { leftOutOf } from '../values/left-out'
import type { LeftOut, Reading } from '../values/left-out'
import type { Payload } from './generated-types'

/** The company that an event says its customer works for, or none where neither its ID nor its name can be used. */
export function employerOf({ company = {}, moveCustomer }: Payload): { employer?: Employer; leftOut: LeftOut[] } {
  const id = readScalar(company.id, readMentionedId)
  const externalId = id.value
  const readings = {
    'company.id': id,
    'company.name': readScalar(company.name, (text) => readCompanyName(text, externalId))
  }
  const name = readings['company.name'].value
  const isNamed = externalId !== undefined || name !== undefined
  return {
    employer: isNamed ? { company: { externalId, name }, mayMove: moveCustomer === true } : undefined,
    leftOut: leftOutOf(readings)
  }
}

/** Reads a text or a number. Whatever else a trait of that name may hold is not meant. */
function readScalar(value: unknown, read: (text: string) => Reading<string>): Reading<string> {
  return typeof value === 'string' || typeof value === 'number' ? read(String(value)) : {}
}
