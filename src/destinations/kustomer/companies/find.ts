import type { KustomerClient } from '../api/client'
import type { Company } from '../api/records'

/** How an event names a company: at least one of the two. */
export interface CompanyReference {
  externalId?: string
  name?: string
}

/** What an event names a company by, the strongest first. */
export function keysOf(reference: CompanyReference): string[] {
  return (['externalId', 'name'] as const).flatMap((key) => {
    const value = reference[key]
    return value === undefined ? [] : [`${key}=${value}`]
  })
}

/**
 * The company that an event names: by its externalId, else by its exact name, which Kustomer does not keep unique. Whoever
 * has another externalId than the event gives is another company. Where the event gives none, a company without one comes
 * first, and one that has one is meant only if no other has the name.
 *
 * Requests: 1, and 1 more by name where the externalId is not known.
 */
export async function findCompany(
  client: KustomerClient,
  { externalId, name }: CompanyReference
): Promise<Company | undefined> {
  const company = externalId === undefined ? undefined : await findByExternalId(client, externalId)
  return company ?? (name === undefined ? undefined : findByName(client, name, externalId === undefined))
}

async function findByExternalId(client: KustomerClient, externalId: string): Promise<Company | undefined> {
  const companies = await client.findCompaniesByExternalId(externalId)
  const company =
    companies.find((each) => externalIdOf(each) === externalId) ??
    companies.find((each) => externalIdOf(each) === undefined)
  // A list need not show what it was asked by.
  return company && { ...company, attributes: { ...company.attributes, externalId } }
}

async function findByName(client: KustomerClient, name: string, isAny: boolean): Promise<Company | undefined> {
  const companies = (await client.findCompaniesByName(name)).filter(({ attributes }) => attributes.name === name)
  const nameless = companies.find((company) => externalIdOf(company) === undefined)
  return nameless ?? (isAny && companies.length === 1 ? companies[0] : undefined)
}

/** Kustomer's published example of a list spells the attribute in another way than all others. */
export function externalIdOf({ attributes }: Company): string | undefined {
  return [attributes.externalId, attributes.extenalId].find(
    (value): value is string => typeof value === 'string' && value !== ''
  )
}
