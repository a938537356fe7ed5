import type { RecordKind } from '../api/records'
import type { LeftOut } from '../values/left-out'
import type { Wanted } from './difference'

/** What a write does without, and how that is told. */
export type LastResort = Partial<Record<keyof Wanted, LeftOut>>

const WITH_THE_REST = 'left out: Kustomer refuses the rest together with it'
const CUSTOM: LastResort = { custom: { field: 'customAttributes', reason: WITH_THE_REST } }

/** Given up by an update alone, since a creation would make somebody whom the event does not name. */
export const EXTERNAL_ID: LastResort = {
  externalId: {
    field: 'externalId',
    reason: 'left out: Kustomer refuses it for this record, as it does while a record that is gone keeps it'
  }
}

/**
 * What a write gives up, one after the other, before a refusal stands, so that the rest of its event is not lost with it:
 * another company may have a contact to itself, custom attributes may have been refused in words that do not name them,
 * and the company of a customer may be gone.
 */
export const LAST_RESORTS: Record<RecordKind, LastResort[]> = {
  customer: [CUSTOM, { link: { field: 'company', reason: 'left out: Kustomer refuses to link it' } }],
  company: [
    {
      emails: { field: 'email', reason: WITH_THE_REST },
      phones: { field: 'phone', reason: WITH_THE_REST },
      domains: { field: 'website', reason: 'no domain: Kustomer refuses the rest together with it' }
    },
    CUSTOM
  ]
}

/** What of a last resort is there to be given up. */
export function givenUp(resort: LastResort, isThere: (name: keyof Wanted) => boolean) {
  const all = (Object.entries(resort) as Array<[keyof Wanted, LeftOut]>).filter(([name]) => isThere(name))
  return { without: Object.fromEntries(all.map(([name]) => [name, undefined])), told: all.map(([, told]) => told) }
}
