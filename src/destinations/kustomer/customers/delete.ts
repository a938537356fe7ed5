import { IntegrationError } from '@segment/actions-core'
import type { KustomerClient } from '../api/client'
import type { Customer } from '../api/records'
import { holds } from './match'

/**
 * Deletes the customer that Kustomer has found by an external ID.
 *
 * @throws IntegrationError (409) if it has another external ID or is marked as deleted: the person may have been merged
 *   into another customer, which can't be looked up by this ID
 */
export async function deleteCustomer(client: KustomerClient, customer: Customer, externalId: string): Promise<void> {
  if (customer.attributes.deleted === true || !holds(customer, { name: 'externalId', value: externalId })) {
    throw new IntegrationError(
      'Could not delete the customer: the customer with this user ID was merged into another. Delete them in Kustomer.',
      'AMBIGUOUS_CUSTOMER',
      409
    )
  }
  await client.deleteCustomer(customer.id)
}
