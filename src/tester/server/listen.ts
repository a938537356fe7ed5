import { serve } from '@hono/node-server'
import type { HttpBindings } from '@hono/node-server'

type Handler = (request: Request, connection: HttpBindings) => Response | Promise<Response>

export interface Listening {
  url: string
  /** Ends the connections that are open, too. */
  close(): void
}

/**
 * Serves on this machine alone, once the promise is fulfilled.
 *
 * @param port 0 for any free one
 */
export function listen(port: number, handler: Handler): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const options = {
      port,
      hostname: '127.0.0.1',
      // The sandbox and the interceptor rely on the platform's own Request and Response.
      overrideGlobalObjects: false,
      fetch: (request: Request, connection: unknown) => handler(platformsOwn(request), connection as HttpBindings)
    }
    const server = serve(options, (address) => {
      resolve({
        url: `http://127.0.0.1:${address.port}`,
        close() {
          server.close()
          if ('closeAllConnections' in server) {
            server.closeAllConnections()
          }
        }
      })
    })
    server.once('error', reject)
  })
}

/** hono hands over a request of its own, from which none can be made where it came without a length. */
function platformsOwn({ url, method, headers, body, signal }: Request): Request {
  return new Request(url, { method, headers, body, signal, duplex: 'half' } as RequestInit)
}
