import { createRoute, z } from '@hono/zod-openapi'
import { answers, json } from '../contract/answers'
import { loggedRequest, MAX_REQUESTS } from '../request-log'
import type { RequestLog } from '../request-log'
import { newRouter } from './router'

/** What was asked of the sandbox. */
export function requestRoutes(log: RequestLog) {
  return newRouter()
    .openapi(
      createRoute({
        method: 'get',
        path: '/requests',
        operationId: 'listRequests',
        tags: ['Sandbox'],
        security: [],
        summary: 'List the last requests',
        description: `The last ${MAX_REQUESTS} requests to Kustomer’s endpoints, the latest first, with their refusals and without any API key.`,
        responses: {
          200: { description: 'The requests', ...json(z.object({ data: z.array(loggedRequest) })) },
          ...answers.ownRefusals
        }
      }),
      (context) => context.json({ data: log.latest() }, 200)
    )
    .openapi(
      createRoute({
        method: 'delete',
        path: '/requests',
        operationId: 'forgetRequests',
        tags: ['Sandbox'],
        security: [],
        summary: 'Forget the requests so far',
        description: 'Forgets the requests so far.',
        responses: { 204: answers.nothing('Forgotten'), ...answers.ownRefusals }
      }),
      (context) => {
        log.clear()
        return context.body(null, 204)
      }
    )
}
