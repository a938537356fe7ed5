import type { Context, MiddlewareHandler } from 'hono'
import { refusePlainly } from './errors'

/** What an API key may do, and where. */
export interface Token {
  roles: string[]
  pod: string
}

/** [P] The roles of the endpoints that the sandbox has. The name of the search role is [A]. */
export const ALL_ROLES = [
  'org.tracking',
  'org.permission.customer.read',
  'org.permission.customer.create',
  'org.permission.customer.update',
  'org.permission.customer.delete',
  'org.permission.bulk.read',
  'org.permission.search.read'
]

export type Access = { Variables: { token: Token } }

/**
 * The pod that a request was sent to, told by its host. [P] `api.kustomerapp.com` is prod1; [A] any other pod has a host
 * of its name. A host that is not Kustomer's, such as localhost, is prod1 too.
 */
export function podOf(request: Request): string {
  return /^api\.([a-z0-9-]+)\.kustomerapp\.com$/.exec(new URL(request.url).hostname)?.[1] ?? 'prod1'
}

/** [P] Every request needs a key that belongs to the pod. */
export function requireToken(tokens: Record<string, Token>): MiddlewareHandler<Access> {
  return async (context, next) => {
    const key = /^Bearer (.+)$/.exec(context.req.header('authorization') ?? '')?.[1] ?? ''
    const token = Object.hasOwn(tokens, key) ? tokens[key] : undefined
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

/** [P] Most endpoints need a role. */
export function requireRole(role: string): MiddlewareHandler<Access> {
  return (context: Context<Access>, next) =>
    context.get('token').roles.includes(role)
      ? next()
      : Promise.resolve(refusePlainly(context, 403, 'forbidden', `Requires the role ${role}`))
}
