import { createTestIntegration, defaultValues, Destination, transform } from '@segment/actions-core'
import type { JSONObject } from '@segment/actions-core'
import { customer, customObject, ID, metadata } from '../../__tests__/__helpers__/answers'
import { conversation, failure, MISSING, SETTINGS } from '../../__tests__/__helpers__/conversation'
import type { Answer } from '../../__tests__/__helpers__/conversation'
import { eventOf, online } from '../../__tests__/__helpers__/network'
import { jobRoutes, kustomerWith } from '../../__tests__/__helpers__/routes'
import type { Route } from '../../__tests__/__helpers__/routes'
import destination from '../../index'
import { deliverBatch } from '../deliver'
import type { Payload } from '../generated-types'
import action from '../index'

jest.mock('../../api/clock', () => jest.requireActual<object>('../../__tests__/__helpers__/clock'))

const offered = () =>
  new Destination(destination).executeDynamicField('upsertCustomObject', 'klass', { settings: SETTINGS, payload: {} })

it('offers the Klasses of the organization', async () => {
  const data = [
    { type: 'klass', id: '1', attributes: { name: 'order', displayName: 'Order' } },
    { type: 'klass', id: '2', attributes: { name: 'booking' } }
  ]
  online(conversation(['GET klasses', [200, { data }]]))
  expect(await offered()).toEqual({
    choices: [
      { value: 'order', label: 'Order' },
      { value: 'booking', label: 'booking' }
    ]
  })
})

it('names the role that listing the Klasses takes', async () => {
  online(conversation(['GET klasses', [403] as Answer]))
  expect(await offered()).toMatchObject({
    choices: [],
    error: { code: '403', message: expect.stringContaining('org.permission.klass.read') }
  })
})

it.each([
  [{ order_id: 'o1' }, 'o1'],
  [{ orderId: 'o2' }, 'o2']
])('takes the ID and the title from an order: %j', (properties, id) => {
  const mapping = defaultValues(action.fields) as JSONObject
  expect(transform(mapping, { properties })).toMatchObject({ objectId: id, title: `Order ${id}`, data: properties })
})

it('offers the custom attributes of the Klass', async () => {
  const data = metadata({ orderStatusStr: { type: 'string', displayName: 'Status' } }, 'kobject.order')
  online(conversation(['GET metadata/kobject.order', [200, data]]))
  const payload = { klass: 'order' }
  expect(
    await new Destination(destination).executeDynamicField('upsertCustomObject', 'customAttributes.__keys__', {
      settings: SETTINGS,
      payload
    })
  ).toMatchObject({ choices: [{ value: 'orderStatusStr' }] })
})

it('creates the object of an event, and tells what was ignored of it', async () => {
  online(
    conversation(
      ['GET klasses/order/externalId=o1', MISSING],
      ['GET customers/externalId=u1', [200, customer({ externalId: 'u1' })]],
      ['POST klasses/order', { externalId: 'o1', title: 'o1', customer: ID }, [201, customObject()]],
      ['GET klasses/order/externalId=o1', [500]]
    )
  )
  const integration = createTestIntegration(destination)
  const send = () =>
    integration.testAction('upsertCustomObject', {
      event: eventOf({}),
      mapping: { klass: 'order', objectId: 'o1', externalId: 'u1', icon: 'x'.repeat(65) },
      settings: SETTINGS
    })
  await send()
  expect(integration.results.find(({ data }) => data)).toMatchObject({
    data: { outcome: 'created', customObjectId: customObject().data.id, leftOut: [{ field: 'icon' }] }
  })
  expect(await failure(send())).toMatchObject({ status: 500, message: expect.stringContaining('icon') })
})

