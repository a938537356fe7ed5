import { createRoute, z } from '@hono/zod-openapi'
import { METADATA_ROLES, requireRole } from '../access'
import { answers } from '../contract/answers'
import { resource } from '../contract/metadata'
import { notFound } from '../errors'
import { ORGANIZATION } from '../state/links'
import { newRouter } from './router'
import type { Kustomer } from './router'

const params = z.object({ resource: z.string().openapi({ description: String(resource.description) }) })

export function metadataRoutes(kustomer: Kustomer) {
  return newRouter().openapi(
    createRoute({
      method: 'get',
      path: '/metadata/{resource}',
      operationId: 'getMetadata',
      tags: ['Custom attributes'],
      summary: 'Read which custom attributes a kind of record has',
      description:
        '[P] The attributes that the organization has defined, with their types, names and the values of drop-downs. [R] One that was deleted has `deletedAt`. [A] Where it has defined none, those that its records have.',
      middleware: requireRole(...METADATA_ROLES),
      request: { params },
      responses: { 200: answers.resource('The metadata'), ...answers.refusals }
    }),
    (context) => {
      const { resource: id } = context.req.valid('param')
      if (!resource.safeParse(id).success) {
        throw notFound('resource')
      }
      return context.json(
        {
          data: {
            type: 'metadata',
            id,
            attributes: { properties: kustomer.organization.attributesOf(id) },
            relationships: { org: ORGANIZATION },
            links: { self: `/v1/metadata/${id}` }
          }
        },
        200
      )
    }
  )
}
