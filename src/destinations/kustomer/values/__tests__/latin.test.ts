import { fingerprint, foldAccents, losesLetters } from '../latin'

it.each([
  ['Café', 'Cafe'],
  ['Crème brûlée', 'Creme brulee'],
  ['Straße', 'Strasse'],
  ['Łódź', 'Lodz'],
  ['ÆæŒœØøĐđÐðÞþłı', 'AEaeOEoeOoDdDdThthli'],
  ['Ｆｕｌｌ', 'Full'],
  ['x²', 'x2'],
  ['購入', '購入']
])('folds %s to %s', (text, folded) => {
  expect(foldAccents(text)).toBe(folded)
})

it.each([
  ['Plain text 1, with signs!', false],
  ['👍', false],
  ['', false],
  ['price 価', true],
  ['вес', true],
  ['٣', true]
])('tells of %j whether letters are lost: %j', (text, lost) => {
  expect(losesLetters(text)).toBe(lost)
})

describe('fingerprint', () => {
  // FNV-1a of 64 bits over UTF-16 units, of which it keeps the lowest 53 bits and of those ten digits to the base 36.
  it.each(['', 'a', 'foobar', '購入完了', '😀', 'x'.repeat(1000)])('is that of %j at any time', (text) => {
    let hash = BigInt('0xcbf29ce484222325')
    for (let index = 0; index < text.length; index++) {
      hash = ((hash ^ BigInt(text.charCodeAt(index))) * BigInt('0x100000001b3')) & BigInt('0xffffffffffffffff')
    }
    const kept = (hash & BigInt('0x1fffffffffffff')).toString(36)
    expect(fingerprint(text)).toBe(kept.padStart(10, '0').slice(-10))
  })

  it('is the same for both Unicode forms of a text', () => {
    expect(fingerprint('Cafe\u0301')).toBe(fingerprint('Caf\u00e9'))
  })

  it('tells thousands of texts apart, always in ten characters', () => {
    const texts = Array.from({ length: 20_000 }, (_, index) => `k${index}`)
    const fingerprints = new Set(texts.map(fingerprint))
    expect(fingerprints.size).toBe(texts.length)
    expect([...fingerprints].every((text) => /^[a-z0-9]{10}$/.test(text))).toBe(true)
  })
})
