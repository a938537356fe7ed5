import type { KustomerClient } from '../api/client'
import { tryAgain } from '../api/errors'
import type { Changes, Customer } from '../api/records'
import type { IdentifierName, Identifier } from '../values/identifiers'
import { isLead, isSameCustomer, isStub } from './match'

/**
 * Merges two customers who are one person, because the order in which a person's calls arrive must not decide how many
 * customers they are: a stub into the customer who has the contact that the event gives, or a lead into ours.
 *
 * Requests: 2 for a lead; 4 for a stub, whose external ID is passed on first, since Kustomer may keep it with a customer
 * who is merged away. Both customers were read just before.
 *
 * @param ours the customer that the event updates
 * @param holder who has the contact
 * @returns the customer that is left; undefined if they are not one person, or if the API key lacks the role
 * @throws RetryableError (423) if Kustomer has not finished the merge
 */
export async function mergeSamePerson(
  client: KustomerClient,
  ours: Customer,
  holder: Customer,
  contact: IdentifierName,
  identifiers: Identifier[]
): Promise<Customer | undefined> {
  if (isStub(ours) && isSameCustomer(holder, contact, identifiers)) {
    return mergeStub(client, ours, holder)
  }
  const haveOneCompany = holder.companyId === undefined || [undefined, holder.companyId].includes(ours.companyId)
  return isLead(holder, identifiers) && haveOneCompany ? mergeInto(client, holder, ours) : undefined
}

async function mergeStub(client: KustomerClient, stub: Customer, target: Customer): Promise<Customer | undefined> {
  const { externalId } = stub.attributes
  const hasOwn = typeof target.attributes.externalId === 'string' && target.attributes.externalId !== ''
  if (typeof externalId !== 'string' || hasOwn) {
    return mergeInto(client, stub, target)
  }
  await pass(client, externalId, stub, target)
  const merged = await mergeInto(client, stub, target)
  if (!merged) {
    await pass(client, externalId, target, stub)
  }
  return merged
}

/** Takes an external ID from one customer and gives it to another. */
async function pass(client: KustomerClient, externalId: string, from: Customer, to: Customer): Promise<void> {
  for (const [customer, value] of [
    [from, null],
    [to, externalId]
  ] as const) {
    const changes: Changes = { externalId: value, ...(customer.companyId ? { company: customer.companyId } : {}) }
    const written = await client.updateRecord('customer', customer.id, changes)
    if (written.outcome !== 'written') {
      throw tryAgain({ action: 'merge two customers of one person' }, 'one of them was changed in the meantime')
    }
  }
}

/** Merges `source` into `target`, who is linked to the source's company if they have none. */
async function mergeInto(client: KustomerClient, source: Customer, target: Customer): Promise<Customer | undefined> {
  if ((await client.mergeCustomers(source.id, target.id)) !== 'merged') {
    return undefined
  }
  const merged = await client.getRecord('customer', target.id)
  if (!merged || merged.companyId !== undefined || source.companyId === undefined) {
    return merged
  }
  await client.updateRecord('customer', merged.id, { company: source.companyId })
  return client.getRecord('customer', merged.id)
}
