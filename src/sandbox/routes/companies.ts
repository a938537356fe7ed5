import { createRoute, z } from '@hono/zod-openapi'
import { COMPANY_CREATE_ROLES, COMPANY_READ_ROLES, COMPANY_UPDATE_ROLES, requireRole } from '../access'
import { answers, json } from '../contract/answers'
import { companyCreation, companyUpdate } from '../contract/company'
import { paging } from '../contract/paging'
import { readAttributes } from '../body-readings'
import { companyRecordOf, companySummaryOf } from '../state/company-record'
import { pageOf } from './pages'
import { newRouter } from './router'
import type { Kustomer } from './router'

const id = z.object({ id: z.string() })

const wanted = paging.extend({
  externalId: z.string().openapi({ description: '[P] The external ID of the company.' }).optional(),
  filter: z.string().openapi({ description: '[P] A name. [A] Finds longer names too, whatever their case.' }).optional()
})

export function companyRoutes(kustomer: Kustomer) {
  return newRouter()
    .openapi(
      createRoute({
        method: 'get',
        path: '/companies',
        operationId: 'listCompanies',
        tags: ['Companies'],
        summary: 'Find companies by external ID or by name',
        description:
          '[P] A list, empty where there is none; with both `externalId` and `filter`, both are ignored. [A] Shows the whole records.',
        middleware: requireRole(...COMPANY_READ_ROLES),
        request: { query: wanted },
        responses: { 200: answers.resources('A page of companies'), ...answers.refusals }
      }),
      (context) => {
        const { companies, variants } = kustomer.organization
        const { page, pageSize, ...locator } = context.req.valid('query')
        const query = Object.entries(locator).map(([name, value]) => `${name}=${encodeURIComponent(value)}&`)
        const { data, links } = pageOf(companies.find(locator), { page, pageSize }, '/v1/companies', query.join(''))
        const shown = data.map(variants.companyListsBrief ? companySummaryOf : companyRecordOf)
        return context.json({ meta: { page, pageSize }, data: shown, links }, 200)
      }
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/companies/{id}',
        operationId: 'getCompany',
        tags: ['Companies'],
        summary: 'Read a company',
        description: '[P] A company by its id.',
        middleware: requireRole(...COMPANY_READ_ROLES),
        request: { params: id },
        responses: { 200: answers.resource('The company'), ...answers.refusals }
      }),
      (context) =>
        context.json({ data: companyRecordOf(kustomer.organization.companies.get(context.req.valid('param').id)) }, 200)
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/companies',
        operationId: 'createCompany',
        tags: ['Companies'],
        summary: 'Create a company',
        description: '[P] A company has a name, and an externalId of its own. [A] A taken one is refused with 409.',
        middleware: requireRole(...COMPANY_CREATE_ROLES),
        request: { body: { required: true, ...json(companyCreation) } },
        responses: { 201: answers.resource('The new company'), ...answers.refusals }
      }),
      (context) => {
        const { companies } = kustomer.organization
        const attributes = readAttributes(context.req.valid('json'), kustomer.organization, 'company')
        return context.json({ data: companyRecordOf(companies.create(attributes)) }, 201)
      }
    )
    .openapi(
      createRoute({
        method: 'put',
        path: '/companies/{id}',
        operationId: 'updateCompany',
        tags: ['Companies'],
        summary: 'Update or delete a company',
        description:
          '[P] Deletes the company where `deleted` is true. [A] Leaves other values alone, replaces lists, and refuses a stale `rev` with 409.',
        middleware: requireRole(...COMPANY_UPDATE_ROLES),
        request: { params: id, body: { required: true, ...json(companyUpdate) } },
        responses: { 200: answers.resource('The updated company'), ...answers.refusals }
      }),
      (context) => {
        const { companies } = kustomer.organization
        const change = readAttributes(context.req.valid('json'), kustomer.organization, 'company')
        return context.json({ data: companyRecordOf(companies.update(context.req.valid('param').id, change)) }, 200)
      }
    )
}
