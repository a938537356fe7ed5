import type { InputField } from '@segment/actions-core'

/** The fields of an action that takes batches; off by default, unlike in most destinations. */
export function batchingFields(description: string): Record<'enable_batching' | 'batch_size', InputField> {
  return {
    enable_batching: {
      label: 'Batch Events',
      description: `${description} The API Key also needs org.permission.bulk.read.`,
      type: 'boolean',
      default: false
    },
    batch_size: {
      label: 'Batch Size',
      description: 'The most events in one batch. Kustomer takes 100 records at once.',
      type: 'number',
      default: 100,
      minimum: 1,
      maximum: 1000,
      required: false,
      unsafe_hidden: true
    }
  }
}
