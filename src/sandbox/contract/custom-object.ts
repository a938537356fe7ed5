import { z } from '@hono/zod-openapi'
import { anything } from './answers'
import { custom } from './custom'
import { dateTime, identifier, listOf, text, url } from './formats'
import { rev, tag } from './items'

const owner = (kind: string) =>
  z.string().openapi({ description: `[P] The ID of the ${kind} that the object belongs to. [A] Must exist.` })

/** The attributes of a custom object that may be written at any time. */
const attributes = {
  title: identifier(256),
  externalId: identifier(256).openapi({ description: '[P] 1 to 256 characters, unique in its Klass.' }).optional(),
  description: text(10_240).optional(),
  images: listOf(url, '[P] At most 20 URLs, no duplicates.', 20).optional(),
  icon: text(64).optional(),
  data: anything.openapi({ description: '[P] Any object. [A] An update replaces it.' }).optional(),
  custom: custom.optional(),
  tags: listOf(tag, '[P] At most 20, no duplicates. Read back as IDs.', 20).optional(),
  createdAt: dateTime.optional(),
  importedAt: dateTime.optional()
}

export const customObjectCreation = z
  .strictObject({ ...attributes, customer: owner('customer').optional(), company: owner('company').optional() })
  .openapi('CustomObjectCreation', {
    description: '[P] A new custom object. The title is required, and unknown keys are rejected.'
  })

export type CustomObjectCreation = z.infer<typeof customObjectCreation>

export const customObjectUpdate = z
  .strictObject({ ...attributes, title: attributes.title.optional(), rev: rev.optional() })
  .openapi('CustomObjectUpdate', {
    description:
      '[P] An update of a custom object. The customer and the company can’t be changed. [A] Attributes that are not set stay.'
  })

export type CustomObjectUpdate = z.infer<typeof customObjectUpdate>
