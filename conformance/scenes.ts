import type { Hints } from './breakages'
import type { Caller } from './caller'

/** What an operation needs to be tried: its path, made in a fresh sandbox, and values that no schema tells. */
export type Scene = (caller: Caller) => Promise<{ path: string; hints: Hints }>

interface Answer {
  data: { id: string; attributes: { rev?: number } }
}

const always =
  (value: unknown): (() => unknown) =>
  () =>
    value

const PLACE = { countryCode: always('US'), regionCode: always('NY') }

const CUSTOM = {
  planStr: 'pro',
  noteTxt: 'A note',
  seatsNum: 3,
  renewsAt: '2024-01-02T03:04:05Z',
  activeBool: true,
  shopUrl: 'https://example.com/shop'
}

/** Those of `CUSTOM`, as a Klass has to define them. */
const ATTRIBUTES = Object.fromEntries(Object.keys(CUSTOM).map((name) => [name, {}]))

/** A customer's, whose company must be an id, whose tags are words, and who is nobody else. */
const CUSTOMER: Hints = {
  ...PLACE,
  company: always('5f00000000000000000000cc'),
  externalId: (n) => `external-${n}`,
  tags: always(['vip']),
  item: (n) => `tag-${n}`,
  custom: always(CUSTOM)
}

/** A company's, which is nobody else's and, where it is not about deletion, is there afterwards. */
const COMPANY: Hints = { ...CUSTOMER, company: undefined, deleted: always(false) }

const EVENT: Hints = {
  name: always('Order-Completed'),
  trackingId: always('visitor'),
  sessionId: always('session'),
  meta: always({ statusStr: 'open', totalNum: 3, placedAt: '2024-01-02T03:04:05Z' })
}

/** Of a search: what a term looks like. The others of its keys are published without a word of what they hold. */
const SEARCH: Hints = {
  queryContext: always('customer'),
  timeZone: always('UTC'),
  and: always([{ customer_externalId: { equals: 'external-1' } }]),
  or: always([{ customer_email: { equals: 'person@example.com' } }, { customer_phone: { equals: '+15550100' } }]),
  not: always([{ customer_email: { equals: 'nobody@example.com' } }]),
  sort: always([{ customer_updated_at: 'desc' }]),
  searchHash: undefined,
  aggs: undefined,
  fields: undefined
}

/** An order's, whose Klass and customer the scene makes. */
const ORDER: Hints = { ...CUSTOMER, company: undefined }

async function createdBy({ call }: Caller, externalId: string): Promise<Answer['data']> {
  const { body } = await call('POST', '/customers', { externalId, name: 'Ann' })
  return (body as Answer).data
}

async function createdCompany({ call }: Caller): Promise<Answer['data']> {
  const { body } = await call('POST', '/companies', { externalId: 'external-0', name: 'Initech' })
  return (body as Answer).data
}

const ofOneCustomer: Scene = async (caller) => {
  const { id, attributes } = await createdBy(caller, 'external-0')
  return { path: `/customers/${id}`, hints: { ...CUSTOMER, rev: always(attributes.rev ?? 0) } }
}

/** The Klass `order` and a customer, whose the orders are. */
const ordering =
  (path: (customer: string) => string): Scene =>
  async (caller) => {
    caller.sandbox.defineAttributes('kobject.order', ATTRIBUTES)
    const { id } = await createdBy(caller, 'external-0')
    return { path: path(id), hints: { ...ORDER, customer: always(id) } }
  }

/** An order that is there, to be changed. */
const ofOneOrder =
  (path: (order: string) => string): Scene =>
  async (caller) => {
    caller.sandbox.defineAttributes('kobject.order', ATTRIBUTES)
    const { body } = await caller.call('POST', '/klasses/order', { title: 'Order', externalId: 'external-0' })
    const { id, attributes } = (body as Answer).data
    return { path: path(id), hints: { ...ORDER, id: always(id), rev: always(attributes.rev ?? 0) } }
  }

const at =
  (path: string, hints: Hints): Scene =>
  () =>
    Promise.resolve({ path, hints })

/** Every operation with a body that the sandbox has. */
export const SCENES: Record<string, Scene | undefined> = {
  'POST /customers': at('/customers', CUSTOMER),
  'PUT /customers/{id}': ofOneCustomer,
  'PATCH /customers/{id}': ofOneCustomer,
  'POST /customers/bulk': at('/customers/bulk', CUSTOMER),
  'PUT /customers/bulk': async (caller) => {
    const { id, attributes } = await createdBy(caller, 'external-0')
    return { path: '/customers/bulk', hints: { ...CUSTOMER, id: always(id), rev: always(attributes.rev ?? 0) } }
  },
  'POST /companies': at('/companies', COMPANY),
  'PUT /companies/{id}': async (caller) => {
    const { id, attributes } = await createdCompany(caller)
    return { path: `/companies/${id}`, hints: { ...COMPANY, rev: always(attributes.rev ?? 0) } }
  },
  'POST /companies/bulk': at('/companies/bulk', COMPANY),
  'PUT /companies/bulk': async (caller) => {
    const { id } = await createdCompany(caller)
    return { path: '/companies/bulk', hints: { ...COMPANY, id: always(id) } }
  },
  'POST /klasses/{name}': ordering(() => '/klasses/order'),
  'POST /customers/{id}/klasses/{name}': ordering((id) => `/customers/${id}/klasses/order`),
  'PUT /klasses/{name}/{id}': ofOneOrder((id) => `/klasses/order/${id}`),
  'POST /klasses/{name}/bulk': ordering(() => '/klasses/order/bulk'),
  'PUT /klasses/{name}/bulk': ofOneOrder(() => '/klasses/order/bulk'),
  'POST /customers/search': at('/customers/search', SEARCH),
  'POST /customers/merges': async (caller) => {
    const [source, target] = [await createdBy(caller, 'external-0'), await createdBy(caller, 'external-1')]
    return { path: '/customers/merges', hints: { source: always(source.id), target: always(target.id) } }
  },
  'POST /tracking/event': at('/tracking/event', EVENT),
  'POST /tracking/identity': at('/tracking/identity', { ...CUSTOMER, ...EVENT, name: always('Ann') }),
  'POST /tracking/identityEvent': at('/tracking/identityEvent', { ...CUSTOMER, ...EVENT })
}
