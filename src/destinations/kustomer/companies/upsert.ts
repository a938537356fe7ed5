import { PayloadValidationError } from '@segment/actions-core'
import type { KustomerClient, Refused } from '../api/client'
import type { Company } from '../api/records'
import { createAtOnce, createWithLess } from '../upsert/create'
import { differenceTo } from '../upsert/difference'
import type { Wanted } from '../upsert/difference'
import { KINDS } from '../upsert/kinds'
import type { Subject, Upserted } from '../upsert/subject'
import { bringUpToDate } from '../upsert/update'
import { externalIdOf, findCompany } from './find'
import type { CompanyReference } from './find'
import { isName, MAX_NAME, MIN_NAME } from './name'

/** Which company an event is about, and what it says of it. */
export interface Firm {
  reference: CompanyReference
  wanted: Wanted
  /** What a new company is called that the event gives no name. */
  nameIfNew?: string
}

/**
 * Creates the company that an event is about, or updates the one that is there where something differs.
 *
 * Requests: unchanged 1, changed 2, new 3 (by name alone 2). Names are not unique, so the look-up comes before every
 * creation; of two at the same moment both may create.
 *
 * @throws PayloadValidationError where the company is not there and has no name that Kustomer takes; RetryableError where
 *   others were faster each time; the error of a refusal that stands
 */
export async function upsertCompany(client: KustomerClient, firm: Firm): Promise<Upserted> {
  const company = await findForUpdate(client, firm)
  const subject = companySubject(client, firm)
  return company ? bringUpToDate(client, subject, company) : subject.create()
}

/** A company as the subject of an upsert. */
export function companySubject(client: KustomerClient, firm: Firm): Subject {
  const { reference } = firm
  return {
    kind: 'company',
    wishFor: (company) => Promise.resolve({ wanted: company ? firm.wanted : wantedOfNew(firm), leftOut: [] }),
    isAbout: (company) => isAbout(company, reference),
    create: () => create(client, firm),
    canGoOn: false,
    afterRefusedCreation: (refused) => afterRefusedCreation(client, firm, refused),
    findMadeMeanwhile: () => findCompany(client, { externalId: reference.externalId }),
    settleContest: () => Promise.resolve({ contested: [] })
  }
}

/**
 * The company that an event is about, whole where there is something to update: a list may show less of it than it has,
 * and what it does not show would be lost.
 */
export async function findForUpdate(client: KustomerClient, firm: Firm): Promise<Company | undefined> {
  const listed = await findCompany(client, firm.reference)
  return listed && wholeCompany(client, firm, listed)
}

async function wholeCompany(
  client: KustomerClient,
  { reference, wanted }: Firm,
  listed: Company
): Promise<Company | undefined> {
  if (isWhole(listed) || !differenceTo('company', listed, wanted).changes) {
    return listed
  }
  const whole = await client.getRecord('company', listed.id)
  return whole && isAbout(whole, reference)
    ? { ...whole, attributes: { ...listed.attributes, ...whole.attributes } }
    : undefined
}

/**
 * The id of the company that an event names, which is created where it is not there, and given the event's externalId
 * where it has none.
 *
 * Requests: none, or those of the update or the creation.
 * @param found the company, as it was looked up
 * @returns undefined where Kustomer does not tell it
 */
export async function idOfCompany(
  client: KustomerClient,
  reference: CompanyReference,
  found: Company | undefined
): Promise<string | undefined> {
  const { externalId, name } = reference
  const firm = { reference, wanted: { externalId } }
  const company = found && (await wholeCompany(client, firm, found))
  if (!company) {
    const created = await create(client, { reference, wanted: { externalId, name } })
    return created.record.id || (await findCompany(client, reference))?.id
  }
  await bringUpToDate(client, companySubject(client, firm), company)
  return company.id
}

function isAbout(company: Company, { externalId }: CompanyReference): boolean {
  return externalId === undefined || [undefined, externalId].includes(externalIdOf(company))
}

function isWhole({ attributes }: Company): boolean {
  return ['rev', ...KINDS.company.lists].every((name) => name in attributes)
}

/** What is wanted of a company that is not there yet, which has to be called something. */
function wantedOfNew({ wanted, nameIfNew }: Firm): Wanted {
  return nameIfNew === undefined ? wanted : { name: nameIfNew, ...wanted }
}

async function create(client: KustomerClient, firm: Firm): Promise<Upserted> {
  const wanted = wantedOfNew(firm)
  if (!isName(wanted.name)) {
    throw new PayloadValidationError(
      `The company is not in Kustomer yet, and a new one needs a Name of ${MIN_NAME} to ${MAX_NAME} characters.`
    )
  }
  const created = await createAtOnce(client, 'company', { wanted, leftOut: [] })
  return created.outcome === 'refused' ? afterRefusedCreation(client, firm, created) : created
}

/** Goes on with the company that somebody has made in the meantime, else creates it without what may have been refused. */
async function afterRefusedCreation(client: KustomerClient, firm: Firm, { error }: Refused): Promise<Upserted> {
  const company = await findForUpdate(client, firm)
  if (company) {
    return bringUpToDate(client, companySubject(client, firm), company)
  }
  const created = await createWithLess(client, 'company', { wanted: wantedOfNew(firm), leftOut: [] })
  if (!created) {
    throw error
  }
  return created
}
