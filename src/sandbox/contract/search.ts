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
      .openapi({ description: '[P] The kind of record.' })
      .optional(),
    and: terms(20, '[P] At most 20 terms. All must match.'),
    or: terms(20, '[P] At most 20 terms. One must match.'),
    not: terms(20, '[P] At most 20 terms. None may match.'),
    sort: terms(5, '[P] At most 5. [A] Ignored here.'),
    includeDeleted: z.boolean().openapi({ description: '[P] If true, deleted customers are found too.' }).optional(),
    timeZone: z.string().openapi({ description: '[P] Text. [A] Ignored here.' }).optional(),
    searchHash: z.string().openapi({ description: '[P] Text. [A] Ignored here.' }).optional(),
    aggs: anything.openapi({ description: '[P] An object. [A] Ignored here.' }).optional(),
    fields: z.array(anything).max(20).openapi({ description: '[P] At most 20 objects. [A] Ignored here.' }).optional()
  })
  .openapi('CustomerSearch', {
    description:
      '[P] A search by attributes. The sandbox supports customer_externalId, customer_email, customer_phone and customer_shared_email with the operator equals.'
  })

export type CustomerSearch = z.infer<typeof customerSearch>
