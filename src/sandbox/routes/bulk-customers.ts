import { createRoute, z } from '@hono/zod-openapi'
import { CREATE_ROLES, DELETE_ROLES, requireRole, UPDATE_ROLES } from '../access'
import { answers, json } from '../contract/answers'
import { bulkCreation, bulkRecords, bulkUpdate, ids, sameUpdate } from '../contract/bulk'
import { readAttributes } from '../body-readings'
import type { JobRequest } from '../state/bulk-jobs'
import { parsed, recordsOf, tasksOf } from './bulk-records'
import type { BulkRecord } from './bulk-records'
import { newRouter } from './router'
import type { Kustomer } from './router'

const creations = recordsOf('BulkCreation')
const updates = z.union([recordsOf('BulkUpdate'), sameUpdate])

export function bulkCustomerRoutes(kustomer: Kustomer) {
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
          const { _clientRef, ...attributes } = readAttributes(
            parsed(bulkCreation, record),
            kustomer.organization,
            'customer'
          )
          return () => customers.create(attributes).id
        })
        return context.json({ data: queue({ records: 'customers', kind: 'create', ids: [], data, tasks }) }, 201)
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
          const {
            _clientRef,
            id: customerId,
            ...attributes
          } = readAttributes(parsed(bulkUpdate, record), kustomer.organization, 'customer')
          return () => customers.update(customerId, attributes, { isBulk: true }).id
        })
        return context.json(
          { data: queue({ records: 'customers', kind: 'update', ids: same ?? [], data: raw, tasks }) },
          201
        )
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
        return context.json(
          { data: queue({ records: 'customers', kind: 'delete', ids: erased, data: {}, tasks }) },
          201
        )
      }
    )
}
