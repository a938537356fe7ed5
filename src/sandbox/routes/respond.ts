import { z } from '@hono/zod-openapi'

/** What a route takes and answers with, for the published contract. */
export const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } })

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
        meta: z.record(z.string(), z.unknown()).optional()
      })
    )
  })
  .openapi('Errors', {
    description:
      '[P] `code`, `message` and `meta`, or what JSON:API has. [R] In the latter, `status` is a number. [A] Access, limits and tracking answer in the former, all else in the latter.'
  })

const customerSchema = z
  .object({
    type: z.literal('customer'),
    id: z.string(),
    attributes: z.record(z.string(), z.unknown()),
    relationships: z.record(z.string(), z.unknown()),
    links: z.object({ self: z.string() })
  })
  .openapi('Customer', {
    description:
      '[P] Shows more attributes than may be written. [P] Items of lists may have an `id`, which is refused when written.'
  })

const anything = z.record(z.string(), z.unknown())

export const answers = {
  customer: (description: string) => ({ description, ...json(z.object({ data: customerSchema })) }),
  customers: (description: string) => ({ description, ...json(z.object({ data: z.array(customerSchema) })) }),
  resource: (description: string) => ({ description, ...json(z.object({ data: anything })) }),
  resources: (description: string) => ({ description, ...json(z.object({ data: z.array(anything) })) }),
  nothing: (description: string) => ({ description }),
  refusal: { description: '[P] 400 for a bad body, 401, 403, 404, 409, 429 or 5xx', ...json(errorSchema) }
}
