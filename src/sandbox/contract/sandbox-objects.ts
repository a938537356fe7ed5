import { z } from '@hono/zod-openapi'

/** An object of the sandbox's own, with only these keys. */
export function only<Shape extends z.ZodRawShape>(what: string, shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `Unknown ${what}: ${issue.keys.join(', ')}. Use one of ${Object.keys(shape).join(', ')}.`
        : undefined
  })
}
