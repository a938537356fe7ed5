import type { MiddlewareHandler } from 'hono'
import { z } from '@hono/zod-openapi'
import { refusePlainly } from './errors'

/** How the sandbox is told to misbehave. Faults concern Kustomer's own endpoints alone. */
export const faults = z
  .strictObject({
    rateLimit: z.int().min(0).optional().openapi({ description: 'Requests per minute, after which 429 is answered.' }),
    delayMs: z.number().min(0).optional().openapi({ description: 'Milliseconds before each answer.' }),
    responses: z
      .array(
        z.strictObject({
          status: z.int().min(200).max(599),
          body: z.string().optional(),
          contentType: z.string().optional(),
          times: z.int().min(1).optional().openapi({ description: 'For how many requests; all where it is left out.' }),
          method: z.string().optional(),
          path: z.string().optional().openapi({ description: 'What the path of the request starts with.' })
        })
      )
      .optional()
      .openapi({ description: 'Answers to give in place of the true ones, the first that fits.' }),
    dropConnections: z.int().min(0).optional().openapi({ description: 'How many of the next connections to drop.' }),
    indexLags: z.boolean().optional().openapi({ description: 'Whether the search index stands still from here on.' }),
    bulkDelayMs: z.number().min(0).optional().openapi({ description: 'Milliseconds until a bulk job runs.' })
  })
  .openapi('Faults')

export type Faults = z.infer<typeof faults>

/** The sandbox was told to drop the connection: there is no answer. */
export class ConnectionDropped extends Error {
  constructor() {
    super('The sandbox was told to drop this connection')
  }
}

/** [P] What the plans of an organization allow; the highest of the older ones. */
const PUBLISHED_LIMIT = 1000
const MINUTE = 60_000

/** The statuses whose answers never have a body, even if a fault names one. */
const BODILESS = [204, 205, 304]

/** [P] Searches by an API key have a limit of their own. */
const SEARCH_LIMIT = 100

/** The faults in force, and the count of requests in the current minute. */
export class Misbehavior {
  private faults: Faults = {}
  private window = { startedAt: 0, requests: 0, searches: 0 }
  private readonly now: () => Date

  constructor(now: () => Date) {
    this.now = now
  }

  set(wanted: Faults): void {
    this.faults = structuredClone(wanted)
    this.window = { startedAt: 0, requests: 0, searches: 0 }
  }

  get current(): Faults {
    return this.faults
  }

  /** [P] The three headers of the rate limit; `reset` as seconds since the epoch is [A]. */
  headers(): Record<string, string> {
    const limit = this.faults.rateLimit ?? PUBLISHED_LIMIT
    return {
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(Math.max(0, limit - this.window.requests)),
      'x-ratelimit-reset': String(Math.ceil((this.window.startedAt + MINUTE) / 1000))
    }
  }

  /** Counts a request and, where a fault says so, answers in place of Kustomer. */
  middleware(): MiddlewareHandler {
    return async (context, next) => {
      const { delayMs, rateLimit, responses = [] } = this.faults
      const isSearch = context.req.path === '/v1/customers/search'
      this.count(isSearch)
      if (delayMs) {
        await new Promise((resolve) => setTimeout(resolve, delayMs))
      }
      if (this.faults.dropConnections) {
        this.faults.dropConnections -= 1
        throw new ConnectionDropped()
      }
      if (rateLimit !== undefined && this.window.requests > rateLimit) {
        return refusePlainly(context, 429, 'rate_limit', 'Rate limit exceeded')
      }
      if (isSearch && rateLimit !== undefined && this.window.searches > SEARCH_LIMIT) {
        return refusePlainly(context, 429, 'rate_limit', 'Search rate limit exceeded')
      }
      const response = responses.find(
        ({ method, path, times }) =>
          times !== 0 &&
          (method === undefined || method === context.req.method) &&
          context.req.path.startsWith(path ?? '')
      )
      if (response) {
        response.times = response.times === undefined ? undefined : response.times - 1
        const { status, body = null, contentType } = response
        return new Response(BODILESS.includes(status) ? null : body, {
          status,
          headers: contentType ? { 'content-type': contentType } : {}
        })
      }
      return next()
    }
  }

  private count(isSearch: boolean): void {
    const now = this.now().getTime()
    if (now - this.window.startedAt >= MINUTE) {
      this.window = { startedAt: now, requests: 0, searches: 0 }
    }
    this.window.requests += 1
    this.window.searches += isSearch ? 1 : 0
  }
}
