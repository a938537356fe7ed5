import type { DestinationDefinition } from '@segment/actions-core'
import { defaultValues } from '@segment/actions-core'
import { parseApiKey } from './api/api-key'
import { KustomerClient } from './api/client'
import { DEFAULT_POD, POD_CHOICES } from './api/hosts'
import { deleteCustomer } from './customers/delete'
import type { Settings } from './generated-types'
import trackEvent, { viewed } from './trackEvent'
import upsertCompany from './upsertCompany'
import upsertCustomObject from './upsertCustomObject'
import upsertCustomer, { computed } from './upsertCustomer'
import { readExternalId } from './values/identifiers'

const destination: DestinationDefinition<Settings> = {
  // `Kustomer` is the classic destination in Segment's catalog, and the name of a destination cannot change.
  name: 'Kustomer (Actions)',
  slug: 'actions-kustomer',
  mode: 'cloud',
  description: 'Create and update customers and companies in Kustomer, and show what customers do on their timelines.',

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
        description: 'The pod that hosts your organization, shown on the Segment settings page in Kustomer.',
        type: 'string',
        required: true,
        choices: POD_CHOICES,
        default: DEFAULT_POD
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
    const value = readExternalId(textOf(payload.userId))
    const customer = value === undefined ? undefined : await client.lookUp('customer', 'externalId', value)
    if (customer && value !== undefined) {
      await deleteCustomer(client, customer, value)
    }
    return { output: customer ? 'Customer deleted' : 'No customer to delete' }
  },

  actions: { upsertCustomer, upsertCompany, upsertCustomObject, trackEvent },

  presets: [
    {
      name: 'Upsert Customer',
      subscribe: 'type = "identify"',
      partnerAction: 'upsertCustomer',
      mapping: defaultValues(upsertCustomer.fields),
      type: 'automatic'
    },
    {
      name: 'Upsert Company',
      subscribe: 'type = "group"',
      partnerAction: 'upsertCompany',
      mapping: defaultValues(upsertCompany.fields),
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
    },
    // Engage's. Nothing happens to those who do not use it.
    {
      name: 'Audience Entered',
      partnerAction: 'upsertCustomer',
      mapping: computed,
      type: 'specificEvent',
      eventSlug: 'warehouse_audience_entered_track'
    },
    {
      name: 'Audience Exited',
      partnerAction: 'upsertCustomer',
      mapping: computed,
      type: 'specificEvent',
      eventSlug: 'warehouse_audience_exited_track'
    },
    {
      name: 'Audience Membership Changed',
      partnerAction: 'upsertCustomer',
      mapping: computed,
      type: 'specificEvent',
      eventSlug: 'warehouse_audience_membership_changed_identify'
    },
    {
      name: 'Journeys Step Entered',
      partnerAction: 'trackEvent',
      mapping: defaultValues(trackEvent.fields),
      type: 'specificEvent',
      eventSlug: 'journeys_step_entered_track'
    },
    {
      name: 'Associated Entity Added',
      partnerAction: 'trackEvent',
      mapping: defaultValues(trackEvent.fields),
      type: 'specificEvent',
      eventSlug: 'warehouse_entity_added_track'
    },
    {
      name: 'Associated Entity Removed',
      partnerAction: 'trackEvent',
      mapping: defaultValues(trackEvent.fields),
      type: 'specificEvent',
      eventSlug: 'warehouse_entity_removed_track'
    }
  ]
}

/** Segment types a user ID as text, and sources may send a number. */
function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}

export default destination
