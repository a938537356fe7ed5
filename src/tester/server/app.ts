import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { NONCE, secureHeaders } from 'hono/secure-headers'
import { ConnectionDropped } from '../../sandbox'
import type { Kustomer } from '../kustomer'
import KLASSES from '../../../examples/order-klass.json'
import { liveAgentView } from '../agent-view/live'
import { allowSegment, refuseOtherPages, refuseStrangers } from './access'
import { servePage } from './page'
import type { Page } from './page'
import { protocol } from './protocol'
import { workbench } from './workbench'

type Env = { Bindings: Partial<HttpBindings> }

const CONTENT_SECURITY_POLICY = {
  defaultSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  styleSrc: ["'self'", NONCE]
}

/**
 * The tester's server: the page with what it needs, Segment's protocol, and the sandbox as it is alone.
 *
 * @param readBack reads customers of the real Kustomer
 */
export function createApp(kustomer: Kustomer, page: Page, readBack = liveAgentView): Hono<Env> {
  // For the page's sample of an order.
  kustomer.sandbox?.defineAttributes('kobject.order', KLASSES['kobject.order'])
  const app = new Hono<Env>()
  app.use(refuseStrangers(), allowSegment())
  app.use(secureHeaders({ contentSecurityPolicy: CONTENT_SECURITY_POLICY }))
  app.route('/', servePage(page))
  app.use('/workbench/*', refuseOtherPages())
  app.route('/workbench', workbench(kustomer, readBack))
  const { sandbox } = kustomer
  if (sandbox) {
    app.all('/v1/*', (context) =>
      sandbox.fetch(context.req.raw).catch((error: unknown) => {
        if (!(error instanceof ConnectionDropped)) {
          throw error
        }
        context.env.incoming?.socket.destroy()
        return RESPONSE_ALREADY_SENT
      })
    )
    app.on(['GET', 'POST', 'PUT', 'DELETE'], ['/sandbox/*', '/openapi.json'], (context) =>
      sandbox.fetch(context.req.raw)
    )
  }
  app.route('/', protocol(kustomer))
  app.notFound((context) => context.json({ error: `There is no ${context.req.method} ${context.req.path}.` }, 404))
  app.onError((error, context) => {
    const status = error instanceof HTTPException ? error.status : 500
    return context.json({ error: error.message }, status)
  })
  return app
}
