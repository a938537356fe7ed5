import { InvalidAuthenticationError } from '@segment/actions-core'

const HEADER_VALUE = /^[\x21-\x7e]+$/

/**
 * Returns the API key, trimmed. The framework would quote an invalid one in its error.
 *
 * @throws InvalidAuthenticationError (401) that names the API Key setting
 */
export function parseApiKey({ apiKey }: { apiKey?: unknown }): string {
  const key = typeof apiKey === 'string' ? apiKey.trim() : ''
  if (!HEADER_VALUE.test(key)) {
    throw new InvalidAuthenticationError(
      key === ''
        ? 'API Key is missing. Copy it from the Segment settings page in Kustomer.'
        : 'API Key holds a space or a character that no key has. Copy it again from the Segment settings page in Kustomer.'
    )
  }
  return key
}
