import type { LeftOut } from '../values/left-out'
import type { Wanted } from './difference'

export interface LastResort extends LeftOut {
  is: keyof Wanted
}

/** Given up by an update alone, since a creation would make somebody whom the event does not name. */
export const EXTERNAL_ID: LastResort = {
  is: 'externalId',
  field: 'externalId',
  reason: 'left out: Kustomer refuses it for this customer, as it does while a record that is gone keeps it'
}

/**
 * What a write gives up before a refusal stands, so that the rest of its event is not lost with it: custom attributes may
 * have been refused in words that do not name them, and a company may be gone.
 */
export const LAST_RESORTS: LastResort[] = [
  { is: 'custom', field: 'customAttributes', reason: 'left out: Kustomer refuses the rest together with them' },
  { is: 'link', field: 'company', reason: 'left out: Kustomer refuses to link the customer to it' }
]
