import type { OpenAPIHono } from '@hono/zod-openapi'

const TAGS = {
  Access: 'The API key and its roles.',
  Customers: 'Look up, create, update and delete customers.',
  Companies: 'Look up, create and update companies.',
  'Custom objects': 'Klasses and their objects, such as orders.',
  'Custom attributes': 'The custom attributes that the organization has defined.',
  'Bulk jobs': 'Up to 100 records per request.',
  Search: 'Find customers by their attributes. The index lags behind writes.',
  Merges: 'Merge two customers into one.',
  Timeline: 'The events of a customer.',
  Tracking: 'Track events and identify visitors.',
  Sandbox: 'Not part of Kustomer: what an agent sees, simulated failures and behaviors, API keys, and the request log.'
}

/** Publishes the contract at `/openapi.json`, with the sandbox as the server, where it was asked for. */
export function publishDocument(app: OpenAPIHono): void {
  app.openAPIRegistry.registerComponent('securitySchemes', 'apiKey', {
    type: 'http',
    scheme: 'bearer',
    description: 'A Kustomer API key. Most operations need a role. If the key lacks it, the error names it.'
  })
  app.doc('/openapi.json', ({ req }) => ({
    openapi: '3.0.0',
    info: {
      title: 'A local Kustomer',
      version: '1',
      license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
      description:
        'Kustomer’s REST API for customers, companies, custom objects and events. Each rule is marked: [P] published by Kustomer, [R] relied on in production by other integrations, [A] assumed, so the real Kustomer may differ. Some assumptions can be simulated either way, see `/sandbox/variants`.'
    },
    servers: [{ url: new URL(req.url).origin.replace('//localhost', '//127.0.0.1'), description: 'This sandbox' }],
    security: [{ apiKey: [] }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description }))
  }))
}
