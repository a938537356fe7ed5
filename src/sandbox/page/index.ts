import type { OpenAPIHono } from '@hono/zod-openapi'
import { NONCE, secureHeaders } from 'hono/secure-headers'
import type { SecureHeadersVariables } from 'hono/secure-headers'
import { SANDBOX_API_KEY } from '../keys'
import type { Keys } from '../keys'
import type { RequestLog } from '../request-log'
import { LACKING, LACKING_ROOTS, LACKING_WITHOUT_KEY } from '../routes/lacking'
import type { Sandbox } from '../sandbox'
import { pageOf } from './page'

interface Own {
  sandbox: Sandbox
  keys: Keys
  log: RequestLog
}

/** Serves the page that explains the sandbox, at `/`. */
export function publishPage(app: OpenAPIHono, { sandbox, keys, log }: Own): void {
  const headers = secureHeaders({ contentSecurityPolicy: { defaultSrc: ["'none'"], styleSrc: [NONCE] } })
  app.get('/', headers, (context) =>
    context.html(
      pageOf({
        origin: new URL(context.req.url).origin,
        nonce: (context.var as SecureHeadersVariables).secureHeadersNonce ?? '',
        keys: [...keys.all()].map(([key, token]) => ({
          ...token,
          name: key === SANDBOX_API_KEY ? key : `…${key.slice(-4)}`
        })),
        customers: sandbox.customers(),
        companies: sandbox.companies(),
        customObjects: sandbox.customObjects(),
        attributes: { customer: sandbox.attributes('customer'), company: sandbox.attributes('company') },
        klasses: Object.fromEntries(sandbox.klasses().map((name) => [name, sandbox.attributes(`kobject.${name}`)])),
        variants: sandbox.variants(),
        faults: sandbox.faults(),
        requests: log.latest(),
        operations: app.openAPIRegistry.definitions.flatMap((each) => (each.type === 'route' ? [each.route] : [])),
        lacking: { ...LACKING, ...LACKING_WITHOUT_KEY },
        lackingRoots: LACKING_ROOTS
      })
    )
  )
}
