import KLASSES from '../../../examples/order-klass.json'
import type { Connection, Examined, Part, AgentRecords, AgentRecord, Sent } from '../server/answers'
import type { Ask } from './state/draft'

/** A field of an action, or a setting, as the destination defines it. */
export interface Field {
  label: string
  description: string
  type: string
  required?: unknown
  choices?: Array<{ label: string; value: string }>
  unsafe_hidden?: boolean
  /** Whether Kustomer is asked for what it offers. */
  dynamic?: boolean
}

export interface Manifest {
  actions: Record<string, { title: string; description: string; fields: Record<string, Field> }>
  authentication: { fields: Record<string, Field> }
  presets: Array<{ name: string; partnerAction: string }>
}

/** What a field offers, or why it offers nothing. */
export interface Choices {
  choices: Array<{ value: string; label: string; description?: string }>
  error?: { message: string }
}

export type Faults = Record<string, unknown>

export interface Variants {
  data: Record<string, boolean>
  about: Record<string, { assumption: string; off: string; on: string }>
}

export interface Tried {
  isWorking: boolean
  outcome: string
  fields: Record<string, string>
}

/** What the server is asked. Each call rejects with an error that a person can read. */
export const manifest = () => call<Manifest>('GET', '/manifest')
export const connection = () => call<Connection>('GET', '/workbench/connection')
export const preview = (ask: Ask & { text: string; entry: number }, signal?: AbortSignal) =>
  call<Examined>('POST', '/workbench/preview', ask, signal)
export const choices = (of: { action: string; field: string; settings: unknown }) =>
  call<Choices>('POST', '/workbench/choices', of)
export const parts = (ask: Ask & { payload: unknown }, signal: AbortSignal) =>
  call<{ parts: Part[] }>('POST', '/workbench/parts', ask, signal)
export const deliver = (ask: Ask & { payload: unknown; settings: unknown }, signal: AbortSignal) =>
  call<Sent>('POST', '/workbench/deliver', ask, signal)
export const authenticate = (settings: Record<string, string>) =>
  call<Tried>('POST', '/workbench/authenticate', settings)
export const records = () => call<AgentRecords>('GET', '/workbench/records')
export const record = (id: string) => call<AgentRecord>('GET', `/workbench/records/${encodeURIComponent(id)}`)
export const faults = () => call<{ data: Faults }>('GET', '/sandbox/faults')
export const setFaults = (wanted: Faults) => call<undefined>('PUT', '/sandbox/faults', wanted)
export const variants = () => call<Variants>('GET', '/sandbox/variants')
export const setVariants = (wanted: Record<string, boolean>) => call<undefined>('PUT', '/sandbox/variants', wanted)
/** Defines the Klass of the sample of an order in the sandbox. */
export const defineOrders = () => call<undefined>('PUT', '/sandbox/attributes/kobject.order', KLASSES['kobject.order'])
export const reset = () => call<undefined>('POST', '/sandbox/reset')

async function call<Answer>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Answer> {
  const response = await fetch(path, {
    method,
    signal,
    headers: { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body)
  }).catch((error: unknown) => {
    throw signal?.aborted
      ? error
      : new Error('The tester’s server does not answer. It may be starting again: try once more.')
  })
  const answer: unknown = response.status === 204 ? undefined : await response.json()
  if (!response.ok) {
    throw new Error(wordsOf(answer) ?? `The tester’s server answered ${response.status}.`)
  }
  return answer as Answer
}

/** The server's own errors have a sentence, the sandbox's are Kustomer's. */
function wordsOf(answer: unknown): string | undefined {
  const { error, errors } = answer as { error?: string; errors?: Array<{ title?: string; detail?: string }> }
  return error ?? errors?.[0]?.detail ?? errors?.[0]?.title
}
