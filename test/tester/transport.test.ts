import { createServer, get } from 'node:http'
import type { Server } from 'node:http'
import { Agent } from 'node:https'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import type { SegmentEvent } from '@segment/actions-core'
import { deliver } from '../../src/tester/delivery'
import { openTransport } from '../../src/tester/kustomer/transport'
import type { Transport } from '../../src/tester/kustomer/transport'

const settings = { apiKey: 'a-key-of-the-test', orgPod: 'prod1' }
let transport: Transport

function seen(userId: string): SegmentEvent {
  return { type: 'track', event: 'Seen', userId }
}

afterEach(() => {
  jest.restoreAllMocks()
  transport.close()
})

it('attributes each request to the event that caused it, whatever else is in flight', async () => {
  transport = openTransport(async (request) => {
    await setTimeout(Math.random() * 5)
    return new Response(request.method === 'GET' ? null : '{}', { status: request.method === 'GET' ? 404 : 201 })
  })
  const userIds = Array.from({ length: 40 }, (_, index) => `user-${index}`)
  const deliveries = await Promise.all(
    userIds.map((userId) => deliver({ type: 'identify', userId }, { settings, transport }))
  )
  expect(deliveries.map(({ exchanges }) => exchanges.map(({ request }) => request.url + request.body))).toEqual(
    userIds.map((userId) => [
      `https://api.kustomerapp.com/v1/customers/externalId=${userId}`,
      `https://api.kustomerapp.com/v1/customers{"externalId":"${userId}"}`
    ])
  )
  expect(transport.takeExchanges()).toEqual([])
})

it('records both messages of an exchange', async () => {
  transport = openTransport(() =>
    Promise.resolve(new Response('{"data":{}}', { status: 201, headers: { 'x-kustomer-pod': 'prod1' } }))
  )
  const { exchanges } = await deliver(seen('u1'), { settings, transport })
  expect(exchanges).toEqual([
    {
      method: 'POST',
      path: '/v1/tracking/identityEvent',
      status: 201,
      milliseconds: expect.any(Number),
      request: {
        url: 'https://api.kustomerapp.com/v1/tracking/identityEvent',
        headers: expect.objectContaining({ authorization: 'Bearer a-key-of-the-test' }),
        body: '{"identity":{"externalId":"u1"},"event":{"name":"Seen","meta":{}}}'
      },
      response: { statusText: '', headers: expect.objectContaining({ 'x-kustomer-pod': 'prod1' }), body: '{"data":{}}' }
    }
  ])
})

it('lets requests to this machine through and refuses any other', async () => {
  transport = openTransport(() => Promise.reject(new Error('not to be called')))
  const server = createServer((_request, response) => response.end('here'))
  const port = await listen(server)
  const outcome = (url: string) =>
    new Promise((resolve) => {
      get(url, ({ statusCode }) => {
        resolve(statusCode)
      }).once('error', ({ message }) => {
        resolve(message)
      })
    })
  expect(await outcome(`http://127.0.0.1:${port}/`)).toBe(200)
  expect(await outcome('http://example.com/')).toBe('The tester sends nothing to example.com')
  server.close()
})

it('refuses to be opened while another one is open, and can be opened again after that', () => {
  transport = openTransport()
  expect(() => openTransport()).toThrow('Only one transport can be open in a process. Close the other one first.')
  transport.close()
  transport = openTransport()
})

describe('without an answer of its own', () => {
  it('lets requests to the real Kustomer through, and records them', async () => {
    const server = createServer((request, response) => {
      request.resume().once('end', () => response.writeHead(201).end('{"data":{"id":"e1"}}'))
    })
    connectKustomerTo(await listen(server))
    transport = openTransport()
    expect(await deliver(seen('u1'), { settings, transport })).toMatchObject({
      delivered: true,
      exchanges: [
        {
          status: 201,
          request: { body: '{"identity":{"externalId":"u1"},"event":{"name":"Seen","meta":{}}}' },
          response: { body: '{"data":{"id":"e1"}}' }
        }
      ]
    })
    server.close()
  })

  it('tells why there was no answer', async () => {
    const server = createServer()
    connectKustomerTo(await listen(server))
    await new Promise((resolve) => server.close(resolve))
    transport = openTransport()
    expect(await deliver(seen('u1'), { settings, transport })).toMatchObject({
      delivered: false,
      exchanges: [{ status: 'ECONNREFUSED', milliseconds: expect.any(Number) }]
    })
  })
})

async function listen(server: Server): Promise<number> {
  await new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve(undefined)
    })
  })
  return (server.address() as AddressInfo).port
}

/** Stands in for the network: whatever goes to an HTTPS host arrives here, without TLS. */
function connectKustomerTo(port: number): void {
  jest.spyOn(Agent.prototype, 'createConnection').mockImplementation(() => connect(port, '127.0.0.1'))
}
