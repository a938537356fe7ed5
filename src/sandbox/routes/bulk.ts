import { z } from '@hono/zod-openapi'
import {
  COMPANY_CREATE_ROLES,
  COMPANY_UPDATE_ROLES,
  CREATE_ROLES,
  DELETE_ROLES,
  OBJECT_CREATE_ROLES,
  OBJECT_DELETE_ROLES,
  OBJECT_UPDATE_ROLES,
  UPDATE_ROLES
} from '../access'
import { readAttributes } from '../body-readings'
import type { Written } from '../body-readings'
import { answers } from '../contract/answers'
import * as contract from '../contract/bulk'
import type { JobRequest } from '../state/bulk-jobs'
import type { Organization } from '../state/organization'
import { parsed, recordsOf, tasksOf } from './bulk-records'
import { byId, Routes } from './router'
import type { Kustomer } from './router'

interface Subject {
  records: JobRequest['records']
  /** As in the operation IDs. */
  title: string
  /** Custom objects have a Klass in the path instead. */
  resource?: 'customer' | 'company'
}

/** How the jobs of one kind of record differ from those of another. */
interface Kind<Creation, Update> extends Subject {
  creation: [schema: string, z.ZodType<Creation>]
  update: [schema: string, z.ZodType<Update>]
  /** What is written to all records if the query has their `ids`. */
  same?: z.ZodType<object>
  updateNote?: string
  /** Each returns the ID of the record. */
  create: (organization: Organization, attributes: Creation, klass: string) => string
  change: (organization: Organization, change: Update, klass: string) => string
  erase?: (organization: Organization, id: string, klass: string) => string
}

const ROLES = {
  customers: { create: CREATE_ROLES, update: UPDATE_ROLES, delete: DELETE_ROLES },
  companies: { create: COMPANY_CREATE_ROLES, update: COMPANY_UPDATE_ROLES, delete: [] },
  kobjects: { create: OBJECT_CREATE_ROLES, update: OBJECT_UPDATE_ROLES, delete: OBJECT_DELETE_ROLES }
}

const FOLLOW_ROLES = ['org.permission.bulk.read']
const EACH = '[P] Each record succeeds or fails on its own. The job counts as one request for the rate limit.'

const ofKlass = z.object({ name: z.string() })

export function bulkRoutes(kustomer: Kustomer) {
  const routes = new Routes('Bulk jobs')
  addKind(routes, kustomer, {
    records: 'customers',
    title: 'Customers',
    resource: 'customer',
    creation: ['BulkCreation', contract.bulkCreation],
    update: ['BulkUpdate', contract.bulkUpdate],
    same: contract.sameUpdate,
    updateNote: ' If `ids` is set, all of them get the same update. [A] Unlinks the company if `company` is not set.',
    create: ({ customers }, { _clientRef, ...attributes }) => customers.create(attributes).id,
    change: ({ customers }, { _clientRef, id, ...change }) => customers.update(id, change, { isBulk: true }).id,
    erase: (organization, id) => organization.erase(id)
  })
  addKind(routes, kustomer, {
    records: 'companies',
    title: 'Companies',
    resource: 'company',
    creation: ['BulkCompanyCreation', contract.bulkCompanyCreation],
    update: ['BulkCompanyUpdate', contract.bulkCompanyUpdate],
    create: ({ companies }, { _clientRef, ...attributes }) => companies.create(attributes).id,
    change: ({ companies }, { _clientRef, id, ...change }) => companies.update(id, change).id
  })
  addKind(routes, kustomer, {
    records: 'kobjects',
    title: 'CustomObjects',
    creation: ['BulkCustomObjectCreation', contract.bulkCustomObjectCreation],
    update: ['BulkCustomObjectUpdate', contract.bulkCustomObjectUpdate],
    create: ({ customObjects }, { _clientRef, ...attributes }, klass) => customObjects.create(klass, attributes).id,
    change: ({ customObjects }, { _clientRef, id, ...change }, klass) => customObjects.update(klass, id, change).id,
    erase: ({ customObjects }, id, klass) => customObjects.delete(klass, id)
  })
  return addJobs(routes, kustomer)
}

function addKind<Creation extends Written, Update extends Written>(
  routes: Routes,
  kustomer: Kustomer,
  kind: Kind<Creation, Update>
) {
  addCreation(routes, kustomer, kind)
  addUpdate(routes, kustomer, kind)
  if (kind.erase) {
    addErasure(routes, kustomer, kind, kind.erase)
  }
}

