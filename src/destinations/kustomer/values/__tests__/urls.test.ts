import { readDomain, readUrl, readWebsite, urlKey } from '../urls'

const NO_URL = { reason: 'not a valid web address' }
const longest = `https://example.com/${'a'.repeat(7980)}`

describe('readUrl', () => {
  it.each([
    ['https://example.com/a?b=c&d[]=e#f', 'https://example.com/a?b=c&d[]=e#f'],
    ['http://example.com', 'http://example.com'],
    ['HTTPS://Example.com', 'HTTPS://Example.com'],
    [' https://example.com\n', 'https://example.com'],
    ['http://localhost:3000/ann.png', 'http://localhost:3000/ann.png'],
    ['https://ann:secret@example.com', 'https://ann:secret@example.com'],
    ['https://exämple.com/a b/ü', 'https://xn--exmple-cua.com/a%20b/%C3%BC'],
    ['https:example.com', 'https://example.com/'],
    ['example.com', 'https://example.com'],
    ['www.example.co.uk/ann', 'https://www.example.co.uk/ann'],
    ['//example.com/ann', 'https://example.com/ann'],
    ['example.com//ann', 'https://example.com//ann'],
    ['example.com:8080/ann', 'https://example.com:8080/ann'],
    ['exämple.com', 'https://xn--exmple-cua.com/'],
    ['пример.рф', 'https://xn--e1afmkfd.xn--p1ai/'],
    ['a.b1', 'https://a.b1'],
    [longest, longest]
  ])('reads a web address, case %#', (text, value) => {
    expect(readUrl(text)).toEqual({ value })
  })

  it.each([
    ['none'],
    ['n/a'],
    ['N.A.'],
    ['not a url'],
    ['localhost:3000'],
    ['v1.5'],
    ['1.5'],
    ['example.c'],
    ['.com'],
    ['ann@example.com'],
    ['javascript:alert(1)'],
    ['mailto:ann@example.com'],
    ['ftp://example.com'],
    ['https://'],
    ['https://example.com/a|b'],
    ['xhttps://example.com'],
    ['https://exa mple.com'],
    ['https://example.com/%zz|']
  ])('leaves %s out', (text) => {
    expect(readUrl(text)).toEqual(NO_URL)
  })

  it.each([undefined, '', ' '])('has nothing to say of %j', (text) => {
    expect(readUrl(text)).toEqual({})
  })

  it('takes 8,000 characters', () => {
    expect(readUrl(`${longest}a`)).toEqual({ reason: 'longer than 8,000 characters' })
    expect(readUrl(longest.slice('https://'.length))).toEqual({ value: longest })
    expect(readUrl(`//${longest.slice('https://'.length)}`)).toEqual({ value: longest })
    expect(readUrl(`${longest.slice('https://'.length)}a`)).toEqual(NO_URL)
    expect(readUrl(`https://example.com/${'ü'.repeat(1400)}`)).toEqual(NO_URL)
  })
})

describe('readWebsite', () => {
  const NO_HOST = { reason: 'its host must be a public name, such as acme.com' }

  it.each([
    ['example.com', { value: 'https://example.com' }],
    ['https://Shop.Big-Example.co.uk/ann', { value: 'https://Shop.Big-Example.co.uk/ann' }],
    ['https://example.com:8080/?a', { value: 'https://example.com:8080/?a' }],
    ['https://example.com?a=/b', { value: 'https://example.com/?a=/b' }],
    ['https://example.com#a', { value: 'https://example.com/#a' }],
    ['http://203.0.113.5', NO_HOST],
    ['http://xn--exmple-cua.com', NO_HOST],
    ['https://a-.example.com', NO_HOST],
    ['https://a_b.example.com', NO_HOST],
    ['https://example.c', NO_HOST],
    ['https://example.com.', NO_HOST],
    ['http://localhost/ann', NO_HOST],
    ['http://localhost./ann', NO_HOST],
    ['http://[::1]/', NO_HOST],
    ['none', NO_URL],
    [' ', {}]
  ])('reads %s as %j', (text, reading) => {
    expect(readWebsite(text)).toEqual(reading)
  })
})

it.each([
  ['https://Example.com', 'https://example.com/', true],
  ['https://example.com/a/', 'https://example.com/a', true],
  ['https://example.com:443', 'https://example.com', true],
  ['https://example.com/a/b', 'https://example.com/ab', false],
  ['https://example.com/A', 'https://example.com/a', false],
  ['http://example.com', 'https://example.com', false],
  ['no url', 'no url', true],
  ['no url', 'none', false]
])('compares %s with %s', (one, other, same) => {
  expect(urlKey(one) === urlKey(other)).toBe(same)
})

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
