import type { KustomerClient } from '../api/client'
import { isTemporary } from '../api/errors'
import type { Customer } from '../api/records'
import { findCompany } from '../companies/find'
import type { CompanyReference } from '../companies/find'
import { idOfCompany } from '../companies/upsert'
import { LINKED_ELSEWHERE } from '../upsert/difference'
import type { Link } from '../upsert/difference'
import type { LeftOut } from '../values/left-out'

/** The company that an event says a customer works for. */
export interface Employer {
  company: CompanyReference
  /** Whether a customer is moved who is linked to another one. */
  mayMove: boolean
}

/** What is known of the company that a customer is to be linked to. */
export interface Linking {
  /** Undefined where nothing is to be done. */
  link?: Link
  leftOut: LeftOut[]
  /** Why it has to be tried again. */
  pending?: Error
}

/**
 * Finds or creates the company that a customer is to be linked to, once for all events of a batch. A company that cannot
 * be used is left out, and never sinks the rest of the event.
 *
 * Requests: none for a bare name where the customer is linked to a company of that name, or may not be moved; else those
 * of the look-up, and of the creation.
 */
export async function linkTo(client: KustomerClient, employer: Employer, customer?: Customer): Promise<Linking> {
  const { company, mayMove } = employer
  const key = JSON.stringify([company.externalId, company.name])
  try {
    if (customer?.companyId !== undefined) {
      const isBare = company.externalId === undefined
      const { companyName } = customer.attributes
      if (isBare && companyName === company.name) {
        return { leftOut: [] }
      }
      if (isBare && !mayMove && typeof companyName === 'string') {
        return leftOut(LINKED_ELSEWHERE)
      }
    }
    const found = await client.once(`find ${key}`, () => findCompany(client, company))
    if (customer?.companyId !== undefined && !mayMove && found?.id !== customer.companyId) {
      return leftOut(LINKED_ELSEWHERE)
    }
    const id = await client.once(`link ${key}`, () => idOfCompany(client, company, found))
    return id === undefined
      ? leftOut('left out: Kustomer did not tell the ID of the company')
      : { link: { id, mayMove }, leftOut: [] }
  } catch (error) {
    const failure = error as Error
    return isTemporary(failure) ? { leftOut: [], pending: failure } : leftOut(`left out: ${failure.message}`)
  }
}

function leftOut(reason: string): Linking {
  return { leftOut: [{ field: 'company', reason }] }
}
