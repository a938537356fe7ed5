import type { RequestClient } from '@segment/actions-core'
import fc from 'fast-check'
import destination from '../../src/destinations/kustomer'
import { Violation } from './commands'
import type { Definition } from './without-http'
import { addingUp } from './property'

jest.mock('../../src/destinations/kustomer/api/clock', () => jest.requireActual<object>('./clock'))

interface Call {
  method: string
  path: string
  json?: Record<string, unknown>
}

type Send = (call: Call) => Promise<{ status: number; content: string }>

/** What the destination would do wrong if it asked Kustomer for this instead of what it asks for. */
type Mistake = (call: Call, send: Send) => ReturnType<Send>

const HOST = 'https://api.kustomerapp.com'

const isUpdate = ({ method, path }: Call): boolean =>
  /^(?:PATCH|PUT)$/.test(method) && path.startsWith('/v1/customers/')
const isClaim = ({ path }: Call): boolean => path === '/v1/tracking/identity'
const isEvent = ({ path }: Call): boolean => /^\/v1\/tracking\/(?:event|identityEvent)$/.test(path)

const changing =
  (change: (record: Record<string, unknown>) => Record<string, unknown>): Mistake =>
  (call, send) =>
    send(isUpdate(call) && call.json && !Array.isArray(call.json) ? { ...call, json: change(call.json) } : call)

const answered = (content: unknown) => Promise.resolve({ status: 201, content: JSON.stringify(content) })

const MISTAKES: Record<string, Mistake> = {
  'replaces the emails that are there': changing(({ emails, ...json }) =>
    Array.isArray(emails) ? { ...json, emails: emails.slice(-1) as unknown } : json
  ),
  'leaves the company out of an update': changing(({ company, ...json }) => json),
  'locks no update': changing(({ rev, ...json }) => json),
  'renames whom an event does not rename': changing((json) => ({ name: 'Nobody', ...json })),
  'gives contacts that nobody gave': changing((json) => ({
    sharedEmails: [{ email: 'd@example.com' }],
    ...json
  })),
  'takes half of an update for all of it': changing(({ custom, ...json }) => json),
  'makes another customer of a refused creation': async (call, send) => {
    const answer = await send(call)
    const { emails, phones } = call.json ?? {}
    const isRefused = call.method === 'POST' && call.path === '/v1/customers' && answer.status > 299
    return isRefused ? send({ ...call, json: { sharedEmails: emails, sharedPhones: phones } }) : answer
  },
  'merges where it should share': async (call, send) => {
    const { sharedEmails } = call.json ?? {}
    const [{ email }] = Array.isArray(sharedEmails) ? (sharedEmails as [{ email?: string }]) : [{}]
    const { content } = await send({ method: 'GET', path: `/v1/customers/email=${email ?? 'nobody'}` })
    const target = (JSON.parse(content) as { data?: { id: string } }).data?.id
    const source = call.path.replace('/v1/customers/', '')
    const answer = await send(call)
    if (isUpdate(call) && email !== undefined && target !== undefined && target !== source) {
      await send({ method: 'POST', path: '/v1/customers/merges', json: { source, target } })
    }
    return answer
  },
  'leaves two of one who was tracked before': (call, send) =>
    call.path === '/v1/customers/merges' ? Promise.resolve({ status: 403, content: '' }) : send(call),
  'claims no history': (call, send) => (isClaim(call) ? answered({}) : send(call)),
  'claims by what nobody is known by': (call, send) =>
    send(isClaim(call) ? { ...call, json: { trackingId: call.json?.trackingId, email: 'other@example.com' } } : call),
  'sends events twice': async (call, send) => {
    await (isEvent(call) && send(call))
    return send(call)
  },
  'sends no events': (call, send) => (isEvent(call) ? answered({}) : send(call)),
  'takes a failed write for done': async (call, send) => {
    const answer = await send(call)
    return isUpdate(call) && answer.status > 299 ? answered({}) : answer
  },
  'takes what a bulk job refused for done': async (call, send) => {
    const { status, content } = await send(call)
    const isTold = call.path.endsWith('/batches')
    return {
      status,
      content: isTold
        ? content.replace(/"status":"error"/g, '"status":"created"').replace(/"error":/g, '"note":')
        : content
    }
  }
}

/** The destination, but for one mistake. */
function mistaken(mistake: Mistake): Definition {
  const client = (request: RequestClient): RequestClient => {
    const send: Send = async ({ method, path, json }) => {
      const response = await request(`${HOST}${path}`, { method: method as 'POST', json, throwHttpErrors: false })
      return response
    }
    return ((url: string, { method, json }: { method: string; json?: Record<string, unknown> }) =>
      mistake({ method, path: url.replace(HOST, ''), json }, send)) as unknown as RequestClient
  }
  const { upsertCustomer, trackEvent } = destination.actions
  return {
    ...destination,
    actions: Object.fromEntries(
      Object.entries({ upsertCustomer, trackEvent }).map(([name, action]) => [
        name,
        {
          ...action,
          perform: (request, data): unknown => action?.perform(client(request), data),
          ...(action?.performBatch && {
            performBatch: (request, data): unknown => action.performBatch?.(client(request), data)
          })
        } as typeof action
      ])
    ) as Definition['actions']
  }
}

/** These take long: `npm run test:all` runs them. */
const itInAll = process.env.TEST_ALL === 'yes' ? it : it.skip

itInAll.each(Object.keys(MISTAKES))('finds out a destination that %s', async (name) => {
  const found = await fc.check(addingUp(mistaken(MISTAKES[name] as Mistake)), {
    numRuns: 1000,
    seed: 1,
    endOnFailure: true
  })
  expect(found.errorInstance).toBeInstanceOf(Violation)
})
