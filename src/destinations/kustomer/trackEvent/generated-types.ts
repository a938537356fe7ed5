// Generated file. DO NOT MODIFY IT BY HAND.

export interface Payload {
  /**
   * The name of the event. Letters, digits, hyphens, underscores, and dots are kept. Spaces become hyphens: `Order Completed` appears as `Order-Completed`.
   */
  eventName: string
  /**
   * Your unique ID for the customer. At least one of External ID, Email, Phone, or Tracking ID is required.
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
   * The session to add the event to. If not set, Kustomer groups events by time.
   */
  sessionId?: string
  /**
   * The event's properties. Nested objects are flattened: `shipping.city` becomes `shipping_city`. Properties without a valid name, and the last ones of more than 100, appear in `otherProperties`.
   */
  properties?: {
    [k: string]: unknown
  }
  /**
   * When the event happened. Shown on the timeline as `occurredAt`.
   */
  timestamp?: string | number
}
