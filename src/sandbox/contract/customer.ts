import { z } from '@hono/zod-openapi'
import { custom } from './custom'
import { dateTime, flag, identifier, listOf, objectId, oneOf, text, uri } from './formats'
import { emailItem, LIST, location, phoneItem, rev, socialItem, tag, urlItem, whatsappItem } from './items'

const OWN = '[P] At most 10, no duplicates. Each must be unique among customers.'
const SHARED = '[P] At most 10, no duplicates. Need not be unique among customers. [A] Not used in look-ups.'

const externalIdItem = z.strictObject({ externalId: identifier(255), verified: flag.optional() })

/** The attributes of a customer that may be written. */
export const customerAttributes = z
  .strictObject({
    name: text(256).nullish(),
    username: text(256).nullish(),
    externalId: identifier(256).openapi({ description: '[P] 1 to 256 characters, unique among customers.' }).nullish(),
    company: objectId
      .openapi({
        description:
          '[P] The ID of a company, 24 hex digits. If an update doesn’t set it, the customer is unlinked. [A] The company need not exist.'
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
    rev: rev.optional()
  })
  .openapi('CustomerAttributes', {
    description:
      '[P] The attributes of a customer that can be written. Unknown keys are rejected, in list items too. [A] Attributes that an update doesn’t set stay, and lists are replaced. [R] Custom attributes are updated one by one.'
  })

export type CustomerAttributes = z.infer<typeof customerAttributes>
