import { bytesOf } from '../body-size'
import { fitData, readData } from '../object-data'

/** An object that is nested so many levels deep. */
function nested(levels: number): Record<string, unknown> {
  let value: Record<string, unknown> = {}
  for (let level = 1; level < levels; level += 1) {
    value = { value }
  }
  return value
}

it('reads data of any shape, and ignores what is nested too deeply', () => {
  const data = { total: 12.5, products: [{ sku: 'a' }], coupon: null, note: '' }
  expect(readData(data)).toEqual({ value: data, leftOut: [] })
  expect(readData({ deep: nested(51), flat: nested(50), none: undefined })).toEqual({
    value: { flat: nested(50) },
    leftOut: [{ field: 'data.deep', reason: 'ignored: nested too deeply' }]
  })
  expect(readData({ deep: nested(100_000) }).value).toBeUndefined()
  expect(readData({})).toEqual({ value: undefined, leftOut: [] })
  expect(readData()).toEqual({ value: undefined, leftOut: [] })
})

it.each<[string, Record<string, unknown>, number, Record<string, unknown>, string[]]>([
  ['everything if it fits', { a: [1, 2], b: 'x' }, 20, { a: [1, 2], b: 'x' }, []],
  ['the start of a list', { a: [11, 22, 33, 44], b: 1 }, 21, { a: [11, 22], b: 1 }, ['data.a cut']],
  ['no part of an object', { a: { b: 'abcdefghij' }, c: 1 }, 19, { c: 1 }, ['data.a ignored']],
  [
    'no empty list and no part of a text',
    { a: ['abcdefghij'], b: 'abcdefghij', c: 1 },
    20,
    { c: 1 },
    ['data.a ignored', 'data.b ignored']
  ],
  ['nothing without room', { a: 1 }, 0, {}, ['data.a ignored']]
])('keeps %s', (_what, data, room, value, told) => {
  const fitted = fitData(data, room)
  expect(fitted.value).toEqual(value)
  expect(fitted.leftOut.map(({ field, reason }) => `${field} ${reason.replace(/:.*/, '')}`)).toEqual(told)
})

it('never exceeds its room, and keeps small values beside a large one', () => {
  const data = { total: 5, products: Array.from({ length: 20_000 }, (_, index) => ({ sku: `sku-${index}` })) }
  const { value } = fitData(data, 50_000)
  expect(value.total).toBe(5)
  expect(bytesOf(value)).toBeLessThanOrEqual(50_000)
  expect(bytesOf(value)).toBeGreaterThan(49_900)
})
