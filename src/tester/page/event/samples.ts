const visitor = { anonymousId: '507f191e810c19729de860ea' }
const person = { ...visitor, userId: '97980cfea0067' }
const context = { locale: 'en-US', timezone: 'America/New_York' }

/** Returns what Engage adds to a call that it sends. */
const engage = (computation_class: string, computation_key: string) => ({
  personas: {
    computation_class,
    computation_key,
    computation_id: 'aud_2oXpVfHgyLLuTbKfRbNnkzUWuQg',
    namespace: 'spa_9cBUtLAZ1bMcFVDkaiEuVM',
    space_id: 'spa_9cBUtLAZ1bMcFVDkaiEuVM'
  }
})
const moved = (event: string, high_value: boolean) => ({
  type: 'track',
  userId: person.userId,
  event,
  properties: { audience_key: 'high_value', high_value },
  context: engage('audience', 'high_value')
})

/** One event of each kind about one person, and a batch. */
const CALLS = {
  Identify: {
    type: 'identify',
    ...person,
    traits: {
      firstName: 'Peter',
      lastName: 'Gibbons',
      email: 'peter@initech.com',
      phone: '+1 (555) 010-7788',
      createdAt: '2026-03-02T09:02:00.000Z',
      website: 'https://initech.com',
      address: { street: '4120 Freidrich Lane', city: 'Austin', state: 'TX', postalCode: '78744', country: 'US' }
    },
    context,
    timestamp: '2026-03-02T09:02:00.000Z'
  },
  Track: {
    type: 'track',
    ...person,
    event: 'Order Completed',
    properties: {
      orderId: '50314b8e9bcf',
      revenue: 48.5,
      currency: 'USD',
      isFirstOrder: true,
      shipping: { method: 'express', city: 'Austin' },
      kustomer_session_id: 'checkout-7f2a'
    },
    context,
    timestamp: '2026-03-02T09:05:12.000Z'
  },
  Page: {
    type: 'page',
    ...visitor,
    name: 'Pricing',
    properties: { title: 'Pricing | Initech', url: 'https://initech.com/pricing', referrer: 'https://www.google.com/' },
    context,
    timestamp: '2026-03-02T09:00:00.000Z'
  },
  Screen: {
    type: 'screen',
    ...visitor,
    name: 'Plan Picker',
    properties: { variation: 'blue signup button', plans: ['starter', 'business'] },
    context,
    timestamp: '2026-03-02T09:01:30.000Z'
  },
  Group: {
    type: 'group',
    ...person,
    groupId: 'initech',
    traits: {
      name: 'Initech',
      website: 'https://initech.com',
      industry: 'Technology',
      employees: 329,
      address: { street: '4120 Freidrich Lane', city: 'Austin', state: 'TX', postalCode: '78744', country: 'US' }
    },
    timestamp: '2026-03-02T09:06:00.000Z'
  },
  Delete: { type: 'delete', userId: person.userId },
  Batch: [
    { type: 'identify', userId: 'samir', traits: { name: 'Samir Nagheenanajar', email: 'samir@initech.com' } },
    { type: 'identify', userId: 'milton', traits: { name: 'Milton Waddams', email: 'milton@initech.com' } },
    { type: 'identify', userId: 'samir', traits: { phone: '+1 (555) 010-2233' } }
  ]
}

const ENGAGE = {
  'Audience entered': moved('Audience Entered', true),
  'Audience exited': moved('Audience Exited', false),
  'Audience member': {
    type: 'identify',
    userId: person.userId,
    traits: { high_value: true },
    context: engage('audience', 'high_value')
  },
  'Computed trait': {
    type: 'identify',
    userId: person.userId,
    traits: { order_count: 3 },
    context: engage('computed_trait', 'order_count')
  },
  'Journey step entered': {
    type: 'track',
    userId: person.userId,
    event: 'Journeys Step Entered',
    properties: { journey_name: 'Welcome', step_name: 'First order' },
    context: engage('journey_step', 'first_order')
  }
}

/** The name of the sample that becomes a custom object. */
export const ORDER = 'Order as a card'

const ORDERS = {
  [ORDER]: {
    type: 'track',
    userId: person.userId,
    event: 'Order Completed',
    timestamp: '2026-03-02T10:00:00.000Z',
    properties: {
      order_id: '1001',
      total: 41.5,
      currency: 'USD',
      products: [
        { sku: 'stapler-red', name: 'Red stapler', quantity: 1, price: 29.5 },
        { sku: 'staples-26-6', name: 'Staples', quantity: 2, price: 6 }
      ]
    }
  }
}

/** What has to be mapped for it, as `examples/orders.json` has it. The Klass is defined in the sandbox. */
export const ORDER_MAPPING: Record<string, unknown> = {
  klass: 'order',
  customAttributes: {
    orderStatusStr: { '@path': '$.event' },
    totalPriceNum: { '@path': '$.properties.total' },
    currencyStr: { '@path': '$.properties.currency' }
  },
  updatedAtAttribute: 'orderUpdatedAt'
}

/** The samples by their names, in groups. */
export const SAMPLES: Record<string, Record<string, unknown>> = {
  'Segment calls': CALLS,
  'Custom objects': ORDERS,
  'Engage calls': ENGAGE
}
