import { createRoute } from '@hono/zod-openapi'
import { COMPANY_CREATE_ROLES, COMPANY_UPDATE_ROLES, requireRole } from '../access'
import { answers, json } from '../contract/answers'
import { bulkCompanyCreation, bulkCompanyUpdate, bulkRecords } from '../contract/bulk'
import { readAttributes } from '../body-readings'
import type { JobRequest } from '../state/bulk-jobs'
import { parsed, recordsOf, tasksOf } from './bulk-records'
import { newRouter } from './router'
import type { Kustomer } from './router'

const creations = recordsOf('BulkCompanyCreation')
const updates = recordsOf('BulkCompanyUpdate')

export function bulkCompanyRoutes(kustomer: Kustomer) {
  const queue = (kind: JobRequest['kind'], data: unknown, tasks: JobRequest['tasks']) =>
    kustomer.organization.bulkJobs.queue(
      { records: 'companies', kind, ids: [], data, tasks },
      kustomer.misbehavior.bulkDelay
    )
  const router = newRouter()
  router.openAPIRegistry.register('BulkCompanyCreation', bulkCompanyCreation)
  router.openAPIRegistry.register('BulkCompanyUpdate', bulkCompanyUpdate)

  return router
    .openapi(
      createRoute({
        method: 'post',
        path: '/companies/bulk',
        operationId: 'createCompaniesInBulk',
        tags: ['Bulk jobs'],
        summary: 'Create up to 100 companies',
        description: '[P] Creates up to 100 companies, each by itself, for one unit of the rate limit.',
        middleware: requireRole(...COMPANY_CREATE_ROLES),
        request: { body: { required: true, ...json(creations) } },
        responses: { 201: answers.resource('The queued job'), ...answers.refusals }
      }),
      (context) => {
        const { companies, variants } = kustomer.organization
        const data = parsed(bulkRecords, context.req.valid('json'))
        const tasks = tasksOf(data, variants, (record) => {
          const { _clientRef, ...attributes } = readAttributes(
            parsed(bulkCompanyCreation, record),
            kustomer.organization,
            'company'
          )
          return () => companies.create(attributes).id
        })
        return context.json({ data: queue('create', data, tasks) }, 201)
      }
    )
    .openapi(
      createRoute({
        method: 'put',
        path: '/companies/bulk',
        operationId: 'updateCompaniesInBulk',
        tags: ['Bulk jobs'],
        summary: 'Update up to 100 companies',
        description: '[P] Updates up to 100 companies, each by itself, for one unit of the rate limit.',
        middleware: requireRole(...COMPANY_UPDATE_ROLES),
        request: { body: { required: true, ...json(updates) } },
        responses: { 201: answers.resource('The queued job'), ...answers.refusals }
      }),
      (context) => {
        const { companies, variants } = kustomer.organization
        const data = parsed(bulkRecords, context.req.valid('json'))
        const tasks = tasksOf(data, variants, (record) => {
          const { _clientRef, id, ...change } = readAttributes(
            parsed(bulkCompanyUpdate, record),
            kustomer.organization,
            'company'
          )
          return () => companies.update(id, change).id
        })
        return context.json({ data: queue('update', data, tasks) }, 201)
      }
    )
}
