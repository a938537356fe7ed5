import { z } from '@hono/zod-openapi'
import { objectId } from './formats'

export const mergeRequest = z
  .strictObject({
    source: objectId.openapi({ description: '[P] Who is merged away.' }),
    target: objectId.openapi({ description: '[P] Who remains.' })
  })
  .openapi('CustomerMerge', { description: '[P] Both are ids of customers; no other key is taken.' })
