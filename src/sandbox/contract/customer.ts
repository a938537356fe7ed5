import { z } from '@hono/zod-openapi'
import { dateTime, email, flag, listOf, objectId, oneOf, phone, recordOf, tags, text, uri } from './formats'

const TEXT = { description: '[P] Text.' }
const LIST = '[P] At most 10. [A] No two alike.'
const SHARED = '[P] At most 10, no two alike. Several customers may have the same. [A] Not looked up by.'

/** Text that is not empty. */
const identifier = (max: number) => z.string().min(1).max(max)

const emailItem = z.strictObject({ type: oneOf('home', 'work', 'other').optional(), email, verified: flag.optional() })

const phoneItem = z.strictObject({
  type: oneOf('mobile', 'home', 'work', 'fax', 'other').optional(),
  phone,
  verified: flag.optional()
})

const externalIdItem = z.strictObject({
  externalId: identifier(255).openapi({ description: '[P] 1 to 255 characters.' }),
  verified: flag.optional()
})

const socialItem = z.strictObject({
  type: oneOf('twitter', 'facebook', 'instagram', 'linkedin', 'pinterest'),
  username: identifier(256).openapi({ description: '[P] 1 to 256 characters.' }),
  userid: z.string().openapi(TEXT).optional(),
  url: uri.optional(),
  verified: flag.optional()
})

const urlItem = z.strictObject({ type: oneOf('website', 'blog', 'other').optional(), url: uri })

/** A place, in a customer's locations and in a tracking identity. */
export const location = z
  .strictObject({
    type: oneOf('home', 'work', 'other').optional(),
    name: z.string().openapi(TEXT).optional(),
    address: text(256).optional(),
    address2: z.string().openapi(TEXT).optional(),
    address3: z.string().openapi(TEXT).optional(),
    latitude: z.number().openapi({ description: '[P] A number.' }).optional(),
    longitude: z.number().openapi({ description: '[P] A number.' }).optional(),
    countryCode: z.string().length(2).openapi({ description: '[P] Exactly 2 characters.' }).optional(),
    countryName: text(64).optional(),
    regionCode: text(2).optional(),
    regionName: text(128).optional(),
    cityName: text(128).optional(),
    zipCode: text(30).optional(),
    areaCode: text(30).optional()
  })
  .openapi({ description: '[P] A place; any other key is refused.' })

/** What each suffix of a custom attribute's name allows. */
const CUSTOM_TYPES: Record<string, z.ZodType> = {
  Str: z.string().max(1024),
  Txt: z.string(),
  Num: z.number(),
  At: dateTime,
  Bool: z.boolean(),
  Url: uri,
  Id: z.string()
}

const CUSTOM_NAME = /^[a-z][a-zA-Z0-9]*?(Str|Txt|Num|At|Bool|Url|Id)$/

export const MAX_CUSTOM = 100

export const custom = recordOf<unknown>(
  {
    max: MAX_CUSTOM,
    additionalProperties: true,
    description:
      '[P] At most 100 typed attributes of camelCase names, whose suffixes are their types: Str text of at most 1,024 characters, Txt text, Num a number, At a date-time, Bool true or false, Url a URL, Id a reference. [A] null clears one. [A] Any attribute counts as defined by the organization, and an Id may be any text.'
  },
  (name, value) => {
    const suffix = CUSTOM_NAME.exec(name)?.[1]
    const type = suffix && CUSTOM_TYPES[suffix]
    if (!type) {
      return { code: 'unrecognized_keys', keys: [name], path: [], input: undefined }
    }
    return value === null || type.safeParse(value).success
      ? undefined
      : { code: 'custom', message: `must be of the type ${suffix}`, path: [name], input: value }
  }
)

/** The attributes of a customer that may be written. */
export const customerAttributes = z
  .strictObject({
    name: text(256).optional(),
    username: text(256).optional(),
    externalId: identifier(256).openapi({ description: '[P] 1 to 256 characters, unique among customers.' }).optional(),
    company: objectId
      .openapi({
        description:
          '[P] The id of a company, 24 hex digits. An update that leaves it out unlinks the customer from its company.'
      })
      .optional(),
    signedUpAt: dateTime.optional(),
    lastActivityAt: dateTime.optional(),
    lastCustomerActivityAt: dateTime.optional(),
    lastSeenAt: dateTime.optional(),
    birthdayAt: dateTime.optional(),
    createdAt: dateTime.optional(),
    importedAt: dateTime.optional(),
    avatarUrl: uri.optional(),
    emails: listOf(
      emailItem,
      '[P] At most 10, no two alike; an email is one customer’s at a time. [A] Compared without case.'
    ).optional(),
    sharedEmails: listOf(emailItem, SHARED).optional(),
    phones: listOf(
      phoneItem,
      '[P] At most 10, no two alike; a phone is one customer’s at a time. [A] Compared by its digits.'
    ).optional(),
    sharedPhones: listOf(phoneItem, SHARED).optional(),
    externalIds: listOf(externalIdItem, LIST).optional(),
    sharedExternalIds: listOf(externalIdItem, LIST).optional(),
    socials: listOf(socialItem, LIST).optional(),
    sharedSocials: listOf(socialItem, LIST).optional(),
    urls: listOf(urlItem, LIST).optional(),
    locations: listOf(location, LIST).optional(),
    locale: text(16).optional(),
    timeZone: text(64).optional(),
    defaultLang: text(100).optional(),
    gender: oneOf('m', 'f').optional(),
    tags: tags.optional(),
    custom: custom.optional()
  })
  .openapi('CustomerAttributes', {
    description:
      '[P] What may be written to a customer; any other key is refused, in the items of lists too. [A] An update leaves the attributes alone that it does not name, replaces a list by the list sent, and changes custom attributes one by one.'
  })

export type CustomerAttributes = z.infer<typeof customerAttributes>

/** [P] One record of a bulk job: up to 100 of them take one unit of the rate limit. */
export const bulkCreation = customerAttributes.safeExtend({ _clientRef: z.string().optional() })
export const bulkUpdate = bulkCreation.safeExtend({ id: objectId })

/** [P] A search by attributes. [A] That an `or` may have 100 terms. */
export const customerSearch = z
  .strictObject({
    or: z
      .array(z.strictObject({ customer_externalId: z.strictObject({ equals: z.string() }) }))
      .min(1)
      .max(100),
    queryContext: z.literal('customer')
  })
  .openapi('CustomerSearch', {
    description: '[P] A search by attributes. [A] An `or` may have 100 terms.'
  })
