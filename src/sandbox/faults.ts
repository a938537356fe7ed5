import type { Context, MiddlewareHandler } from 'hono'
import { z } from '@hono/zod-openapi'
import { only } from './contract/sandbox-objects'
import { refusePlainly } from './errors'

/** The statuses whose answers never have a body. */
const BODILESS = [204, 205, 304]

/** Milliseconds, at most ten minutes: what waits longer looks like a sandbox that hangs. */
const delay = z.number().min(0).max(600_000)

const answer = only('part of an answer', {
  status: z.int().min(200).max(599),
  body: z.string().optional(),
  contentType: z
    .string()
    .regex(/^[ -~]+$/, 'must only have printable ASCII characters')
    .nullish()
    .openapi({ description: 'Defaults to plain text. If null, the answer has no content type.' }),
  times: z.int().min(1).optional().openapi({ description: 'For how many requests. Defaults to all.' }),
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).optional(),
  path: z
    .string()
    .regex(/^\/v1(?:\/|$)/, 'must start with /v1: only Kustomer’s endpoints can fail')
    .optional()
    .openapi({ description: 'The start of the request’s path.' }),
  contains: z.string().optional().openapi({ description: 'Text in the request’s body, such as a value to reject.' }),
  after: z
    .boolean()
    .optional()
    .openapi({ description: 'If true, the request is carried out, and only its answer is replaced.' })
}).refine(({ status, body }) => !body || !BODILESS.includes(status), {
  path: ['body'],
  error: `is not allowed: an answer with status ${BODILESS.join(', ')} has no body`
})

/** Failures to simulate. Only Kustomer's endpoints fail. */
export const faults = only('simulated failure', {
  rateLimit: z.int().min(0).optional().openapi({ description: 'Requests per minute. More are answered with 429.' }),
  agentRequests: z
    .int()
    .min(0)
    .optional()
    .openapi({ description: 'Requests per minute by agents and other integrations.' }),
  delayMs: delay.optional().openapi({ description: 'Milliseconds before each answer.' }),
  responses: z
    .array(answer)
    .optional()
    .openapi({ description: 'Answers to give instead of the real ones. The first match counts.' }),
  dropConnections: z
    .int()
    .min(0)
    .optional()
    .openapi({ description: 'How many of the next requests to drop before they are carried out.' }),
  dropAnswers: z
    .int()
    .min(0)
    .optional()
    .openapi({ description: 'How many of the next requests to drop after they are carried out.' }),
  indexLags: z.boolean().optional().openapi({ description: 'If true, the search index no longer changes.' }),
  bulkDelayMs: delay.optional().openapi({ description: 'Milliseconds until a bulk job runs.' })
}).openapi('Faults')

export type Faults = z.infer<typeof faults>
type Answer = z.infer<typeof answer>

/** A simulated failure that has no answer. */
export class ConnectionDropped extends Error {
  constructor() {
    super('The sandbox simulates a dropped connection')
  }
}

/** [P] What the plans of an organization allow; the highest of the older ones. */
const PUBLISHED_LIMIT = 1000
const MINUTE = 60_000

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

  /** Replaces the faults in force. @throws ZodError for what is none */
  set(wanted: Faults): void {
    this.faults = faults.parse(wanted)
    this.beginMinute(0)
  }

  /** What will still go wrong, with how often it will. */
  inForce(): Faults {
    const { rateLimit, ...others } = this.faults
    const left = Object.entries(others).filter(([, value]) => (Array.isArray(value) ? value.length > 0 : value))
    return structuredClone({ ...(rateLimit === undefined ? {} : { rateLimit }), ...Object.fromEntries(left) })
  }

  get bulkDelay(): number {
    return this.faults.bulkDelayMs ?? 0
  }

  /** [P] The headers of the rate limit. [R] `reset` is sent when the budget is spent, in seconds since the epoch. */
  headers(): Record<string, string> {
    const limit = this.faults.rateLimit ?? PUBLISHED_LIMIT
    const remaining = Math.max(0, limit - this.window.requests)
    const reset = String(Math.ceil((this.window.startedAt + MINUTE) / 1000))
    return {
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(remaining),
      ...(remaining === 0 ? { 'x-ratelimit-reset': reset } : {})
    }
  }

  /** Counts a request and, where a fault says so, answers in place of Kustomer. */
  middleware(): MiddlewareHandler {
    return async (context, next) => {
      const { delayMs, rateLimit } = this.faults
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
      const isAnswerDropped = this.takeDroppedAnswer()
      const wanted = await this.takeAnswer(context)
      if (wanted && !wanted.after && !isAnswerDropped) {
        return responseOf(wanted)
      }
      await next()
      if (isAnswerDropped) {
        throw new ConnectionDropped()
      }
      if (wanted) {
        context.res = responseOf(wanted)
      }
      return undefined
    }
  }

  private takeDroppedAnswer(): boolean {
    const { dropAnswers = 0 } = this.faults
    this.faults.dropAnswers = Math.max(0, dropAnswers - 1)
    return dropAnswers > 0
  }

  /** The answer to give in place of the true one, which is given a limited number of times. */
  private async takeAnswer({ req }: Context): Promise<Answer | undefined> {
    const { responses = [] } = this.faults
    const body = responses.some(({ contains }) => contains !== undefined) ? await req.text() : ''
    const wanted = responses.find(
      ({ method, path, contains }) =>
        (method === undefined || method === req.method) &&
        req.path.startsWith(path ?? '') &&
        body.includes(contains ?? '')
    )
    if (wanted?.times !== undefined) {
      wanted.times -= 1
      this.faults.responses = responses.filter(({ times }) => times !== 0)
    }
    return wanted
  }

  private count(isSearch: boolean): void {
    const now = this.now().getTime()
    if (now - this.window.startedAt >= MINUTE) {
      this.beginMinute(now)
    }
    this.window.requests += 1
    this.window.searches += isSearch ? 1 : 0
  }

  private beginMinute(startedAt: number): void {
    this.window = { startedAt, requests: this.faults.agentRequests ?? 0, searches: 0 }
  }
}

/** Bytes come without the type that text would be given. */
function responseOf({ status, body, contentType }: Answer): Response {
  const content = contentType === null && body !== undefined ? new TextEncoder().encode(body) : body
  return new Response(BODILESS.includes(status) ? null : content ?? null, {
    status,
    headers: contentType ? { 'content-type': contentType } : {}
  })
}
