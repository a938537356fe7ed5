import type { KustomerClient } from '../api/client'
import { isTemporary } from '../api/errors'
import type { Company, Customer } from '../api/records'
import { externalIdOf, findCompany, keysOf } from '../companies/find'
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
  const keys = keysOf(company)
  const find = () => client.once('find company', keys, () => findCompany(client, company))
  try {
    if (customer?.companyId !== undefined) {
      const isBare = company.externalId === undefined
      const { companyName } = customer.attributes
      if (isBare && companyName === company.name) {
        return { leftOut: [] }
      }
      const found = mayMove || (isBare && typeof companyName === 'string') ? undefined : await find()
      if (!mayMove && found?.id !== customer.companyId) {
        return leftOut(LINKED_ELSEWHERE)
      }
      if (found && (isBare || externalIdOf(found) !== undefined)) {
        return { leftOut: [] }
      }
    }
    const id = await client.once('link company', keys, () => client.inTurn(keys, () => idFor(client, company, find)))
    return id === undefined
      ? leftOut('left out: Kustomer did not tell the ID of the company')
      : { link: { id, mayMove }, leftOut: [] }
  } catch (error) {
    const failure = error as Error
    return isTemporary(failure) ? { leftOut: [], pending: failure } : leftOut(`left out: ${failure.message}`)
  }
}

/** Others may name by its name alone what is created here, or given its externalId. */
async function idFor(
  client: KustomerClient,
  company: CompanyReference,
  find: () => Promise<Company | undefined>
): Promise<string | undefined> {
  const found = await find()
  const id = await idOfCompany(client, company, found)
  if (!found || externalIdOf(found) === undefined) {
    client.forget('find company', keysOf(company))
  }
  return id
}

function leftOut(reason: string): Linking {
  return { leftOut: [{ field: 'company', reason }] }
}
