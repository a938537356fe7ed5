import { createRoute, z } from '@hono/zod-openapi'
import { OBJECT_CREATE_ROLES, OBJECT_DELETE_ROLES, OBJECT_UPDATE_ROLES, requireRole } from '../access'
import { readAttributes } from '../body-readings'
import { answers, json } from '../contract/answers'
import { bulkCustomObjectCreation, bulkCustomObjectUpdate, bulkRecords, ids } from '../contract/bulk'
import type { JobRequest, Task } from '../state/bulk-jobs'
import { parsed, recordsOf, tasksOf } from './bulk-records'
import { newRouter } from './router'
import type { Kustomer } from './router'

const params = z.object({ name: z.string() })
const creations = recordsOf('BulkCustomObjectCreation')
const updates = recordsOf('BulkCustomObjectUpdate')

export function bulkCustomObjectRoutes(kustomer: Kustomer) {
  const queue = (klass: string, request: Pick<JobRequest, 'kind' | 'ids' | 'data' | 'tasks'>) =>
    kustomer.organization.bulkJobs.queue(
      { ...request, records: 'kobjects', path: `/v1/klasses/${klass}/bulk` },
      kustomer.misbehavior.bulkDelay
    )
  const router = newRouter()
  router.openAPIRegistry.register('BulkCustomObjectCreation', bulkCustomObjectCreation)
  router.openAPIRegistry.register('BulkCustomObjectUpdate', bulkCustomObjectUpdate)

  return router
    .openapi(
      createRoute({
        method: 'post',
        path: '/klasses/{name}/bulk',
        operationId: 'createCustomObjectsInBulk',
        tags: ['Bulk jobs'],
        summary: 'Create up to 100 custom objects',
        description: '[P] Creates up to 100 custom objects, each by itself, for one unit of the rate limit.',
        middleware: requireRole(...OBJECT_CREATE_ROLES),
        request: { params, body: { required: true, ...json(creations) } },
        responses: { 201: answers.resource('The queued job'), ...answers.refusals }
      }),
      (context) => {
        const { organization } = kustomer
        const klass = organization.attributes.klass(context.req.valid('param').name)
        const data = parsed(bulkRecords, context.req.valid('json'))
        const tasks = tasksOf(data, organization.variants, (record) => {
          const body = parsed(bulkCustomObjectCreation, record)
          const { _clientRef, ...attributes } = readAttributes(body, organization, `kobject.${klass}`)
          return () => organization.customObjects.create(klass, attributes).id
        })
        return context.json({ data: queue(klass, { kind: 'create', ids: [], data, tasks }) }, 201)
      }
    )
    .openapi(
      createRoute({
        method: 'put',
        path: '/klasses/{name}/bulk',
        operationId: 'updateCustomObjectsInBulk',
        tags: ['Bulk jobs'],
        summary: 'Update up to 100 custom objects',
        description: '[P] Updates up to 100 custom objects, each by itself, and answers 200.',
        middleware: requireRole(...OBJECT_UPDATE_ROLES),
        request: { params, body: { required: true, ...json(updates) } },
        responses: { 200: answers.resource('The queued job'), ...answers.refusals }
      }),
      (context) => {
        const { organization } = kustomer
        const klass = organization.attributes.klass(context.req.valid('param').name)
        const data = parsed(bulkRecords, context.req.valid('json'))
        const tasks = tasksOf(data, organization.variants, (record) => {
          const body = parsed(bulkCustomObjectUpdate, record)
          const { _clientRef, id, ...change } = readAttributes(body, organization, `kobject.${klass}`)
          return () => organization.customObjects.update(klass, id, change).id
        })
        return context.json({ data: queue(klass, { kind: 'update', ids: [], data, tasks }) }, 200)
      }
    )
    .openapi(
      createRoute({
        method: 'delete',
        path: '/klasses/{name}/bulk',
        operationId: 'deleteCustomObjectsInBulk',
        tags: ['Bulk jobs'],
        summary: 'Erase up to 100 custom objects',
        description: '[P] Erases several custom objects for good. [A] At most 100.',
        middleware: requireRole(...OBJECT_DELETE_ROLES),
        request: { params, query: z.object({ ids }) },
        responses: { 201: answers.resource('The queued job'), ...answers.refusals }
      }),
      (context) => {
        const { customObjects, attributes } = kustomer.organization
        const klass = attributes.klass(context.req.valid('param').name)
        const { ids: erased } = context.req.valid('query')
        const tasks = erased.map(
          (id): Task => ({
            run() {
              customObjects.delete(klass, id)
              return id
            }
          })
        )
        return context.json({ data: queue(klass, { kind: 'delete', ids: erased, data: {}, tasks }) }, 201)
      }
    )
}
