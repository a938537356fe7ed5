import { InvalidAuthenticationError } from '@segment/actions-core'

const HEADER_VALUE = /^[\x21-\x7e]+$/

/**
 * The API key, trimmed.
 *
 * Checked here because the framework would quote an illegal header value, and so the key, in its own error. The type
 * allows for settings that nobody has checked.
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
