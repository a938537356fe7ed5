// Generated file. DO NOT MODIFY IT BY HAND.

export interface Payload {
  /**
   * Your unique ID for the customer. At least one of External ID, Email, or Phone is required.
   */
  externalId?: string
  /**
   * The customer's email address. Used to find the customer if External ID is not set. Ignored if it isn't a valid email address.
   */
  email?: string
  /**
   * The customer's phone number, with its country code. Used to find the customer if External ID and Email are not set. Ignored if it isn't a valid phone number.
   */
  phone?: string
  /**
   * The visitor's anonymous ID. Links the visitor's anonymous history to the customer.
   */
  trackingId?: string
  /**
   * The customer's full name, up to 256 characters.
   */
  name?: string
  /**
   * The customer's first name. Used with Last Name if Name is not set.
   */
  firstName?: string
  /**
   * The customer's last name. Used with First Name if Name is not set.
   */
  lastName?: string
  /**
   * The customer's username, up to 256 characters.
   */
  username?: string
  /**
   * The URL of the customer's picture. Ignored if it isn't a valid URL.
   */
  avatarUrl?: string
  /**
   * The customer's date of birth. An ISO 8601 date, or epoch seconds or milliseconds. Ignored if it isn't a valid date.
   */
  birthdayAt?: string
  /**
   * When the customer signed up. An ISO 8601 date, or epoch seconds or milliseconds. Ignored if it isn't a valid date.
   */
  signedUpAt?: string
  /**
   * The customer's gender. Kustomer accepts `m` or `f`; other values are ignored.
   */
  gender?: string
  /**
   * The customer's website. Added to the customer's URLs. Ignored if it isn't a valid URL.
   */
  website?: string
  /**
   * The customer's postal address: `street`, `city`, `state`, `postalCode`, and `country`. Added to the customer's locations. Invalid parts are ignored.
   */
  address?: {
    [k: string]: unknown
  }
  /**
   * The customer's language and region, such as `en-US`.
   */
  locale?: string
  /**
   * The customer's time zone, such as `America/New_York`.
   */
  timeZone?: string
  /**
   * The company to link to the customer: `id` is your unique ID for it, and `name` its name. The company is created if it doesn't exist. If the customer is already linked to a different company, see Move to Company.
   */
  company?: {
    [k: string]: unknown
  }
  /**
   * Move the customer if they're already linked to a different company. If off, the existing link stays.
   */
  moveCustomer?: boolean
  /**
   * Custom attributes to set. Each name gets the suffix of its value's type, such as `planStr` or `seatsNum`. Attributes that aren't defined in Kustomer are ignored.
   */
  customAttributes?: {
    [k: string]: unknown
  }
  /**
   * An audience or a computed trait of Engage: its `key`, and the `values` to find it in. Sets a custom attribute with that name, such as `highValueBool`.
   */
  computation?: {
    [k: string]: unknown
  }
  /**
   * Send up to 100 identify calls together, which takes about half the requests for new or changed customers. Use it for syncs from a warehouse: batched calls arrive later than track calls. The API key also needs the role `org.permission.bulk.read`.
   */
  enable_batching?: boolean
  /**
   * The maximum number of events in a batch. Kustomer accepts 100 records per request.
   */
  batch_size?: number
}
