import { createSandbox, SANDBOX_API_KEY } from '../../src/sandbox'
import { listen } from '../../src/tester/server/listen'
import type { Listening } from '../../src/tester/server/listen'

const headers = { authorization: `Bearer ${SANDBOX_API_KEY}`, 'content-type': 'application/json' }
const CUSTOMER = '/v1/customers/5f0000000000000000000001'

// What comes over a socket is no request of the platform's, and may come without saying how long it is.
describe('over HTTP', () => {
  const sandbox = createSandbox()
  let server: Listening

  beforeAll(async () => {
    server = await listen(0, (request) => sandbox.fetch(request))
  })

  const statusOf = async (method: string, path: string, body?: BodyInit): Promise<number> => {
    const init = { method, headers, body, duplex: 'half' } as RequestInit
    const answer = await fetch(`${server.url}${path}`, init)
    await answer.text()
    return answer.status
  }

  const inChunks = (text: string, times = 1): ReadableStream =>
    new ReadableStream({
      start(controller) {
        for (let count = 0; count < times; count++) {
          controller.enqueue(new TextEncoder().encode(text))
        }
        controller.close()
      }
    })

  afterAll(() => {
    server.close()
  })

  it.each([
    ['DELETE', CUSTOMER, undefined, 404],
    ['GET', CUSTOMER, undefined, 404],
    ['POST', '/v1/customers', undefined, 400],
    ['POST', '/v1/customers', '{}', 201],
    ['POST', '/sandbox/reset', undefined, 204]
  ])('answers %s %s with the body %j', async (method, path, body, status) => {
    expect(await statusOf(method, path, body)).toBe(status)
  })

  it('reads a body that comes in parts', async () => {
    expect(await statusOf('PUT', '/sandbox/faults', inChunks('{"delayMs":1}'))).toBe(204)
    expect(sandbox.faults()).toEqual({ delayMs: 1 })
    expect(await statusOf('POST', '/v1/customers', inChunks('{"externalId":"u1"}'))).toBe(201)
    expect(await statusOf('POST', '/v1/customers', inChunks('x'.repeat(60_000), 2))).toBe(413)
  })

  it('answers what follows a body that is too long', async () => {
    for (let count = 0; count < 5; count++) {
      expect(await statusOf('POST', '/v1/customers', 'x'.repeat(1_000_000))).toBe(413)
      expect(await statusOf('GET', CUSTOMER)).toBe(404)
    }
  })
})
