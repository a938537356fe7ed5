import { createRoute, z } from '@hono/zod-openapi'
import {
  KLASS_READ_ROLES,
  OBJECT_CREATE_ROLES,
  OBJECT_DELETE_ROLES,
  OBJECT_READ_ROLES,
  OBJECT_UPDATE_ROLES,
  requireRole
} from '../access'
import { readAttributes } from '../body-readings'
import { answers, json } from '../contract/answers'
import { customObjectCreation, customObjectUpdate } from '../contract/custom-object'
import { paging } from '../contract/paging'
import { customObjectRecordOf, klassRecordOf } from '../state/custom-object-record'
import type { CustomObject } from '../state/custom-objects'
import type { Organization } from '../state/organization'
import { pageOf } from './pages'
import { newRouter } from './router'
import type { Kustomer } from './router'

const EXTERNAL_ID = /^externalId=(.*)$/s

const ofKlass = z.object({ name: z.string() })
const ofObject = z.object({ name: z.string(), id: z.string() })
const ofCustomer = z.object({ id: z.string(), name: z.string() })
const creation = { required: true, ...json(customObjectCreation) }
const tags = ['Custom objects']

/** How an object is shown. [A] Whether its data and, unless it is read below its customer, its customer are. */
function shown(object: CustomObject, { variants }: Organization, isBelowCustomer = false) {
  const record = customObjectRecordOf(object)
  const { data, ...attributes } = record.attributes
  const { customer, ...relationships } = record.relationships
  return {
    ...record,
    attributes: variants.objectsHideData ? attributes : record.attributes,
    relationships: variants.objectsHideCustomer && !isBelowCustomer ? relationships : record.relationships
  }
}

export function customObjectRoutes(kustomer: Kustomer) {
  return newRouter()
    .openapi(
      createRoute({
        method: 'get',
        path: '/klasses',
        operationId: 'listKlasses',
        tags,
        summary: 'List the Klasses',
        description: '[P] The types of custom objects.',
        middleware: requireRole(...KLASS_READ_ROLES),
        request: { query: paging },
        responses: { 200: answers.resources('A page of Klasses'), ...answers.refusals }
      }),
      (context) => {
        const asked = context.req.valid('query')
        const all = kustomer.organization.attributes.klasses().map(klassRecordOf)
        const { data, links } = pageOf(all, asked, '/v1/klasses')
        return context.json({ meta: asked, data, links }, 200)
      }
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/klasses/{name}',
        operationId: 'listCustomObjects',
        tags,
        summary: 'List the objects of a Klass',
        description: '[P] The objects of a Klass. [A] 404 if the Klass is not defined.',
        middleware: requireRole(...OBJECT_READ_ROLES),
        request: { params: ofKlass, query: paging },
        responses: { 200: answers.resources('A page of custom objects'), ...answers.refusals }
      }),
      (context) => {
        const { organization } = kustomer
        const name = organization.attributes.klass(context.req.valid('param').name)
        const asked = context.req.valid('query')
        const all = organization.customObjects.ofKlass(name)
        const { data, links } = pageOf(all, asked, `/v1/klasses/${name}`)
        return context.json({ meta: asked, data: data.map((object) => shown(object, organization)), links }, 200)
      }
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/klasses/{name}',
        operationId: 'createCustomObject',
        tags,
        summary: 'Create a custom object',
        description:
          '[P] At most 120 a minute for one customer, unless the body has `importedAt`. [A] A taken externalId is refused with 409.',
        middleware: requireRole(...OBJECT_CREATE_ROLES),
        request: { params: ofKlass, body: creation },
        responses: { 201: answers.resource('The new custom object'), ...answers.refusals }
      }),
      (context) => {
        const { organization } = kustomer
        const name = organization.attributes.klass(context.req.valid('param').name)
        const attributes = readAttributes(context.req.valid('json'), organization, `kobject.${name}`)
        return context.json({ data: shown(organization.customObjects.create(name, attributes), organization) }, 201)
      }
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/klasses/{name}/{id}',
        operationId: 'getCustomObject',
        tags,
        summary: 'Look a custom object up',
        description: '[P] In place of an id, `externalId=…` may stand, percent-encoded.',
        middleware: requireRole(...OBJECT_READ_ROLES),
        request: { params: ofObject },
        responses: { 200: answers.resource('The custom object'), ...answers.refusals }
      }),
      (context) => {
        const { organization } = kustomer
        const { name, id } = context.req.valid('param')
        const klass = organization.attributes.klass(name)
        const externalId = EXTERNAL_ID.exec(id)?.[1]
        const { customObjects } = organization
        const object = externalId === undefined ? customObjects.get(klass, id) : customObjects.lookUp(klass, externalId)
        return context.json({ data: shown(object, organization) }, 200)
      }
    )
    .openapi(
      createRoute({
        method: 'put',
        path: '/klasses/{name}/{id}',
        operationId: 'updateCustomObject',
        tags,
        summary: 'Update a custom object',
        description:
          '[P] Takes neither a customer nor a company. [A] Leaves other values alone, replaces lists and `data`, and refuses a stale `rev` with 409.',
        middleware: requireRole(...OBJECT_UPDATE_ROLES),
        request: { params: ofObject, body: { required: true, ...json(customObjectUpdate) } },
        responses: { 200: answers.resource('The updated custom object'), ...answers.refusals }
      }),
      (context) => {
        const { organization } = kustomer
        const { name, id } = context.req.valid('param')
        const klass = organization.attributes.klass(name)
        const change = readAttributes(context.req.valid('json'), organization, `kobject.${klass}`)
        return context.json({ data: shown(organization.customObjects.update(klass, id, change), organization) }, 200)
      }
    )
    .openapi(
      createRoute({
        method: 'delete',
        path: '/klasses/{name}/{id}',
        operationId: 'deleteCustomObject',
        tags,
        summary: 'Erase a custom object',
        description: '[P] Erases a custom object for good.',
        middleware: requireRole(...OBJECT_DELETE_ROLES),
        request: { params: ofObject },
        responses: { 204: answers.nothing('Erased'), ...answers.refusals }
      }),
      (context) => {
        const { name, id } = context.req.valid('param')
        kustomer.organization.customObjects.delete(name, id)
        return context.body(null, 204)
      }
    )
}

