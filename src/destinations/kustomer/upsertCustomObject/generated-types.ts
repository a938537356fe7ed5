// Generated file. DO NOT MODIFY IT BY HAND.

export interface Payload {
  /**
   * The name of the Klass in Kustomer, such as `order`. Define the Klass in Kustomer first.
   */
  klass: string
  /**
   * Your unique ID for the object, up to 255 characters. Events with the same ID update the same card.
   */
  objectId: string
  /**
   * The title of the card, cut to 256 characters. Defaults to Object ID for a new object.
   */
  title?: string
  /**
   * The text below the title, cut to 10,240 characters.
   */
  description?: string
  /**
   * The name of one of Kustomer's icons, up to 64 characters.
   */
  icon?: string
  /**
   * The web addresses of up to 20 images. Added to those of the object. Invalid ones are ignored.
   */
  images?: string[]
  /**
   * Up to 20 tags for a new object. Ignored if the object exists. Invalid ones are ignored.
   */
  tags?: string[]
  /**
   * When a new object was created. Ignored if the object exists, or if it isn't a valid date.
   */
  createdAt?: string | number
  /**
   * Your unique ID for the customer. A new object needs External ID, Email, Phone, or Company ID.
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
   * Your unique ID for an existing company. A new object then belongs to it instead of a customer.
   */
  companyId?: string
  /**
   * Create the customer if they don't exist in Kustomer. If off, the event fails.
   */
  createCustomer?: boolean
  /**
   * Custom attributes to set. Each name gets the suffix of its value's type, such as `planStr` or `seatsNum`. Attributes that aren't defined in Kustomer are ignored.
   */
  customAttributes?: {
    [k: string]: unknown
  }
  /**
   * Other values, such as line items, for a KView to show. Merged key by key with the data of the object. Long lists are cut at 100,000 bytes.
   */
  data?: {
    [k: string]: unknown
  }
  /**
   * The name of a date attribute of the Klass, such as `orderUpdatedAt`, that stores when the newest event happened. An older event then only fills blank values. If not set, the last event to arrive wins.
   */
  updatedAtAttribute?: string
  /**
   * When the event happened. Stored in Updated At Attribute.
   */
  timestamp?: string | number
  /**
   * Mark new objects as imported, for more than 120 new objects of one customer a minute.
   */
  backfill?: boolean
  /**
   * Send up to 100 events together, which takes about half the requests. The API key also needs the role `org.permission.bulk.read`.
   */
  enable_batching?: boolean
  /**
   * The maximum number of events in a batch. Kustomer accepts 100 records per request.
   */
  batch_size?: number
}
