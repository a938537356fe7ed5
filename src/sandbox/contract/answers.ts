import { z } from '@hono/zod-openapi'

/** What a route takes and answers with, for the published contract. */
export const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } })

/** An object of any keys. */
export const anything = z.record(z.string(), z.unknown()).openapi({ additionalProperties: true })

const errorSchema = z
  .object({
    errors: z.array(
      z.object({
        status: z.number().optional(),
        code: z.string(),
        title: z.string().optional(),
        message: z.string().optional(),
        detail: z.string().optional(),
        source: z.object({ parameter: z.string() }).optional(),
        meta: anything.optional()
      })
    )
  })
  .openapi('Errors', {
    description:
      '[P] `code`, `message` and `meta`, or a JSON:API error. [R] A JSON:API error’s `status` is a number. [A] Tracking, access and rate limits have the first format, all others the second.'
  })

const links = z.object({ self: z.string() })

const resource = z
  .object({ type: z.string(), id: z.string(), attributes: anything, relationships: anything, links })
  .openapi('Resource', { description: '[P] A record of any kind.' })

const customer = z
  .object({ type: z.literal('customer'), id: z.string(), attributes: anything, relationships: anything, links })
  .openapi('Customer', {
    description:
      '[P] Has more attributes than can be written. List items can have an `id` or `externalVerified`, which can’t be written. Tags are IDs.'
  })

const page = z.object({ self: z.string(), first: z.string(), prev: z.string().nullable(), next: z.string().nullable() })

const list = <Item extends z.ZodType>(item: Item) => z.object({ meta: anything, data: z.array(item), links: page })

export const answers = {
  customer: (description: string) => ({ description, ...json(z.object({ data: customer })) }),
  customers: (description: string) => ({ description, ...json(list(customer)) }),
  resource: (description: string) => ({ description, ...json(z.object({ data: resource })) }),
  resources: (description: string) => ({ description, ...json(list(resource)) }),
  batches: (description: string) => ({ description, ...json(z.object({ data: z.array(resource) })) }),
  /** Of the sandbox's own: all of them, without pages. */
  all: (description: string) => ({ description, ...json(z.object({ data: z.array(anything) })) }),
  refusals: {
    '4XX': { description: '[P] 400 for an invalid body, 401, 403, 404, 409, 413, 422 or 429', ...json(errorSchema) },
    '5XX': { description: '[P] An error of Kustomer’s. 501 if the sandbox lacks the endpoint.', ...json(errorSchema) }
  },
  ownRefusals: {
    '4XX': { description: 'What is wrong', ...json(errorSchema) }
  }
}
