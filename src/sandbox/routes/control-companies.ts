import { createRoute, z } from '@hono/zod-openapi'
import { answers, json } from '../contract/answers'
import { companyCreation, companyUpdate } from '../contract/company'
import { objectId } from '../contract/formats'
import { only } from '../contract/sandbox-objects'
import { explained } from '../errors'
import type { Sandbox } from '../sandbox'
import { newRouter } from './router'

const id = z.object({ id: z.string() })

const newCompany = companyCreation
  .safeExtend({ id: objectId.optional().openapi({ description: 'The id that it gets; a new one where left out.' }) })
  .openapi('NewCompany', { description: 'A company, with an id of one’s choice.' })

const companyLink = only('part of a link', {
  company: z.string().nullable().openapi({ description: 'The id of a company; null for none.' })
}).openapi('CompanyLink')

/** What an agent does with companies. No key is needed. */
export function companyControlRoutes(sandbox: Sandbox) {
  return newRouter(explained)
    .openapi(
      createRoute({
        method: 'get',
        path: '/companies',
        operationId: 'listSandboxCompanies',
        tags: ['Sandbox'],
        security: [],
        summary: 'List the companies that are there',
        description: 'The companies that are there.',
        responses: { 200: answers.all('The companies'), ...answers.ownRefusals }
      }),
      (context) => context.json({ data: sandbox.companies().map((company) => ({ ...company })) }, 200)
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/companies',
        operationId: 'addSandboxCompany',
        tags: ['Sandbox'],
        security: [],
        summary: 'Add a company',
        description: 'Adds a company, with an id of one’s choice.',
        request: { body: { required: true, ...json(newCompany) } },
        responses: { 201: answers.resource('The company'), ...answers.ownRefusals }
      }),
      (context) => context.json({ data: sandbox.addCompany(context.req.valid('json')) }, 201)
    )
    .openapi(
      createRoute({
        method: 'patch',
        path: '/companies/{id}',
        operationId: 'editSandboxCompany',
        tags: ['Sandbox'],
        security: [],
        summary: 'Change a company',
        description: 'Changes what is named of a company and nothing else, as an agent does.',
        request: { params: id, body: { required: true, ...json(companyUpdate) } },
        responses: { 204: answers.nothing('Changed'), ...answers.ownRefusals }
      }),
      (context) => {
        sandbox.editCompany(context.req.valid('param').id, context.req.valid('json'))
        return context.body(null, 204)
      }
    )
    .openapi(
      createRoute({
        method: 'put',
        path: '/customers/{id}/company',
        operationId: 'linkSandboxCompany',
        tags: ['Sandbox'],
        security: [],
        summary: 'Link a customer to a company',
        description: 'Links a customer to a company, or to none, and changes nothing else, as an agent does.',
        request: { params: id, body: { required: true, ...json(companyLink) } },
        responses: { 204: answers.nothing('Linked'), ...answers.ownRefusals }
      }),
      (context) => {
        sandbox.linkCompany(context.req.valid('param').id, context.req.valid('json').company)
        return context.body(null, 204)
      }
    )
}
