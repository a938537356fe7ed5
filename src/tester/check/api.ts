import { z } from 'zod'
import type { Clock } from '../clock'
import { parsed } from '../json'

/** Why something could not be told: completes "Could not tell: …". */
export class CouldNotTell extends Error {}

/** The key lacks a role. */
export class LackingRole extends CouldNotTell {
  readonly answer: Answer

  constructor(answer: Answer) {
    super(`the key lacks the role ${roleFor(answer.method, answer.path)} (${saying(answer)})`)
    this.answer = answer
  }
}

/** Somebody wants the check to end. */
export class Interrupted extends CouldNotTell {
  constructor() {
    super('the check was interrupted')
  }
}

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'

/** What Kustomer answered with: any status but 401, 403, 429 and 5xx. */
export interface Answer {
  method: Method
  path: string
  status: number
  body: unknown
}

/** A record of Kustomer's, of any kind. */
export type Resource = z.infer<typeof resource>

/** Which Kustomer is checked, and how it is reached. */
export interface Reach {
  host: string
  apiKey: string
  clock: Clock
  fetch(request: Request): Promise<Response>
}

const REQUEST_TIMEOUT = 10_000
const MAX_ATTEMPTS = 3

/** How long to wait for a budget that does not tell when it is there again, and at most, in milliseconds. */
const RATE_LIMIT_PAUSE = { unknown: 10_000, most: 65_000 }

