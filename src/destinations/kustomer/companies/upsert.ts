import { PayloadValidationError } from '@segment/actions-core'
import type { KustomerClient } from '../api/client'
import type { Company } from '../api/records'
import { diffRecord } from '../upsert/diff'
import type { Wanted } from '../upsert/diff'
import { kindOf } from '../upsert/kinds'
import type { Plan } from '../upsert/batch'
import type { Subject, Upserted } from '../upsert/subject'
import { updateUnchanged } from '../upsert/update-unchanged'
import { upsertRecord } from '../upsert/upsert'
import { externalIdOf, findCompany, remainingCompany } from './match'
import type { CompanyReference } from './match'

/** Which company an event is about, and what it says of it. */
export interface CompanyUpdate {
  reference: CompanyReference
  wanted: Wanted
  /** What a new company is called if the event gives no name. */
  nameIfNew?: string
}

const NO_NAME =
  'Could not create the company: Name must have at least 3 characters. Map External ID or Website to complete it.'

/**
 * Creates the company that an event is about, or updates it if something differs.
 *
 * Requests: unchanged 1, changed 2, new 3 by external ID and name, and 3 by name alone, looked up once more.
 *
 * @throws PayloadValidationError if the company is new and has no name; the error of a refusal that stands
 */
export async function upsertCompany(client: KustomerClient, update: CompanyUpdate): Promise<Upserted> {
  return upsertListed(client, update, await findCompany(client, update.reference))
}

/** Upserts a company that was looked up already. */
export async function upsertListed(client: KustomerClient, update: CompanyUpdate, listed?: Company): Promise<Upserted> {
  return writeCompany(client, update, listed && (await readWhole(client, update, listed)))
}

/**
 * Returns how companies are upserted in batches: without jobs, whose updates take no `rev`, and which could create a
 * company without an external ID twice.
 */
export function companyPlan<Event extends CompanyUpdate>(client: KustomerClient): Omit<Plan<Event>, 'fold'> {
  return {
    keysOf: ({ reference: { externalId, name } }) => [
      ...(externalId === undefined ? [] : [`externalId=${externalId}`]),
      ...(name === undefined ? [] : [`name=${name}`])
    ],
    find: (event) => findWhole(client, event),
    write: (event, company) => writeCompany(client, event, company)
  }
}

async function writeCompany(client: KustomerClient, update: CompanyUpdate, company?: Company): Promise<Upserted> {
  const upserted = await upsertRecord(client, companySubject(client, update), company)
  return upserted.outcome === 'created' ? settleDuplicates(client, update, upserted) : upserted
}

function companySubject(client: KustomerClient, update: CompanyUpdate): Subject {
  const { reference, wanted, nameIfNew } = update
  return {
    kind: 'company',
    want: (company) => {
      const named = { ...wanted, name: wanted.name ?? nameIfNew }
      if (!company && named.name === undefined) {
        throw new PayloadValidationError(NO_NAME)
      }
      return Promise.resolve({ wanted: company ? wanted : named, leftOut: [] })
    },
    isSame: (company) => isSameCompany(company, reference),
    findConflict: async (company) => {
      const current = await findWhole(client, update)
      return current && current.id !== company?.id ? { record: current } : undefined
    },
    hasOtherIdentifier: () => reference.name !== undefined
  }
}

async function findWhole(client: KustomerClient, update: CompanyUpdate): Promise<Company | undefined> {
  const listed = await findCompany(client, update.reference)
  return listed && readWhole(client, update, listed)
}

/** Reads a company whole if something differs: what a list does not show would be lost. */
async function readWhole(
  client: KustomerClient,
  { reference, wanted }: CompanyUpdate,
  listed: Company
): Promise<Company | undefined> {
  const isWhole = ['rev', ...kindOf('company').lists].every((name) => name in listed.attributes)
  if (isWhole || !diffRecord('company', listed, wanted).changes) {
    return listed
  }
  const whole = await client.getRecord('company', listed.id)
  return whole && isSameCompany(whole, reference)
    ? { ...whole, attributes: { ...listed.attributes, ...whole.attributes } }
    : undefined
}

function isSameCompany(company: Company, { externalId }: CompanyReference): boolean {
  return externalId === undefined || [undefined, externalId].includes(externalIdOf(company))
}

/**
 * Looks a company that was created by name once more: somebody else may have created it at the same moment, since names
 * are not unique in Kustomer. All of them go on with the same one, and delete their own.
 *
 * Requests: 1 for a company without an external ID, and 1 to delete it.
 */
async function settleDuplicates(client: KustomerClient, update: CompanyUpdate, created: Upserted): Promise<Upserted> {
  const {
    id,
    attributes: { name }
  } = created.record
  if (update.reference.externalId !== undefined || id === '' || typeof name !== 'string') {
    return created
  }
  const { companies } = await client.findCompaniesByName(name)
  const own = companies.find((each) => each.id === id) ?? created.record
  const others = companies.filter((each) => each.id !== id)
  // Without its date, each of two racing companies would give way to the other.
  const listed = typeof own.attributes.createdAt === 'string' ? remainingCompany([...others, own], name) : undefined
  const remaining = listed && listed.id !== id ? await readWhole(client, update, listed) : undefined
  if (!remaining) {
    return created
  }
  await updateUnchanged(client, 'company', created.record, { deleted: true })
  return upsertRecord(client, companySubject(client, update), remaining)
}
