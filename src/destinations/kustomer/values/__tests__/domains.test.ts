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
    expect(readDomain(website)).toBe(domain)
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
  ])('is not that of the website %j', (website) => {
    expect(readDomain(website)).toBeUndefined()
  })
})
