import fc from 'fast-check'
import { fingerprint, foldAccents } from '../../../src/destinations/kustomer/latin'

describe('foldAccents', () => {
  it.each([
    ['Café', 'Cafe'],
    ['Crème brûlée', 'Creme brulee'],
    ['Straße', 'Strasse'],
    ['Łódź', 'Lodz'],
    ['Ærø', 'AEro'],
    ['Ｆｕｌｌ', 'Full'],
    ['購入', '購入']
  ])('folds %s to %s', (text, folded) => {
    expect(foldAccents(text)).toBe(folded)
  })
})

describe('fingerprint', () => {
  it('is the same at any time', () => {
    expect(fingerprint('購入')).toBe(fingerprint('購入'))
    expect(fingerprint('')).toMatchInlineSnapshot(`"iihzj4ux45"`)
  })

  it('has ten lower-case letters and digits, others for another text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (one, other) => {
        expect(fingerprint(one)).toMatch(/^[a-z0-9]{10}$/)
        expect(fingerprint(one) === fingerprint(other)).toBe(one === other)
      })
    )
  })
})
