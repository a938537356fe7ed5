import type { MiddlewareHandler } from 'hono'
import { refusePlainly } from './errors'

/** [P] Bytes of a body. [A] That 100 kB are 100,000 bytes, for every endpoint. */
const MAX_BODY = 100_000

const METHODS = ['POST', 'PUT', 'PATCH']

/** [P] A body is JSON, says so, and has at most 100 kB. */
export function requireBody(): MiddlewareHandler {
  return async (context, next) => {
    if (!METHODS.includes(context.req.method)) {
      return next()
    }
    if (!context.req.header('content-type')?.includes('application/json')) {
      return refusePlainly(context, 400, 'badrequest', 'Content-Type must be application/json')
    }
    if (Buffer.byteLength(await context.req.text()) > MAX_BODY) {
      return refusePlainly(context, 413, 'toolarge', `The body must have at most ${MAX_BODY} bytes`)
    }
    return next()
  }
}
