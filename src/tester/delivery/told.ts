import type { Result } from '@segment/actions-core'
import type { LeftOut } from '../../destinations/kustomer/values/left-out'
import type { Omission } from './omissions'

/** What an event became, as its action tells. */
export interface Told {
  /** Such as `created`, `company created`, or the message of an error. */
  outcome: string
  /** Of the customer, where the action tells it. */
  customerId?: string
  /** Of the company, likewise. */
  companyId?: string
  /** Of the custom object, likewise. */
  customObjectId?: string
  /** What was left out of it, changed or shared. */
  leftOut: Omission[]
}

/** What an action, or the deletion of a customer, tells of its event. */
export function toldBy(result: Result | undefined): Told {
  const { outcome = result?.output, customerId, companyId, customObjectId } = (result?.data ?? {}) as Partial<Told>
  const words = typeof outcome === 'string' ? inLowerCase(outcome) : 'delivered'
  return {
    outcome: `${customObjectId ? 'custom object ' : companyId ? 'company ' : ''}${words}`,
    ...(customerId === undefined ? {} : { customerId }),
    ...(companyId === undefined ? {} : { companyId }),
    ...(customObjectId === undefined ? {} : { customObjectId }),
    leftOut: leftOutIn(result?.data)
  }
}

/** What was left out of an event, as the answer or the error of its action tells. */
export function leftOutIn(carrier: unknown): LeftOut[] {
  const { leftOut } = (carrier ?? {}) as Partial<Told>
  return Array.isArray(leftOut) ? leftOut : []
}

/** A deletion is told as a sentence begins, and actions tell theirs as one goes on. */
function inLowerCase(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1)
}
