import type { JSONObject } from '@segment/actions-core'

/**
 * The mapping of a call that Engage makes of an audience or a computed trait, an identify or a track: who it is about,
 * and the value of its key, and nothing else of the call.
 */
export const computed: JSONObject = {
  externalId: { '@path': '$.userId' },
  email: {
    '@if': {
      exists: { '@path': '$.traits.email' },
      then: { '@path': '$.traits.email' },
      else: { '@path': '$.context.traits.email' }
    }
  },
  computation: {
    key: { '@path': '$.context.personas.computation_key' },
    values: {
      '@if': {
        exists: { '@path': '$.properties' },
        then: { '@path': '$.properties' },
        else: { '@path': '$.traits' }
      }
    }
  },
  enable_batching: false,
  batch_size: 100
}
