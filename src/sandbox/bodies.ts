import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { refusePlainly } from './errors'

/** [P] Bytes of a body. [A] That 100 kB are 100,000 bytes, for every endpoint. The sandbox's own take no more either. */
const MAX_BODY = 100_000

const METHODS = ['POST', 'PUT', 'PATCH']

/** [P] A body is JSON, and says so. */
export function requireJson(): MiddlewareHandler {
  return async (context, next) => {
    if (METHODS.includes(context.req.method) && !context.req.header('content-type')?.includes('application/json')) {
      return refusePlainly(context, 400, 'badrequest', 'Content-Type must be application/json')
    }
    return next()
  }
}

/** [P] A body has at most 100 kB, of which no more is read. */
export function limitBody(): MiddlewareHandler {
  return bodyLimit({
    maxSize: MAX_BODY,
    onError(context) {
      // The rest is on its way still: nothing else may follow on this connection.
      context.header('connection', 'close')
      return refusePlainly(
        context,
        413,
        'toolarge',
        `The body must have at most ${MAX_BODY.toLocaleString('en')} bytes`
      )
    }
  })
}
