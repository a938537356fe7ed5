import { z } from '@hono/zod-openapi'
import { custom } from './custom'
import { anyNumber, dateTime, domain, flag, identifier, listOf, text, uri } from './formats'
import { emailItem, LIST, location, phoneItem, rev, socialItem, tag, urlItem, whatsappItem } from './items'

const OWN = `${LIST} [A] Need not be unique among companies.`

const name = z.string().min(3).max(256).openapi({ description: '[P] 3 to 256 characters.' })

const externalId = identifier(256).openapi({
  description: '[P] At most 256 characters, unique among companies. [A] Not empty.'
})

/** The attributes of a company that may be written at any time. */
const attributes = {
  avatarUrl: uri.nullish(),
  emails: listOf(emailItem, OWN).optional(),
  phones: listOf(phoneItem, OWN).optional(),
  whatsapps: listOf(whatsappItem, OWN).optional(),
  socials: listOf(socialItem, OWN).optional(),
  urls: listOf(urlItem, LIST).optional(),
  domains: listOf(z.strictObject({ domain }), OWN).optional(),
  locations: listOf(location, LIST).optional(),
  employeeCount: anyNumber.optional(),
  tags: listOf(tag, '[P] At most 20, no duplicates. Read back as IDs.', 20).optional(),
  custom: custom.optional(),
  defaultLang: text(100).nullish(),
  rev: rev.optional()
}

export const companyCreation = z
  .strictObject({
    ...attributes,
    name,
    externalId: externalId.optional(),
    createdAt: dateTime.optional(),
    importedAt: dateTime.optional()
  })
  .openapi('CompanyCreation', {
    description: '[P] A new company. The name is required, and unknown keys are rejected.'
  })

export type CompanyCreation = z.infer<typeof companyCreation>

export const companyUpdate = z
  .strictObject({
    ...attributes,
    name: name.optional(),
    externalId: externalId.nullish(),
    deleted: flag
      .openapi({ description: '[P] If true, the company is deleted. There is no other way to delete one.' })
      .nullish()
  })
  .openapi('CompanyUpdate', {
    description:
      '[P] An update of a company. Unknown keys are rejected. [A] Attributes that are not set stay, and lists are replaced.'
  })

export type CompanyUpdate = z.infer<typeof companyUpdate>
