import type { RequestClient } from '@segment/actions-core'
import upsertCustomer from '../src/destinations/kustomer/upsertCustomer'
import { customerEvent } from '../src/destinations/kustomer/upsertCustomer/event'
import type { Payload } from '../src/destinations/kustomer/upsertCustomer/generated-types'
import { identifyCall } from './events'
import { payloadOf } from './payload'
import type { Table } from './table'

const EVENTS = 1000

/** The CPU that the destination itself takes for a batch of 1,000 identify calls: every request is answered at once. */
export async function measureBatchCpu(): Promise<Table> {
  const payloads = Array.from(
    { length: EVENTS },
    (_, index) => payloadOf(upsertCustomer.fields, identifyCall(index, 'Ann', true)) as Payload
  )
  const records = new Map(
    payloads.map((payload) => [
      payload.externalId,
      { data: { id: 'known', attributes: customerEvent(payload).wanted } }
    ])
  )
  const unchanged = await secondsOf(payloads, (url) => records.get(url.split('=')[1]))
  const changed = await secondsOf(payloads, (url) => {
    const externalId = url.split('=')[1]
    return externalId && { data: { id: `id-of-${externalId}`, attributes: { externalId } } }
  })
  return {
    title: "CPU of one batch of 1,000 identify calls, not counting Kustomer's answers",
    head: ['calls', 'seconds'],
    rows: [
      ['1,000 unchanged', unchanged],
      ['1,000 changed', changed]
    ]
  }
}

/** @param read the body of what a look-up answers with */
async function secondsOf(payload: Payload[], read: (url: string) => unknown): Promise<string> {
  let written: Array<{ _clientRef: string; id: string }> = []
  const answerTo = (url: string, json: unknown): unknown => {
    if (Array.isArray(json)) {
      written = json as typeof written
      return { data: { id: 'job' } }
    }
    if (url.endsWith('/batches')) {
      const results = written.map(({ _clientRef, id }) => ({ _clientRef, objectId: id, status: 'updated' }))
      return { data: [{ attributes: { results } }] }
    }
    return url.includes('/bulk/') ? { data: { attributes: { status: 'complete' } } } : read(url)
  }
  const request = ((url: string, { json }: { json?: unknown } = {}) =>
    Promise.resolve({ status: 200, content: JSON.stringify(answerTo(url, json) ?? {}) })) as unknown as RequestClient
  const startedAt = process.cpuUsage()
  await upsertCustomer.performBatch?.(request, { payload, settings: { apiKey: 'key', orgPod: 'prod1' } })
  const { user, system } = process.cpuUsage(startedAt)
  return ((user + system) / 1e6).toFixed(2)
}
