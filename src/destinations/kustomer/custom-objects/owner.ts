import { PayloadValidationError, removeUndefined } from '@segment/actions-core'
import type { KustomerClient } from '../api/client'
import { findCompany } from '../companies/match'
import { findHolder } from '../customers/match'
import { writeCustomer } from '../customers/upsert'
import type { Wanted } from '../upsert/diff'
import { identifierKey } from '../values/identifiers'
import type { Identification } from '../values/identifiers'
import { listOf } from '../values/texts'

/** The company that a new custom object belongs to, or else the customer. */
export interface OwnerReference {
  companyId?: string
  customer: Identification
  /** Whether to create a customer who is not in Kustomer. */
  mayCreate: boolean
}

/** The owner as a creation names it. */
export type Owner = Pick<Wanted, 'customer' | 'link'>

const NO_OWNER = "Can't tell whose object this is. Map External ID, Email, Phone, or Company ID to a valid value."
const UNKNOWN_COMPANY = 'Kustomer has no company with this Company ID. Send a group call first, or clear Company ID.'
const UNKNOWN_CUSTOMER = 'Kustomer has no such customer. Turn on Create Customer, or send an identify call first.'

/**
 * Finds the owner of a new custom object, or creates the customer, once for a whole batch.
 *
 * Requests: 1, or 2 if the customer is created.
 * @throws PayloadValidationError if there is no owner
 */
export function ownerOf(client: KustomerClient, reference: OwnerReference): Promise<Owner> {
  const { companyId: externalId, customer } = reference
  const key = externalId === undefined ? customer.identifiers.map(identifierKey).join() : `company=${externalId}`
  return client.once(`owner ${key}`, async () => {
    if (externalId === undefined) {
      return customerOf(client, reference)
    }
    const company = await findCompany(client, { externalId })
    return { link: { id: (company ?? invalid(UNKNOWN_COMPANY)).id, mayMove: false } }
  })
}

async function customerOf(client: KustomerClient, { customer, mayCreate }: OwnerReference): Promise<Owner> {
  const { identifiers, email, phone } = customer
  const strongest = identifiers[0] ?? invalid(NO_OWNER)
  const holder = (await findHolder(client, strongest)) ?? (mayCreate ? undefined : invalid(UNKNOWN_CUSTOMER))
  const wanted: Wanted = removeUndefined({
    externalId: identifiers.find(({ name }) => name === 'externalId')?.value,
    emails: listOf(email, (value) => ({ email: value })),
    phones: listOf(phone, (value) => ({ phone: value }))
  })
  const { id } = holder ?? (await writeCustomer(client, { identifiers, wanted })).record
  return id === '' ? {} : { customer: id }
}

function invalid(message: string): never {
  throw new PayloadValidationError(message)
}
