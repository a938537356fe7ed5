import { createApp } from '../../src/tester/server/app'
import { bundlePage } from '../../src/tester/server/page'
import { embeddedKustomer } from '../../src/tester/kustomer'

export interface Answer {
  status: number
  text: string
  json: unknown
}

/** Posts to an app without a network; a text as it is, anything else as JSON. */
export async function postTo(
  app: { request: (path: string, init: RequestInit) => Response | Promise<Response> },
  path: string,
  body: unknown,
  headers: Record<string, string> = {}
): Promise<Answer> {
  const response = await app.request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body)
  })
  const text = await response.text()
  return { status: response.status, text, json: JSON.parse(text) }
}

/** The tester's server without a network, for the tests of one file: one server, and an empty sandbox for each test. */
export class ServerUnderTest {
  app!: ReturnType<typeof createApp>
  kustomer!: ReturnType<typeof embeddedKustomer>

  /** To be called outside of every test. */
  constructor() {
    beforeAll(async () => {
      this.kustomer = embeddedKustomer()
      this.app = createApp(this.kustomer, await bundlePage())
    })

    beforeEach(() => {
      this.kustomer.sandbox.reset()
    })

    afterAll(() => {
      this.kustomer.transport.close()
    })
  }

  readonly post = (path: string, body: unknown, headers?: Record<string, string>): Promise<Answer> =>
    postTo(this.app, path, body, headers)
}
