import { PayloadValidationError, removeUndefined } from '@segment/actions-core'
import { now } from '../api/clock'
import { MAX_IMAGES } from '../custom-objects/merge'
import type { ObjectUpdate } from '../custom-objects/upsert'
import type { Wanted } from '../upsert/diff'
import { roomFor } from '../values/body-size'
import { readCustomAttributes } from '../values/custom-attributes'
import { readDate } from '../values/dates'
import { identifiersOf, readMentionedId } from '../values/identifiers'
import { atMost100, leftOutOf, withLeftOut } from '../values/left-out'
import type { LeftOut, Reading } from '../values/left-out'
import { readData } from '../values/object-data'
import { MAX_TEXT, readStart, readText, tooLong } from '../values/texts'
import { readUrl } from '../values/urls'
import type { Payload } from './generated-types'

/** What an event says of a custom object, ready to be upserted. */
export interface ObjectEvent extends ObjectUpdate {
  wanted: Wanted
  leftOut: LeftOut[]
}

const TAG = /^[0-9a-zA-ZÀ-ÿ_/<>\-.][0-9a-zA-ZÀ-ÿ _/<>\-.]{0,63}$/
const KLASS = /^\w[\w.-]*$/
const DATE_ATTRIBUTE = /^\w+At$/

const NO_KLASS = 'Klass must be the name of a Klass in Kustomer, such as order.'
const NO_OBJECT = 'Object ID must have 1 to 255 characters. Map it to your own ID for the object, such as the order ID.'
const NO_DATE_ATTRIBUTE = 'Updated At Attribute must be the name of a date attribute that ends in At.'

/**
 * Returns what an event says of a custom object.
 *
 * @throws PayloadValidationError if Klass, Object ID, External ID, or Updated At Attribute is invalid
 */
export function objectEvent(payload: Payload): ObjectEvent {
  const klass = payload.klass.trim()
  const { value: externalId } = readMentionedId(payload.objectId)
  const updatedAtAttribute = payload.updatedAtAttribute?.trim() || undefined
  const customer = identifiersOf(payload)
  const isDated = updatedAtAttribute === undefined || DATE_ATTRIBUTE.test(updatedAtAttribute)
  if (externalId === undefined || !KLASS.test(klass) || !isDated) {
    const problem = KLASS.test(klass) ? (isDated ? NO_OBJECT : NO_DATE_ATTRIBUTE) : NO_KLASS
    throw new PayloadValidationError(withLeftOut(problem, customer.leftOut))
  }
  const companyId = readMentionedId(payload.companyId)
  const createdAt = readDate(payload.createdAt)
  const tags = readItems('tags', payload.tags, 20, readTag)
  const importedAt = payload.backfill ? new Date(now()).toISOString() : undefined
  const { wanted, leftOut } = valuesOf(payload, externalId, updatedAtAttribute)
  return {
    kind: `kobject.${klass}`,
    externalId,
    wanted: { externalId, ...wanted },
    events: [wanted],
    updatedAtAttribute,
    owner: { companyId: companyId.value, customer, mayCreate: payload.createCustomer !== false },
    ifNew: removeUndefined({ title: externalId, tags: tags.items, createdAt: createdAt.value, importedAt }),
    leftOut: atMost100([...customer.leftOut, ...leftOutOf({ companyId, createdAt }), ...tags.leftOut, ...leftOut])
  }
}

function valuesOf(payload: Payload, externalId: string, updatedAtAttribute?: string) {
  const title = readStart(payload.title?.trim() ?? '', 256)
  const description = readStart(payload.description?.trim() ?? '', 10_240)
  const icon = readText(payload.icon, 64)
  const timestamp = readDate(payload.timestamp)
  const images = readItems('images', payload.images, MAX_IMAGES, readImage)
  const data = readData(payload.data)
  const texts = { title: title.value || undefined, description: description.value || undefined }
  const wanted: Wanted = removeUndefined({ ...texts, icon: icon.value, images: images.items })
  const moment = updatedAtAttribute && timestamp.value ? { [updatedAtAttribute]: timestamp.value } : {}
  // First, so that it is among the 100 that Kustomer accepts.
  const custom = readCustomAttributes(
    { ...moment, ...payload.customAttributes, ...moment },
    roomFor({ externalId, ...wanted })
  )
  const told = leftOutOf({ title, description, icon, timestamp })
  return {
    wanted: removeUndefined({ ...wanted, custom: custom.value, data: data.value }) as Wanted,
    leftOut: [...told, ...images.leftOut, ...custom.leftOut, ...data.leftOut]
  }
}

function readItems(field: string, texts: string[] = [], max: number, read: (text: string) => Reading<string>) {
  const readings = texts.map(read)
  const items = [...new Set(readings.flatMap(({ value }) => value ?? []))]
  const extra = items.slice(max).map(() => ({ reason: `ignored: Kustomer accepts ${max} ${field}` }))
  return {
    items: items.length > 0 ? items.slice(0, max) : undefined,
    leftOut: [...readings, ...extra].flatMap((reading) => leftOutOf({ [field]: reading }))
  }
}

function readImage(text: string): Reading<string> {
  const reading = readUrl(text)
  return (reading.value?.length ?? 0) > MAX_TEXT ? { reason: tooLong(MAX_TEXT) } : reading
}

function readTag(text: string): Reading<string> {
  const tag = text.trim()
  return TAG.test(tag) || tag === '' ? { value: tag || undefined } : { reason: 'not a valid tag' }
}
