import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openSandbox } from './caller'
import type { Caller } from './caller'
import type { Operation } from './document'
import type { Finding } from './finding'

/** What of a resource's published example is read by the destination or the tester. */
export interface Reads {
  operations: string[]
  /** Each a path into the answer, as in `data.attributes.emails.[].email`. */
  keys: string[]
}

/** One file a resource, as data. */
export function readReads(folder: string): Reads[] {
  return readdirSync(folder)
    .sort()
    .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Reads)
}

/** Whether the sandbox's answers have the keys that are read, all of which the document's examples have. */
export async function checkAnswers(operations: Operation[], reads: Reads[]): Promise<Finding[]> {
  const answers = await answersOfSandbox()
  return reads.flatMap(({ operations: names, keys }) =>
    names.map((name): Finding => {
      const operation = operations.find((each) => each.name === name)
      const missing = (value: unknown) => keys.filter((key) => !has(value, key.split('.')))
      return {
        operation: `answer of ${name}`,
        tried: `${keys.length} keys`,
        deviations: operation
          ? [
              ...missing(operation.example).map((key) => `${key} is read, but not in the document's example`),
              ...missing(answers[name]).map((key) => `${key} is not in the sandbox's answer`)
            ]
          : ['the document has no such operation']
      }
    })
  )
}

function has(value: unknown, [key, ...rest]: string[]): boolean {
  if (key === undefined) {
    return true
  }
  if (key === '[]') {
    return Array.isArray(value) && value.length > 0 && value.every((item) => has(item, rest))
  }
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? has((value as Record<string, unknown>)[key], rest)
    : false
}

/** A customer with a company, contacts, a session and another to merge with, as every operation answers of them. */
async function answersOfSandbox(): Promise<Record<string, unknown>> {
  const caller = openSandbox()
  const ask = async (method: string, path: string, json?: unknown) => (await caller.call(method, path, json)).body
  const created = await ask('POST', '/customers', {
    externalId: 'u1',
    name: 'Ann',
    emails: [{ type: 'home', email: 'ann@example.com', verified: true }],
    sharedEmails: [{ type: 'home', email: 'family@example.com', verified: false }],
    phones: [{ type: 'mobile', phone: '+15550100' }]
  })
  const path = `/customers/${idOf(created)}`
  const identity = { externalId: 'u1', trackingId: 'visitor' }
  const event = { name: 'Order-Completed', sessionId: 's1', meta: { statusStr: 'open' } }
  return {
    'POST /customers': created,
    'PATCH /customers/{id}': await ask('PATCH', path, { username: 'ann' }),
    'PUT /customers/{id}': await ask('PUT', path, { username: 'ann1' }),
    'GET /customers/{id}': await ask('GET', path),
    'GET /customers/externalId={externalId}': await ask('GET', '/customers/externalId=u1'),
    'GET /customers/email={email}': await ask('GET', '/customers/email=ann%40example.com'),
    'GET /customers/phone={phone}': await ask('GET', '/customers/phone=%2B15550100'),
    'POST /tracking/identity': await ask('POST', '/tracking/identity', identity),
    'POST /tracking/identityEvent': await ask('POST', '/tracking/identityEvent', { identity, event }),
    'GET /customers/{id}/sessions': await ask('GET', `${path}/sessions`),
    'GET /customers/{customerId}/sessions/{sessionId}/events': await ask('GET', `${path}/sessions/s1/events`),
    'POST /customers/search': await ask('POST', '/customers/search', {
      queryContext: 'customer',
      and: [{ customer_externalId: { equals: 'u1' } }]
    }),
    'POST /customers/bulk': await ask('POST', '/customers/bulk', [{ externalId: 'u2', _clientRef: 'a' }]),
    'PUT /customers/bulk': await ask('PUT', '/customers/bulk', [{ id: idOf(created), name: 'Anne', _clientRef: 'a' }]),
    ...(await answersOfCompany(caller)),
    ...(await answersOfOrder(caller, idOf(created))),
    ...(await answersOfMerge(caller, idOf(created)))
  }
}

/** A company, and an attribute of its that is named as in the published example. */
async function answersOfCompany({ sandbox, call }: Caller): Promise<Record<string, unknown>> {
  const ask = async (method: string, path: string, json?: unknown) => (await call(method, path, json)).body
  sandbox.defineAttributes('company', {
    myCustomStr: { displayName: 'My Custom String!', enumeration: ['option one'] }
  })
  const created = await ask('POST', '/companies', { externalId: 'c1', name: 'Initech' })
  const path = `/companies/${idOf(created)}`
  return {
    'POST /companies': created,
    'PUT /companies/{id}': await ask('PUT', path, { name: 'Initrode' }),
    'GET /companies/{id}': await ask('GET', path),
    'GET /companies': await ask('GET', '/companies?externalId=c1'),
    'POST /companies/bulk': await ask('POST', '/companies/bulk', [{ name: 'Other', _clientRef: 'a' }]),
    'PUT /companies/bulk': await ask('PUT', '/companies/bulk', [{ id: idOf(created), name: 'Other', _clientRef: 'a' }]),
    'GET /metadata/{resource}': await ask('GET', '/metadata/company')
  }
}

async function answersOfOrder({ sandbox, call }: Caller, customer: string): Promise<Record<string, unknown>> {
  const ask = async (method: string, path: string, json?: unknown) => (await call(method, path, json)).body
  sandbox.defineAttributes('kobject.order', { orderStatusStr: {} })
  const below = `/customers/${customer}/klasses/order`
  const created = await ask('POST', below, { externalId: 'o1', title: 'Order', custom: { orderStatusStr: 'open' } })
  const path = `/klasses/order/${idOf(created)}`
  return {
    'POST /customers/{id}/klasses/{name}': created,
    'GET /customers/{id}/klasses/{name}': await ask('GET', below),
    'GET /klasses': await ask('GET', '/klasses'),
    'GET /klasses/{name}': await ask('GET', '/klasses/order'),
    'POST /klasses/{name}': await ask('POST', '/klasses/order', { title: 'Other' }),
    'GET /klasses/{name}/{id}': await ask('GET', path),
    'PUT /klasses/{name}/{id}': await ask('PUT', path, { title: 'Changed' }),
    'GET /klasses/{name}/externalId={externalId}': await ask('GET', '/klasses/order/externalId=o1'),
    'POST /klasses/{name}/bulk': await ask('POST', '/klasses/order/bulk', [{ title: 'Third' }]),
    'PUT /klasses/{name}/bulk': await ask('PUT', '/klasses/order/bulk', [{ id: idOf(created), title: 'First' }])
  }
}

async function answersOfMerge({ call }: Caller, target: string): Promise<Record<string, unknown>> {
  const { body: source } = await call('POST', '/customers', { externalId: 'u3' })
  const { body: merged } = await call('POST', '/customers/merges', { source: idOf(source), target })
  return {
    'POST /customers/merges': merged,
    'GET /customers/merges/{id}': (await call('GET', `/customers/merges/${idOf(merged)}`)).body
  }
}

function idOf(body: unknown): string {
  return (body as { data?: { id?: string } } | undefined)?.data?.id ?? 'none'
}
