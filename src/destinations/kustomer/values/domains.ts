import { readWebsite } from './urls'

/**
 * Returns a company's domain: the host of its website without `www.`, if the website is nothing but a host. A page of
 * somebody else's site is not the company's, and an email may be a mail provider's.
 */
export function readDomain(website: string | undefined): string | undefined {
  const { value } = readWebsite(website)
  if (value === undefined) {
    return undefined
  }
  const { hostname, pathname, search, hash } = new URL(value)
  return `${pathname}${search}${hash}` === '/' ? hostname.replace(/^www\.(?=[^.]+\.)/, '') : undefined
}
