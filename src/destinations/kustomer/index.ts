import type { DestinationDefinition, Preset } from '@segment/actions-core'
import { defaultValues } from '@segment/actions-core'
import { parseApiKey } from './api/api-key'
import { KustomerClient } from './api/client'
import { DEFAULT_POD, POD_CHOICES } from './api/hosts'
import { deleteCustomer } from './customers/delete'
import { trait, viewed } from './fields/mappings'
import type { Settings } from './generated-types'
import trackEvent from './trackEvent'
import upsertCompany from './upsertCompany'
import upsertCustomObject from './upsertCustomObject'
import upsertCustomer from './upsertCustomer'
import { readExternalId } from './values/identifiers'
import { scalarText } from './values/texts'

const actions = { upsertCustomer, upsertCompany, upsertCustomObject, trackEvent }

const tracked = defaultValues(trackEvent.fields)

/** The mapping of a call that Engage makes for an audience or a computed trait: an identify or a track call. */
const computed = {
  externalId: { '@path': '$.userId' },
  email: trait('email'),
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
    const externalId = readExternalId(scalarText(payload.userId).value)
    const customer = externalId === undefined ? undefined : await client.lookUp('customer', 'externalId', externalId)
    if (customer && externalId !== undefined) {
      await deleteCustomer(client, customer, externalId)
    }
    return { output: customer ? 'Customer deleted' : 'No customer to delete' }
  },

  actions,

  presets: [
    onCalls('Upsert Customer', 'identify', 'upsertCustomer', defaultValues(upsertCustomer.fields)),
    onCalls('Upsert Company', 'group', 'upsertCompany', defaultValues(upsertCompany.fields)),
    onCalls('Track Event', 'track', 'trackEvent', tracked),
    onCalls('Track Page', 'page', 'trackEvent', { ...tracked, eventName: viewed('Page') }),
    onCalls('Track Screen', 'screen', 'trackEvent', { ...tracked, eventName: viewed('Screen') }),
    // Nothing happens to those who don't use Engage.
    onEngage('Audience Entered', 'warehouse_audience_entered_track', 'upsertCustomer', computed),
    onEngage('Audience Exited', 'warehouse_audience_exited_track', 'upsertCustomer', computed),
    onEngage(
      'Audience Membership Changed',
      'warehouse_audience_membership_changed_identify',
      'upsertCustomer',
      computed
    ),
    onEngage('Journeys Step Entered', 'journeys_step_entered_track', 'trackEvent', tracked),
    onEngage('Associated Entity Added', 'warehouse_entity_added_track', 'trackEvent', tracked),
    onEngage('Associated Entity Removed', 'warehouse_entity_removed_track', 'trackEvent', tracked)
  ]
}

function onCalls(name: string, type: string, partnerAction: keyof typeof actions, mapping: Preset['mapping']): Preset {
  return { name, subscribe: `type = "${type}"`, partnerAction, mapping, type: 'automatic' }
}

type EngagePreset = Extract<Preset, { type: 'specificEvent' }>

function onEngage(
  name: string,
  eventSlug: EngagePreset['eventSlug'],
  partnerAction: keyof typeof actions,
  mapping: Preset['mapping']
): Preset {
  return { name, partnerAction, mapping, type: 'specificEvent', eventSlug }
}

export default destination
