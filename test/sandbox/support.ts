import { createSandbox, SANDBOX_API_KEY } from '../../src/sandbox'
import type { Sandbox, SandboxOptions } from '../../src/sandbox'

export interface Answer {
  status: number
  headers: Headers
  text: string
  body: { data?: Data; errors?: Array<Record<string, unknown>>; meta?: object; links?: object } | undefined
}

/** What the tests read of an answer's data. */
export interface Data {
  id: string
  type: string
  attributes: Record<string, unknown>
  relationships: { company?: { data: { id: string } }; customer?: { data: { id: string } } }
}

/** The data of an answer that is a list. */
export const listOf = ({ body }: Answer): Data[] => (body?.data ?? []) as unknown as Data[]

/** A sandbox with a clock to set, and a short way to call it. */
export function start(options: SandboxOptions = {}) {
  const clock = { now: new Date('2024-01-01T00:00:00.000Z') }
  const sandbox: Sandbox = createSandbox({ now: () => clock.now, ...options })

  async function call(method: string, path: string, json?: unknown, init: { key?: string; host?: string } = {}) {
    const { key = SANDBOX_API_KEY, host = 'api.kustomerapp.com' } = init
    const response = await sandbox.fetch(
      new Request(`https://${host}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${key}`,
          ...(json === undefined ? {} : { 'content-type': 'application/json' })
        },
        body: json === undefined ? null : JSON.stringify(json)
      })
    )
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json')
    const body = (isJson ? JSON.parse(text) : undefined) as Answer['body']
    return { status: response.status, headers: response.headers, text, body }
  }

  const pass = (minutes: number): void => {
    clock.now = new Date(clock.now.getTime() + minutes * 60_000)
  }

  /** The id of a new customer. */
  const create = async (attributes: Record<string, unknown>): Promise<string> => {
    const { status, body } = await call('POST', '/v1/customers', attributes)
    if (status !== 201 || !body?.data) {
      throw new Error(JSON.stringify(body))
    }
    return body.data.id
  }

  /** The id of a new company. */
  const createCompany = async (attributes: Record<string, unknown>): Promise<string> => {
    const { status, body } = await call('POST', '/v1/companies', attributes)
    if (status !== 201 || !body?.data) {
      throw new Error(JSON.stringify(body))
    }
    return body.data.id
  }

  return { sandbox, call, pass, create, createCompany }
}
