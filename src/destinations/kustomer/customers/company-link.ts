import type { KustomerClient } from '../api/client'
import { isTemporary } from '../api/errors'
import type { Company, Customer } from '../api/records'
import { externalIdOf, findCompany } from '../companies/match'
import type { CompanyReference } from '../companies/match'
import { upsertListed } from '../companies/upsert'
import { LINKED_ELSEWHERE } from '../upsert/diff'
import type { Link } from '../upsert/diff'
import type { LeftOut } from '../values/left-out'

/** The company that an identify call gives for a customer. */
export interface Employer {
  company: CompanyReference
  /** Whether to move a customer who is linked to another company. */
  mayMove: boolean
}

/** How to link a customer to a company. */
export interface Linking {
  /** Undefined if there is nothing to do. */
  link?: Link
  leftOut: LeftOut[]
  /** Why the event has to be retried. */
  pending?: Error
}

/**
 * Finds or creates the company to link a customer to, once for a whole batch. A company that cannot be used never fails
 * the rest of the event.
 *
 * Requests: none for a bare name if the customer is linked to a company of that name, or must not be moved; else those
 * of finding and creating the company.
 */
export async function linkToEmployer(
  client: KustomerClient,
  { company, mayMove }: Employer,
  customer?: Customer
): Promise<Linking> {
  const key = JSON.stringify(company)
  const isBare = company.externalId === undefined
  const linkedName = customer?.attributes.companyName
  try {
    if (customer?.companyId !== undefined && isBare) {
      if (linkedName === company.name) {
        return { leftOut: [] }
      }
      if (!mayMove && typeof linkedName === 'string') {
        return notLinked(LINKED_ELSEWHERE)
      }
    }
    let isFresh = false
    const found = await client.once(`find company ${key}`, () => {
      isFresh = true
      return findCompany(client, company)
    })
    if (customer?.companyId !== undefined && !mayMove) {
      const name = found?.attributes.name ?? company.name
      if (found?.id !== customer.companyId && !(await isOtherSpelling(client, customer, name))) {
        return notLinked(LINKED_ELSEWHERE)
      }
    }
    const { record } = await client.once(`upsert company ${key}`, async () =>
      // Another event of the batch may have created it since.
      upsertEmployer(client, company, found ?? (isFresh ? undefined : await findCompany(client, company)))
    )
    return record.id === ''
      ? notLinked("not linked: Kustomer's answer had no ID of the company")
      : { link: { id: record.id, mayMove: true }, leftOut: [] }
  } catch (error) {
    const failure = error as Error
    return isTemporary(failure) ? { leftOut: [], pending: failure } : notLinked(`not linked: ${failure.message}`)
  }
}

/** Links a customer to a company that is known. Requests: 1 if the customer is linked to another company. */
export async function linkToCompany(
  client: KustomerClient,
  company: Company,
  mayMove: boolean,
  customer?: Customer
): Promise<Linking> {
  const isElsewhere = customer?.companyId !== undefined && customer.companyId !== company.id
  const isSpelling = isElsewhere && !mayMove && (await isOtherSpelling(client, customer, company.attributes.name))
  return { link: { id: company.id, mayMove: mayMove || isSpelling }, leftOut: [] }
}

/**
 * Whether a customer is linked to a company of the same name without an external ID, as an identify call creates it that
 * gives a bare name: it is the same company.
 */
async function isOtherSpelling(client: KustomerClient, customer: Customer, name: unknown): Promise<boolean> {
  const { companyName } = customer.attributes
  if (customer.companyId === undefined || ![undefined, name].includes(companyName)) {
    return false
  }
  const linked = await client.getRecord('company', customer.companyId)
  return linked !== undefined && linked.attributes.name === name && externalIdOf(linked) === undefined
}

/** An existing company is given the event's external ID, and nothing else: its name is what group calls say. */
function upsertEmployer(client: KustomerClient, reference: CompanyReference, found?: Company) {
  const { externalId, name } = reference
  return upsertListed(client, { reference, wanted: { externalId }, nameIfNew: name }, found)
}

function notLinked(reason: string): Linking {
  return { leftOut: [{ field: 'company', reason }] }
}
