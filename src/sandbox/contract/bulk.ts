import { z } from '@hono/zod-openapi'
import { companyCreation, companyUpdate } from './company'
import { customObjectCreation, customObjectUpdate } from './custom-object'
import { customerAttributes } from './customer'

export const MAX_RECORDS = 100

const clientRef = z
  .string()
  .min(1)
  .max(255)
  .openapi({ description: '[P] 1 to 255 characters, unique, on all records or on none.' })
  .optional()

const id = (whose: string) => z.string().openapi({ description: `[P] The ID of the ${whose}.` })

export const bulkCreation = customerAttributes
  .safeExtend({ _clientRef: clientRef })
  .openapi('BulkCreation', { description: '[P] One record of a bulk creation of customers.' })

export const bulkUpdate = customerAttributes
  .omit({ whatsapps: true, instagramIds: true })
  .safeExtend({ _clientRef: clientRef, id: id('customer') })
  .openapi('BulkUpdate', {
    description: '[P] One record of a bulk update of customers. WhatsApp numbers and Instagram IDs can’t be updated.'
  })

export const sameUpdate = bulkUpdate
  .omit({ _clientRef: true, id: true })
  .openapi('SameUpdate', { description: '[P] The update for all customers with these `ids`.' })

export const bulkCompanyCreation = companyCreation
  .safeExtend({ _clientRef: clientRef })
  .openapi('BulkCompanyCreation', { description: '[P] One record of a bulk creation of companies.' })

export const bulkCompanyUpdate = companyUpdate
  .omit({ whatsapps: true, rev: true })
  .safeExtend({ _clientRef: clientRef, id: id('company') })
  .openapi('BulkCompanyUpdate', {
    description:
      '[P] One record of a bulk update of companies. WhatsApp numbers can’t be updated, and `rev` isn’t accepted.'
  })

export const bulkCustomObjectCreation = customObjectCreation
  .safeExtend({ _clientRef: clientRef })
  .openapi('BulkCustomObjectCreation', { description: '[P] One record of a bulk creation of custom objects.' })

export const bulkCustomObjectUpdate = customObjectUpdate
  .safeExtend({ _clientRef: clientRef, id: id('custom object') })
  .openapi('BulkCustomObjectUpdate', { description: '[P] One record of a bulk update of custom objects.' })

/**
 * [P] A job takes at most 100 records, and those that can be told apart by a `_clientRef` all have one of their own.
 * What is wrong with a record itself is that record's failure.
 */
export const bulkRecords = z
  .array(z.looseObject({ _clientRef: clientRef }))
  .max(MAX_RECORDS)
  .superRefine((records, context) => {
    const refs = records.flatMap(({ _clientRef }) => _clientRef ?? [])
    if (refs.length > 0 && refs.length < records.length) {
      context.addIssue({
        code: 'custom',
        message: '_clientRef must be on all records or on none',
        path: ['_clientRef']
      })
    }
    if (new Set(refs).size < refs.length) {
      context.addIssue({ code: 'custom', message: '_clientRef must be unique', path: ['_clientRef'] })
    }
  })

/** [P] The ids that a job is about. [A] At most 100. */
export const ids = z
  .string()
  .min(1)
  .transform((list) => list.split(','))
  .pipe(z.array(z.string().min(1)).max(MAX_RECORDS))
  .openapi({ type: 'string', description: '[P] IDs, separated by commas. [A] At most 100.' })
