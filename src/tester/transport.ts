import { ClientRequestInterceptor } from '@mswjs/interceptors/ClientRequest'

/** One request of the destination and what became of it. */
export interface Exchange {
  method: string
  /** Percent-decoded, for a person to read. */
  path: string
  /** The HTTP status, or the words of the connection's error. */
  status: number | string
  milliseconds: number
}

export interface Transport {
  /** The exchanges since the last call, in the order of their answers. */
  takeExchanges(): Exchange[]
  close(): void
}

const KUSTOMER_HOST = /(?:^|\.)kustomerapp\.com$/

/**
 * Answers every request of this process to one of Kustomer's hosts with `answer` in place of the network, and records
 * it. The destination needs no switch for this: it calls Kustomer's real hosts.
 *
 * @param answer rejects for a dropped connection
 */
export function openTransport(answer: (request: Request) => Promise<Response>): Transport {
  let exchanges: Exchange[] = []
  const interceptor = new ClientRequestInterceptor()
  // eslint-disable-next-line @typescript-eslint/no-misused-promises -- the interceptor waits for its listeners
  interceptor.on('request', async ({ request, controller }) => {
    if (!KUSTOMER_HOST.test(new URL(request.url).hostname)) {
      return
    }
    const startedAt = performance.now()
    const record = (status: Exchange['status']): void => {
      const path = decodeURIComponent(new URL(request.url).pathname)
      exchanges.push({ method: request.method, path, status, milliseconds: performance.now() - startedAt })
    }
    try {
      const response = await answer(request)
      record(response.status)
      controller.respondWith(response)
    } catch (error) {
      record('connection dropped')
      controller.errorWith(Object.assign(new Error('socket hang up', { cause: error }), { code: 'ECONNRESET' }))
    }
  })
  interceptor.apply()
  return {
    takeExchanges() {
      const taken = exchanges
      exchanges = []
      return taken
    },
    close() {
      interceptor.dispose()
    }
  }
}
