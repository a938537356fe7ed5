import type { OpenAPIHono } from '@hono/zod-openapi'

const TAGS = {
  Access: 'What the API key is and may do.',
  Customers: 'Look-ups, writes and erasure, one by one.',
  Companies: 'Look-ups and writes, one by one.',
  'Custom objects': 'Klasses and their objects, such as orders.',
  'Custom attributes': 'Which of them the organization has defined.',
  'Bulk jobs': 'Writes of up to 100 records for one unit of the rate limit.',
  Search: 'Customers by their attributes, from an index that lags behind.',
  Merges: 'Two customers become one.',
  Timeline: 'What a customer did, read back.',
  Tracking: 'What visitors and customers do, and who they are.',
  Sandbox: 'What Kustomer does not have: what an agent sees, faults, variants, API keys, the log of requests.'
}

/** Publishes the contract at `/openapi.json`, with the sandbox as the server, where it was asked for. */
export function publishDocument(app: OpenAPIHono): void {
  app.openAPIRegistry.registerComponent('securitySchemes', 'apiKey', {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key of Kustomer’s. Most operations need a role of it, and name it where it is missing.'
  })
  app.doc('/openapi.json', ({ req }) => ({
    openapi: '3.0.0',
    info: {
      title: 'A local Kustomer',
      version: '1',
      license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
      description:
        'The part of Kustomer’s REST API that concerns an integration of customers, what they do and what they own. Each rule is marked: [P] published by Kustomer, [R] relied on in production by other integrations, [A] assumed, which is no promise of what the real one does. What is assumed either way is a variant, see `/sandbox/variants`.'
    },
    servers: [{ url: new URL(req.url).origin.replace('//localhost', '//127.0.0.1'), description: 'This sandbox' }],
    security: [{ apiKey: [] }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description }))
  }))
}
