import { PayloadValidationError, removeUndefined } from '@segment/actions-core'
import { isName, MAX_NAME, MIN_NAME } from '../companies/name'
import type { Firm } from '../companies/upsert'
import type { Wanted } from '../upsert/difference'
import { roomFor } from '../values/body-size'
import { readCount } from '../values/counts'
import { readCustomAttributes } from '../values/custom-attributes'
import { readDomain } from '../values/domains'
import { readEmail, readExternalId, readMentionedId, readPhone } from '../values/identifiers'
import { leftOutOf, tellLeftOut } from '../values/left-out'
import type { LeftOut, Reading } from '../values/left-out'
import { readAddress } from '../values/places'
import { readUrl, readWebsite } from '../values/urls'
import type { Payload } from './generated-types'

/** What an event says of a company, ready to be upserted. */
export interface CompanyEvent extends Firm {
  /** The externalId of a customer who is to be linked, and whether one is moved who is linked to another company. */
  member?: { externalId: string; mayMove: boolean }
  leftOut: LeftOut[]
}

/**
 * Reads an event.
 *
 * @throws PayloadValidationError where it names no company, or has an externalId that Kustomer cannot hold
 */
export function companyEvent(payload: Payload): CompanyEvent {
  const externalId = readExternalId(payload.externalId)
  const given = payload.name?.trim() || undefined
  const readings = {
    name: readName(given),
    website: readWebsite(payload.website),
    email: readEmail(payload.email),
    phone: readPhone(payload.phone),
    employees: readCount(payload.employees),
    avatarUrl: readUrl(payload.avatarUrl),
    userId: payload.linkCustomer === false ? {} : readMentionedId(payload.userId)
  }
  const leftOut = leftOutOf(readings)
  const name = given !== undefined && given.length <= MAX_NAME ? given : undefined
  if (externalId === undefined && name === undefined) {
    throw tellLeftOut(
      new PayloadValidationError(
        'No company to upsert: neither External ID nor Name has a usable value. Map at least one of them.'
      ),
      leftOut
    )
  }
  const address = readAddress(payload.address)
  const domain = readDomain(payload.website, payload.email)
  const { email, phone, website, userId } = readings
  const wanted: Wanted = removeUndefined({
    externalId,
    name: readings.name.value,
    avatarUrl: readings.avatarUrl.value,
    employeeCount: readings.employees.value,
    emails: email.value === undefined ? undefined : [{ email: email.value }],
    phones: phone.value === undefined ? undefined : [{ phone: phone.value }],
    urls: website.value === undefined ? undefined : [{ type: 'website', url: website.value }],
    domains: domain === undefined ? undefined : [{ domain }],
    locations: address.place && [address.place]
  })
  const custom = readCustomAttributes(payload.customAttributes, roomFor(wanted))
  return {
    reference: { externalId, name },
    wanted: custom.value ? { ...wanted, custom: custom.value } : wanted,
    nameIfNew: given === undefined ? externalId : undefined,
    member:
      userId.value === undefined ? undefined : { externalId: userId.value, mayMove: payload.moveCustomer === true },
    leftOut: [...leftOut, ...address.leftOut, ...custom.leftOut]
  }
}

function readName(name: string | undefined): Reading<string> {
  return name === undefined || isName(name)
    ? { value: name }
    : { told: `left out: Kustomer takes ${MIN_NAME} to ${MAX_NAME} characters` }
}
