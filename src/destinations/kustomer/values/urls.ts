import type { Reading } from './left-out'
import { readText } from './texts'

/** What a server should accept at least (RFC 9110, section 4.1). Kustomer publishes no limit. */
const MAX_URL = 8000

/** The characters of a URI (RFC 3986), which Kustomer asks for. A parser of URLs accepts more. */
const WEB_URI = /^https?:\/\/(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[\da-f]{2})+$/i

/** Not the host before a port, as in `example.com:8080`. */
const SCHEME = /^[a-z][a-z\d+.-]*:(?!\d)/i
/** The strictest reading of Kustomer's format: no hyphens in a row, as in `xn--`, and a name at the end. */
const WEBSITE_HOST = /^(?:[a-z\d]+(?:-[a-z\d]+)*\.)+[a-z]{2,}$/
const PATH_WITHOUT_SLASH = /^[^/]*\/\/[^/?#]*[?#]/
const PUBLIC_NAME = /[^.]\.[a-z][a-z\d-]*[a-z\d]$/

/**
 * Returns a web address as a URI, percent-encoded if necessary. Without a scheme, it gets `https://` if its host is a
 * public name: words, versions, and emails aren't web addresses.
 */
export function readUrl(text: string | undefined): Reading<string> {
  const { value: trimmed, reason } = readText(text, MAX_URL)
  if (trimmed === undefined) {
    return { reason }
  }
  const hasScheme = SCHEME.test(trimmed)
  const url = hasScheme ? trimmed : `https://${trimmed.replace(/^\/\//, '')}`
  const parsed = parse(url)
  const value = [url, parsed?.href ?? ''].find((uri) => uri.length <= MAX_URL && WEB_URI.test(uri))
  const isAddress = parsed && (hasScheme || (PUBLIC_NAME.test(parsed.hostname) && parsed.username === ''))
  return isAddress && value !== undefined ? { value } : { reason: 'not a valid web address' }
}

/**
 * Returns a web address for the `urls` of a record, whose format `url` is stricter than that of other addresses: its host
 * has a dot, and a slash stands before what comes after the host.
 */
export function readWebsite(text: string | undefined): Reading<string> {
  const { value, reason } = readUrl(text)
  const parsed = value === undefined ? undefined : parse(value)
  if (parsed && !WEBSITE_HOST.test(parsed.hostname)) {
    return { reason: 'its host must be a public name, such as acme.com' }
  }
  return { value: value !== undefined && PATH_WITHOUT_SLASH.test(value) ? parsed?.href : value, reason }
}

/**
 * Returns a company's domain: the host of its website without `www.`, if the website is only a host. A page of somebody
 * else's site isn't the company's, and an email can be a mail provider's.
 */
export function readDomain(website: string | undefined): string | undefined {
  const { hostname, pathname = '', search = '', hash = '' } = parse(readWebsite(website).value ?? '') ?? {}
  return `${pathname}${search}${hash}` === '/' ? hostname?.replace(/^www\.(?=[^.]+\.)/, '') : undefined
}

/** Returns what two spellings of one URL have in common: `https://Acme.com` and `https://acme.com/` are the same. */
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
