import { readEmail } from './identifiers'
import type { Reading } from './left-out'
import { readWebsite } from './urls'

const LOOKS_LIKE_A_SITE = /^(?:www\.)?([^/?#]+)\/?$/

/** Providers whose addresses tell nothing of whom somebody works for. */
const MAIL_PROVIDERS = new Set([
  ...['gmail.com', 'googlemail.com', 'yahoo.com', 'outlook.com', 'hotmail.com', 'live.com', 'msn.com', 'icloud.com'],
  ...['me.com', 'mac.com', 'aol.com', 'gmx.com', 'gmx.de', 'gmx.net', 'web.de', 'mail.com', 'mail.ru', 'yandex.com'],
  ...['yandex.ru', 'qq.com', '163.com', 'proton.me', 'protonmail.com', 'zoho.com', 'fastmail.com', 'hey.com']
])

/**
 * A company's domain: the host of its website, without `www.`, where the website is nothing but a host, since a page of
 * somebody else's site is not the company's; else that of its email, unless it is one of a mail provider's.
 */
export function readDomain(website: string | undefined, email: string | undefined): string | undefined {
  const host = LOOKS_LIKE_A_SITE.exec(hostAndPath(readWebsite(website)))?.[1]
  return [host, hostOfEmail(readEmail(email))].find((domain) => domain !== undefined && !MAIL_PROVIDERS.has(domain))
}

function hostAndPath({ value }: Reading<string>): string {
  return value === undefined ? '' : new URL(value).href.toLowerCase().replace(/^https?:\/\//, '')
}

function hostOfEmail({ value }: Reading<string>): string | undefined {
  return value?.slice(value.lastIndexOf('@') + 1).toLowerCase()
}
