import { createSandbox, SANDBOX_API_KEY } from '../src/sandbox'
import type { Sandbox } from '../src/sandbox'

/** Below which Kustomer's operations are. */
export const PREFIX = '/v1'

/** The sandbox as a client sees it. */
export interface Caller {
  sandbox: Sandbox
  call: (method: string, path: string, json?: unknown) => Promise<{ status: number; body: unknown }>
}

/** A sandbox of its own, and who calls it. */
export function openSandbox(): Caller {
  const sandbox = createSandbox()
  return {
    sandbox,
    async call(method, path, json) {
      const headers = { authorization: `Bearer ${SANDBOX_API_KEY}`, 'content-type': 'application/json' }
      const body = json === undefined ? null : JSON.stringify(json)
      const url = `https://api.kustomerapp.com${PREFIX}${path}`
      const response = await sandbox.fetch(new Request(url, { method, headers, body }))
      const text = await response.text()
      return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) }
    }
  }
}
