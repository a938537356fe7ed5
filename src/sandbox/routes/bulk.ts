import { createRoute, z } from '@hono/zod-openapi'
import { requireRole } from '../access'
import { answers } from '../contract/answers'
import { newRouter } from './router'
import type { Kustomer } from './router'

const id = z.object({ id: z.string() })

const mayFollow = requireRole('org.permission.bulk.read')

/** Where jobs are followed, whatever they write. */
export function bulkRoutes(kustomer: Kustomer) {
  return newRouter()
    .openapi(
      createRoute({
        method: 'get',
        path: '/bulk/{id}',
        operationId: 'getBulkJob',
        tags: ['Bulk jobs'],
        summary: 'Ask whether a bulk job is complete',
        description: '[P] `queued`, `running` or `complete`.',
        middleware: mayFollow,
        request: { params: id },
        responses: { 200: answers.resource('The job'), ...answers.refusals }
      }),
      (context) => context.json({ data: kustomer.organization.bulkJobs.get(context.req.valid('param').id) }, 200)
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/bulk/{id}/batches',
        operationId: 'listBulkBatches',
        tags: ['Bulk jobs'],
        summary: 'Read what became of each record of a bulk job',
        description: '[P] What became of each record: `created`, `updated` or `error`, and the `objectId`.',
        middleware: mayFollow,
        request: { params: id },
        responses: { 200: answers.batches('The batches of the job'), ...answers.refusals }
      }),
      (context) => context.json({ data: kustomer.organization.bulkJobs.batches(context.req.valid('param').id) }, 200)
    )
}
