import type { DestinationDefinition } from '@segment/actions-core'
import { defaultValues } from '@segment/actions-core'
import { KustomerClient } from './client'
import type { Settings } from './generated-types'
import { parseApiKey } from './settings'
import trackEvent from './trackEvent'
import upsertCustomer from './upsertCustomer'

const destination: DestinationDefinition<Settings> = {
  name: 'Kustomer',
  slug: 'actions-kustomer',
  mode: 'cloud',
  description: "Create and update customers in Kustomer and show what they do on each customer's timeline.",

  authentication: {
    scheme: 'custom',
    fields: {
      apiKey: {
        label: 'API Key',
        description: 'The API key shown on the Segment settings page in Kustomer.',
        type: 'password',
        required: true
      },
      orgPod: {
        label: 'Org Pod',
        description:
          'The pod that hosts your organization, shown on the Segment settings page in Kustomer, for example prod1.',
        type: 'string',
        required: true
      }
    },
    testAuthentication: (request, { settings }) => new KustomerClient(request, settings).currentToken()
  },

  extendRequest: ({ settings }) => ({
    headers: {
      authorization: `Bearer ${parseApiKey(settings)}`,
      'user-agent': 'Segment (actions-kustomer)'
    },
    // The default handling hangs on bodies over 16 KB.
    skipResponseCloning: true
  }),

  onDelete: async (request, { payload, settings }) => {
    const client = new KustomerClient(request, settings)
    const customer = payload.userId
      ? await client.findCustomer({ name: 'externalId', value: payload.userId })
      : undefined
    if (customer) {
      await client.deleteCustomer(customer.id)
    }
    return { output: customer ? 'Customer deleted' : 'No customer to delete' }
  },

  actions: { upsertCustomer, trackEvent },

  presets: [
    {
      name: 'Upsert Customer',
      subscribe: 'type = "identify"',
      partnerAction: 'upsertCustomer',
      mapping: defaultValues(upsertCustomer.fields),
      type: 'automatic'
    },
    {
      name: 'Track Event',
      subscribe: 'type = "track"',
      partnerAction: 'trackEvent',
      mapping: defaultValues(trackEvent.fields),
      type: 'automatic'
    },
    {
      name: 'Track Page',
      subscribe: 'type = "page"',
      partnerAction: 'trackEvent',
      mapping: { ...defaultValues(trackEvent.fields), eventName: viewed('Page') },
      type: 'automatic'
    },
    {
      name: 'Track Screen',
      subscribe: 'type = "screen"',
      partnerAction: 'trackEvent',
      mapping: { ...defaultValues(trackEvent.fields), eventName: viewed('Screen') },
      type: 'automatic'
    }
  ]
}

function viewed(what: 'Page' | 'Screen') {
  return {
    '@if': {
      exists: { '@path': '$.name' },
      then: { '@template': `Viewed {{name}} ${what}` },
      else: `Viewed ${what}`
    }
  }
}

export default destination
