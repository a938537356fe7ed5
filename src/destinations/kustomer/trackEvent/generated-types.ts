// Generated file. DO NOT MODIFY IT BY HAND.

export interface Payload {
  /**
   * The name of the event. Kustomer takes letters, digits, hyphens, underscores and dots, and a name of these is never changed. Spaces become hyphens: Order Completed is shown as Order-Completed.
   */
  eventName: string
  /**
   * Your own ID for the customer, the strongest identifier. At least one of External ID, Email, Phone and Tracking ID is needed.
   */
  externalId?: string
  /**
   * Names the customer where no External ID does. Left out where it is no email.
   */
  email?: string
  /**
   * Names the customer where neither External ID nor Email does, unless it is a national number with a leading 0. Left out unless it has 7 to 15 digits; an extension is left out.
   */
  phone?: string
  /**
   * The visitor, for an event that names nobody. Kustomer holds it for 30 days, until an identify call claims it.
   */
  trackingId?: string
  /**
   * The session to show the event in. Without one, Kustomer groups events by time.
   */
  sessionId?: string
  /**
   * What is known of the event, of any shape. Shown flat: a city within shipping becomes shipping_city. Text of more than 1,024 characters goes on in a second property, and what exceeds 100 properties is folded into as few as are needed.
   */
  properties?: {
    [k: string]: unknown
  }
  /**
   * When the event happened. Shown as occurredAt, since Kustomer stamps an event with its arrival.
   */
  timestamp?: string | number
}
