import { createRoute, z } from '@hono/zod-openapi'
import { answers, json } from '../contract/answers'
import { definitions, resource } from '../contract/metadata'
import { explained } from '../errors'
import type { Sandbox } from '../sandbox'
import { newRouter } from './router'

const params = z.object({ resource })

/** Which custom attributes the organization has defined. No key is needed. */
export function attributeControlRoutes(sandbox: Sandbox) {
  return newRouter(explained)
    .openapi(
      createRoute({
        method: 'put',
        path: '/attributes/{resource}',
        operationId: 'defineAttributes',
        tags: ['Sandbox'],
        security: [],
        summary: 'Define the custom attributes of a kind of record',
        description:
          'Replaces the custom attributes that are defined for a kind of record; all others are refused. Those of `kobject.order` define the Klass `order`, with an empty object too.',
        request: { params, body: { required: true, ...json(definitions) } },
        responses: { 204: answers.nothing('Defined'), ...answers.ownRefusals }
      }),
      (context) => {
        sandbox.defineAttributes(context.req.valid('param').resource, context.req.valid('json'))
        return context.body(null, 204)
      }
    )
    .openapi(
      createRoute({
        method: 'delete',
        path: '/attributes/{resource}',
        operationId: 'allowAnyAttributes',
        tags: ['Sandbox'],
        security: [],
        summary: 'Let a kind of record have any custom attributes',
        description:
          'Forgets which custom attributes are defined for a kind of record: any typed one may be written. A Klass is gone.',
        request: { params },
        responses: { 204: answers.nothing('Forgotten'), ...answers.ownRefusals }
      }),
      (context) => {
        sandbox.defineAttributes(context.req.valid('param').resource, null)
        return context.body(null, 204)
      }
    )
}
