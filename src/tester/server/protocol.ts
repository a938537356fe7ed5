import { Hono } from 'hono'
import type { Context } from 'hono'
import destination from '../../destinations/kustomer'
import { authenticate, deliver, deliverBatch } from '../delivery'
import type { Delivery } from '../delivery'
import type { Kustomer } from '../kustomer'
import { fieldsOf } from '../problems'
import type { Exchange } from '../transport'
import { readAsk, readBody, recordOf, withSettings } from './body'
import { redactedJson, redactHeaders } from './redaction'

/**
 * The protocol of the Segment Actions monorepo's `serve` command. Failures are answered with 200, as there: the array of
 * exchanges then begins with the error.
 */
export function protocol(kustomer: Kustomer): Hono {
  const app = new Hono()

  app.get('/manifest', (context) => context.json({ ...destination, directoryName: 'kustomer' }))

  // Segment's app sends the settings alone to the one; the monorepo's guide sends them as `settings` to the other.
  app.on('POST', ['/authenticate', '/authentication'], async (context) => {
    const body = await readBody(context)
    const given = withSettings(kustomer, recordOf(body.settings ?? body))
    const { delivered, error } = await authenticate(given)
    return answer(
      context,
      given,
      delivered || !error ? { ok: true } : { ok: false, error: error.message, fields: fieldsOf(error, undefined) }
    )
  })

  app.post('/delete', async (context) => {
    const { payload, settings } = await readAsk(context)
    const given = withSettings(kustomer, settings)
    const delivery = await deliver({ ...(Array.isArray(payload) ? payload[0] : payload), type: 'delete' }, given)
    return answer(context, given, summaryOf(delivery))
  })

  for (const action of Object.keys(destination.actions)) {
    app.post(`/${action}`, async (context) => {
      const { payload, mapping, settings } = await readAsk(context)
      const given = withSettings(kustomer, settings)
      const override = { action, mapping }
      const delivery = Array.isArray(payload)
        ? await deliverBatch(payload, given, override)
        : await deliver(payload, given, override)
      return answer(context, given, summaryOf(delivery))
    })
  }
  return app
}

/** Answers with JSON in which the key that was used does not stand. */
export function answer(context: Context, { settings }: Kustomer, value: unknown): Response {
  return context.body(redactedJson(value, [settings.apiKey]), 200, { 'content-type': 'application/json' })
}

/** An exchange in the protocol's shape, with how long it took. */
export function exchangeOf({ method, status, milliseconds, request, response }: Exchange) {
  return {
    request: { url: request.url, headers: redactHeaders(request.headers), method, body: request.body },
    response: {
      statusCode: status,
      statusMessage: response?.statusText ?? '',
      headers: redactHeaders(response?.headers ?? {}),
      body: parsed(response?.body ?? '')
    },
    milliseconds
  }
}

function summaryOf({ action, error, exchanges }: Delivery): unknown[] {
  const failure = error && {
    statusCode: 'status' in error ? error.status : 500,
    message: error.message,
    stack: error.stack?.split('\n'),
    fields: fieldsOf(error, action),
    requestError: true
  }
  return [...(failure ? [failure] : []), ...exchanges.map(exchangeOf)]
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}
