import { createRoute, z } from '@hono/zod-openapi'
import { requireRole } from '../access'
import { customerAttributes, customerSearch } from '../contract/customer'
import type { CustomerAttributes } from '../contract/customer'
import type { CustomerRecord, IdentifierName } from '../customers'
import { notFound } from '../errors'
import type { Organization } from '../organization'
import { answers, json } from './respond'
import { newRouter } from './router'

const LOCATOR = /^(externalId|email|phone)=(.*)$/s
const MAX_PAGE = 100

const id = z.object({ id: z.string() })

export function customerRoutes(organization: Organization) {
  const { customers, timeline } = organization

  const located = (locator: string): CustomerRecord => {
    const [, name, value] = LOCATOR.exec(locator) ?? []
    if (name === undefined || value === undefined) {
      return customers.get(locator)
    }
    const customer = customers.find(name as IdentifierName, value)
    if (!customer) {
      throw notFound(name)
    }
    return customer
  }

  const update = (method: 'patch' | 'put') =>
    createRoute({
      method,
      path: '/customers/{id}',
      description:
        '[P] Unlinks the customer from its company where `company` is left out. [A] Partial for single values, replaces lists.',
      middleware: requireRole('org.permission.customer.update'),
      request: { params: id, body: { required: true, ...json(customerAttributes) } },
      responses: { 200: answers.customer('The updated customer'), default: answers.refusal }
    })

  const updated = (customerId: string, attributes: CustomerAttributes) => ({
    data: customers.update(customerId, attributes)
  })

  return newRouter()
    .openapi(
      createRoute({
        method: 'get',
        path: '/customers/{id}',
        description:
          '[P] In place of an id, `externalId=…`, `email=…` or `phone=…` may stand, percent-encoded. [A] What is shared is not found.',
        middleware: requireRole('org.permission.customer.read'),
        request: { params: id },
        responses: { 200: answers.customer('The customer'), default: answers.refusal }
      }),
      (context) => context.json({ data: located(context.req.valid('param').id) }, 200)
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/customers/search',
        description: '[P] Searches the index, which lags behind writes: a miss proves nothing.',
        middleware: requireRole('org.permission.search.read'),
        request: {
          query: z.object({
            page: z.coerce.number().int().min(1).default(1),
            pageSize: z.coerce.number().int().min(1).max(MAX_PAGE).default(MAX_PAGE)
          }),
          body: { required: true, ...json(customerSearch) }
        },
        responses: { 200: answers.customers('A page of customers'), default: answers.refusal }
      }),
      (context) => {
        const { page, pageSize } = context.req.valid('query')
        const wanted = new Set<unknown>(context.req.valid('json').or.map((term) => term.customer_externalId.equals))
        const found = organization.index().filter(({ attributes }) => wanted.has(attributes.externalId))
        return context.json({ data: found.slice((page - 1) * pageSize, page * pageSize) }, 200)
      }
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/customers',
        description: '[A] A taken externalId, email or phone is a conflict, 409.',
        middleware: requireRole('org.permission.customer.create'),
        request: { body: { required: true, ...json(customerAttributes) } },
        responses: { 201: answers.customer('The new customer'), default: answers.refusal }
      }),
      (context) => context.json({ data: customers.create(context.req.valid('json')) }, 201)
    )
    .openapi(update('patch'), (context) =>
      context.json(updated(context.req.valid('param').id, context.req.valid('json')), 200)
    )
    .openapi(update('put'), (context) =>
      context.json(updated(context.req.valid('param').id, context.req.valid('json')), 200)
    )
    .openapi(
      createRoute({
        method: 'delete',
        path: '/customers/{id}',
        description: '[P] Erases the customer. [A] The timeline goes too.',
        middleware: requireRole('org.permission.customer.delete'),
        request: { params: id },
        responses: { 204: answers.nothing('Erased'), default: answers.refusal }
      }),
      (context) => {
        const customerId = context.req.valid('param').id
        customers.delete(customerId)
        timeline.forget(customerId)
        return context.body(null, 204)
      }
    )
}
