import type { InputField, JSONObject } from '@segment/actions-core'

/** Returns a mapping of an order's ID, in the spelling of Segment's ecommerce events or else in camelCase. */
export function ofOrder(mapping: (id: { path: string; template: string }) => JSONObject): InputField['default'] {
  const [snake, camel] = ['order_id', 'orderId'].map((key) =>
    mapping({ path: `$.properties.${key}`, template: `{{properties.${key}}}` })
  )
  return { '@if': { exists: { '@path': '$.properties.order_id' }, then: snake, else: camel } }
}
