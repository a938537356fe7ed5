/** What the calls of an action cost. */
interface Cost {
  /** Rows of a call and the requests it makes. */
  table: [call: string, requests: string][]
  note: string
}

/** The request costs of each action with its default mapping, as the benchmarks measure them. */
export const REQUESTS: Partial<Record<string, Cost>> = {
  upsertCustomer: {
    table: [
      ['nothing differs', '2'],
      ['something differs', '3'],
      ['a new customer', '3'],
      ['a new customer with an email and a phone, but no External ID', '4'],
      ['a race, or a contact that somebody else holds', '2 to 5 more'],
      ['a customer whose track calls came first and made a record of their own', 'up to 8 more'],
      ['a batch of 100 people, nothing differing', '200'],
      ['a batch of 100 people who differ or are new, the jobs having ended when first asked for', '203']
    ],
    note: 'One request of each call claims anonymous history: without a Tracking ID it costs one fewer, a batch 100 fewer.'
  },
  trackEvent: {
    table: [['any event', '1']],
    note: 'Kustomer takes one event at a time, so there are no batches.'
  }
}

export const DELETION = '2 requests, or 1 where no customer has the userId.'
