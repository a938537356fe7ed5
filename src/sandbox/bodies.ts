import type { MiddlewareHandler } from 'hono'
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

/**
 * [P] A body has at most 100 kB, of which no more is read. hono's own limit fails where hono's server for Node hands over
 * a request without a length: such a request cannot be the start of another.
 */
export function limitBody(): MiddlewareHandler {
  return async (context, next) => {
    const { method, raw } = context.req
    const body = method === 'GET' ? null : raw.body
    if (!body) {
      return next()
    }
    const { url, headers } = raw
    const isLong = Number(headers.get('content-length') ?? 0) > MAX_BODY
    const content = isLong ? undefined : await readText(body)
    if (content === undefined) {
      // The rest is on its way still: nothing else may follow on this connection.
      context.header('connection', 'close')
      return refusePlainly(
        context,
        413,
        'toolarge',
        `The body must have at most ${MAX_BODY.toLocaleString('en')} bytes`
      )
    }
    context.req.raw = new Request(url, { method, headers, body: content })
    return next()
  }
}

/** A whole body; undefined where it is too long. */
async function readText(body: ReadableStream<Uint8Array>): Promise<string | undefined> {
  const reader = body.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    chunks.push(read.value)
    size += read.value.length
    if (size > MAX_BODY) {
      return undefined
    }
  }
  return new TextDecoder().decode(Buffer.concat(chunks))
}
