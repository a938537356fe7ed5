import fc from 'fast-check'
import { legalBase, metaOf } from '../../../../src/destinations/kustomer/trackEvent/meta'

const TEXT_NAME = /^(?!.*(?:Num|At))[a-zA-Z][a-zA-Z0-9-_]{2,32}$/
const NUMBER_NAME = /^[a-zA-Z][a-zA-Z0-9-_]{2,32}Num$/
const DATE_NAME = /^[a-zA-Z][a-zA-Z0-9-_]{2,32}At$/

describe('metaOf', () => {
  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['text', { currency: 'USD', empty: '' }, { currency: 'USD', empty: '' }],
    ['numbers', { revenue: 48.5, zero: 0, itemsNum: 2 }, { revenueNum: 48.5, zeroNum: 0, itemsNum: 2 }],
    ['booleans', { first: true, last: false }, { first: 'true', last: 'false' }],
    [
      'dates',
      { purchased: '2024-01-02T03:04:05+02:00', shippedAt: '2024-01-03' },
      { purchasedAt: '2024-01-02T01:04:05.000Z', shippedAt: '2024-01-03T00:00:00.000Z' }
    ],
    ['what only looks like a date', { day: '2023-02-30' }, { day: '2023-02-30' }],
    ['nothing', { absent: null, missing: undefined, hollow: {} }, {}],
    [
      'nesting',
      { shipping: { city: 'Austin', cost: { total: 5 } } },
      { shipping_city: 'Austin', shipping_cost_totalNum: 5 }
    ],
    ['lists of scalars', { sizes: ['S', 2, true], none: [] }, { sizes: 'S, 2, true', none: '' }],
    ['lists of objects', { products: [{ sku: 'a' }, 'b'] }, { products: '[{"sku":"a"},"b"]' }],
    ['lists of lists', { pairs: [[1, 2]] }, { pairs: '[[1,2]]' }],
    ['short names', { id: 'x', a: 1 }, { id_: 'x', a__Num: 1 }],
    ['names of a type alone', { Num: 1, At: 'x' }, { NumNum: 1, at_: 'x' }],
    [
      'a type within a name of text',
      { phoneNum: '5', lookedAt: 'it', Attribute: 'x' },
      { phonenum: '5', lookedat: 'it', attribute: 'x' }
    ],
    [
      'illegal characters',
      { 'total price ($)': 5, Größe: 'L', _private: 'p' },
      { total_priceNum: 5, Grosse: 'L', private: 'p' }
    ],
    ['leading digits', { '2nd item': 'x' }, { property_2nd_item: 'x' }],
    ['clashing names', { a: { b: 'one' }, a_b: 'two', 'a b': 'three' }, { a_b: 'one', a_b_2: 'two', a_b_3: 'three' }],
    [
      'clashing dates',
      { due: '2024-01-02', dueAt: '2024-01-03' },
      { dueAt: '2024-01-02T00:00:00.000Z', due_2At: '2024-01-03T00:00:00.000Z' }
    ],
    ['a name of every object', { constructor: 'c', __proto__x: 'p' }, { constructor: 'c', proto__x: 'p' }]
  ])('carries %s', (_what, properties, meta) => {
    expect(metaOf({}, properties)).toEqual(meta)
  })

  it('cuts text at 1,024 characters and no character in half', () => {
    expect(metaOf({}, { long: 'x'.repeat(1025) })).toEqual({ long: 'x'.repeat(1024) })
    expect(metaOf({}, { long: `${'x'.repeat(1023)}😀` })).toEqual({ long: 'x'.repeat(1023) })
  })

  it('gives a name in another script one of its own, the same in every event', () => {
    const [price] = Object.keys(metaOf({}, { 価格: 'x', color: 'y' }))
    expect(price).toMatch(/^property_[a-z0-9]{10}$/)
    expect(Object.keys(metaOf({}, { color: 'y', 価格: 'x' }))[1]).toBe(price)
    expect(Object.keys(metaOf({}, { 値段: 'x' }))[0]).not.toBe(price)
  })

  it('keeps long names apart, and the same in every event', () => {
    const one = legalBase(`${'x'.repeat(40)}1`, '')
    expect(one).toMatch(/^x{22}_[a-z0-9]{10}$/)
    expect(legalBase(`${'x'.repeat(40)}2`, '')).not.toBe(one)
  })

  it('puts what comes first before a property of that name', () => {
    expect(metaOf({ occurredAt: '2024-01-02T00:00:00.000Z' }, { occurredAt: '2020-01-01' })).toEqual({
      occurredAt: '2024-01-02T00:00:00.000Z',
      occurred_2At: '2020-01-01T00:00:00.000Z'
    })
  })

  it('folds what exceeds 100 properties into one', () => {
    const properties = Object.fromEntries(Array.from({ length: 102 }, (_, index) => [`key${index}`, index]))
    const meta = metaOf({}, properties)
    expect(Object.keys(meta)).toHaveLength(100)
    expect(meta.key98Num).toBe(98)
    expect(meta.otherProperties).toBe('{"key99Num":99,"key100Num":100,"key101Num":101}')
    delete properties.key101
    delete properties.key100
    expect(metaOf({}, properties)).not.toHaveProperty('otherProperties')
  })

  it('is legal and loses no value because of its key', () => {
    const key = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.constantFrom('Num', 'At', 'a', 'aNum', 'x_y'))
    fc.assert(
      fc.property(
        fc.dictionary(key, fc.oneof(fc.string(), fc.double(), fc.boolean()), { maxKeys: 20 }),
        (properties) => {
          const meta = metaOf({}, properties)
          expect(Object.keys(meta)).toHaveLength(Object.keys(properties).length)
          for (const [name, value] of Object.entries(meta)) {
            const pattern = typeof value === 'number' ? NUMBER_NAME : name.endsWith('At') ? DATE_NAME : TEXT_NAME
            expect(name).toMatch(pattern)
          }
        }
      ),
      { numRuns: 1000 }
    )
  })
})
