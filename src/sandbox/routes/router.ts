import { OpenAPIHono } from '@hono/zod-openapi'
import type { Access } from '../access'
import { badParameters, refuse } from '../errors'

/** A router that answers what breaks the contract in Kustomer's shape. */
export function newRouter(): OpenAPIHono<Access> {
  return new OpenAPIHono<Access>({
    defaultHook: (result, context) => (result.success ? undefined : refuse(context, badParameters(result.error)))
  })
}
