import { connect } from './support'

const order = { type: 'track' as const, event: 'Order Completed', timestamp: '2024-01-02T03:04:05.000Z' }

function timeline({ sandbox }: ReturnType<typeof connect>) {
  return sandbox
    .customers()
    .map(({ id }) => sandbox.timeline(id).map((session) => [session.id, ...session.events.map(({ name }) => name)]))
}

it('costs one request, and creates the customer where there is none', async () => {
  const connection = connect()
  await connection.send({ ...order, userId: 'u1' })
  await connection.send({ ...order, type: 'page', name: 'Home', userId: 'u1', anonymousId: 'visitor' })
  await connection.send({ ...order, type: 'screen', name: 'Home', anonymousId: 'visitor' })
  expect(connection.requests()).toEqual([
    'POST /v1/tracking/identityEvent 201',
    'POST /v1/tracking/identityEvent 201',
    'POST /v1/tracking/event 204'
  ])
  expect(timeline(connection)).toEqual([[[null, 'Order-Completed', 'Viewed-Home-Page']]])
})

it('puts the history of a visitor on the timeline of the customer they turn out to be', async () => {
  const connection = connect()
  await connection.send({ ...order, event: 'Cart Viewed', anonymousId: 'visitor' })
  await connection.send({ ...order, event: 'Cart Viewed', anonymousId: 'somebody else' })
  expect(timeline(connection)).toEqual([])
  await connection.send({ type: 'identify', userId: 'u1', anonymousId: 'visitor' })
  await connection.send({ ...order, anonymousId: 'visitor', properties: { kustomer_session_id: 's1' } })
  expect(timeline(connection)).toEqual([
    [
      [null, 'Cart-Viewed'],
      ['s1', 'Order-Completed']
    ]
  ])
})

it('leaves two people who share a device apart', async () => {
  const connection = connect()
  await connection.send({ ...order, userId: 'ann', anonymousId: 'tablet' })
  await connection.send({
    ...order,
    userId: 'bob',
    anonymousId: 'tablet',
    context: { traits: { email: 'ann@example.com' } }
  })
  expect(timeline(connection)).toEqual([[[null, 'Order-Completed']], [[null, 'Order-Completed']]])
})
