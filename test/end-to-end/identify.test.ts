import { connect } from './support'
import type { Connection } from './support'

const COMPANY = '5f00000000000000000000cc'
const identify = { type: 'identify' as const, userId: 'u1', traits: { email: 'ann@example.com', name: 'Ann' } }

const [GET, FIND_EMAIL] = ['GET /v1/customers/externalId=u1', 'GET /v1/customers/email=ann@example.com']

function customer(connection: Connection) {
  const customers = connection.sandbox.customers()
  expect(customers).toHaveLength(1)
  const [{ id, attributes, relationships }] = customers as [typeof customers[0]]
  return { id, attributes, company: relationships.company?.data.id }
}

describe('requests', () => {
  it('are two for a customer known by a userId alone, and one more for each further identifier', async () => {
    const connection = connect()
    await connection.send({ type: 'identify', userId: 'u1' })
    expect(connection.requests()).toEqual([`${GET} 404`, 'POST /v1/customers 201'])
    await connection.send({ type: 'identify', userId: 'u2', traits: { email: 'a@example.com', phone: '5550100' } })
    expect(connection.requests()).toHaveLength(4)
  })

  it('are one where nothing changes, two where something does, and one more for anonymous history', async () => {
    const connection = connect()
    await connection.send(identify)
    connection.requests()
    await connection.send(identify)
    expect(connection.requests()).toEqual([`${GET} 200`])
    const { id } = customer(connection)
    await connection.send({ ...identify, traits: { name: 'Anne' } })
    expect(connection.requests()).toEqual([`${GET} 200`, `PATCH /v1/customers/${id} 200`])
    await connection.send({ ...identify, traits: {}, anonymousId: 'visitor' })
    expect(connection.requests()).toEqual([`${GET} 200`, 'POST /v1/tracking/identity 201'])
  })
})

describe('an update', () => {
  it('keeps the email that an agent added, and the company', async () => {
    const connection = connect()
    await connection.send(identify)
    const { id } = customer(connection)
    const emails = [{ type: 'work', email: 'agent@example.com' }, { email: 'ann@example.com' }]
    await connection.call('PATCH', `/v1/customers/${id}`, {
      emails,
      company: COMPANY,
      tags: ['vip'],
      custom: { planStr: 'pro' }
    })
    await connection.send({ ...identify, traits: { email: 'new@example.com', phone: '5550100' } })
    const updated = customer(connection)
    expect(updated.company).toBe(COMPANY)
    expect(updated.attributes).toMatchObject({
      emails: [...emails, { email: 'new@example.com' }],
      phones: [{ phone: '5550100' }],
      tags: ['vip'],
      custom: { planStr: 'pro' }
    })
  })

  it('gives its externalId to a customer whom an agent made', async () => {
    const connection = connect()
    await connection.call('POST', '/v1/customers', { emails: [{ email: 'ANN@example.com' }], company: COMPANY })
    await connection.send(identify)
    expect(connection.requests()).toEqual([`${GET} 404`, `${FIND_EMAIL} 200`, expect.stringMatching(/^PATCH .* 200$/)])
    expect(customer(connection)).toMatchObject({
      company: COMPANY,
      attributes: { externalId: 'u1', name: 'Ann', emails: [{ email: 'ANN@example.com' }] }
    })
  })
})

