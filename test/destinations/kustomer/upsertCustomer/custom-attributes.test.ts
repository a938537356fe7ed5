import { customAttributes } from '../../../../src/destinations/kustomer/upsertCustomer/custom-attributes'

it.each([
  [{ plan: 'pro' }, { planStr: 'pro' }],
  [{ seats: 3 }, { seatsNum: 3 }],
  [{ vip: true }, { vipBool: true }],
  [{ renewal: '2026-01-01' }, { renewalAt: '2026-01-01T00:00:00.000Z' }],
  [{ profile: 'https://example.com/ann' }, { profileUrl: 'https://example.com/ann' }],
  [{ notes: 'x'.repeat(1025) }, { notesTxt: 'x'.repeat(1025) }],
  [{ tags: ['a', 'b'] }, { tagsStr: 'a, b' }],
  [{ cart: { items: 2 } }, { cartStr: '{"items":2}' }],
  [
    { 'favorite color': 'red', last_order_total: 5 },
    { favoriteColorStr: 'red', lastOrderTotalNum: 5 }
  ],
  [
    { Größe: 'L', '2nd': 'x' },
    { grosseStr: 'L', attribute2ndStr: 'x' }
  ],
  [
    { planStr: 'pro', seatsNum: 3, vipBool: false },
    { planStr: 'pro', seatsNum: 3, vipBool: false }
  ],
  [
    { renewsAt: 1767225600, zipStr: 78744, vipBool: 'true' },
    { renewsAt: '2026-01-01T00:00:00.000Z', zipStr: '78744', vipBool: true }
  ],
  [
    { phoneNum: 'none', startsAt: 'soon', siteUrl: 'none' },
    { phoneNumStr: 'none', startsAtStr: 'soon', siteUrlStr: 'none' }
  ],
  [
    { notesTxt: 'short', idNum: '12' },
    { notesTxt: 'short', idNum: 12 }
  ],
  [{ absent: null, missing: undefined, empty: '', none: [] }, undefined],
  [{}, undefined],
  [undefined, undefined]
])('turns %j into %j', (custom, attributes) => {
  expect(customAttributes(custom)).toEqual(attributes)
})

it('gives a key in another script a stable name of its own', () => {
  expect(Object.keys(customAttributes({ 価格: 1 }) ?? {})[0]).toMatch(/^attribute[A-Z0-9][a-z0-9]{9}Num$/)
})

it('names the two keys that become one', () => {
  expect(() => customAttributes({ 'the plan': 'a', the_plan: 'b' })).toThrow(
    'Custom Attributes has two keys, "the plan" and "the_plan", that both become thePlanStr.'
  )
})

it('takes at most 100', () => {
  const custom = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`key${index}`, index]))
  expect(() => customAttributes(custom)).toThrow('Custom Attributes has 101 keys, and Kustomer takes at most 100.')
  delete custom.key100
  expect(Object.keys(customAttributes(custom) ?? {})).toHaveLength(100)
})
