import type { InputField } from '@segment/actions-core'

/** An address of the records that an action writes. */
export function addressField(description: string): InputField {
  return {
    label: 'Address',
    description,
    type: 'object',
    properties: {
      street: { label: 'Street', description: 'The street and house number.', type: 'string' },
      city: { label: 'City', description: 'The name of the city.', type: 'string' },
      state: {
        label: 'State',
        description: 'The state or region: its name, or its code of two letters.',
        type: 'string'
      },
      postalCode: { label: 'Postal Code', description: 'The postal code.', type: 'string' },
      country: { label: 'Country', description: 'The country: its name, or its code of two letters.', type: 'string' }
    },
    default: {
      street: { '@path': '$.traits.address.street' },
      city: { '@path': '$.traits.address.city' },
      state: { '@path': '$.traits.address.state' },
      postalCode: { '@path': '$.traits.address.postalCode' },
      country: { '@path': '$.traits.address.country' }
    }
  }
}