/** What the operations of a kind have in common. */
function commonOf(kustomer: Kustomer, { records, title, resource }: Subject) {
  const path = resource ? `/${records}/bulk` : '/klasses/{name}/bulk'
  return {
    path,
    name: title.replace(/(?!^)[A-Z]/, ' $&').toLowerCase(),
    operation: {
      params: resource ? undefined : ofKlass,
      status: 201 as const,
      answer: answers.resource('The queued job')
    },
    /** @throws Refusal (404 for an unknown Klass) */
    stage: (params?: { name: string }) => {
      const { organization, misbehavior } = kustomer
      const klass = resource || !params ? '' : organization.attributes.klass(params.name)
      const queue = (job: Pick<JobRequest, 'kind' | 'ids' | 'data' | 'tasks'>) => {
        const request = { records, path: `/v1${path.replace('{name}', klass)}`, ...job }
        return { data: organization.bulkJobs.queue(request, misbehavior.bulkDelay) }
      }
      return { organization, klass, resource: resource ?? `kobject.${klass}`, queue }
    }
  }
}

function addCreation<Creation extends Written, Update>(
  routes: Routes,
  kustomer: Kustomer,
  kind: Kind<Creation, Update>
) {
  const { path, name, operation, stage } = commonOf(kustomer, kind)
  const [schema, record] = kind.creation
  routes.router.openAPIRegistry.register(schema, record)
  routes.add(
    `create${kind.title}InBulk: POST ${path}`,
    {
      summary: `Create up to 100 ${name}`,
      description: EACH,
      roles: ROLES[kind.records].create,
      body: recordsOf(schema),
      ...operation
    },
    ({ params, body }) => {
      const { organization, klass, resource, queue } = stage(params)
      const tasks = tasksOf(parsed(contract.bulkRecords, body), organization.variants, (raw) => {
        const attributes = readAttributes(parsed(record, raw), organization, resource)
        return () => kind.create(organization, attributes, klass)
      })
      return queue({ kind: 'create', ids: [], data: body, tasks })
    }
  )
}

function addUpdate<Creation, Update extends Written>(routes: Routes, kustomer: Kustomer, kind: Kind<Creation, Update>) {
  const { path, name, operation, stage } = commonOf(kustomer, kind)
  const { same, updateNote = '' } = kind
  const [schema, record] = kind.update
  routes.router.openAPIRegistry.register(schema, record)
  routes.add(
    `update${kind.title}InBulk: PUT ${path}`,
    {
      summary: `Update up to 100 ${name}`,
      description: `${EACH}${updateNote}`,
      roles: ROLES[kind.records].update,
      query: same && z.object({ ids: contract.ids.optional() }),
      body: same ? z.union([recordsOf(schema), same]) : recordsOf(schema),
      ...operation,
      status: kind.resource ? 201 : 200
    },
    ({ params, query, body }) => {
      const { organization, klass, resource, queue } = stage(params)
      const ids = (same && query.ids) ?? []
      const bodies =
        same && ids.length > 0 ? ids.map((id) => ({ ...parsed(same, body), id })) : parsed(contract.bulkRecords, body)
      const tasks = tasksOf(bodies, organization.variants, (raw) => {
        const change = readAttributes(parsed(record, raw), organization, resource)
        return () => kind.change(organization, change, klass)
      })
      return queue({ kind: 'update', ids, data: body, tasks })
    }
  )
}

function addErasure(
  routes: Routes,
  kustomer: Kustomer,
  kind: Subject,
  erase: (organization: Organization, id: string, klass: string) => string
) {
  const { path, name, operation, stage } = commonOf(kustomer, kind)
  routes.add(
    `delete${kind.title}InBulk: DELETE ${path}`,
    {
      summary: `Delete up to 100 ${name}`,
      description: '[P] Deletes the records permanently. [A] At most 100.',
      roles: ROLES[kind.records].delete,
      query: z.object({ ids: contract.ids }),
      ...operation
    },
    ({ params, query: { ids } }) => {
      const { organization, klass, queue } = stage(params)
      const tasks = ids.map((id) => ({ run: () => erase(organization, id, klass) }))
      return queue({ kind: 'delete', ids, data: {}, tasks })
    }
  )
}

/** How jobs are followed, whatever they write. */
function addJobs(routes: Routes, kustomer: Kustomer): Routes {
  return routes
    .add(
      'getBulkJob: GET /bulk/{id}',
      {
        summary: 'Get the status of a bulk job',
        description: '[P] `queued`, `running` or `complete`.',
        roles: FOLLOW_ROLES,
        params: byId,
        answer: answers.resource('The job')
      },
      ({ params }) => ({ data: kustomer.organization.bulkJobs.get(params.id) })
    )
    .add(
      'listBulkBatches: GET /bulk/{id}/batches',
      {
        summary: 'Get the result for each record of a bulk job',
        description: '[P] `created`, `updated` or `error` for each record, and its `objectId`.',
        roles: FOLLOW_ROLES,
        params: byId,
        answer: answers.batches('The batches of the job')
      },
      ({ params }) => ({ data: kustomer.organization.bulkJobs.batches(params.id) })
    )
}
