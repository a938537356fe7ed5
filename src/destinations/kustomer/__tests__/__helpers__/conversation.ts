import type { RequestClient, RequestOptions } from '@segment/actions-core'
import { KustomerClient } from '../../api/client'
import type { Limits } from '../../api/transport'
import { NOT_FOUND } from './answers'

export const SETTINGS = { apiKey: 'eyJhbGciOi.secret-key', orgPod: 'prod1' }

/** A status and a body, text or JSON; an error where no answer comes. */
export type Answer = [status: number, body?: unknown] | Error

/** A request, as `GET customers/1`, the body that it must have, if any, and what it is answered with. */
export type Step = [call: string, answer: Answer] | [call: string, body: unknown, answer: Answer]

/** A request that was sent, with its body where it had one. */
export type Sent = [call: string, body?: unknown]

export interface Kustomer {
  /** In their order. */
  sent: Sent[]
  options: RequestOptions[]
  request: RequestClient
  client: (limits?: Limits) => KustomerClient
}

export const MISSING: Answer = [404, NOT_FOUND]

const BASE = 'https://api.kustomerapp.com/v1/'

/** Answers requests in the place of the framework's client. */
export function kustomerOf(answerTo: (call: string, body: unknown) => Answer | Promise<Answer>): Kustomer {
  const sent: Sent[] = []
  const options: RequestOptions[] = []
  const request = async (url: string, given: RequestOptions = {}) => {
    const call = `${String(given.method)} ${url.startsWith(BASE) ? url.slice(BASE.length) : url}`
    const body: unknown = given.json === undefined ? undefined : JSON.parse(JSON.stringify(given.json))
    sent.push(body === undefined ? [call] : [call, body])
    options.push(given)
    const answer = await answerTo(call, body)
    if (answer instanceof Error) {
      throw answer
    }
    const [status, content = ''] = answer
    return { status, content: typeof content === 'string' ? content : JSON.stringify(content) }
  }
  const client = request as unknown as RequestClient
  return { sent, options, request: client, client: (limits) => new KustomerClient(client, SETTINGS, limits) }
}

const open: Array<{ kustomer: Kustomer; steps: Step[] }> = []

/** A conversation of exactly these steps in this order, which is checked when the test has ended. */
export function conversation(...steps: Step[]): Kustomer {
  let next = 0
  const kustomer = kustomerOf(() => {
    const step = steps[next++]
    return (step?.[step.length - 1] as Answer | undefined) ?? [599, 'Nothing more was expected']
  })
  open.push({ kustomer, steps })
  return kustomer
}

afterEach(() => {
  for (const { kustomer, steps } of open.splice(0)) {
    expect(kustomer.sent).toEqual(steps.map((step) => step.slice(0, -1)))
  }
})

/** What a promise was rejected with. */
export async function failure(promise: Promise<unknown>): Promise<unknown> {
  try {
    return { resolved: await promise }
  } catch (error) {
    return error
  }
}
