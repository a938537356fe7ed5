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
    leftOut: [{ field: 'data.deep', reason: 'nested more than 50 levels deep' }]
  })
  expect(readData({ deep: nested(100_000) }).value).toBeUndefined()
  expect(readData({})).toEqual({ value: undefined, leftOut: [] })
  expect(readData()).toEqual({ value: undefined, leftOut: [] })
})

it('never exceeds its room, and keeps small values beside a large one', () => {
  const data = { total: 5, products: Array.from({ length: 20_000 }, (_, index) => ({ sku: `sku-${index}` })) }
  const { value, leftOut } = fitData(data, 50_000)
  expect(value.total).toBe(5)
  expect(leftOut).toEqual([{ field: 'data.products', reason: 'cut: Kustomer accepts 100,000 bytes per request' }])
  expect(bytesOf(value)).toBeLessThanOrEqual(50_000)
  expect(bytesOf(value)).toBeGreaterThan(49_900)
})