describe('two people', () => {
  it('never become one by an email or a phone that both give', async () => {
    const connection = connect()
    const traits = { email: 'family@example.com', phone: '5550100' }
    await connection.send({ type: 'identify', userId: 'ann', traits: { ...traits, name: 'Ann' } })
    await connection.send({ type: 'identify', userId: 'bob', traits: { ...traits, name: 'Bob' } })
    connection.requests()
    await connection.send({ type: 'identify', userId: 'bob', traits: { ...traits, name: 'Bob' } })
    expect(connection.requests()).toHaveLength(1)
    expect(connection.sandbox.customers()).toMatchObject([
      { attributes: { externalId: 'ann', name: 'Ann', emails: [{ email: 'family@example.com' }] } },
      {
        attributes: {
          externalId: 'bob',
          name: 'Bob',
          emails: [],
          sharedEmails: [{ email: 'family@example.com' }],
          sharedPhones: [{ phone: '5550100' }]
        }
      }
    ])
  })

  it('are told apart where a third one holds the phone', async () => {
    const connection = connect()
    await connection.send({ type: 'identify', userId: 'ann', traits: { email: 'family@example.com' } })
    await connection.send({ type: 'identify', userId: 'carl', traits: { phone: '5550100' } })
    await connection.send({
      type: 'identify',
      userId: 'bob',
      traits: { email: 'family@example.com', phone: '5550100' }
    })
    expect(connection.sandbox.customers()).toHaveLength(3)
    expect(connection.sandbox.customers()[2]).toMatchObject({
      attributes: {
        externalId: 'bob',
        sharedEmails: [{ email: 'family@example.com' }],
        sharedPhones: [{ phone: '5550100' }]
      }
    })
  })

  it('stay apart where one takes on the email of the other', async () => {
    const connection = connect()
    await connection.send({ type: 'identify', userId: 'ann', traits: { email: 'ann@example.com' } })
    await connection.send({ type: 'identify', userId: 'bob' })
    await connection.send({ type: 'identify', userId: 'bob', traits: { email: 'ann@example.com' } })
    expect(connection.sandbox.customers()).toMatchObject([
      { attributes: { externalId: 'ann', emails: [{ email: 'ann@example.com' }] } },
      { attributes: { externalId: 'bob', emails: [], sharedEmails: [{ email: 'ann@example.com' }] } }
    ])
  })
})

describe('between two requests of ours', () => {
  it('a customer that is created is updated', async () => {
    const connection = connect()
    connection.before(/^POST \/v1\/customers$/, () => connection.call('POST', '/v1/customers', { externalId: 'u1' }))
    expect(await connection.send(identify)).toMatchObject({ outcome: 'updated' })
    expect(customer(connection)).toMatchObject({
      attributes: { name: 'Ann', emails: [{ email: 'ann@example.com' }] }
    })
  })

  it('a customer that is deleted is created', async () => {
    const connection = connect()
    await connection.send({ type: 'identify', userId: 'u1' })
    const { id } = customer(connection)
    connection.before(/^PATCH/, () => connection.call('DELETE', `/v1/customers/${id}`))
    expect(await connection.send(identify)).toMatchObject({ outcome: 'created' })
    expect(customer(connection).id).not.toBe(id)
  })
})

it('takes a customer marked as deleted for none', async () => {
  const connection = connect()
  await connection.send(identify)
  const { id } = customer(connection)
  connection.sandbox.markDeleted(id)
  expect(await connection.send(identify)).toMatchObject({ outcome: 'created' })
  expect(customer(connection).id).not.toBe(id)
})

it('erases a customer, and is content when there is none', async () => {
  const connection = connect()
  await connection.send(identify)
  expect(await connection.erase('u1')).toEqual({ output: 'Customer deleted' })
  expect(connection.sandbox.customers()).toEqual([])
  expect(await connection.erase('u1')).toEqual({ output: 'No customer to delete' })
})

describe('faults', () => {
  it.each([
    [
      { rateLimit: 0 },
      429,
      'Could not look up the customer by externalId: Kustomer answered 429. Rate limit exceeded.'
    ],
    [
      { dropConnections: 1 },
      503,
      'Could not look up the customer by externalId: the connection to api.kustomerapp.com failed (ECONNRESET).'
    ],
    [{ responses: [{ status: 500 }] }, 500, 'Could not look up the customer by externalId: Kustomer answered 500.'],
    [
      { responses: [{ status: 502, body: '<html>', contentType: 'text/html' }] },
      502,
      'Could not look up the customer by externalId: Kustomer answered 502.'
    ]
  ])('%j', async (faults, status, message) => {
    const connection = connect()
    connection.sandbox.setFaults(faults)
    await expect(connection.send(identify)).rejects.toMatchObject({ status, message })
    connection.sandbox.setFaults({})
    expect(await connection.send(identify)).toMatchObject({ outcome: 'created' })
  })
})
