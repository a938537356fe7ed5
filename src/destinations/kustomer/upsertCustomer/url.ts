/** The characters of a URI (RFC 3986): Kustomer asks for one, and a parser of URLs lets more pass. */
const WEB_URI = /^https?:\/\/(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[\da-f]{2})+$/i

/** The address as a URI, trimmed and percent-encoded where need be; undefined where it is no absolute web address. */
export function usableUrl(url: string | undefined): string | undefined {
  const trimmed = url?.trim() ?? ''
  const href = parse(trimmed)?.href ?? ''
  return [trimmed, href].find((uri) => href !== '' && WEB_URI.test(uri))
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
