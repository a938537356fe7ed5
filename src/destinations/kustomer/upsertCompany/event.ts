import { PayloadValidationError, removeUndefined } from '@segment/actions-core'
import { readCompanyName } from '../companies/name'
import type { CompanyUpdate } from '../companies/upsert'
import type { Wanted } from '../upsert/diff'
import { roomFor } from '../values/body-size'
import { readCount } from '../values/counts'
import { readCustomAttributes } from '../values/custom-attributes'
import { readDomain } from '../values/domains'
import { readEmail, readExternalId, readMentionedId, readPhone } from '../values/identifiers'
import { leftOutOf, tellLeftOut } from '../values/left-out'
import type { LeftOut } from '../values/left-out'
import { readAddress } from '../values/places'
import { readUrl, readWebsite } from '../values/urls'
import type { Payload } from './generated-types'

/** What an event says of a company, ready to be upserted. */
export interface CompanyEvent extends CompanyUpdate {
  /** The externalId of a customer who is to be linked, and whether one is moved who is linked to another company. */
  member?: { externalId: string; mayMove: boolean; mayCreate: boolean }
  leftOut: LeftOut[]
}

/**
 * Reads an event.
 *
 * @throws PayloadValidationError where it names no company, or has an externalId that Kustomer cannot hold
 */
export function companyEvent(payload: Payload): CompanyEvent {
  const externalId = readExternalId(payload.externalId)
  const domain = readDomain(payload.website)
  const readings = {
    name: readCompanyName(payload.name, externalId, domain),
    website: readWebsite(payload.website),
    email: readEmail(payload.email),
    phone: readPhone(payload.phone),
    employees: readCount(payload.employees),
    avatarUrl: readUrl(payload.avatarUrl),
    userId: payload.linkCustomer === false ? {} : readMentionedId(payload.userId)
  }
  const leftOut = leftOutOf(readings)
  const name = readings.name.value
  if (externalId === undefined && name === undefined) {
    throw tellLeftOut(
      new PayloadValidationError(
        'No company to upsert: neither External ID nor Name has a usable value. Map at least one of them.'
      ),
      leftOut
    )
  }
  const address = readAddress(payload.address)
  const { email, phone, website, userId } = readings
  const wanted: Wanted = removeUndefined({
    externalId,
    name,
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
    nameIfNew: readCompanyName(externalId, externalId).value,
    member:
      userId.value === undefined
        ? undefined
        : {
            externalId: userId.value,
            mayMove: payload.moveCustomer === true,
            mayCreate: payload.createCustomer !== false
          },
    leftOut: [...leftOut, ...address.leftOut, ...custom.leftOut]
  }
}
