import { Destination } from '@segment/actions-core'
import type { JSONObject, Result, SegmentEvent } from '@segment/actions-core'
import destination from '../../src/destinations/kustomer'
import { createSandbox, SANDBOX_API_KEY } from '../../src/sandbox'
import type { CustomerRecord, Sandbox } from '../../src/sandbox'
import { openTransport } from '../../src/tester/transport'
import type { Transport } from '../../src/tester/transport'

/** Where random events start: the same ones in every run, so that a failure is the change's. Try others by hand. */
export const SEED = 20260302

const settings = { apiKey: SANDBOX_API_KEY, orgPod: 'prod1' }

/** The destination, as Segment's runtime would call it, in front of a sandbox of its own. */
export interface Connection {
  sandbox: Sandbox
  /** Sends an event through the presets; returns what its action answers with. */
  send(event: Partial<SegmentEvent>): Promise<unknown>
  /** Sends events to upsertCustomer as one batch; returns each one's outcome. */
  sendBatch(events: Array<Partial<SegmentEvent>>): Promise<NonNullable<Result['multistatus']>>
  erase(userId: string): Promise<unknown>
  /** The requests since the last call, as `METHOD path status`. */
  requests(): string[]
  /** Calls Kustomer as somebody else would, between two requests of the destination or before them. */
  call(method: string, path: string, json?: unknown): Promise<{ data: CustomerRecord }>
  /** Runs once, before the sandbox sees a request that fits. */
  before(fits: RegExp, act: () => Promise<unknown>): void
}

let transport: Transport | undefined

/** Connects anew; one connection is open at a time. */
export function connect(): Connection {
  transport?.close()
  const sandbox = createSandbox()
  const interruptions: Array<{ fits: RegExp; act: () => Promise<unknown> }> = []
  const opened = openTransport(async (request) => {
    const line = `${request.method} ${decodeURIComponent(new URL(request.url).pathname)}`
    const index = interruptions.findIndex(({ fits }) => fits.test(line))
    await interruptions.splice(index, index < 0 ? 0 : 1)[0]?.act()
    return sandbox.fetch(request)
  })
  transport = opened
  const runtime = new Destination(destination)
  const subscriptions = (destination.presets ?? []) as unknown as JSONObject[]

  return {
    sandbox,
    async send(event) {
      const results = await runtime.onEvent(event as SegmentEvent, { ...settings, subscriptions })
      return results.find(({ data }) => data)?.data
    },
    async sendBatch(events) {
      const [subscription] = subscriptions
      const [result] = await runtime.onBatch(events as SegmentEvent[], { ...settings, subscription } as JSONObject)
      return result?.multistatus ?? []
    },
    async erase(userId) {
      return runtime.onDelete?.({ type: 'delete', userId } as unknown as SegmentEvent, settings)
    },
    requests: () => opened.takeExchanges().map(({ method, path, status }) => `${method} ${path} ${status}`),
    async call(method, path, json) {
      const headers = { authorization: `Bearer ${SANDBOX_API_KEY}`, 'content-type': 'application/json' }
      const body = json === undefined ? null : JSON.stringify(json)
      const response = await sandbox.fetch(new Request(`https://api.kustomerapp.com${path}`, { method, headers, body }))
      return (response.status === 204 ? {} : await response.json()) as { data: CustomerRecord }
    },
    before(fits, act) {
      interruptions.push({ fits, act })
    }
  }
}

// Node's http module outlives a test file, and with it what the transport has put there.
afterAll(() => {
  transport?.close()
})