const ROLES: Array<[path: RegExp, role: string | Partial<Record<Method, string>>]> = [
  [/^tracking\//, 'org.tracking'],
  [/^customers\/merges/, 'org.permission.customer_merge.create'],
  [/^customers\/search/, 'org.permission.search.create'],
  [/^customers\/[^/]+\/sessions/, 'org.permission.event.read'],
  [/^klasses$/, 'org.permission.klass.read'],
  [
    /^(?:customers\/[^/]+\/)?klasses\//,
    {
      GET: 'org.permission.kobject.read',
      POST: 'org.permission.kobject.create',
      PUT: 'org.permission.kobject.update',
      DELETE: 'org.permission.kobject.delete'
    }
  ],
  [/^bulk\//, 'org.permission.bulk.read'],
  [/^metadata\//, 'org.permission.metadata.read'],
  [
    /^companies/,
    { GET: 'org.permission.company.read', POST: 'org.permission.company.create', PUT: 'org.permission.company.update' }
  ],
  [
    /^customers/,
    {
      GET: 'org.permission.customer.read',
      POST: 'org.permission.customer.create',
      PATCH: 'org.permission.customer.update',
      PUT: 'org.permission.customer.update',
      DELETE: 'org.permission.customer.delete'
    }
  ]
]

const resource = z.object({
  id: z.string(),
  attributes: z.record(z.string(), z.unknown()).default({}),
  relationships: z.record(z.string(), z.unknown()).default({})
})
const one = z.object({ data: resource })
const many = z.object({ data: z.array(resource) })
const errors = z.object({
  errors: z.array(
    z.object({
      title: z.string().optional(),
      message: z.string().optional(),
      detail: z.string().optional(),
      source: z.object({ parameter: z.string().optional(), pointer: z.string().optional() }).optional()
    })
  )
})

/** Whether an answer tells nothing of Kustomer. With 501 the sandbox says what it lacks. */
const isSilent = ({ status }: Answer): boolean => status === 429 || (status >= 500 && status !== 501) || status < 200

/** Kustomer's REST API, as anybody outside reaches it. It waits where a rate limit says so. */
export class Api {
  private readonly reach: Reach
  private readonly signal?: AbortSignal
  /** The first refusal for want of a role. */
  refusal?: Answer
  /** Whether the last answer told what is left of the rate limit. */
  tellsRateLimit = false

  /** @param signal ends the check before its next request; the one under way is waited for, since it may make something */
  constructor(reach: Reach, signal?: AbortSignal) {
    this.reach = reach
    this.signal = signal
  }

  get clock(): Clock {
    return this.reach.clock
  }

  /**
   * @param path below `/v1/`
   * @throws CouldNotTell where there was no answer, or one that tells nothing: a missing role, a limit, a failure
   */
  async ask(method: Method, path: string, json?: unknown): Promise<Answer> {
    for (let attempt = 1; ; attempt += 1) {
      this.endIfInterrupted()
      const { answer, reset } = await this.exchange(method, path, json)
      if (answer.status === 401 || answer.status === 403) {
        this.refusal ??= answer
        throw new LackingRole(answer)
      }
      if (answer.status === 429 && attempt < MAX_ATTEMPTS) {
        await this.pause(pauseUntil(reset, this.clock.now()))
      } else if (isSilent(answer)) {
        throw unexpected(answer)
      } else {
        return answer
      }
    }
  }

  /**
   * Asks until there is something, or a time is over.
   *
   * @param limit in milliseconds
   */
  async until<Found>(limit: number, look: () => Promise<Found | undefined>): Promise<Found | undefined> {
    const end = this.clock.now() + limit
    for (let step = 500; ; step = 1000) {
      const found = await look()
      if (found !== undefined || this.clock.now() >= end) {
        return found
      }
      await this.pause(step)
    }
  }

  async pause(milliseconds: number): Promise<void> {
    await this.clock.pause(milliseconds, this.signal)
    this.endIfInterrupted()
  }

  private endIfInterrupted(): void {
    if (this.signal?.aborted) {
      throw new Interrupted()
    }
  }

  private async exchange(
    method: Method,
    path: string,
    json: unknown
  ): Promise<{ answer: Answer; reset: string | null }> {
    const { host, apiKey } = this.reach
    const request = new Request(`https://${host}/v1/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${apiKey}`,
        'user-agent': 'kustomer-for-segment (check)',
        ...(json === undefined ? {} : { 'content-type': 'application/json' })
      },
      body: json === undefined ? undefined : JSON.stringify(json),
      // A redirect that is followed would take the key elsewhere.
      redirect: 'manual',
      signal: AbortSignal.timeout(REQUEST_TIMEOUT)
    })
    try {
      const response = await this.reach.fetch(request)
      const body = parsed(await response.text())
      this.tellsRateLimit = response.headers.has('x-ratelimit-remaining')
      return {
        answer: { method, path, status: response.status, body },
        reset: response.headers.get('x-ratelimit-reset')
      }
    } catch (error) {
      const { cause = error } = error as Error
      throw new CouldNotTell(`no answer to ${method} /v1/${path}: ${(cause as Error).message}`)
    }
  }
}

/** @throws CouldNotTell where the answer has none of these statuses */
export function expectStatus(answer: Answer, ...statuses: number[]): Answer {
  if (!statuses.includes(answer.status)) {
    throw unexpected(answer)
  }
  return answer
}

/** The record in an answer. @throws CouldNotTell where there is none */
export function recordIn(answer: Answer): Resource {
  const { data, success } = one.safeParse(answer.body)
  if (!success) {
    throw new CouldNotTell(`the answer to ${answer.method} /v1/${answer.path} holds no record`)
  }
  return data.data
}

/** The records in an answer. @throws CouldNotTell where it is no list */
export function recordsIn(answer: Answer): Resource[] {
  const { data, success } = many.safeParse(answer.body)
  if (!success) {
    throw new CouldNotTell(`the answer to ${answer.method} /v1/${answer.path} holds no list`)
  }
  return data.data
}

/** Kustomer's own words from either shape of its errors. */
export function wordsOf({ body }: Answer): string {
  const { data } = errors.safeParse(body)
  const words = data?.errors.map(({ title, message, detail, source }) => {
    const parameter = source?.parameter ?? source?.pointer
    return [title ?? message, parameter && `(${parameter})`, detail].filter(Boolean).join(' ')
  })
  return (words ?? []).join('; ').slice(0, 200)
}

/** A status with Kustomer's own words. */
export function saying(answer: Answer): string {
  return [String(answer.status), wordsOf(answer)].filter(Boolean).join(': ')
}

export function unexpected(answer: Answer): CouldNotTell {
  return new CouldNotTell(`${answer.method} /v1/${answer.path} answered ${saying(answer)}`)
}

function roleFor(method: Method, path: string): string {
  const role = ROLES.find(([fits]) => fits.test(path))?.[1] ?? ''
  return typeof role === 'string' ? role : role[method] ?? ''
}

/** @param reset when the budget is there again, in seconds since the epoch */
function pauseUntil(reset: string | null, now: number): number {
  const wait = Number(reset) * 1000 - now
  return reset !== null && wait > 0 ? Math.min(wait, RATE_LIMIT_PAUSE.most) : RATE_LIMIT_PAUSE.unknown
}
