import type { Context, MiddlewareHandler } from 'hono'
import { z } from '@hono/zod-openapi'
import { presentedKey } from './access'
import type { Keys } from './keys'

/** How many requests are remembered. */
export const MAX_REQUESTS = 200

/** Characters of a body that are remembered. */
const MAX_BODY = 4096

export const loggedRequest = z
  .object({
    number: z.int().openapi({ description: 'Counts up from 1.' }),
    at: z.iso.datetime().openapi({ description: 'When the request arrived.' }),
    method: z.string(),
    path: z.string().openapi({ description: 'With its query.' }),
    body: z.string().optional().openapi({ description: 'Up to 4,096 characters.' }),
    status: z.int().nullable().openapi({ description: 'null if the connection was dropped.' }),
    refusal: z.string().optional().openapi({ description: 'The error, up to 4,096 characters.' }),
    milliseconds: z.number()
  })
  .openapi('LoggedRequest')

export type LoggedRequest = z.infer<typeof loggedRequest>

/** The last requests to Kustomer's own endpoints. No API key stands in it. */
export class RequestLog {
  private requests: LoggedRequest[] = []
  private count = 0
  private readonly now: () => Date
  private readonly keys: Keys

  constructor(now: () => Date, keys: Keys) {
    this.now = now
    this.keys = keys
  }

  /** The latest first. */
  latest(): LoggedRequest[] {
    return this.requests.slice().reverse()
  }

  clear(): void {
    this.requests = []
  }

  middleware(): MiddlewareHandler {
    return async (context, next) => {
      const [at, startedAt] = [this.now().toISOString(), performance.now()]
      let answer: Response | undefined
      try {
        await next()
        answer = context.res
      } finally {
        await this.add(context, at, startedAt, answer)
      }
    }
  }

  private async add(context: Context, at: string, startedAt: number, answer?: Response): Promise<void> {
    const milliseconds = Math.round((performance.now() - startedAt) * 100) / 100
    const { method, url } = context.req
    // What is too long was not read, and shall not be.
    const body = method === 'GET' || answer?.status === 413 ? '' : await context.req.text()
    const refusal = answer && answer.status >= 400 ? await answer.clone().text() : ''
    this.count += 1
    this.requests.push({
      number: this.count,
      at,
      method,
      path: this.told(context, url.slice(url.indexOf('/', url.indexOf('//') + 2))),
      ...(body === '' ? {} : { body: this.told(context, body) }),
      status: answer?.status ?? null,
      ...(refusal === '' ? {} : { refusal: this.told(context, refusal) }),
      milliseconds
    })
    if (this.requests.length > MAX_REQUESTS) {
      this.requests.shift()
    }
  }

  /** A text without any API key, however it was written into it, and no longer than is remembered. */
  private told(context: Context, text: string): string {
    const keys = [presentedKey(context), ...this.keys.all().keys()].filter((key) => key !== '')
    const spellings = keys.flatMap((key) => [key, encodeURIComponent(key), JSON.stringify(key).slice(1, -1)])
    return spellings.reduce((hidden, key) => hidden.replaceAll(key, '[API key]'), text).slice(0, MAX_BODY)
  }
}
