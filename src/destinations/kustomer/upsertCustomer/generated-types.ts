// Generated file. DO NOT MODIFY IT BY HAND.

export interface Payload {
  /**
   * Your own ID for the customer, the strongest identifier. At least one of External ID, Email and Phone is needed.
   */
  externalId?: string
  /**
   * Added to the customer's emails, or to the shared ones where another customer has it. Identifies the customer where no External ID does. Left out where it is no email.
   */
  email?: string
  /**
   * Added to the customer's phones, or to the shared ones where another customer has it. Identifies the customer where neither External ID nor Email does, unless it is a national number with a leading 0. Left out unless it has 7 to 15 digits; an extension is left out.
   */
  phone?: string
  /**
   * The visitor whose anonymous events move to the customer's timeline.
   */
  trackingId?: string
  /**
   * The full name, at most 256 characters. It wins over First Name and Last Name.
   */
  name?: string
  /**
   * The first half of the name, used with Last Name where there is no Name. Alone it counts only where the customer has no name.
   */
  firstName?: string
  /**
   * The second half of the name, used with First Name where there is no Name. Alone it counts only where the customer has no name.
   */
  lastName?: string
  /**
   * The username, at most 256 characters.
   */
  username?: string
  /**
   * The address of a picture of the customer. Left out unless it is a full web address.
   */
  avatarUrl?: string
  /**
   * An ISO 8601 day or date-time, or epoch seconds or milliseconds. Left out where it is none of them.
   */
  birthdayAt?: string
  /**
   * When the customer signed up: an ISO 8601 day or date-time, or epoch seconds or milliseconds. Left out where it is none of them.
   */
  signedUpAt?: string
  /**
   * Kustomer knows m and f. Left out where the word is not plainly one of them.
   */
  gender?: string
  /**
   * Added to the customer's URLs. Left out unless it is a full web address.
   */
  website?: string
  /**
   * Added to the customer's locations.
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
   * The language and region, such as en-US.
   */
  locale?: string
  /**
   * The time zone, such as America/New_York.
   */
  timeZone?: string
  /**
   * The company that the customer works for: its name, and your own ID for it. Found by the ID, else by the exact name, or created, and linked to the customer. A customer who is linked to another company stays there, unless Move to Company is on.
   */
  company?: {
    [k: string]: unknown
  }
  /**
   * Move customers who are linked to another company: Kustomer has one company per customer. Off, the company that an agent has linked stays.
   */
  moveCustomer?: boolean
  /**
   * Custom attributes that your organization has defined in Kustomer. Each key gets the suffix of its value's type, such as planStr or seatsNum, unless it ends in it already. One that is not defined is left out.
   */
  customAttributes?: {
    [k: string]: unknown
  }
  /**
   * An audience or a computed trait of Engage, as a custom attribute of its key: true or false for an audience, such as highValueBool, and the value of a computed trait.
   */
  computation?: {
    [k: string]: unknown
  }
  /**
   * Send up to 100 identify calls together, for about half the requests where customers are new or changed. Meant for syncs from a warehouse: an identify call that waits for its batch comes after the track calls of its person. The API Key also needs org.permission.bulk.read.
   */
  enable_batching?: boolean
  /**
   * The most events in one batch. Kustomer takes 100 records at once.
   */
  batch_size?: number
}
