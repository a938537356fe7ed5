import { OpenAPIHono } from '@hono/zod-openapi'
import { HTTPException } from 'hono/http-exception'
import { podOf, requireToken } from './access'
import type { Access } from './access'
import { limitBody, requireJson } from './bodies'
import { publishDocument } from './document'
import { notFound, Refusal, refuse } from './errors'
import { refuseStrangers } from './foreign-pages'
import type { Keys } from './keys'
import { publishPage } from './page'
import type { RequestLog } from './request-log'
import { authRoutes } from './routes/auth'
import { bulkRoutes } from './routes/bulk'
import { companyRoutes } from './routes/companies'
import { controlRoutes } from './routes/control'
import { customObjectRoutes } from './routes/custom-objects'
import { customerRoutes } from './routes/customers'
import { keyRoutes } from './routes/keys'
import { LACKING, LACKING_ROOTS, LACKING_WITHOUT_KEY, lackingRoutes } from './routes/lacking'
import { mergeRoutes } from './routes/merges'
import { metadataRoutes } from './routes/metadata'
import { requestRoutes } from './routes/requests'
import type { Kustomer } from './routes/router'
import { searchRoutes } from './routes/search'
import { sessionRoutes } from './routes/sessions'
import { trackingRoutes } from './routes/tracking'
import type { Sandbox } from './sandbox'

/** What is the sandbox's own. */
interface Own {
  sandbox: Sandbox
  keys: Keys
  log: RequestLog
}

/** Kustomer's endpoints under `/v1`, the sandbox's own under `/sandbox`, the contract and a page. */
export function createApp(kustomer: Kustomer, { sandbox, keys, log }: Own): OpenAPIHono {
  const api = new OpenAPIHono<Access>()
  api.use(async (context, next) => {
    await next()
    // [R] Every answer tells the pod, and [P] the state of the rate limit: [A] each does, unless a variant says otherwise.
    const { rateLimitHeadersAbsent } = kustomer.organization.variants
    const limits = rateLimitHeadersAbsent ? {} : kustomer.misbehavior.headers()
    const headers = { 'x-kustomer-pod': podOf(context.req.raw), ...limits }
    Object.entries(headers).forEach(([name, value]) => {
      context.res.headers.set(name, value)
    })
  })
  api.use(log.middleware(), limitBody(), kustomer.misbehavior.middleware())
  api.route('/', lackingRoutes(LACKING_WITHOUT_KEY))
  api.use(requireToken(keys), requireJson())
  api.use((context, next) => {
    kustomer.organization.agenda.runDue()
    context.set('variants', kustomer.organization.variants)
    return next()
  })
  const routes = [
    authRoutes(),
    // These have fixed paths, which must come before the paths with an ID.
    ...[bulkRoutes, searchRoutes, mergeRoutes].map((routesOf) => routesOf(kustomer)),
    ...[customerRoutes, companyRoutes, customObjectRoutes].map((routesOf) => routesOf(kustomer)),
    ...[metadataRoutes, sessionRoutes, trackingRoutes].map((routesOf) => routesOf(kustomer))
  ]
  routes.forEach(({ router }) => api.route('/', router))
  api.route('/', lackingRoutes(LACKING, LACKING_ROOTS))

  const app = new OpenAPIHono()
  app.use(refuseStrangers())
  app.use('/sandbox/*', limitBody())
  app.route('/v1', api)
  ;[controlRoutes(sandbox), keyRoutes(keys), requestRoutes(log)].forEach(({ router }) => app.route('/sandbox', router))
  publishDocument(app)
  publishPage(app, { sandbox, keys, log })
  app.notFound((context) => refuse(context, notFound('path')))
  app.onError((error, context) => {
    if (error instanceof Refusal) {
      return refuse(context, error)
    }
    if (error instanceof HTTPException) {
      const { status, message } = error
      const title = status === 415 ? 'Content-Type must be application/json' : message
      return refuse(context, new Refusal({ status, code: 'badrequest', title }))
    }
    throw error
  })
  return app
}
