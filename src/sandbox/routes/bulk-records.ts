import { z } from '@hono/zod-openapi'
import type { bulkRecords } from '../contract/bulk'
import { MAX_RECORDS } from '../contract/bulk'
import { badParameters, Refusal } from '../errors'
import type { Task } from '../state/bulk-jobs'
import type { Variants } from '../variants'

/** What the records of all jobs have in common. */
export type BulkRecord = z.infer<typeof bulkRecords>[number]

/** What a job checks itself. Were null anything, a client would be told that a body may be null. */
const anyBody = z.custom<unknown>((value) => value !== null)

/** Records of a kind, for the published contract: each is checked by itself, so that it fails by itself. */
export const recordsOf = (schema: string) =>
  anyBody.openapi({
    type: 'array',
    maxItems: MAX_RECORDS,
    items: { $ref: `#/components/schemas/${schema}` }
  })

/** @throws Refusal (400) */
export function parsed<Output>(schema: z.ZodType<Output>, raw: unknown): Output {
  const result = schema.safeParse(raw)
  if (!result.success) {
    throw badParameters(result.error)
  }
  return result.data
}

/**
 * The work of a job. [P] A record fails by itself. [A] One that breaks the schema does so too.
 *
 * @param read checks a record and returns the work
 * @throws Refusal (400) where a bad record is read as a bad body
 */
export function tasksOf(data: BulkRecord[], variants: Variants, read: (record: unknown) => Task['run']): Task[] {
  return data.map((record) => {
    const clientRef = record._clientRef
    try {
      return { clientRef, run: read(record) }
    } catch (error) {
      if (!(error instanceof Refusal) || variants.bulkRefusesWhole) {
        throw error
      }
      return {
        clientRef,
        run() {
          throw error
        }
      }
    }
  })
}
