// Generated file. DO NOT MODIFY IT BY HAND.

export interface Payload {
  /**
   * Your unique ID for the company. At least one of External ID or Name is required.
   */
  externalId?: string
  /**
   * The company's name, 3 to 255 characters. Used to find the company if External ID is not set. Defaults to External ID for a new company.
   */
  name?: string
  /**
   * The company's website. Added to the company's URLs and, if it's only a host such as acme.com, to its domains. Ignored if it isn't a valid URL.
   */
  website?: string
  /**
   * The company's email address. Added to the company's emails. Ignored if it isn't a valid email address.
   */
  email?: string
  /**
   * The company's phone number, with its country code. Added to the company's phones. Ignored if it isn't a valid phone number.
   */
  phone?: string
  /**
   * The number of employees. Ignored if it isn't a whole number.
   */
  employees?: string
  /**
   * The company's postal address: `street`, `city`, `state`, `postalCode`, and `country`. Added to the company's locations. Invalid parts are ignored.
   */
  address?: {
    [k: string]: unknown
  }
  /**
   * The URL of the company's picture. Ignored if it isn't a valid URL.
   */
  avatarUrl?: string
  /**
   * Custom attributes to set. Each name gets the suffix of its value's type, such as `planStr` or `seatsNum`. Attributes that aren't defined in Kustomer are ignored.
   */
  customAttributes?: {
    [k: string]: unknown
  }
  /**
   * The user to link to the company: the External ID of a customer.
   */
  userId?: string
  /**
   * Link the user to the company.
   */
  linkCustomer?: boolean
  /**
   * Create the customer if the user doesn't exist in Kustomer.
   */
  createCustomer?: boolean
  /**
   * Move the customer if they're already linked to a different company. If off, the existing link stays.
   */
  moveCustomer?: boolean
  /**
   * Send up to 100 group calls together. Their users are then linked in fewer requests. The API key also needs the role `org.permission.bulk.read`.
   */
  enable_batching?: boolean
  /**
   * The maximum number of events in a batch. Kustomer accepts 100 records per request.
   */
  batch_size?: number
}
