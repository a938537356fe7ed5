import { createRoute, z } from '@hono/zod-openapi'
import { requireRole } from '../access'
import type { RecordResult } from '../bulk-jobs'
import { bulkCreation, bulkUpdate } from '../contract/customer'
import type { CustomerRecord } from '../customers'
import { badParameters, Refusal } from '../errors'
import type { Organization } from '../organization'
import { answers, json } from './respond'
import { newRouter } from './router'

const id = z.object({ id: z.string() })

/** [P] A job takes at most 100 records. Each is checked by itself when the job runs, and succeeds or fails alone. */
const records = z.array(z.record(z.string(), z.unknown())).min(1).max(100)

export function bulkRoutes({ customers, bulkJobs, misbehavior }: Organization) {
  /** Checks and writes each record by itself. */
  const queue = <Record extends { _clientRef?: string }>(
    schema: z.ZodType<Record>,
    raw: unknown[],
    write: (record: Record) => CustomerRecord
  ) => bulkJobs.queue(misbehavior.current.bulkDelayMs ?? 0, () => raw.map((record) => resultOf(schema, record, write)))

  return newRouter()
    .openapi(
      createRoute({
        method: 'post',
        path: '/customers/bulk',
        description: '[P] Creates up to 100 customers for one unit of the rate limit.',
        middleware: requireRole('org.permission.customer.create'),
        request: { body: { required: true, ...json(records) } },
        responses: { 201: answers.resource('The queued job'), default: answers.refusal }
      }),
      (context) =>
        context.json(
          {
            data: queue(bulkCreation, context.req.valid('json'), ({ _clientRef, ...record }) =>
              customers.create(record)
            )
          },
          201
        )
    )
    .openapi(
      createRoute({
        method: 'put',
        path: '/customers/bulk',
        description: '[P] Updates up to 100 customers for one unit of the rate limit.',
        middleware: requireRole('org.permission.customer.update'),
        request: { body: { required: true, ...json(records) } },
        responses: { 201: answers.resource('The queued job'), default: answers.refusal }
      }),
      (context) =>
        context.json(
          {
            data: queue(bulkUpdate, context.req.valid('json'), ({ _clientRef, id: customerId, ...record }) =>
              customers.update(customerId, record)
            )
          },
          201
        )
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/bulk/{id}',
        description: '[P] `queued`, `running` or `complete`.',
        middleware: requireRole('org.permission.bulk.read'),
        request: { params: id },
        responses: { 200: answers.resource('The job'), default: answers.refusal }
      }),
      (context) => context.json({ data: bulkJobs.get(context.req.valid('param').id) }, 200)
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/bulk/{id}/batches',
        description: '[P] What became of each record. [A] How the status of one is spelled.',
        middleware: requireRole('org.permission.bulk.read'),
        request: { params: id },
        responses: { 200: answers.resources('The batches of the job'), default: answers.refusal }
      }),
      (context) => context.json({ data: bulkJobs.batches(context.req.valid('param').id) }, 200)
    )
}

function resultOf<Record extends { _clientRef?: string }>(
  schema: z.ZodType<Record>,
  raw: unknown,
  write: (record: Record) => CustomerRecord
): RecordResult {
  const { _clientRef } = raw as { _clientRef?: string }
  try {
    const parsed = schema.safeParse(raw)
    if (!parsed.success) {
      throw badParameters(parsed.error)
    }
    return { _clientRef, status: 'success', id: write(parsed.data).id }
  } catch (error) {
    if (error instanceof Refusal) {
      return { _clientRef, status: 'failure', error: error.errors[0] }
    }
    throw error
  }
}
