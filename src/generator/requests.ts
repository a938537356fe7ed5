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
      ['nothing differs', '1'],
      ['something differs', '3'],
      ['a new customer', '3'],
      ['a new customer with an email and a phone, but no External ID', '4'],
      ['a race, or a contact that somebody else holds', '2 to 5 more'],
      ['a customer whose track calls came first and made a record of their own', 'up to 8 more'],
      ['a company: linked already, or a bare name and linked to another', 'none more'],
      ['a company by its ID: linked already, or linked elsewhere', '1 to 3 more'],
      ['a company: one to link to, or a new one', '1 or 2 more by its name, 1 or 3 more by its ID'],
      ['a custom attribute that is not defined', '2 more, once for a batch'],
      ['a batch of 100 people, nothing differing', '100'],
      ['a batch of 100 people who differ or are new, the jobs having ended when first asked for', '203']
    ],
    note: 'One request of each call that creates or updates a customer claims anonymous history. Without a Tracking ID it costs one fewer, a batch 100 fewer.'
  },
  upsertCompany: {
    table: [
      ['nothing differs, its user linked already', '2'],
      ['something differs', '3'],
      ['a new company', '4'],
      ['a new company without an External ID', '4'],
      ['a user who is linked or created', '1 more'],
      ['a custom attribute that is not defined', '2 more, once for a batch'],
      ['a batch of 100 calls of one company, nothing differing', '101'],
      ['a batch of 100 companies that differ or are new, and whose users are linked or created', '303 or 403']
    ],
    note: 'One request of each call looks up its user: without a User ID, or with Link Customer off, it costs one fewer.'
  },
  upsertCustomObject: {
    table: [
      ['nothing differs', '1'],
      ['something differs', '2'],
      ['a new object', '3'],
      ['a new object of a new customer', '4'],
      ['a custom attribute that is not defined', '2 more, once for a batch'],
      ['a batch of 100 objects that differ', '103'],
      ['a batch of 100 new objects of one customer', '104']
    ],
    note: 'A batch that has objects of several Klasses takes 3 more for each other Klass.'
  },
  trackEvent: {
    table: [['any event', '1']],
    note: 'Kustomer takes one event at a time, so there are no batches.'
  }
}

export const DELETION = '2 requests, or 1 where no customer has the userId.'
