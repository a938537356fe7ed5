import { z } from '@hono/zod-openapi'
import {
  KLASS_READ_ROLES,
  OBJECT_CREATE_ROLES,
  OBJECT_DELETE_ROLES,
  OBJECT_READ_ROLES,
  OBJECT_UPDATE_ROLES
} from '../access'
import { readAttributes } from '../body-readings'
import { answers } from '../contract/answers'
import { customObjectCreation, customObjectUpdate } from '../contract/custom-object'
import type { CustomObjectCreation } from '../contract/custom-object'
import { paging } from '../contract/paging'
import { customObjectRecordOf, klassRecordOf } from '../state/custom-object-record'
import type { CustomObject } from '../state/custom-objects'
import type { Organization } from '../state/organization'
import { answerPage } from './pages'
import { Routes } from './router'
import type { Kustomer } from './router'

const EXTERNAL_ID = /^externalId=(.*)$/s

const ofKlass = z.object({ name: z.string() })
const ofObject = z.object({ name: z.string(), id: z.string() })
const ofCustomer = z.object({ id: z.string(), name: z.string() })
const creating = {
  roles: OBJECT_CREATE_ROLES,
  body: customObjectCreation,
  status: 201,
  answer: answers.resource('The new custom object')
} as const

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

/** @param below the customer whose path it is created below */
function create(organization: Organization, name: string, body: CustomObjectCreation, below?: string) {
  const klass = organization.attributes.klass(name)
  const owner = below === undefined ? {} : { customer: organization.customers.get(below).id }
  const attributes = readAttributes(body, organization, `kobject.${klass}`)
  const object = organization.customObjects.create(klass, { ...attributes, ...owner })
  return { data: shown(object, organization, below !== undefined) }
}

export function customObjectRoutes(kustomer: Kustomer) {
  const routes = new Routes('Custom objects')
  addKlasses(routes, kustomer)
  addObjects(routes, kustomer)
  return addObjectsOfCustomers(routes, kustomer)
}

function addKlasses(routes: Routes, kustomer: Kustomer) {
  routes
    .add(
      'listKlasses: GET /klasses',
      {
        summary: 'List the Klasses',
        description: '[P] The types of custom objects.',
        roles: KLASS_READ_ROLES,
        query: paging,
        answer: answers.resources('A page of Klasses')
      },
      ({ query }) => answerPage(kustomer.organization.attributes.klasses(), query, '/v1/klasses', klassRecordOf)
    )
    .add(
      'listCustomObjects: GET /klasses/{name}',
      {
        summary: 'List the custom objects of a Klass',
        description: '[P] The custom objects of a Klass. [A] 404 if the Klass is not defined.',
        roles: OBJECT_READ_ROLES,
        params: ofKlass,
        query: paging,
        answer: answers.resources('A page of custom objects')
      },
      ({ params, query }) => {
        const { organization } = kustomer
        const name = organization.attributes.klass(params.name)
        const all = organization.customObjects.ofKlass(name)
        return answerPage(all, query, `/v1/klasses/${name}`, (object) => shown(object, organization))
      }
    )
}

function addObjects(routes: Routes, kustomer: Kustomer) {
  routes
    .add(
      'createCustomObject: POST /klasses/{name}',
      {
        summary: 'Create a custom object',
        description:
          '[P] At most 120 per minute for one customer, unless `importedAt` is set. [A] A duplicate external ID is rejected with 409.',
        params: ofKlass,
        ...creating
      },
      ({ params, body }) => create(kustomer.organization, params.name, body)
    )
    .add(
      'getCustomObject: GET /klasses/{name}/{id}',
      {
        summary: 'Look up a custom object',
        description: '[P] By ID, or by `externalId=…`, percent-encoded.',
        roles: OBJECT_READ_ROLES,
        params: ofObject,
        answer: answers.resource('The custom object')
      },
      ({ params: { name, id } }) => {
        const { organization } = kustomer
        const klass = organization.attributes.klass(name)
        const externalId = EXTERNAL_ID.exec(id)?.[1]
        const { customObjects } = organization
        const object = externalId === undefined ? customObjects.get(klass, id) : customObjects.lookUp(klass, externalId)
        return { data: shown(object, organization) }
      }
    )
    .add(
      'updateCustomObject: PUT /klasses/{name}/{id}',
      {
        summary: 'Update a custom object',
        description:
          '[P] The customer and the company can’t be changed. [A] Attributes that are not set stay, lists and `data` are replaced, and an outdated `rev` is rejected with 409.',
        roles: OBJECT_UPDATE_ROLES,
        params: ofObject,
        body: customObjectUpdate,
        answer: answers.resource('The updated custom object')
      },
      ({ params: { name, id }, body }) => {
        const { organization } = kustomer
        const klass = organization.attributes.klass(name)
        const change = readAttributes(body, organization, `kobject.${klass}`)
        return { data: shown(organization.customObjects.update(klass, id, change), organization) }
      }
    )
    .add(
      'deleteCustomObject: DELETE /klasses/{name}/{id}',
      {
        summary: 'Delete a custom object',
        description: '[P] Deletes the custom object permanently.',
        roles: OBJECT_DELETE_ROLES,
        params: ofObject
      },
      ({ params: { name, id } }) => kustomer.organization.customObjects.delete(name, id)
    )
}

function addObjectsOfCustomers(routes: Routes, kustomer: Kustomer): Routes {
  return routes
    .add(
      'listCustomerObjects: GET /customers/{id}/klasses/{name}',
      {
        summary: 'List the custom objects of a customer',
        description: '[P] The custom objects of a Klass that belong to the customer.',
        roles: OBJECT_READ_ROLES,
        params: ofCustomer,
        query: paging,
        answer: answers.resources('A page of custom objects')
      },
      ({ params: { id, name }, query }) => {
        const { organization } = kustomer
        const klass = organization.attributes.klass(name)
        const customer = organization.customers.get(id)
        const all = organization.customObjects.ofCustomer(customer.id).filter((object) => object.klass === klass)
        const path = `/v1/customers/${id}/klasses/${name}`
        return answerPage(all, query, path, (object) => shown(object, organization, true))
      }
    )
    .add(
      'createCustomerObject: POST /customers/{id}/klasses/{name}',
      {
        summary: 'Create a custom object of a customer',
        description: '[P] Same as `POST /v1/klasses/{name}`, for the customer in the path.',
        params: ofCustomer,
        ...creating
      },
      ({ params: { id, name }, body }) => create(kustomer.organization, name, body, id)
    )
}
