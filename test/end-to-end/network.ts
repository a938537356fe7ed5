import type * as crossFetch from 'cross-fetch'

/*
 * What the framework takes for fetch. HTTP costs most of the time of a test, so that all worlds but the first take a
 * shortcut around it: from the framework's request to the sandbox's answer within this process.
 */

const actual = jest.requireActual<typeof crossFetch>('cross-fetch')

/** A request, its body as text. */
export interface Sent {
  method: string
  url: string
  headers: Record<string, string>
  body: string
}

/** An answer, its body as text. */
export interface Answered {
  status: number
  headers: Record<string, string>
  body: string
}

type Answer = (request: Sent) => Promise<Answered>

/** A request that took the shortcut, and what became of it. */
export interface Exchange {
  method: string
  path: string
  status: number | string
}

let shortcut: Answer | undefined
let exchanges: Exchange[] = []

export const { Headers, Request, Response } = actual

/** Answers requests within this process from here on; without an answer, they go over HTTP. */
export function takeShortcut(answer?: Answer): void {
  shortcut = answer
  exchanges = []
}

/** The exchanges since the last call, in the order of their requests. */
export function takeExchanges(): Exchange[] {
  return exchanges.splice(0)
}

export default async function fetch(request: InstanceType<typeof Request>): ReturnType<typeof actual.default> {
  if (!shortcut) {
    return actual.default(request)
  }
  const { method, url, signal } = request
  const exchange: Exchange = { method, path: decodeURIComponent(new URL(url).pathname), status: 'no answer' }
  exchanges.push(exchange)
  const sent = { method, url, headers: fieldsOf(request.headers), body: await request.text() }
  // As over a network, no answer comes within the same turn of the event loop.
  await new Promise(setImmediate)
  const answer = await shortcut(sent).catch((cause: unknown) => {
    throw Object.assign(new Error('socket hang up', { cause }), { code: 'ECONNRESET' })
  })
  if (signal.aborted) {
    throw Object.assign(new Error('The user aborted a request.'), { name: 'AbortError' })
  }
  const { status, headers, body } = answer
  exchange.status = status
  return new Response(body === '' ? null : body, { status, headers })
}

/** The fields of a message, by name. */
export function fieldsOf(headers: globalThis.Headers): Record<string, string> {
  const fields: Record<string, string> = {}
  headers.forEach((value, name) => {
    fields[name] = value
  })
  return fields
}
