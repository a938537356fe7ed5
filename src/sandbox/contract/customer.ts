import { z } from '@hono/zod-openapi'
import { dateTime, email, listOf, objectId, phone, uri } from './formats'

const emailItem = z.strictObject({
  type: z.enum(['home', 'work', 'other']).optional(),
  email,
  verified: z.boolean().optional()
})

const phoneItem = z.strictObject({
  type: z.enum(['mobile', 'home', 'work', 'fax', 'other']).optional(),
  phone,
  verified: z.boolean().optional()
})

const externalIdItem = z.strictObject({ externalId: z.string().min(1).max(255), verified: z.boolean().optional() })

const socialItem = z.strictObject({
  type: z.enum(['twitter', 'facebook', 'instagram', 'linkedin', 'pinterest']),
  username: z.string().min(1).max(256),
  userid: z.string().optional(),
  url: uri.optional(),
  verified: z.boolean().optional()
})

const urlItem = z.strictObject({ type: z.enum(['website', 'blog', 'other']).optional(), url: uri })

/** [P] A place, in a customer's locations and in a tracking identity. */
export const location = z.strictObject({
  type: z.enum(['home', 'work', 'other']).optional(),
  name: z.string().optional(),
  address: z.string().max(256).optional(),
  address2: z.string().optional(),
  address3: z.string().optional(),
  latitude: z.number().optional(),
  longitude: z.number().optional(),
  countryCode: z.string().length(2).optional(),
  countryName: z.string().max(64).optional(),
  regionCode: z.string().max(2).optional(),
  regionName: z.string().max(128).optional(),
  cityName: z.string().max(128).optional(),
  zipCode: z.string().max(30).optional(),
  areaCode: z.string().max(30).optional()
})

/** [P] The suffix of a custom attribute's name is the type of its value. */
const CUSTOM_TYPES: Record<string, z.ZodType> = {
  Str: z.string().max(1024),
  Txt: z.string(),
  Num: z.number(),
  At: dateTime,
  Bool: z.boolean(),
  Url: uri,
  Id: z.string()
}

/** [P] camelCase, then the suffix. */
const CUSTOM_NAME = /^[a-z][a-zA-Z0-9]*?(Str|Txt|Num|At|Bool|Url|Id)$/

/** [P] At most 100 custom attributes. [A] null clears one; any attribute counts as defined by the organization. */
export const custom = z
  .record(z.string(), z.unknown())
  .check(({ value, issues }) => {
    for (const [name, attribute] of Object.entries(value)) {
      const type = CUSTOM_NAME.exec(name)?.[1]
      const schema = type ? CUSTOM_TYPES[type] : undefined
      if (!schema) {
        issues.push({ code: 'unrecognized_keys', keys: [name], path: [], input: value })
      } else if (attribute !== null && !schema.safeParse(attribute).success) {
        issues.push({ code: 'custom', message: `must be of the type ${type}`, path: [name], input: attribute })
      }
    }
  })
  .refine((attributes) => Object.keys(attributes).length <= 100, 'must have at most 100 attributes')

/** [P] The attributes of a customer that may be written; any other is refused. */
export const customerAttributes = z
  .strictObject({
    name: z.string().max(256).optional(),
    username: z.string().max(256).optional(),
    externalId: z.string().min(1).max(256).optional().openapi({ description: '[P] Unique among customers.' }),
    company: objectId.optional().openapi({
      description: '[P] The id of a company. An update that leaves it out unlinks the customer from its company.'
    }),
    signedUpAt: dateTime.optional(),
    lastActivityAt: dateTime.optional(),
    lastCustomerActivityAt: dateTime.optional(),
    lastSeenAt: dateTime.optional(),
    birthdayAt: dateTime.optional(),
    createdAt: dateTime.optional(),
    importedAt: dateTime.optional(),
    avatarUrl: uri.optional(),
    emails: listOf(emailItem)
      .optional()
      .openapi({ description: '[P] An email is one customer’s at a time. [A] Compared without case.' }),
    sharedEmails: listOf(emailItem).optional().openapi({ description: '[P] May be shared by several customers.' }),
    phones: listOf(phoneItem)
      .optional()
      .openapi({ description: '[P] A phone is one customer’s at a time. [A] Compared by its digits.' }),
    sharedPhones: listOf(phoneItem).optional().openapi({ description: '[P] May be shared by several customers.' }),
    externalIds: listOf(externalIdItem).optional(),
    sharedExternalIds: listOf(externalIdItem).optional(),
    socials: listOf(socialItem).optional(),
    sharedSocials: listOf(socialItem).optional(),
    urls: listOf(urlItem).optional(),
    locations: listOf(location).optional(),
    locale: z.string().max(16).optional(),
    timeZone: z.string().max(64).optional(),
    defaultLang: z.string().max(100).optional(),
    gender: z.enum(['m', 'f']).optional(),
    tags: z.array(z.string().max(64)).max(20).optional(),
    custom: custom.optional()
  })
  .openapi('CustomerAttributes', {
    description:
      '[P] What may be written to a customer. [A] An update leaves the attributes alone that it does not name, replaces a list by the list sent, and changes custom attributes one by one.'
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
  .openapi('CustomerSearch')
