import type { Context, MiddlewareHandler } from 'hono'
import { refusePlainly } from './errors'
import type { Keys, Token } from './keys'
import type { Variants } from './variants'

/** [P] The roles by their published names: those of the endpoints that Kustomer has for what concerns us. */
export const ALL_ROLES = [
  'org.tracking',
  'org.permission.customer.read',
  'org.permission.customer.create',
  'org.permission.customer.update',
  'org.permission.customer.delete',
  'org.permission.customer_merge.create',
  'org.permission.company.read',
  'org.permission.company.create',
  'org.permission.company.update',
  'org.permission.kobject.read',
  'org.permission.kobject.create',
  'org.permission.kobject.update',
  'org.permission.kobject.delete',
  'org.permission.klass.read',
  'org.permission.metadata.read',
  'org.permission.metadata.update',
  'org.permission.event.read',
  'org.permission.bulk.read',
  'org.permission.search.create',
  'org.permission.search.update',
  'org.permission.search_global.create',
  'org.permission.search_preview.create'
]

/** [P] What may be done in place of a role: by any role of these. Older names still work; [A] but for merges, which. */
export const SEARCH_ROLES = ALL_ROLES.filter((role) => role.startsWith('org.permission.search'))
export const MERGE_ROLES = [
  'org.permission.customer_merge.create',
  'org.user.customer.write',
  'org.admin.customer.merge.write'
]
export const READ_ROLES = ['org.permission.customer.read', 'org.user.customer.read']
export const CREATE_ROLES = ['org.permission.customer.create', 'org.user.customer.write']
export const UPDATE_ROLES = ['org.permission.customer.update', 'org.user.customer.write']
export const DELETE_ROLES = ['org.permission.customer.delete', 'org.user.customer.delete']
export const METADATA_ROLES = ['org.permission.metadata.read', 'org.user.metadata.read']
export const COMPANY_READ_ROLES = ['org.permission.company.read', 'org.user.company.read']
export const COMPANY_CREATE_ROLES = ['org.permission.company.create', 'org.user.company.write']
export const COMPANY_UPDATE_ROLES = ['org.permission.company.update', 'org.user.company.write']

export const OBJECT_READ_ROLES = ['org.permission.kobject.read', 'org.permission.kobject.kobject_*.read']
export const OBJECT_CREATE_ROLES = ['org.permission.kobject.create', 'org.permission.kobject.kobject_*.create']
export const OBJECT_UPDATE_ROLES = ['org.permission.kobject.update', 'org.permission.kobject.kobject_*.update']
export const OBJECT_DELETE_ROLES = ['org.permission.kobject.delete', 'org.permission.kobject.kobject_*.delete']
export const KLASS_READ_ROLES = ['org.permission.klass.read']

export type Access = { Variables: { token: Token; variants: Variants } }

/**
 * The pod that a request was sent to, told by its host. [P] `api.kustomerapp.com` is prod1; [A] any other pod has a host
 * of its name. A host that is not Kustomer's, such as localhost, is prod1 too.
 */
export function podOf(request: Request): string {
  const host = /^https?:\/\/([^/:?#]+)/.exec(request.url)?.[1] ?? ''
  return /^api\.([a-z0-9-]+)\.kustomerapp\.com$/.exec(host)?.[1] ?? 'prod1'
}

/** The API key of a request; empty where it has none. */
export function presentedKey({ req }: Context): string {
  return /^Bearer (.+)$/.exec(req.header('authorization') ?? '')?.[1] ?? ''
}

/** [P] Every request needs a key that belongs to the pod. */
export function requireToken(keys: Keys): MiddlewareHandler<Access> {
  return async (context, next) => {
    const token = keys.find(presentedKey(context))
    const pod = podOf(context.req.raw)
    if (!token) {
      return refusePlainly(context, 401, 'unauthorized', 'Unauthorized')
    }
    if (token.pod !== pod) {
      const words = `Auth token associated with pod ${token.pod} but request is being handled by ${pod}`
      return refusePlainly(context, 401, 'unauthorized', words)
    }
    context.set('token', token)
    return next()
  }
}

/** [P] Most endpoints need a role: the first of these, or another one. [A] Without it they answer 403. */
export function requireRole(...roles: string[]): MiddlewareHandler<Access> {
  return (context: Context<Access>, next) => {
    const { roles: given } = context.get('token')
    if (given.some((role) => roles.includes(role))) {
      return next()
    }
    const [status, code] = context.get('variants').missingRoleAnswers401
      ? ([401, 'unauthorized'] as const)
      : ([403, 'forbidden'] as const)
    return Promise.resolve(refusePlainly(context, status, code, `Requires the role ${roles[0] ?? ''}`))
  }
}
