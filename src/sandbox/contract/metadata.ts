import { z } from '@hono/zod-openapi'
import { isTyped, MAX_CUSTOM } from './custom'
import { recordOf } from './formats'
import { only } from './sandbox-objects'

/** [P] The kinds of records that have custom attributes, and custom objects by their class. */
export const resource = z
  .string()
  .regex(/^(?:customer|company|conversation|message|kobject\.[\w-]+)$/, 'must be a kind of record')
  .openapi({ description: '[P] `customer`, `company`, `conversation`, `message` or `kobject.` and a class.' })

const definition = only('part of an attribute', {
  displayName: z.string().optional().openapi({ description: 'What agents see. Defaults to a name made from the key.' }),
  enumeration: z.array(z.string()).optional().openapi({ description: 'The values of a drop-down.' }),
  deleted: z.boolean().optional().openapi({ description: 'True for a deleted attribute.' })
})

/** What an organization has defined of one custom attribute. */
export type AttributeDefinition = z.infer<typeof definition>

/** The attributes that an organization has defined for a kind of record, by name. */
export const definitions = recordOf<AttributeDefinition>(
  {
    max: MAX_CUSTOM,
    additionalProperties: true,
    description:
      'At most 100 custom attributes by name, such as `{"planStr":{"displayName":"Plan","enumeration":["free","pro"]}}`. A `deleted` one can’t be written.'
  },
  (name, value) => {
    const { error } = definition.safeParse(value)
    const message = !isTyped(name) ? 'must end in a type, such as planStr' : error?.issues[0]?.message
    return message === undefined ? undefined : { code: 'custom', message, path: [name], input: value }
  }
).openapi('AttributeDefinitions')
