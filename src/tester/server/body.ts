import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { HTTPException } from 'hono/http-exception'
import { parsed, recordOf } from '../json'

const JSON_TYPE = /^application\/json\b/i

/**
 * The body of a request, as the monorepo's server reads it: none, and one that is not said to be JSON, count as empty.
 *
 * @throws HTTPException (400) for a body that is no JSON, or neither an object nor an array
 */
export async function readBody(context: Context): Promise<Record<string, unknown>> {
  const text = await context.req.text()
  if (text === '' || !JSON_TYPE.test(context.req.header('content-type') ?? '')) {
    return {}
  }
  const body = parsed(text)
  if (typeof body !== 'object' || body === null) {
    throw new HTTPException(400, { message: 'The body has to be a JSON object.' })
  }
  return recordOf(body)
}

/** Refuses a larger body with 413. @param kilobytes of 1,024 bytes */
export function limitBody(kilobytes: number) {
  return bodyLimit({
    maxSize: kilobytes * 1024,
    onError(context) {
      // The rest is on its way still: nothing else may follow on this connection.
      context.header('connection', 'close')
      return context.json({ error: `The body has more than ${kilobytes} KB.` }, 413)
    }
  })
}
