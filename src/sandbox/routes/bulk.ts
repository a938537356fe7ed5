import { createRoute, z } from '@hono/zod-openapi'
import { CREATE_ROLES, DELETE_ROLES, requireRole, UPDATE_ROLES } from '../access'
import { answers, json } from '../contract/answers'
import { bulkCreation, bulkRecords, bulkUpdate, ids, MAX_RECORDS, sameUpdate } from '../contract/bulk'
import { badParameters, Refusal } from '../errors'
import { readAttributes } from '../readings'
import type { JobRequest, Task } from '../state/bulk-jobs'
import type { Variants } from '../variants'
import { newRouter } from './router'
import type { Kustomer } from './router'

const id = z.object({ id: z.string() })

/** What the records of all jobs have in common. */
type BulkRecord = z.infer<typeof bulkRecords>[number]

const mayFollow = requireRole('org.permission.bulk.read')

/** Records of a kind, for the published contract: each is checked by itself, so that it fails by itself. */
const arrayOf = (name: string) => ({
  type: 'array' as const,
  maxItems: MAX_RECORDS,
  items: { $ref: `#/components/schemas/${name}` }
})

/** What a job checks itself. Were null anything, a client would be told that a body may be null. */
const anyBody = z.custom<unknown>((value) => value !== null)
const creations = anyBody.openapi(arrayOf('BulkCreation'))
const updates = z.union([anyBody.openapi(arrayOf('BulkUpdate')), sameUpdate])

export function bulkRoutes(kustomer: Kustomer) {
  const queue = (request: JobRequest) => kustomer.organization.bulkJobs.queue(request, kustomer.misbehavior.bulkDelay)
  const router = newRouter()
  router.openAPIRegistry.register('BulkCreation', bulkCreation)
  router.openAPIRegistry.register('BulkUpdate', bulkUpdate)

  return router
    .openapi(
      createRoute({
        method: 'post',
        path: '/customers/bulk',
        operationId: 'createCustomersInBulk',
        tags: ['Bulk jobs'],
        summary: 'Create up to 100 customers',
        description: '[P] Creates up to 100 customers, each by itself, for one unit of the rate limit.',
        middleware: requireRole(...CREATE_ROLES),
        request: { body: { required: true, ...json(creations) } },
        responses: { 201: answers.resource('The queued job'), ...answers.refusals }
      }),
      (context) => {
        const { customers, variants } = kustomer.organization
        const data = parsed(bulkRecords, context.req.valid('json'))
        const tasks = tasksOf(data, variants, (record) => {
          const { _clientRef, ...attributes } = readAttributes(parsed(bulkCreation, record), variants)
          return () => customers.create(attributes).id
        })
        return context.json({ data: queue({ kind: 'create', ids: [], data, tasks }) }, 201)
      }
    )
    .openapi(
      createRoute({
        method: 'put',
        path: '/customers/bulk',
        operationId: 'updateCustomersInBulk',
        tags: ['Bulk jobs'],
        summary: 'Update up to 100 customers',
        description:
          '[P] Updates up to 100 customers, each by itself, for one unit of the rate limit; with `ids`, all of those alike. [A] Loses a company that is left out, as any update does.',
        middleware: requireRole(...UPDATE_ROLES),
        request: { query: z.object({ ids: ids.optional() }), body: { required: true, ...json(updates) } },
        responses: { 201: answers.resource('The queued job'), ...answers.refusals }
      }),
      (context) => {
        const { customers, variants } = kustomer.organization
        const { ids: same } = context.req.valid('query')
        const raw: unknown = context.req.valid('json')
        const data: BulkRecord[] = same
          ? same.map((each) => ({ ...parsed(sameUpdate, raw), id: each }))
          : parsed(bulkRecords, raw)
        const tasks = tasksOf(data, variants, (record) => {
          const { _clientRef, id: customerId, ...attributes } = readAttributes(parsed(bulkUpdate, record), variants)
          return () => customers.update(customerId, attributes, { isBulk: true }).id
        })
        return context.json({ data: queue({ kind: 'update', ids: same ?? [], data: raw, tasks }) }, 201)
      }
    )
    .openapi(
      createRoute({
        method: 'delete',
        path: '/customers/bulk',
        operationId: 'deleteCustomersInBulk',
        tags: ['Bulk jobs'],
        summary: 'Erase up to 100 customers',
        description: '[P] Erases several customers for good. [A] At most 100.',
        middleware: requireRole(...DELETE_ROLES),
        request: { query: z.object({ ids }) },
        responses: { 201: answers.resource('The queued job'), ...answers.refusals }
      }),
      (context) => {
        const { organization } = kustomer
        const { ids: erased } = context.req.valid('query')
        const tasks = erased.map((each) => ({
          run() {
            organization.erase(each)
            return each
          }
        }))
        return context.json({ data: queue({ kind: 'delete', ids: erased, data: {}, tasks }) }, 201)
      }
    )
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

/** @throws Refusal (400) */
function parsed<Output>(schema: z.ZodType<Output>, raw: unknown): Output {
  const result = schema.safeParse(raw)
  if (!result.success) {
    throw badParameters(result.error)
  }
  return result.data
}

/**
 * The work of a job. [P] A record fails by itself. [A] One that breaks the schema does so too.
 *
 * @param read checks a record and returns the work
 * @throws Refusal (400) where a bad record is read as a bad body
 */
function tasksOf(data: BulkRecord[], variants: Variants, read: (record: unknown) => Task['run']): Task[] {
  return data.map((record) => {
    const clientRef = record._clientRef
    try {
      return { clientRef, run: read(record) }
    } catch (error) {
      if (!(error instanceof Refusal) || variants.bulkRefusesWhole) {
        throw error
      }
      return {
        clientRef,
        run() {
          throw error
        }
      }
    }
  })
}
