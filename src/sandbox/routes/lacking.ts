import { Hono } from 'hono'
import type { Access } from '../access'
import { lacks } from '../errors'

/** Kustomer's endpoints that the sandbox lacks. [P] Published, or linked to in published examples. */
export const LACKING = {
  'Defining attributes': ['PUT /metadata/{resource}'],
  'A list of all customers': ['GET /customers'],
  'Linked records': [
    'GET /customers/{id}/messages',
    'GET /auth/tokens/{id}',
    'GET /bulk/{id}/batches/{batchId}',
    'GET /tracking/identity/{id}'
  ]
}

/** [P] Linked to in published examples, or kinds of records. */
export const LACKING_ROOTS = ['conversations', 'messages', 'notes', 'orgs', 'queues', 'teams', 'users']

/** [R] Tells the pod of an organization, and needs no key. */
export const LACKING_WITHOUT_KEY = { 'The pod of an organization': ['GET /domains/{org}'] }

/** Refuses with 501 what Kustomer has and the sandbox lacks. */
export function lackingRoutes(lacking: Record<string, string[]>, roots: string[] = []) {
  const router = new Hono<Access>()
  for (const operation of Object.values(lacking).flat()) {
    const [method = '', path = ''] = operation.split(' ')
    router.on(method, path.replace(/\{(\w+)\}/g, ':$1'), () => {
      throw lacks(`Kustomer has ${method} /v1${path}, but the sandbox does not`)
    })
  }
  for (const root of roots) {
    router.all(`/${root}/*`, () => {
      throw lacks(`Kustomer has /v1/${root}, but the sandbox does not`)
    })
  }
  return router
}
