import { z } from '@hono/zod-openapi'
import { objectId } from './formats'

export const mergeRequest = z
  .strictObject({
    source: objectId.openapi({ description: '[P] The customer to merge into the target.' }),
    target: objectId.openapi({ description: '[P] The customer to keep.' })
  })
  .openapi('CustomerMerge', { description: '[P] The IDs of two customers. Unknown keys are rejected.' })
