import { z } from '@hono/zod-openapi'
import { custom } from './custom'
import { anyNumber, anyText, dateTime, flag, identifier, listOf, objectId, oneOf, phone, relaxedEmail } from './formats'
import { text, uri, url } from './formats'

const LIST = '[P] At most 10, no two alike.'
const OWN = '[P] At most 10, no two alike; each is one customer’s at a time.'
const SHARED = '[P] At most 10, no two alike. Several customers may have the same. [A] Not looked up by.'

const emailItem = z.strictObject({
  type: oneOf('home', 'work', 'other').optional(),
  email: relaxedEmail,
  verified: flag.optional()
})

const phoneItem = z.strictObject({
  type: oneOf('mobile', 'home', 'work', 'fax', 'other').optional(),
  phone,
  verified: flag.optional()
})

const whatsappItem = z.strictObject({ type: oneOf('mobile').optional(), phone, verified: flag.optional() })

const externalIdItem = z.strictObject({ externalId: identifier(255), verified: flag.optional() })

const socialItem = z.strictObject({
  type: oneOf('twitter', 'facebook', 'instagram', 'linkedin', 'pinterest'),
  username: identifier(256),
  userid: text(256).optional(),
  url: uri.optional(),
  verified: flag.optional()
})

const urlItem = z.strictObject({ type: oneOf('website', 'blog', 'other').optional(), url })

/** A place, in a customer's locations and in a tracking identity. */
export const location = z
  .strictObject({
    type: oneOf('home', 'work', 'other').optional(),
    name: anyText.nullish(),
    address: text(256).nullish(),
    address2: text(256).nullish(),
    address3: text(256).nullish(),
    latitude: anyNumber.nullish(),
    longitude: anyNumber.nullish(),
    countryCode: z.string().length(2).openapi({ description: '[P] Exactly 2 characters.' }).nullish(),
    countryName: text(64).nullish(),
    regionCode: text(2).nullish(),
    regionName: text(128).nullish(),
    cityName: text(128).nullish(),
    zipCode: text(30).nullish(),
    areaCode: text(30).nullish()
  })
  .openapi({ description: '[P] A place; any other key is refused.' })

const TAG = /^[0-9a-zA-ZÀ-ÿ_/<>\-.][0-9a-zA-ZÀ-ÿ _/<>\-.]{0,63}$/

const tag = z.string().regex(TAG, 'must be a tag').openapi({ description: '[P] 1 to 64 characters of few kinds.' })

/** The attributes of a customer that may be written. */
export const customerAttributes = z
  .strictObject({
    name: text(256).nullish(),
    username: text(256).nullish(),
    externalId: identifier(256).openapi({ description: '[P] 1 to 256 characters, unique among customers.' }).nullish(),
    company: objectId
      .openapi({
        description:
          '[P] The id of a company, 24 hex digits. An update that leaves it out unlinks the customer from its company. [A] The company need not be there.'
      })
      .nullish(),
    signedUpAt: dateTime.nullish(),
    lastActivityAt: dateTime.nullish(),
    lastCustomerActivityAt: dateTime.nullish(),
    lastSeenAt: dateTime.nullish(),
    birthdayAt: dateTime.nullish(),
    createdAt: dateTime.optional(),
    importedAt: dateTime.optional(),
    avatarUrl: uri.nullish(),
    emails: listOf(emailItem, `${OWN} [A] Compared without case.`).optional(),
    sharedEmails: listOf(emailItem, SHARED).optional(),
    phones: listOf(phoneItem, `${OWN} [A] Compared by its digits.`).optional(),
    sharedPhones: listOf(phoneItem, SHARED).optional(),
    whatsapps: listOf(whatsappItem, `${OWN} [A] Compared by its digits.`).optional(),
    externalIds: listOf(externalIdItem, OWN).optional(),
    sharedExternalIds: listOf(externalIdItem, SHARED).optional(),
    socials: listOf(socialItem, `${OWN} [A] Compared by type and username.`).optional(),
    sharedSocials: listOf(socialItem, SHARED).optional(),
    urls: listOf(urlItem, LIST).optional(),
    locations: listOf(location, LIST).optional(),
    facebookIds: listOf(
      z.strictObject({ pageId: text(255), userId: text(255), name: text(255).optional() }),
      LIST
    ).optional(),
    instagramIds: listOf(
      z.strictObject({
        pageId: text(255),
        threadId: text(255),
        username: text(255),
        instagramId: text(255).optional()
      }),
      LIST
    ).optional(),
    locale: text(16).nullish(),
    timeZone: text(64).nullish(),
    defaultLang: text(100).nullish(),
    gender: oneOf('m', 'f').optional(),
    sentiment: z
      .strictObject({
        polarity: z.literal([-1, 0, 1]).openapi({ description: '[P] -1, 0 or 1.' }),
        confidence: z.number().min(-1).max(1).openapi({ description: '[P] From -1 to 1.' })
      })
      .openapi({ description: '[P] How they feel.' })
      .optional(),
    tags: listOf(tag, '[P] At most 20, no two alike; read back as ids.', 20).optional(),
    custom: custom.optional(),
    rev: anyNumber
      .openapi({ description: '[P] The rev that was read. [A] A stale one is refused with 409, an optimistic lock.' })
      .optional()
  })
  .openapi('CustomerAttributes', {
    description:
      '[P] What may be written to a customer; any other key is refused, in the items of lists too. [A] An update leaves the attributes alone that it does not name and replaces a list by the list sent. [R] It changes custom attributes one by one.'
  })

export type CustomerAttributes = z.infer<typeof customerAttributes>
