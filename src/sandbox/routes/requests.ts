import { z } from '@hono/zod-openapi'
import { json } from '../contract/answers'
import { loggedRequest, MAX_REQUESTS } from '../request-log'
import type { RequestLog } from '../request-log'
import { Routes } from './router'

/** The request log. */
export function requestRoutes(log: RequestLog) {
  return new Routes('Sandbox')
    .add(
      'listRequests: GET /requests',
      {
        summary: 'List recent requests',
        description: `The last ${MAX_REQUESTS} requests to Kustomer’s endpoints, newest first, with errors and without API keys.`,
        answer: { description: 'The requests', ...json(z.object({ data: z.array(loggedRequest) })) }
      },
      () => ({ data: log.latest() })
    )
    .add('forgetRequests: DELETE /requests', { summary: 'Clear the request log' }, () => {
      log.clear()
    })
}
