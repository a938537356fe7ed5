import { z } from '@hono/zod-openapi'
import { anything } from './answers'

const CONTEXT =
  /^(company|customer|message|conversation|conversation_time|note|kobject|kobject_.*|work_session|work_item)$/

/** [P] Terms, of which each names one attribute and one operator; a single one may stand without a list. */
const terms = (max: number, description: string) =>
  z
    .union([
      anything,
      z
        .array(anything)
        .max(max)
        .refine((all) => new Set(all.map((each) => JSON.stringify(each))).size === all.length, 'must hold no duplicate')
    ])
    .openapi({ description })
    .optional()

export const customerSearch = z
  .strictObject({
    queryContext: z
      .string()
      .regex(CONTEXT, 'must be a kind of record')
      .openapi({ description: '[P] What is searched for.' })
      .optional(),
    and: terms(20, '[P] At most 20 terms, all of which must hold.'),
    or: terms(20, '[P] At most 20 terms, one of which must hold.'),
    not: terms(20, '[P] At most 20 terms, none of which may hold.'),
    sort: terms(5, '[P] At most 5. [A] Has no effect here.'),
    includeDeleted: z.boolean().openapi({ description: '[P] Whether to find the deleted too.' }).optional(),
    timeZone: z.string().openapi({ description: '[P] Text. [A] Has no effect here.' }).optional(),
    searchHash: z.string().openapi({ description: '[P] Text. [A] Has no effect here.' }).optional(),
    aggs: anything.openapi({ description: '[P] An object. [A] Has no effect here.' }).optional(),
    fields: z
      .array(anything)
      .max(20)
      .openapi({ description: '[P] At most 20 objects. [A] Has no effect here.' })
      .optional()
  })
  .openapi('CustomerSearch', {
    description:
      '[P] A search by attributes. The sandbox knows customer_externalId, customer_email, customer_phone and customer_shared_email with the operator equals.'
  })

export type CustomerSearch = z.infer<typeof customerSearch>
