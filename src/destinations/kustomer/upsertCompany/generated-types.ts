// Generated file. DO NOT MODIFY IT BY HAND.

export interface Payload {
  /**
   * Your own ID for the company, the strongest identifier. At least one of External ID and Name is needed.
   */
  externalId?: string
  /**
   * The name, 3 to 255 characters. Finds the company where no External ID does, if it is exactly the same. A new company without one is called by its External ID.
   */
  name?: string
  /**
   * The company's website. Added to its URLs and, if it's only a host such as acme.com, to its domains. Ignored if it isn't a valid web address.
   */
  website?: string
  /**
   * The company's email address. Added to the company's emails. Ignored if it isn't a valid email address.
   */
  email?: string
  /**
   * Added to the company's phones. Left out unless it has 7 to 15 digits; an extension is left out.
   */
  phone?: string
  /**
   * The number of employees. Left out where it is no whole number.
   */
  employees?: string
  /**
   * Added to the company's locations.
   */
  address?: {
    /**
     * The street and house number.
     */
    street?: string
    /**
     * The name of the city.
     */
    city?: string
    /**
     * The state or region: its name, or its code of two letters.
     */
    state?: string
    /**
     * The postal code.
     */
    postalCode?: string
    /**
     * The country: its name, or its code of two letters.
     */
    country?: string
  }
  /**
   * The address of a picture of the company. Left out unless it is a full web address.
   */
  avatarUrl?: string
  /**
   * Custom attributes that your organization has defined in Kustomer. Each key gets the suffix of its value's type, such as planStr or seatsNum, unless it ends in it already. One that is not defined is left out.
   */
  customAttributes?: {
    [k: string]: unknown
  }
  /**
   * The External ID of a customer who belongs to the company. Nobody is created for it.
   */
  userId?: string
  /**
   * Link the customer whom User ID names to the company.
   */
  linkCustomer?: boolean
  /**
   * Create the customer if User ID doesn't belong to an existing customer.
   */
  createCustomer?: boolean
  /**
   * Move customers who are linked to another company: Kustomer has one company per customer. Off, the company that an agent has linked stays.
   */
  moveCustomer?: boolean
  /**
   * Send up to 100 group calls together: a company that many of them name is looked up once, and their customers are linked at once. The API Key also needs org.permission.bulk.read.
   */
  enable_batching?: boolean
  /**
   * The most events in one batch. Kustomer takes 100 records at once.
   */
  batch_size?: number
}
