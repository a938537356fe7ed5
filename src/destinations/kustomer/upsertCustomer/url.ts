/** The URL, trimmed, or undefined where it does not parse as an absolute web address. */
export function usableUrl(url: string | undefined): string | undefined {
  const trimmed = url?.trim() ?? ''
  return parse(trimmed) ? trimmed : undefined
}

/** What two spellings of one URL have in common: `https://Acme.com` and `https://acme.com/` are the same. */
export function urlKey(url: string): string {
  return parse(url)?.href.replace(/\/$/, '') ?? url
}

function parse(url: string): URL | undefined {
  try {
    const parsed = new URL(url)
    return ['http:', 'https:'].includes(parsed.protocol) ? parsed : undefined
  } catch {
    return undefined
  }
}
