import { OpenAPIHono, z } from '@hono/zod-openapi'
import type { RouteConfig } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { requireRole } from '../access'
import type { Access } from '../access'
import { answers, json } from '../contract/answers'
import { badParameters, explained, refuse } from '../errors'
import type { Misbehavior } from '../faults'
import type { Token } from '../keys'
import type { Organization } from '../state/organization'

/** What the routes work on. A reset replaces the organization. */
export interface Kustomer {
  organization: Organization
  readonly misbehavior: Misbehavior
}

/** An operation, as `/openapi.json` publishes it. */
interface Operation<Params, Query, Body> {
  summary: string
  /** Defaults to the summary. */
  description?: string
  /** The API key needs one of these roles. */
  roles?: string[]
  params?: z.ZodType<Params>
  query?: z.ZodType<Query>
  body?: z.ZodType<Body>
  /** Defaults to 200, or to 204 without an answer. */
  status?: ContentfulStatusCode
  answer?: RouteConfig['responses'][string]
}

/** A valid request. */
interface Asked<Params, Query, Body> {
  params: Params
  query: Query
  body: Body
  token: Token
}

/** The ID that a path ends in. */
export const byId = z.object({ id: z.string() })

/** Routes with the same tag. Kustomer's are refused in Kustomer's words, the sandbox's own in sentences. */
export class Routes {
  readonly router: OpenAPIHono<Access>
  private readonly tag: string
  private readonly isOwn: boolean

  constructor(tag: string) {
    this.tag = tag
    this.isOwn = tag === 'Sandbox'
    const wordsFor = this.isOwn ? explained : badParameters
    this.router = new OpenAPIHono<Access>({
      defaultHook: (result, context) => (result.success ? undefined : refuse(context, wordsFor(result.error)))
    })
  }

  /** Adds an operation, such as `getCustomer: GET /customers/{id}`, and what returns the body of its answer. */
  add<Params, Query, Body>(
    name: string,
    operation: Operation<Params, Query, Body>,
    answer: (asked: Asked<Params, Query, Body>) => unknown
  ): this {
    const [operationId = '', method = '', path = ''] = name.split(/:? /)
    const { summary, description = `${summary}.`, roles, params, query, body } = operation
    const status = operation.status ?? (operation.answer ? 200 : 204)
    const route = {
      method: method.toLowerCase() as RouteConfig['method'],
      path,
      operationId,
      tags: [this.tag],
      ...(this.isOwn ? { security: [] } : {}),
      summary,
      description,
      ...(roles ? { middleware: requireRole(...roles) } : {}),
      request: { params, query, ...(body ? { body: { required: true, ...json(body) } } : {}) },
      responses: {
        [status]: operation.answer ?? { description: 'Done' },
        ...(this.isOwn ? answers.ownRefusals : answers.refusals)
      }
    } as RouteConfig
    this.router.openapi(route, (context: Context<Access>) => {
      const valid = (target: string): unknown => context.req.valid(target as never)
      const asked = { params: valid('param'), query: valid('query'), body: valid('json'), token: context.get('token') }
      const given = answer(asked as Asked<Params, Query, Body>)
      return operation.answer ? context.json(given as object, operation.status ?? 200) : context.body(null, 204)
    })
    return this
  }
}
