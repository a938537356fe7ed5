import { Hono } from 'hono'
import { agentView } from '../agent-view'
import { deliver, deliverBatch } from '../delivery'
import type { Override } from '../delivery'
import type { Kustomer } from '../kustomer'
import { preview } from '../preview'
import { fieldsOf } from '../problems'
import { readAsk, withSettings } from './body'
import type { Ask } from './body'
import { answer, exchangeOf } from './protocol'

/** What the page asks beyond the protocol: it shows an event's way through the presets, and each step's outcome. */
export function workbench(kustomer: Kustomer): Hono {
  const app = new Hono()

  // The sandbox's key opens nothing else; the real one stays here.
  app.get('/connection', (context) =>
    context.json({ liveHost: kustomer.liveHost, settings: kustomer.sandbox ? kustomer.settings : {} })
  )

  app.get('/agent', (context) => context.json(kustomer.sandbox ? agentView(kustomer.sandbox) : []))

  app.post('/preview', async (context) => {
    const ask = await readAsk(context)
    const [event] = Array.isArray(ask.payload) ? ask.payload : [ask.payload]
    return answer(context, kustomer, event ? await preview(event, overrideOf(ask)) : {})
  })

  app.post('/deliver', async (context) => {
    const ask = await readAsk(context)
    const given = withSettings(kustomer, ask.settings)
    const { error, exchanges, ...delivery } = Array.isArray(ask.payload)
      ? await deliverBatch(ask.payload, given, overrideOf(ask))
      : await deliver(ask.payload, given, overrideOf(ask))
    return answer(context, given, {
      ...delivery,
      status: error && 'status' in error ? error.status : undefined,
      problems: error ? fieldsOf(error, delivery.action) : {},
      exchanges: exchanges.map(exchangeOf)
    })
  })
  return app
}

function overrideOf({ action, mapping }: Ask & Record<string, unknown>): Override {
  return { mapping, ...(typeof action === 'string' && action !== '' ? { action } : {}) }
}
