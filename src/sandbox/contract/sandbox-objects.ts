import { z } from '@hono/zod-openapi'

/** What is the sandbox's own and no rule of Kustomer's: an object of these keys alone, which says so in a sentence. */
export function only<Shape extends z.ZodRawShape>(what: string, shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `The sandbox has no ${what} named ${issue.keys.join(', ')}; it has ${Object.keys(shape).join(', ')}.`
        : undefined
  })
}
