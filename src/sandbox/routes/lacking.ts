import { Refusal } from '../errors'
import { newRouter } from './router'

/** What Kustomer has and the sandbox lacks. [P] Published, or linked to in published examples. */
export const LACKING = {
  'Defining attributes': ['PUT /metadata/{resource}'],
  'A list of all customers': ['GET /customers'],
  'What records link to': [
    'GET /customers/{id}/messages',
    'GET /auth/tokens/{id}',
    'GET /bulk/{id}/batches/{batchId}',
    'GET /tracking/identity/{id}'
  ]
}

/** Below which the sandbox has next to nothing. [P] Linked to in published examples, or kinds of records. */
export const LACKING_ROOTS = ['conversations', 'messages', 'notes', 'orgs', 'queues', 'teams', 'users']

/** [R] Tells the pod of an organization, and needs no key. */
export const LACKING_WITHOUT_KEY = { 'The pod of an organization': ['GET /domains/{org}'] }

/** Refuses with 501 what is no mistake of the caller's. */
export function lackingRoutes(lacking: Record<string, string[]>) {
  const router = newRouter()
  for (const operation of Object.values(lacking).flat()) {
    const [method = '', path = ''] = operation.split(' ')
    router.on(method, path.replace(/\{(\w+)\}/g, ':$1'), () => {
      throw lacks(`${method} /v1${path}`)
    })
  }
  return router
}

/** Refuses with 501 whatever is asked of a resource that Kustomer has. */
export function lackingRootRoutes(roots: string[]) {
  const router = newRouter()
  for (const root of roots) {
    router.all(`/${root}/*`, () => {
      throw lacks(`/v1/${root}`)
    })
  }
  return router
}

function lacks(what: string): Refusal {
  return new Refusal({
    status: 501,
    code: 'notimplemented',
    title: `Kustomer has ${what}, but the sandbox does not`
  })
}
