import { IntegrationError, InvalidAuthenticationError } from '@segment/actions-core'
import type { Settings } from './generated-types'

/** The framework checks settings before most calls, but not before every one. */
type Unchecked = { [setting in keyof Settings]?: unknown }

const DNS_LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/
const HEADER_VALUE = /^[\x21-\x7e]+$/

/**
 * The pod that hosts the organization, such as `prod1`, trimmed and in lower case.
 *
 * It becomes part of a host name that the API key is sent to, so anything but one DNS label is refused.
 * @throws IntegrationError (400) that names the Org Pod setting
 */
export function parsePod({ orgPod }: Unchecked): string {
  const pod = typeof orgPod === 'string' ? orgPod.trim().toLowerCase() : ''
  if (!DNS_LABEL.test(pod)) {
    throw new IntegrationError(
      pod === ''
        ? 'Org Pod is missing. Copy it from the Segment settings page in Kustomer, for example prod1.'
        : 'Org Pod is not a pod name. Copy it from the Segment settings page in Kustomer: letters, digits and inner hyphens only, for example prod1.',
      'INVALID_SETTING',
      400
    )
  }
  return pod
}

/**
 * The API key, trimmed.
 *
 * Checked here because the framework would quote an illegal header value, and so the key, in its own error.
 * @throws InvalidAuthenticationError (401) that names the API Key setting
 */
export function parseApiKey({ apiKey }: Unchecked): string {
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
