import { z } from '@hono/zod-openapi'
import { METADATA_ROLES } from '../access'
import { answers } from '../contract/answers'
import { resource } from '../contract/metadata'
import { notFound } from '../errors'
import { ORGANIZATION } from '../state/links'
import { Routes } from './router'
import type { Kustomer } from './router'

export function metadataRoutes(kustomer: Kustomer) {
  return new Routes('Custom attributes').add(
    'getMetadata: GET /metadata/{resource}',
    {
      summary: 'Get the custom attributes of a kind of record',
      description:
        '[P] The custom attributes that the organization has defined, with their types, names and the values of drop-downs. [R] A deleted one has `deletedAt`. [A] If none are defined, those that the records have.',
      roles: METADATA_ROLES,
      params: z.object({ resource: z.string().openapi({ description: String(resource.description) }) }),
      answer: answers.resource('The metadata')
    },
    ({ params: { resource: id } }) => {
      if (!resource.safeParse(id).success) {
        throw notFound('resource')
      }
      return {
        data: {
          type: 'metadata',
          id,
          attributes: { properties: kustomer.organization.attributesOf(id) },
          relationships: { org: ORGANIZATION },
          links: { self: `/v1/metadata/${id}` }
        }
      }
    }
  )
}
