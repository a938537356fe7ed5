import type { Reading } from './left-out'
import { tooLong } from './texts'

/** What a server should take at least (RFC 9110, section 4.1). Kustomer publishes no limit. */
const MAX_URL = 8000

/** The characters of a URI (RFC 3986): Kustomer asks for one, and a parser of URLs lets more pass. */
const WEB_URI = /^https?:\/\/(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[\da-f]{2})+$/i

/** Not the host before a port, as in `example.com:8080`. */
const SCHEME = /^[a-z][a-z\d+.-]*:(?!\d)/i
const HOST_WITH_DOT = /[^.]\.[^.]/
/** What the strictest reading of Kustomer's format takes: no hyphens in a row, as in `xn--`, and a name at the end. */
const WEBSITE_HOST = /^(?:[a-z\d]+(?:-[a-z\d]+)*\.)+[a-z]{2,}$/
const PATH_WITHOUT_SLASH = /^[^/]*\/\/[^/?#]*[?#]/
const PUBLIC_NAME = /[^.]\.[a-z][a-z\d-]*[a-z\d]$/

const NO_URL: Reading<never> = { told: 'left out: not a web address' }

/**
 * A web address as a URI, trimmed, percent-encoded where need be and given `https://` where it has no scheme: without
 * one it is an address only if its host is a public name, so that words, versions and emails are none.
 */
export function readUrl(text: string | undefined): Reading<string> {
  const trimmed = text?.trim() ?? ''
  if (trimmed === '') {
    return {}
  }
  if (trimmed.length > MAX_URL) {
    return { told: tooLong(MAX_URL) }
  }
  const hasScheme = SCHEME.test(trimmed)
  const url = hasScheme ? trimmed : `https://${trimmed.replace(/^\/\//, '')}`
  const parsed = parse(url)
  const value = [url, parsed?.href ?? ''].find((uri) => uri.length <= MAX_URL && WEB_URI.test(uri))
  const isAddress = parsed && (hasScheme || (PUBLIC_NAME.test(parsed.hostname) && parsed.username === ''))
  return isAddress && value !== undefined ? { value } : NO_URL
}

/**
 * A web address for a customer's `urls`, whose format `url` is stricter than that of other addresses: its host has a dot,
 * and a slash stands before what comes after the host.
 */
export function readWebsite(text: string | undefined): Reading<string> {
  const { value, told } = readUrl(text)
  const parsed = value === undefined ? undefined : parse(value)
  if (parsed && !WEBSITE_HOST.test(parsed.hostname)) {
    const hasDot = HOST_WITH_DOT.test(parsed.hostname)
    return { told: hasDot ? 'left out: its host is one that Kustomer may refuse' : 'left out: its host has no dot' }
  }
  return { value: value !== undefined && PATH_WITHOUT_SLASH.test(value) ? parsed?.href : value, told }
}

/** What two spellings of one URL have in common: `https://Acme.com` and `https://acme.com/` are the same. */
export function urlKey(url: string): string {
  return parse(url)?.href.replace(/\/$/, '') ?? url
}

function parse(url: string): URL | undefined {
  try {
    return new URL(url)
  } catch {
    return undefined
  }
}
