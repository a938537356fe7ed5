import { OpenAPIHono } from '@hono/zod-openapi'
import type { Access } from '../access'
import { badParameters, refuse } from '../errors'
import type { Misbehavior } from '../faults'
import type { Organization } from '../state/organization'

/** What the routes are about. The organization is another one after a reset. */
export interface Kustomer {
  organization: Organization
  readonly misbehavior: Misbehavior
}

/** A router that answers what breaks the contract in Kustomer's shape, and in its words unless told others. */
export function newRouter(wordsFor = badParameters): OpenAPIHono<Access> {
  return new OpenAPIHono<Access>({
    defaultHook: (result, context) => (result.success ? undefined : refuse(context, wordsFor(result.error)))
  })
}
