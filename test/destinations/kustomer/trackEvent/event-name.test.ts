import fc from 'fast-check'
import { isChangedBeyondSpaces, legalEventName } from '../../../../src/destinations/kustomer/trackEvent/event-name'

const LEGAL = /^[a-zA-Z][a-zA-Z0-9-_.]+$/

describe('legalEventName', () => {
  it.each([
    ['Order Completed', 'Order-Completed'],
    ['order_completed', 'order_completed'],
    ['app.background', 'app.background'],
    ['Viewed Home Page', 'Viewed-Home-Page'],
    ['sign-up', 'sign--up'],
    ['Step 2.1', 'Step-2.1'],
    ['x'.repeat(255), 'x'.repeat(255)]
  ])('spells %s as %s', (original, legal) => {
    expect(legalEventName(original)).toBe(legal)
  })

  it.each([
    ['Café Visité', /^Cafe-Visite---[a-z0-9]{10}$/],
    ['Signed up!', /^Signed-up---[a-z0-9]{10}$/],
    [' Order  Completed ', /^Order-Completed---[a-z0-9]{10}$/],
    ['購入完了', /^Event---[a-z0-9]{10}$/],
    ['1st purchase', /^Event-1st-purchase---[a-z0-9]{10}$/],
    ['A', /^A---[a-z0-9]{10}$/],
    ['x'.repeat(256), /^x{242}---[a-z0-9]{10}$/]
  ])('makes %s legal so that a person still knows it', (original, legal) => {
    expect(legalEventName(original)).toMatch(legal)
  })

  it('keeps apart what differs in spelling alone', () => {
    const spellings = ['Order Completed', 'Order-Completed', 'Order_Completed', 'Order.Completed', 'Order/Completed']
    spellings.push('Order  Completed', 'Order - Completed', 'Order--Completed', 'Órder Completed', 'order completed')
    spellings.push(...spellings.map(legalEventName))
    expect(new Set(spellings.map(legalEventName)).size).toBe(new Set(spellings).size)
  })

  it('is legal, stable and different for different names', () => {
    const name = fc.oneof(
      fc.string({ unit: fc.constantFrom('a', 'B', '-', ' ', '_', '.', 'é', '1') }),
      fc.string({ unit: 'binary', maxLength: 300 })
    )
    fc.assert(
      fc.property(name, name, (one, other) => {
        const legal = legalEventName(one)
        expect(legal).toMatch(LEGAL)
        expect(legal.length).toBeLessThanOrEqual(255)
        expect(legal === legalEventName(other)).toBe(one === other)
      }),
      { numRuns: 2000 }
    )
  })
})

it.each([
  ['Order Completed', false],
  ['order_completed', false],
  ['sign-up', true],
  ['Café', true]
])('tells whether %s changed beyond its spaces', (original, changed) => {
  expect(isChangedBeyondSpaces(original, legalEventName(original))).toBe(changed)
})