/** The objects of one customer. */
export function customerObjectRoutes(kustomer: Kustomer) {
  return newRouter()
    .openapi(
      createRoute({
        method: 'get',
        path: '/customers/{id}/klasses/{name}',
        operationId: 'listCustomerObjects',
        tags,
        summary: 'List the objects of a customer',
        description: '[P] The objects of a Klass that belong to a customer.',
        middleware: requireRole(...OBJECT_READ_ROLES),
        request: { params: ofCustomer, query: paging },
        responses: { 200: answers.resources('A page of custom objects'), ...answers.refusals }
      }),
      (context) => {
        const { organization } = kustomer
        const { id, name } = context.req.valid('param')
        const klass = organization.attributes.klass(name)
        const customer = organization.customers.get(id)
        const asked = context.req.valid('query')
        const all = organization.customObjects.ofCustomer(customer.id).filter((object) => object.klass === klass)
        const { data, links } = pageOf(all, asked, `/v1/customers/${id}/klasses/${name}`)
        return context.json({ meta: asked, data: data.map((object) => shown(object, organization, true)), links }, 200)
      }
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/customers/{id}/klasses/{name}',
        operationId: 'createCustomerObject',
        tags,
        summary: 'Create a custom object of a customer',
        description: '[P] As `POST /v1/klasses/{name}`, for the customer of the path.',
        middleware: requireRole(...OBJECT_CREATE_ROLES),
        request: { params: ofCustomer, body: creation },
        responses: { 201: answers.resource('The new custom object'), ...answers.refusals }
      }),
      (context) => {
        const { organization } = kustomer
        const { id, name } = context.req.valid('param')
        const klass = organization.attributes.klass(name)
        const customer = organization.customers.get(id).id
        const attributes = readAttributes(context.req.valid('json'), organization, `kobject.${klass}`)
        const object = organization.customObjects.create(klass, { ...attributes, customer })
        return context.json({ data: shown(object, organization, true) }, 201)
      }
    )
}
