import { z } from '@hono/zod-openapi'
import { custom } from './custom'
import { anyNumber, dateTime, domain, flag, identifier, listOf, text, uri } from './formats'
import { emailItem, LIST, location, phoneItem, rev, socialItem, tag, urlItem, whatsappItem } from './items'

/** [A] Of a customer, emails, phones and socials are their own alone; of a company that is published of its external ID. */
const OWN = `${LIST} [A] Several companies may have the same.`

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
  tags: listOf(tag, '[P] At most 20, no two alike; read back as ids.', 20).optional(),
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
  .openapi('CompanyCreation', { description: '[P] A new company, which has a name; any other key is refused.' })

export type CompanyCreation = z.infer<typeof companyCreation>

export const companyUpdate = z
  .strictObject({
    ...attributes,
    name: name.optional(),
    externalId: externalId.nullish(),
    deleted: flag.openapi({ description: '[P] True deletes the company: there is no other deletion.' }).nullish()
  })
  .openapi('CompanyUpdate', {
    description:
      '[P] What may change of a company; any other key is refused. [A] What is left out stays, and a list is replaced by the list sent.'
  })

export type CompanyUpdate = z.infer<typeof companyUpdate>
