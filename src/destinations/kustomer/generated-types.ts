// Generated file. DO NOT MODIFY IT BY HAND.

export interface Settings {
  /**
   * The API key shown on the Segment settings page in Kustomer.
   */
  apiKey: string
  /**
   * The pod that hosts your organization, shown on the Segment settings page in Kustomer.
   */
  orgPod: string
}
