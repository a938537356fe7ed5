import path from 'node:path'
import type { Exchange } from './transport'

interface BulkRecord {
  id?: string
  _clientRef?: string
}

type Answer = (request: Request) => Promise<Response | undefined>

/** The text of the status with which a write is answered that was never sent. */
const NOT_SENT = 'Not sent'

const JOB = /^\/v1\/bulk\/(dry-run-\d+)(\/batches)?$/

/**
 * Lets reads go on, and answers writes here as Kustomer would were all of them taken. Nothing is written, so that each
 * read shows Kustomer as it was before.
 *
 * @param read answers a read; undefined lets it through to the network
 */
export function withoutWrites(read: Answer): Answer {
  const jobs = new Map<string, BulkRecord[]>()
  let made = 0

  const write = async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url)
    const body = await bodyOf(request)
    made += 1
    const id = `dry-run-${made}`
    if (Array.isArray(body)) {
      jobs.set(id, body as BulkRecord[])
    }
    const isUpdate = request.method === 'PATCH' || (request.method === 'PUT' && !Array.isArray(body))
    const updated = isUpdate ? path.basename(pathname) : id
    return answer({ type: 'dry_run', id: updated, attributes: { ...(body as object), status: 'success' } })
  }

  return async (request) => {
    if (request.method !== 'GET') {
      return write(request)
    }
    const [, id = '', isResults] = JOB.exec(new URL(request.url).pathname) ?? []
    const records = jobs.get(id)
    if (!records) {
      return read(request)
    }
    const results = records.map((record, index) => ({
      _clientRef: record._clientRef,
      status: record.id === undefined ? 'created' : 'updated',
      objectId: record.id ?? `${id}-${index + 1}`
    }))
    return answer(isResults ? [{ attributes: { results } }] : { id, attributes: { status: 'complete' } })
  }
}

/** Whether a request was answered here and never sent. */
export function isUnsent({ response }: Pick<Exchange, 'response'>): boolean {
  return response?.statusText === NOT_SENT
}

function answer(data: unknown): Response {
  return Response.json({ data }, { status: 200, statusText: NOT_SENT })
}

async function bodyOf(request: Request): Promise<unknown> {
  const text = await request.text()
  return text === '' ? undefined : JSON.parse(text)
}
