import { OpenAPIHono } from '@hono/zod-openapi'
import { HTTPException } from 'hono/http-exception'
import { podOf, requireToken } from './access'
import type { Access, Token } from './access'
import { notFound, Refusal, refuse } from './errors'
import type { Sandbox } from './index'
import type { Organization } from './organization'
import { authRoutes } from './routes/auth'
import { bulkRoutes } from './routes/bulk'
import { controlRoutes } from './routes/control'
import { customerRoutes } from './routes/customers'
import { trackingRoutes } from './routes/tracking'

/** Kustomer's endpoints under `/v1`, the sandbox's own under `/sandbox`, and the contract at `/openapi.json`. */
export function createApp(organization: Organization, sandbox: Sandbox, tokens: Record<string, Token>): OpenAPIHono {
  const kustomer = new OpenAPIHono<Access>()
  kustomer.use(async (context, next) => {
    await next()
    // [R] Every answer tells the pod, and [P] the state of the rate limit.
    const headers = { 'x-kustomer-pod': podOf(context.req.raw), ...organization.misbehavior.headers() }
    Object.entries(headers).forEach(([name, value]) => {
      context.res.headers.set(name, value)
    })
  })
  kustomer.use(organization.misbehavior.middleware(), requireToken(tokens))
  kustomer.use((context, next) => {
    // [P] A body is JSON and says so.
    const hasBody = ['POST', 'PUT', 'PATCH'].includes(context.req.method)
    if (hasBody && !context.req.header('content-type')?.includes('application/json')) {
      throw new Refusal({ status: 400, code: 'badrequest', title: 'Content-Type must be application/json' })
    }
    return next()
  })
  kustomer.use((_context, next) => {
    organization.bulkJobs.runDue()
    return next()
  })
  kustomer.route('/', authRoutes())
  kustomer.route('/', bulkRoutes(organization))
  kustomer.route('/', customerRoutes(organization))
  kustomer.route('/', trackingRoutes(organization))

  const app = new OpenAPIHono()
  app.route('/v1', kustomer)
  app.route('/sandbox', controlRoutes(sandbox))
  app.doc('/openapi.json', {
    openapi: '3.0.0',
    info: {
      title: 'A local Kustomer',
      version: '1',
      description:
        'The part of Kustomer’s REST API that the Segment destination calls. Each rule is marked: [P] published by Kustomer, [R] relied on in production by other integrations, [A] assumed, which is no promise of what the real one does.'
    }
  })
  app.notFound((context) => refuse(context, notFound('path')))
  app.onError((error, context) => {
    if (error instanceof Refusal) {
      return refuse(context, error)
    }
    if (error instanceof HTTPException) {
      const { status, message } = error
      return refuse(context, new Refusal({ status, code: 'badrequest', title: message }))
    }
    throw error
  })
  return app
}
