import path from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { secureHeaders } from 'hono/secure-headers'
import type { Kustomer } from '../kustomer'
import { allowSegment, refuseStrangers } from './access'
import { protocol } from './protocol'
import { workbench } from './workbench'

const PAGE = path.join(__dirname, '../page')

/** The tester's server: Segment's protocol, the page with what it needs, and the sandbox's own routes. */
export function createApp(kustomer: Kustomer): Hono {
  const app = new Hono()
  app.use(refuseStrangers(), allowSegment())
  app.use(secureHeaders({ contentSecurityPolicy: { defaultSrc: ["'self'"], imgSrc: ["'self'", 'data:'] } }))
  app.route('/', protocol(kustomer))
  app.route('/workbench', workbench(kustomer))
  const { sandbox } = kustomer
  if (sandbox) {
    app.on(['GET', 'POST', 'PUT', 'DELETE'], ['/sandbox/*', '/openapi.json'], (context) =>
      sandbox.fetch(context.req.raw)
    )
  }
  app.get('*', serveStatic({ root: path.relative('', PAGE) }))
  app.onError((error, context) => {
    const status = error instanceof HTTPException ? error.status : 500
    return context.json({ error: error.message }, status)
  })
  return app
}
