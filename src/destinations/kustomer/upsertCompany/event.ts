import { PayloadValidationError, removeUndefined } from '@segment/actions-core'
import type { CompanyReference } from '../companies/match'
import { readCompanyName } from '../companies/name'
import type { CompanyUpdate } from '../companies/upsert'
import type { Wanted } from '../upsert/diff'
import { roomFor } from '../values/body-size'
import { readCount } from '../values/counts'
import { readCustomAttributes } from '../values/custom-attributes'
import { readEmail, readExternalId, readMentionedId, readPhone } from '../values/identifiers'
import { atMost100, leftOutOf, withLeftOut } from '../values/left-out'
import type { LeftOut } from '../values/left-out'
import { readAddress } from '../values/places'
import { listOf } from '../values/texts'
import { readDomain, readUrl, readWebsite } from '../values/urls'
import type { Payload } from './generated-types'

/** What an event says of a company, ready to be upserted. */
export interface CompanyEvent extends CompanyUpdate {
  /** The externalId of a customer who is to be linked, and whether one is moved who is linked to another company. */
  member?: { externalId: string; mayMove: boolean; mayCreate: boolean }
  leftOut: LeftOut[]
}

const NO_COMPANY = "Can't tell which company this is. Map External ID or Name to a valid value."

/**
 * Returns what an event says of a company.
 *
 * @throws PayloadValidationError if External ID and Name aren't set, or if External ID is invalid
 */
export function companyEvent(payload: Payload): CompanyEvent {
  const externalId = readExternalId(payload.externalId)
  const domain = readDomain(payload.website)
  const name = readCompanyName(payload.name, externalId, domain)
  const userId = payload.linkCustomer === false ? {} : readMentionedId(payload.userId)
  if (externalId === undefined && name.value === undefined) {
    throw new PayloadValidationError(withLeftOut(NO_COMPANY, leftOutOf({ name })))
  }
  const { wanted, leftOut } = attributesOf(payload, { externalId, name: name.value }, domain)
  return {
    reference: { externalId, name: name.value },
    wanted,
    nameIfNew: readCompanyName(externalId, externalId).value,
    member:
      userId.value === undefined
        ? undefined
        : {
            externalId: userId.value,
            mayMove: payload.moveCustomer === true,
            mayCreate: payload.createCustomer !== false
          },
    leftOut: atMost100([...leftOutOf({ name, userId }), ...leftOut])
  }
}

function attributesOf(
  payload: Payload,
  reference: CompanyReference,
  domain?: string
): { wanted: Wanted; leftOut: LeftOut[] } {
  const website = readWebsite(payload.website)
  const email = readEmail(payload.email)
  const phone = readPhone(payload.phone)
  const employees = readCount(payload.employees)
  const avatarUrl = readUrl(payload.avatarUrl)
  const address = readAddress(payload.address)
  const wanted: Wanted = removeUndefined({
    ...reference,
    avatarUrl: avatarUrl.value,
    employeeCount: employees.value,
    emails: listOf(email.value, (value) => ({ email: value })),
    phones: listOf(phone.value, (value) => ({ phone: value })),
    urls: listOf(website.value, (url) => ({ type: 'website', url })),
    domains: listOf(domain, (value) => ({ domain: value })),
    locations: address.place && [address.place]
  })
  const custom = readCustomAttributes(payload.customAttributes, roomFor(wanted))
  const told = leftOutOf({ website, email, phone, employees, avatarUrl })
  return {
    wanted: removeUndefined({ ...wanted, custom: custom.value }),
    leftOut: [...told, ...address.leftOut, ...custom.leftOut]
  }
}
