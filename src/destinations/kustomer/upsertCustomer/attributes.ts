import { removeUndefined } from '@segment/actions-core'
import type { Wanted } from '../upsert/diff'
import { roomFor } from '../values/body-size'
import { readComputation } from '../values/computations'
import { readCustomAttributes } from '../values/custom-attributes'
import { readPastDate } from '../values/dates'
import { readGender } from '../values/gender'
import type { Identification } from '../values/identifiers'
import { leftOutOf } from '../values/left-out'
import type { LeftOut } from '../values/left-out'
import { readName } from '../values/names'
import { readAddress } from '../values/places'
import { readText } from '../values/texts'
import { readUrl, readWebsite } from '../values/urls'
import type { Payload } from './generated-types'

/** What an event says of a customer, as Kustomer's attributes. */
export interface Saying {
  wanted: Wanted
  leftOut: LeftOut[]
}

/** What an event says of a customer beside what it is named by. A value that Kustomer would refuse is left out. */
export function attributesOf(payload: Payload, { identifiers, email, phone }: Identification): Saying {
  const name = readName(payload)
  const address = readAddress(payload.address)
  const readings = {
    username: readText(payload.username, 256),
    avatarUrl: readUrl(payload.avatarUrl),
    birthdayAt: readPastDate(payload.birthdayAt),
    signedUpAt: readPastDate(payload.signedUpAt),
    gender: readGender(payload.gender),
    website: readWebsite(payload.website),
    locale: readText(payload.locale, 16),
    timeZone: readText(payload.timeZone, 64)
  }
  const website = readings.website.value
  const wanted: Wanted = removeUndefined({
    externalId: identifiers.find((identifier) => identifier.name === 'externalId')?.value,
    name: name.full,
    nameIfNone: name.half,
    username: readings.username.value,
    avatarUrl: readings.avatarUrl.value,
    birthdayAt: readings.birthdayAt.value,
    signedUpAt: readings.signedUpAt.value,
    gender: readings.gender.value,
    locale: readings.locale.value,
    timeZone: readings.timeZone.value,
    emails: email === undefined ? undefined : [{ email }],
    phones: phone === undefined ? undefined : [{ phone }],
    urls: website === undefined ? undefined : [{ type: 'website', url: website }],
    locations: address.place && [address.place]
  })
  const custom = readCustomAttributes(
    { ...payload.customAttributes, ...readComputation(payload.computation) },
    roomFor(wanted)
  )
  return {
    wanted: custom.value ? { ...wanted, custom: custom.value } : wanted,
    leftOut: [...name.leftOut, ...leftOutOf(readings), ...address.leftOut, ...custom.leftOut]
  }
}