describe('a batch', () => {
  const order = (id: string, properties: JSONObject = {}): JSONObject => ({ order_id: id, ...properties })
  const known = (id: string, klass = 'order') => {
    const attributes = { externalId: id, title: `Order ${id}`, data: { order_id: id, status: 'open' }, rev: 1 }
    return customObject(attributes, klass, undefined, `${klass} ${id}`)
  }
  const lookUps = (ids: string[], klass = 'order'): Record<string, Route> =>
    Object.fromEntries(ids.map((id) => [`GET klasses/${klass}/externalId=${id}`, [200, known(id, klass)]]))
  const MAPPING = { klass: { '@if': { exists: { '@path': '$.event' }, then: { '@path': '$.event' }, else: 'order' } } }

  async function deliverAll(routes: Record<string, Route>, events: Array<{ klass?: string; properties: JSONObject }>) {
    const kustomer = online(
      kustomerWith({ 'GET customers/externalId=u1': [200, customer({ externalId: 'u1' })], ...routes })
    )
    const integration = createTestIntegration(destination)
    await integration.testBatchAction('upsertCustomObject', {
      events: events.map(({ klass, properties }) => eventOf({ userId: 'u1', event: klass, properties })),
      settings: SETTINGS,
      mapping: MAPPING,
      useDefaultMappings: true
    })
    const { sent } = kustomer
    return {
      outcomes: integration.results[0]?.multistatus ?? [],
      calls: sent.map(([call]) => call),
      bodyOf: (path: string) => sent.find(([call]) => call === path)?.[1]
    }
  }

  it('updates objects in one job, and tells the outcome of each event', async () => {
    const ids = ['1', '2', '3', '4', '5']
    const events = ids.map((id) => ({ properties: order(id, { status: id === '5' ? 'open' : 'shipped' }) }))
    const routes = { ...lookUps(ids), ...jobRoutes('update', undefined, 'klasses/order') }
    const { outcomes, calls, bodyOf } = await deliverAll(routes, [...events, { properties: {} }])
    expect(calls).toHaveLength(8)
    expect(bodyOf('PUT klasses/order/bulk')).toMatchObject(
      ids.slice(0, 4).map((id) => ({ externalId: id, rev: 1, data: { order_id: id, status: 'shipped' } }))
    )
    expect(outcomes.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 400])
    expect(outcomes[0]).toMatchObject({
      sent: { externalId: '1', title: 'Order 1' },
      body: { outcome: 'updated', customObjectId: 'order 1', leftOut: [] }
    })
    expect(outcomes[4]).toMatchObject({ body: { outcome: 'unchanged' } })
  })

  it('creates objects of one customer in one job, looking the customer up once', async () => {
    const ids = ['1', '2', '3', '4']
    const missing = Object.fromEntries(ids.map((id) => [`GET klasses/order/externalId=${id}`, MISSING]))
    const { outcomes, calls } = await deliverAll(
      { ...missing, ...jobRoutes('create', undefined, 'klasses/order') },
      ids.map((id) => ({ properties: order(id) }))
    )
    expect(calls).toHaveLength(8)
    expect(outcomes).toMatchObject(ids.map(() => ({ status: 200, body: { outcome: 'created' } })))
  })

  it('applies the events of one object in order, in one write', async () => {
    const events = ['open', 'shipped'].map((status) => ({ properties: order('1', { status, [status]: true }) }))
    const routes: Record<string, Route> = { ...lookUps(['1']), 'PUT klasses/order/order%201': [200] }
    const { outcomes, calls, bodyOf } = await deliverAll(routes, events)
    expect(calls).toHaveLength(2)
    expect(bodyOf('PUT klasses/order/order%201')).toMatchObject({
      data: { order_id: '1', status: 'shipped', open: true, shipped: true }
    })
    expect(outcomes).toMatchObject([{ body: { outcome: 'updated' } }, { body: { outcome: 'updated' } }])
  })

  it('keeps objects of several Klasses apart', async () => {
    const routes = { ...lookUps(['1']), ...lookUps(['1'], 'booking') }
    const properties = order('1', { status: 'open' })
    const { outcomes, calls } = await deliverAll(routes, [{ properties }, { klass: 'booking', properties }])
    expect(calls.sort()).toEqual(['GET klasses/booking/externalId=1', 'GET klasses/order/externalId=1'])
    expect(outcomes).toMatchObject([{ body: { outcome: 'unchanged' } }, { body: { outcome: 'unchanged' } }])
  })
})

describe('events of one object go one by one', () => {
  const payload = (given: Partial<Payload> = {}): Payload => ({
    klass: 'order',
    objectId: '1',
    externalId: 'u1',
    ...given
  })
  const attributes = (count: number, letter = 'k') =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`${letter}${index}Str`, 'x']))

  it.each<[string, Payload[], number]>([
    ['if they give different customers', [payload(), payload({ externalId: 'u2' })], 2],
    [
      'if one write cannot hold their custom attributes',
      [payload({ customAttributes: attributes(100) }), payload({ customAttributes: attributes(1, 'l') })],
      2
    ],
    ['only then', [payload({ customAttributes: attributes(100) }), payload({ title: 'Order' })], 1]
  ])('%s', async (_why, payloads, reads) => {
    const kustomer = kustomerWith({
      'GET klasses/order/externalId=1': [200, customObject({ externalId: '1', title: '1' })],
      [`PUT klasses/order/${customObject().data.id}`]: [200]
    })
    await deliverBatch(kustomer.client(), payloads)
    expect(kustomer.sent.filter(([call]) => call.startsWith('GET'))).toHaveLength(reads)
  })
})
