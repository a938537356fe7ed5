import { PayloadValidationError } from '@segment/actions-core'
import type { KustomerClient } from '../api/client'
import type { Company } from '../api/records'

/** How an event names a company: at least one of the two. */
export interface CompanyReference {
  externalId?: string
  name?: string
}

/**
 * Returns the company that an event names: by its external ID, else by its exact name, which Kustomer does not keep
 * unique. Among companies of that name without an external ID the oldest counts. If the event gives no external ID, the
 * only company of that name counts even if it has one.
 *
 * Requests: 1, and 1 more by name if the external ID is not known.
 * @throws PayloadValidationError if Kustomer lists more than 500 companies for the name, none of which has exactly that
 *   name, and the event gives no external ID: creating another could double the company
 */
export async function findCompany(client: KustomerClient, reference: CompanyReference): Promise<Company | undefined> {
  const { externalId, name } = reference
  const company = externalId === undefined ? undefined : await findByExternalId(client, externalId)
  if (company || name === undefined) {
    return company
  }
  const { companies, isCut } = await client.findCompaniesByName(name)
  const match = matchByName(companies, reference)
  if (!match && isCut && externalId === undefined) {
    throw new PayloadValidationError('Too many companies in Kustomer match Name to find it. Map External ID as well.')
  }
  return match
}

async function findByExternalId(client: KustomerClient, externalId: string): Promise<Company | undefined> {
  const companies = await client.findCompaniesByExternalId(externalId)
  const company =
    companies.find((each) => externalIdOf(each) === externalId) ??
    companies.find((each) => externalIdOf(each) === undefined)
  // A list need not show what it was asked by.
  return company && { ...company, attributes: { ...company.attributes, externalId } }
}

function matchByName(companies: Company[], { externalId, name }: CompanyReference): Company | undefined {
  const named = companies.filter(({ attributes }) => attributes.name === name)
  const oldest = named.filter((company) => externalIdOf(company) === undefined).sort(byAge)[0]
  return oldest ?? (externalId === undefined && named.length === 1 ? named[0] : undefined)
}

/**
 * Returns the company that remains of several that were created with one name at the same moment: the one with an
 * external ID, else the oldest.
 */
export function remainingCompany(companies: Company[], name: string): Company | undefined {
  const named = companies.filter(({ attributes }) => attributes.name === name)
  const identified = named.filter((company) => externalIdOf(company) !== undefined)
  return identified.length === 1 ? identified[0] : named.filter((each) => !identified.includes(each)).sort(byAge)[0]
}

/** Kustomer's published example of a list spells the attribute in another way than all others. */
export function externalIdOf({ attributes }: Company): string | undefined {
  return [attributes.externalId, attributes.extenalId].find(
    (value): value is string => typeof value === 'string' && value !== ''
  )
}

function byAge(one: Company, other: Company): number {
  const [first, second] = [one, other].map(({ id, attributes }) => `${String(attributes.createdAt)} ${id}`)
  return (first ?? '') < (second ?? '') ? -1 : 1
}
