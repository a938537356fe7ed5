import type { ActionDefinition, DestinationDefinition } from '@segment/actions-core'
import { generateReference } from '../../src/generator/reference'
import { generatedFiles } from '../../src/generator/files'
import destination from '../../src/destinations/kustomer'

const trackEvent: ActionDefinition<unknown> = {
  title: 'Track Event',
  description: 'Record an event.',
  fields: {
    eventName: {
      label: 'Event Name',
      description: 'Becomes the name_of_it, <255 characters.',
      type: 'string',
      required: true,
      default: { '@path': '$.event' }
    },
    sessionId: {
      label: 'Session ID',
      description: 'The session.',
      type: 'string',
      default: {
        '@if': {
          blank: { '@replace': { pattern: ' ', replacement: '', value: { '@path': '$.first' } } },
          then: { '@path': '$.first' },
          else: { '@path': '$.second' }
        }
      }
    },
    place: {
      label: 'Place',
      description: 'Where it was.',
      type: 'object',
      properties: { city: { label: 'City', description: 'The city.', type: 'string' } },
      default: { city: { '@path': '$.city' } }
    },
    batch_size: {
      label: 'Batch Size',
      description: 'How many.',
      type: 'number',
      minimum: 1,
      maximum: 1000,
      default: 100,
      unsafe_hidden: true
    }
  },
  perform: () => undefined
}

const definition: DestinationDefinition = {
  name: 'Example',
  slug: 'example',
  mode: 'cloud',
  description: 'An example.',
  authentication: {
    scheme: 'custom',
    fields: {
      orgPod: {
        label: 'Org Pod',
        description: 'The pod.',
        type: 'string',
        required: true,
        choices: [
          { value: 'prod1', label: 'US' },
          { value: 'prod2', label: 'EU' }
        ],
        default: 'prod1'
      }
    }
  },
  actions: { trackEvent },
  presets: [
    {
      name: 'Track Page',
      type: 'automatic',
      subscribe: 'type = "page"',
      partnerAction: 'trackEvent',
      mapping: {
        eventName: {
          '@if': { exists: { '@path': '$.name' }, then: { '@template': 'Viewed {{name}}' }, else: 'Viewed Page' }
        },
        batch_size: 100
      }
    }
  ]
}

function reference(changed: Partial<DestinationDefinition> = {}): string {
  return generateReference({ ...definition, ...changed }, { printWidth: 300 })
}

it('tells what each setting and each field becomes, its limits and its default', () => {
  const page = reference()
  for (const line of [
    '- **Org Pod** (`orgPod`, string, required): The pod. One of US, EU. Default: `prod1`.',
    '- **Event Name** (`eventName`, string, required): Becomes the name_of_it, \\<255 characters. Default: `$.event`.',
    '- **Session ID** (`sessionId`, string): The session. Default: `$.first`, else `$.second`.',
    '- **Place** (`place`, object): Where it was.\n  - **City** (`city`, string): The city. Default: `$.city`.',
    '- **Batch Size** (`batch_size`, number, hidden, at least 1, at most 1000): How many. Default: `100`.'
  ]) {
    expect(page).toContain(`\n${line}\n`)
  }
})

it('tells what each preset sends, and where it differs from its action', () => {
  expect(reference()).toContain(
    '\n- **Track Page**: `type = "page"`, sent to Track Event, with Event Name from `Viewed {{name}}` where `$.name` has a value, else `Viewed Page`\n'
  )
})

it('tells what each action costs, and a deletion where there are any', () => {
  expect(reference()).toMatch(/\n\| any event +\| 1 +\|\n/)
  expect(reference()).not.toContain('Deletion')
  expect(reference({ onDelete: () => undefined })).toContain('\n## Deletion requests\n\n2 requests')
  expect(() => reference({ actions: { sendNote: trackEvent } })).toThrow('what sendNote costs in requests')
})

it('names every setting, action and field of the destination', async () => {
  const page = [...(await generatedFiles())].find(([file]) => file.endsWith('reference.md'))?.[1]
  const keys = [
    ...Object.keys(destination.authentication?.fields ?? {}),
    ...Object.entries(destination.actions).flatMap(([slug, { fields }]) => [slug, ...Object.keys(fields)])
  ]
  expect(keys.filter((key) => page?.includes(`\`${key}\``) !== true)).toEqual([])
})
