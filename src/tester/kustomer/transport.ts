import { AsyncLocalStorage } from 'node:async_hooks'
import http, { ClientRequest } from 'node:http'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { getRawRequest } from '@mswjs/interceptors'
import { ClientRequestInterceptor } from '@mswjs/interceptors/ClientRequest'

/** One request of the destination and what became of it. */
export interface Exchange {
  method: string
  /** Percent-decoded, for a person to read. */
  path: string
  /** The HTTP status, or in words why there is none. */
  status: number | string
  milliseconds: number
  request: Message & { url: string }
  /** Undefined where there was no answer. */
  response?: Message & { statusText: string }
}

interface Message {
  headers: Record<string, string>
  /** As text; empty where there is none. */
  body: string
}

/** Of node's own, which does not type it. */
interface Parser {
  close(): void
}

export interface Transport {
  /** Runs work and tells the exchanges that it caused, in the order of their requests, whatever else is in flight. */
  record<T>(work: () => Promise<T>): Promise<{ result: T; exchanges: Exchange[] }>
  /** The exchanges since the last call that no recorded work caused, in the order of their requests. */
  takeExchanges(): Exchange[]
  close(): void
}

/** Marks `http`, which all modules of a process share, while a transport is open. */
const OPEN = Symbol.for('kustomer-tester.transport')

const NO_ANSWER = 'no answer'
const KUSTOMER_HOST = /(?:^|\.)kustomerapp\.com$/
const OWN_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])$/

/**
 * Answers every request of this process to one of Kustomer's hosts with `answer` in place of the network, and records
 * it. The destination needs no switch for this: it calls Kustomer's real hosts. Requests to this machine go through, and
 * any other is refused, so that nothing leaves by accident. Only one transport is open in a process at a time.
 *
 * @param answer rejects for a dropped connection; undefined lets the request through, to be recorded on its way. Without
 *   it, every request goes through, whatever its host
 */
export function openTransport(answer?: (request: Request) => Promise<Response | undefined>): Transport {
  const recordings = new AsyncLocalStorage<Exchange[]>()
  const unrecorded: Exchange[] = []
  const underWay = new Map<string, (outcome: Pick<Exchange, 'status' | 'response'>) => void>()
  const interceptor = new ClientRequestInterceptor()

  const settle = (requestId: string, outcome: Pick<Exchange, 'status' | 'response'>): void => {
    underWay.get(requestId)?.(outcome)
    underWay.delete(requestId)
  }

  // eslint-disable-next-line @typescript-eslint/no-misused-promises -- the interceptor waits for its listeners
  interceptor.on('request', async ({ request, requestId, controller }) => {
    const { hostname } = new URL(request.url)
    if (!KUSTOMER_HOST.test(hostname)) {
      if (answer && !OWN_HOST.test(hostname)) {
        controller.errorWith(new Error(`The tester sends nothing to ${hostname}`))
      }
      return
    }
    const exchange = startOf(request)
    const startedAt = performance.now()
    const exchanges = recordings.getStore() ?? unrecorded
    exchanges.push(exchange)
    underWay.set(requestId, (outcome) => {
      Object.assign(exchange, outcome, { milliseconds: performance.now() - startedAt })
    })
    const clientRequest = getRawRequest(request)
    if (clientRequest instanceof ClientRequest) {
      onFailure(clientRequest, (reason) => {
        settle(requestId, { status: reason })
      })
      clientRequest.once('close', () => setImmediate(closeParsers, clientRequest))
    }
    exchange.request.body = await request.clone().text()
    if (!answer) {
      return
    }
    try {
      // As over a network, no answer comes within the same turn of the event loop: what waits for the next would pile up.
      await nextTurn()
      const response = await answer(copyOf(request, exchange.request.body))
      if (!response) {
        return
      }
      const body = await response.text()
      settle(requestId, outcomeOf(response, body))
      controller.respondWith(new Response(body === '' ? null : body, response))
    } catch (error) {
      controller.errorWith(Object.assign(new Error('socket hang up', { cause: error }), { code: 'ECONNRESET' }))
    }
  })

  // eslint-disable-next-line @typescript-eslint/no-misused-promises -- the interceptor waits for its listeners
  interceptor.on('response', async ({ requestId, response }) => {
    if (underWay.has(requestId)) {
      settle(requestId, outcomeOf(response, await response.clone().text()))
    }
  })

  const shared = http as typeof http & { [OPEN]?: boolean }
  if (shared[OPEN]) {
    throw new Error('Only one transport can be open in a process. Close the other one first.')
  }
  shared[OPEN] = true
  interceptor.apply()
  return {
    async record(work) {
      const exchanges: Exchange[] = []
      return { result: await recordings.run(exchanges, work), exchanges }
    },
    takeExchanges: () => unrecorded.splice(0),
    close() {
      interceptor.dispose()
      shared[OPEN] = false
    }
  }
}

/** The path of an exchange with its query, percent-decoded, for a person to read. */
export function pathOf({ path, request }: Pick<Exchange, 'path' | 'request'>): string {
  return path + decodeURIComponent(new URL(request.url).search)
}

function startOf({ method, url, headers }: Request): Exchange {
  return {
    method,
    path: decodeURIComponent(new URL(url).pathname),
    status: NO_ANSWER,
    milliseconds: 0,
    request: { url, headers: fieldsOf(headers), body: '' }
  }
}

function copyOf({ method, url, headers }: Request, body: string): Request {
  return new Request(url, { method, headers, body: body === '' ? null : body })
}

function outcomeOf({ status, statusText, headers }: Response, body: string): Pick<Exchange, 'status' | 'response'> {
  return { status, response: { statusText, headers: fieldsOf(headers), body } }
}

function fieldsOf(headers: Headers): Record<string, string> {
  const fields: Record<string, string> = {}
  headers.forEach((value, name) => {
    fields[name] = value
  })
  return fields
}

/** Tells why a request got no answer: the destination gave up waiting, or the connection failed. */
function onFailure(clientRequest: ClientRequest, tell: (reason: string) => void): void {
  clientRequest.once('error', ({ code, name }: NodeJS.ErrnoException) => {
    const reason = code === 'ECONNRESET' ? 'connection dropped' : code
    tell(name === 'AbortError' || reason === undefined ? NO_ANSWER : reason)
  })
}

/** The interceptor leaves two parsers of each request behind, which would fill the memory in the long run. */
function closeParsers({ socket }: ClientRequest): void {
  const { requestParser, responseParser } = (socket ?? {}) as { requestParser?: Parser; responseParser?: Parser }
  requestParser?.close()
  responseParser?.close()
}
