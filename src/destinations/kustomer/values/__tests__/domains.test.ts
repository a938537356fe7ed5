import { readDomain } from '../domains'

describe('readDomain', () => {
  it.each([
    ['acme.com', 'acme.com'],
    ['https://acme.com/', 'acme.com'],
    ['http://ACME.com', 'acme.com'],
    [' www.acme.com\n', 'acme.com'],
    ['https://www.acme.com/', 'acme.com'],
    ['https://shop.acme.co.uk', 'shop.acme.co.uk'],
    ['acme.com:8080', 'acme.com'],
    ['https://ann:secret@acme.com', 'acme.com'],
    ['https://www.com', 'www.com'],
    ['https://wwwacme.com', 'wwwacme.com']
  ])('is the host of the website %j', (website, domain) => {
    expect(readDomain(website, undefined)).toBe(domain)
    expect(readDomain(website, 'sales@other.com')).toBe(domain)
  })

  it.each([
    ['https://facebook.com/acme'],
    ['https://acme.com/?ref=1'],
    ['https://acme.com/#about'],
    ['https://acme.com//'],
    ['http://localhost/'],
    ['http://203.0.113.5'],
    ['none'],
    [''],
    [undefined]
  ])('is not that of the website %j, but that of the email', (website) => {
    expect(readDomain(website, undefined)).toBeUndefined()
    expect(readDomain(website, ' Sales@Acme.COM ')).toBe('acme.com')
  })

  it.each([
    ['yahoo.co.uk', 'gmx.at', 'live.fr'],
    ['gmail.com', 'yahoo.com', 'outlook.com', 'hotmail.com', 'live.com', 'msn.com', 'icloud.com', 'me.com', 'mac.com'],
    ['googlemail.com', 'aol.com', 'gmx.com', 'gmx.de', 'gmx.net', 'web.de', 'mail.com', 'mail.ru', 'yandex.com'],
    ['yandex.ru', 'qq.com', '163.com', 'proton.me', 'protonmail.com', 'zoho.com', 'fastmail.com', 'hey.com']
  ])('is none of the mail providers such as %s, %s and %s', (...providers) => {
    for (const provider of providers) {
      expect(readDomain(undefined, `acme@${provider}`)).toBeUndefined()
      expect(readDomain(undefined, `acme@${provider.toUpperCase()}`)).toBeUndefined()
      expect(readDomain(provider, undefined)).toBeUndefined()
      expect(readDomain(`www.${provider}`, 'sales@acme.com')).toBe('acme.com')
    }
  })

  it.each(['sales', 'sales@acme', 'a@b@', '', undefined])('is none where there is but the email %j', (email) => {
    expect(readDomain(undefined, email)).toBeUndefined()
  })
})
