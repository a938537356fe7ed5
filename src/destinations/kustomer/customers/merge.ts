import type { KustomerClient } from '../api/client'
import { tryAgain } from '../api/errors'
import type { Changes, Customer } from '../api/records'
import { updateUnchanged } from '../upsert/update-unchanged'
import type { IdentifierName, Identifier } from '../values/identifiers'
import { isLead, isSameCustomer, isStub } from './match'

/** How often somebody else may change a customer under way. */
const MAX_ATTEMPTS = 3

const PURPOSE = { action: 'merge two customers of one person' }

/**
 * Merges two customers who are one person, because the order in which a person's calls arrive must not decide how many
 * customers they are: a stub into the customer who has the contact that the event gives, or a lead into ours.
 *
 * Requests: 2 for a lead; 4 for a stub, whose external ID is passed on first, since Kustomer may keep it with a customer
 * who is merged away. Both customers were read just before.
 *
 * @param ours the customer that the event updates
 * @param holder who has the contact
 * @returns the customer that is left; `refused` also if the API key lacks the role; undefined if they are not one person
 * @throws RetryableError (423) if Kustomer has not finished the merge
 */
export async function mergeSamePerson(
  client: KustomerClient,
  ours: Customer,
  holder: Customer,
  contact: IdentifierName,
  identifiers: Identifier[]
): Promise<Customer | 'refused' | undefined> {
  if (isStub(ours) && isSameCustomer(holder, contact, identifiers)) {
    return (await mergeStub(client, ours, holder)) ?? 'refused'
  }
  const haveOneCompany = holder.companyId === undefined || [undefined, holder.companyId].includes(ours.companyId)
  return isLead(holder, identifiers) && haveOneCompany
    ? (await mergeInto(client, holder, ours)) ?? 'refused'
    : undefined
}

async function mergeStub(client: KustomerClient, stub: Customer, target: Customer): Promise<Customer | undefined> {
  const { externalId } = stub.attributes
  if (typeof externalId !== 'string' || target.attributes.externalId) {
    return mergeInto(client, stub, target)
  }
  const freed = await setExternalId(client, stub, null)
  if (!freed) {
    return undefined
  }
  const giveBack = () => setExternalId(client, freed, externalId, (current) => !current.attributes.externalId)
  const named = await setExternalId(client, target, externalId).catch(async (error: unknown) => {
    await giveBack()
    throw error
  })
  const merged = named && (await mergeInto(client, freed, named))
  if (merged) {
    return merged
  }
  const isOurs = ({ attributes }: Customer): boolean => attributes.externalId === externalId
  const isFree = named === undefined || (await setExternalId(client, named, null, isOurs))
  if (!isFree || !(await giveBack())) {
    throw changedMeanwhile()
  }
  return undefined
}

/**
 * @param mayRepeat whether to set it although somebody has changed the customer
 * @returns the customer as they are then; undefined if Kustomer refuses it
 * @throws RetryableError (423) if somebody has changed the customer
 */
async function setExternalId(
  client: KustomerClient,
  customer: Customer,
  externalId: string | null,
  mayRepeat: (current: Customer) => boolean = () => false,
  attempts = MAX_ATTEMPTS
): Promise<Customer | undefined> {
  const { companyId: company, attributes } = customer
  const changes: Changes = { externalId, ...(company === undefined ? {} : { company }) }
  const written = await updateUnchanged(client, 'customer', customer, changes)
  if (written.outcome === 'written') {
    return { ...customer, attributes: { ...attributes, externalId, rev: written.record?.attributes.rev } }
  }
  if (written.outcome === 'refused') {
    return undefined
  }
  const current = written.outcome === 'changed' ? written.current : undefined
  // Another event of this person may have given it to them.
  if (current && externalId !== null && current.attributes.externalId === externalId) {
    return current
  }
  if (!current || attempts === 1 || !mayRepeat(current)) {
    throw changedMeanwhile()
  }
  return setExternalId(client, current, externalId, mayRepeat, attempts - 1)
}

function changedMeanwhile(): Error {
  return tryAgain(PURPOSE, 'one of them was changed in the meantime')
}

/**
 * Merges `source` into `target`, who is linked to the source's company if they have none.
 *
 * @returns undefined if they are not merged
 */
async function mergeInto(client: KustomerClient, source: Customer, target: Customer): Promise<Customer | undefined> {
  if ((await client.mergeCustomers(source.id, target.id)) !== 'merged') {
    return undefined
  }
  const company = source.companyId
  let merged = await readMerged(client, target)
  let isLinked = company === undefined
  for (let attempt = 0; !isLinked && merged.companyId === undefined && attempt < MAX_ATTEMPTS; attempt += 1) {
    const { outcome } = await updateUnchanged(client, 'customer', merged, { company })
    isLinked = outcome !== 'changed'
    merged = await readMerged(client, target)
  }
  return merged
}

async function readMerged(client: KustomerClient, { id }: Customer): Promise<Customer> {
  const merged = await client.getRecord('customer', id)
  if (!merged) {
    throw tryAgain(PURPOSE, 'the customer who remains could not be read')
  }
  return merged
}
