import { readEmail } from './identifiers'
import type { Reading } from './left-out'
import { readWebsite } from './urls'

/** Providers whose addresses tell nothing of whom somebody works for. */
const MAIL_PROVIDERS = new Set([
  ...['gmail.com', 'googlemail.com', 'yahoo.com', 'outlook.com', 'hotmail.com', 'live.com', 'msn.com', 'icloud.com'],
  ...['me.com', 'mac.com', 'aol.com', 'gmx.com', 'gmx.de', 'gmx.net', 'web.de', 'mail.com', 'mail.ru', 'yandex.com'],
  ...['yahoo.co.uk', 'yahoo.de', 'yahoo.fr', 'hotmail.co.uk', 'hotmail.de', 'hotmail.fr', 'outlook.de', 'live.co.uk'],
  ...['live.fr', 'orange.fr', 'free.fr', 'gmx.at', 't-online.de', 'libero.it'],
  ...['yandex.ru', 'qq.com', '163.com', 'proton.me', 'protonmail.com', 'zoho.com', 'fastmail.com', 'hey.com']
])

/**
 * A company's domain: the host of its website, without `www.`, where the website is nothing but a host, since a page of
 * somebody else's site is not the company's; else that of its email, unless it is one of a mail provider's.
 */
export function readDomain(website: string | undefined, email: string | undefined): string | undefined {
  return [hostOfWebsite(readWebsite(website)), hostOfEmail(readEmail(email))].find(
    (domain) => domain !== undefined && !MAIL_PROVIDERS.has(domain)
  )
}

function hostOfWebsite({ value }: Reading<string>): string | undefined {
  const { hostname, pathname, search, hash } = new URL(value ?? 'https://none.example/none')
  return `${pathname}${search}${hash}` === '/' ? hostname.replace(/^www\.(?=[^.]+\.)/, '') : undefined
}

function hostOfEmail({ value }: Reading<string>): string | undefined {
  return value?.slice(value.lastIndexOf('@') + 1).toLowerCase()
}
