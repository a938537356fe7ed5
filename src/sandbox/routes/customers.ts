import { z } from '@hono/zod-openapi'
import { CREATE_ROLES, DELETE_ROLES, READ_ROLES, UPDATE_ROLES } from '../access'
import { readAttributes } from '../body-readings'
import { answers } from '../contract/answers'
import { customerAttributes } from '../contract/customer'
import { notFound } from '../errors'
import type { Customer } from '../state/customers'
import type { LookUpName } from '../state/identifiers'
import type { Organization } from '../state/organization'
import { byId, Routes } from './router'
import type { Kustomer } from './router'

const LOCATOR = /^(externalId|email|phone)=(.*)$/s

const updating = {
  roles: UPDATE_ROLES,
  params: byId,
  body: customerAttributes,
  answer: answers.customer('The updated customer')
}

export function customerRoutes(kustomer: Kustomer) {
  const update = (id: string, body: z.infer<typeof customerAttributes>, write?: { replaces: boolean }) => {
    const { organization } = kustomer
    const attributes = readAttributes(body, organization, 'customer')
    return { data: organization.shown(organization.customers.update(id, attributes, write)) }
  }
  return new Routes('Customers')
    .add(
      'getCustomer: GET /customers/{id}',
      {
        summary: 'Look up a customer',
        description:
          '[P] By ID, or by `externalId=…`, `email=…` or `phone=…`, percent-encoded. [A] Shared emails and phones are not searched.',
        roles: READ_ROLES,
        params: byId,
        answer: answers.customer('The customer')
      },
      ({ params }) => ({ data: kustomer.organization.shown(located(kustomer.organization, params.id)) })
    )
    .add(
      'createCustomer: POST /customers',
      {
        summary: 'Create a customer',
        description: '[P] A duplicate external ID, email or phone is rejected. [A] With 409.',
        roles: CREATE_ROLES,
        body: customerAttributes,
        status: 201,
        answer: answers.customer('The new customer')
      },
      ({ body }) => {
        const { organization } = kustomer
        const attributes = readAttributes(body, organization, 'customer')
        return { data: organization.shown(organization.customers.create(attributes)) }
      }
    )
    .add(
      'updateCustomer: PATCH /customers/{id}',
      {
        summary: 'Update a customer',
        description:
          '[P] Unlinks the company if `company` is not set. [A] Other attributes that are not set stay, lists are replaced, and an outdated `rev` is rejected with 409.',
        ...updating
      },
      ({ params, body }) => update(params.id, body)
    )
    .add(
      'putCustomer: PUT /customers/{id}',
      {
        summary: 'Update or replace a customer',
        description: '[P] Same as `PATCH`. If `replace` is true, attributes that are not set are cleared.',
        ...updating,
        query: z.object({ replace: z.enum(['true', 'false']).optional() })
      },
      ({ params, query, body }) => update(params.id, body, { replaces: query.replace === 'true' })
    )
    .add(
      'deleteCustomer: DELETE /customers/{id}',
      {
        summary: 'Delete a customer',
        description: '[P] Deletes the customer permanently. [A] The timeline is deleted too.',
        roles: DELETE_ROLES,
        params: byId
      },
      ({ params }) => kustomer.organization.erase(params.id)
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
