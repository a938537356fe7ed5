import { z } from '@hono/zod-openapi'

const number = (description: string, max: number) =>
  z.coerce.number().int().min(1).max(max).openapi({ type: 'integer', minimum: 1, maximum: max, description })

/** [P] Which page of a list is asked for. */
export const paging = z.object({
  page: number('[P] The page, from 1.', 1_000_000).default(1),
  pageSize: number('[P] Defaults to 100. [A] At most 500.', 500).default(100)
})

/** [P] A search has at most 100 pages of at most 500. */
export const searchPaging = z.object({
  page: number('[P] The page, from 1 to 100.', 100).default(1),
  pageSize: number('[P] At most 500. Defaults to 100.', 500).default(100)
})

export type Paging = z.infer<typeof paging>
