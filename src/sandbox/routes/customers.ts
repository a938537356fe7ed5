import { createRoute, z } from '@hono/zod-openapi'
import { CREATE_ROLES, DELETE_ROLES, READ_ROLES, requireRole, UPDATE_ROLES } from '../access'
import { answers, json } from '../contract/answers'
import { customerAttributes } from '../contract/customer'
import { notFound } from '../errors'
import { readAttributes } from '../body-readings'
import type { Customer } from '../state/customers'
import type { LookUpName } from '../state/identifiers'
import type { Organization } from '../state/organization'
import { newRouter } from './router'
import type { Kustomer } from './router'

const LOCATOR = /^(externalId|email|phone)=(.*)$/s

const id = z.object({ id: z.string() })
const body = { required: true, ...json(customerAttributes) }

export function customerRoutes(kustomer: Kustomer) {
  return newRouter()
    .openapi(
      createRoute({
        method: 'get',
        path: '/customers/{id}',
        operationId: 'getCustomer',
        tags: ['Customers'],
        summary: 'Look a customer up',
        description:
          '[P] In place of an id, `externalId=…`, `email=…` or `phone=…` may stand, percent-encoded. [A] What is shared is not found.',
        middleware: requireRole(...READ_ROLES),
        request: { params: id },
        responses: { 200: answers.customer('The customer'), ...answers.refusals }
      }),
      (context) =>
        context.json(
          { data: kustomer.organization.shown(located(kustomer.organization, context.req.valid('param').id)) },
          200
        )
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/customers',
        operationId: 'createCustomer',
        tags: ['Customers'],
        summary: 'Create a customer',
        description: '[P] A taken externalId, email or phone is refused. [A] With 409.',
        middleware: requireRole(...CREATE_ROLES),
        request: { body },
        responses: { 201: answers.customer('The new customer'), ...answers.refusals }
      }),
      (context) => {
        const { organization } = kustomer
        const { customers } = organization
        const attributes = readAttributes(context.req.valid('json'), organization, 'customer')
        return context.json({ data: organization.shown(customers.create(attributes)) }, 201)
      }
    )
    .openapi(
      createRoute({
        method: 'patch',
        path: '/customers/{id}',
        operationId: 'updateCustomer',
        tags: ['Customers'],
        summary: 'Update a customer',
        description:
          '[P] Unlinks the customer from its company where `company` is left out. [A] Leaves other values alone, replaces lists, and refuses a stale `rev` with 409.',
        middleware: requireRole(...UPDATE_ROLES),
        request: { params: id, body },
        responses: { 200: answers.customer('The updated customer'), ...answers.refusals }
      }),
      (context) => {
        const { organization } = kustomer
        const { customers } = organization
        const attributes = readAttributes(context.req.valid('json'), organization, 'customer')
        return context.json(
          { data: organization.shown(customers.update(context.req.valid('param').id, attributes)) },
          200
        )
      }
    )
    .openapi(
      createRoute({
        method: 'put',
        path: '/customers/{id}',
        operationId: 'putCustomer',
        tags: ['Customers'],
        summary: 'Update or replace a customer',
        description: '[P] Does what `PATCH` does, unless `replace` is true: then what is left out is forgotten.',
        middleware: requireRole(...UPDATE_ROLES),
        request: { params: id, query: z.object({ replace: z.enum(['true', 'false']).optional() }), body },
        responses: { 200: answers.customer('The updated customer'), ...answers.refusals }
      }),
      (context) => {
        const { organization } = kustomer
        const { customers } = organization
        const attributes = readAttributes(context.req.valid('json'), organization, 'customer')
        const write = { replaces: context.req.valid('query').replace === 'true' }
        return context.json(
          { data: organization.shown(customers.update(context.req.valid('param').id, attributes, write)) },
          200
        )
      }
    )
    .openapi(
      createRoute({
        method: 'delete',
        path: '/customers/{id}',
        operationId: 'deleteCustomer',
        tags: ['Customers'],
        summary: 'Erase a customer',
        description: '[P] Erases the customer for good. [A] The timeline goes too.',
        middleware: requireRole(...DELETE_ROLES),
        request: { params: id },
        responses: { 204: answers.nothing('Erased'), ...answers.refusals }
      }),
      (context) => {
        kustomer.organization.erase(context.req.valid('param').id)
        return context.body(null, 204)
      }
    )
}

function located({ customers }: Organization, locator: string): Customer {
  const [, name, value] = LOCATOR.exec(locator) ?? []
  if (name === undefined || value === undefined) {
    return customers.get(locator)
  }
  const customer = customers.lookUp(name as LookUpName, value)
  if (!customer) {
    throw notFound(name)
  }
  return customer
}
