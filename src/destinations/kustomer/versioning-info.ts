/** KUSTOMER_API_VERSION
 * The version of Kustomer's REST API that every request names.
 * API reference: https://developer.kustomer.com/kustomer-api-docs/reference
 */
export const KUSTOMER_API_VERSION = 'v1'
