import type { InputField } from '@segment/actions-core'

/** Whether a customer leaves the company that they are linked to, where an event names another one. */
export const moveCustomerField: InputField = {
  label: 'Move to Company',
  description:
    'Move customers who are linked to another company: Kustomer has one company per customer. Off, the company that an agent has linked stays.',
  type: 'boolean',
  default: false
}
