import type { CustomerAttributes } from '../../api/records'
import { bytesInText, bytesOf, capOn, cutToBytes, fitCustomer, lengthInText, startWithin } from '../body-size'

it('measures JSON in UTF-8', () => {
  expect(bytesOf({ a: 'é' })).toBe(10)
  expect(bytesOf('')).toBe(2)
})

it.each([
  ['a', 1, 1],
  [' ', 1, 1],
  ['~', 1, 1],
  ['!', 1, 1],
  ['#', 1, 1],
  ['[', 1, 1],
  [']', 1, 1],
  ['"', 2, 2],
  ['\\', 2, 2],
  ['\n', 2, 2],
  ['\u0000', 6, 6],
  ['\u007f', 1, 1],
  ['é', 2, 1],
  ['価', 3, 1],
  ['😀', 4, 2],
  ['\ud83d', 6, 6],
  ['', 0, 0],
  ['ab', 2, 2],
  ['a"é', 5, 4]
])('measures what %j takes within JSON: %i bytes, %i characters', (text, bytes, length) => {
  expect(bytesInText(text)).toBe(bytes)
  expect(lengthInText(text)).toBe(length)
})

it.each([
  [[], 0, Infinity],
  [[1, 2, 3], 6, Infinity],
  [[1, 2, 3], 5, 2],
  [[3, 1, 2], 5, 2],
  [[10, 10, 1], 11, 5],
  [[10, 9], 18, 9],
  [[5, 5, 5], 10, 3],
  [[5], 0, 0],
  [[5, 100], -3, 0],
  [[10, 9, 100], 29, 10]
])('caps the sizes %j to fit into %i: %d', (sizes, room, cap) => {
  const given = [...sizes]
  expect(capOn(sizes, room)).toBe(cap)
  expect(sizes).toEqual(given)
})

it.each([
  ['abc', 3, 'abc'],
  ['abc', 2, 'ab'],
  ['a"b', 2, 'a'],
  ['a"b', 3, 'a"'],
  ['é価', 4, 'é'],
  ['é価', 5, 'é価'],
  ['a😀', 4, 'a'],
  ['a😀', 5, 'a😀'],
  ['abc', 0, '']
])('cuts %j to %i bytes', (text, bytes, start) => {
  expect(cutToBytes(text, bytes)).toBe(start)
})

it('cuts by any measure', () => {
  expect(startWithin('abcdef', 5, () => 2)).toBe('ab')
})

describe('fitCustomer', () => {
  const CUT = 'cut: Kustomer takes 100,000 bytes at once'
  const LEFT_OUT = 'left out: Kustomer takes 100,000 bytes at once'

  function customOf(count: number, value: string, suffix: string, first = 0): CustomerAttributes['custom'] {
    return Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${first + index}${suffix}`, value]))
  }

  it('leaves what fits as it is, with room for what an update repeats of the record', () => {
    const wanted = { name: 'Ann', custom: { notesStr: '' } }
    const fitting = { ...wanted, custom: { notesStr: 'x'.repeat(80_000 - bytesOf(wanted)) } }
    expect(fitCustomer(fitting)).toEqual({ wanted: fitting, leftOut: [] })
    const { wanted: cut, leftOut } = fitCustomer({ ...fitting, name: 'Anne' })
    expect(bytesOf(cut)).toBe(80_000)
    expect(leftOut).toEqual([{ field: 'customAttributes.notesStr', reason: CUT }])
  })

  it('leaves what has no custom attributes as it is', () => {
    const wanted = { name: 'x'.repeat(100_000) }
    expect(fitCustomer(wanted)).toEqual({ wanted, leftOut: [] })
  })

  it('cuts the longest texts first, all alike', () => {
    const custom = {
      ...customOf(60, '価'.repeat(1000), 'Str'),
      ...customOf(20, '価'.repeat(100), 'Txt', 60),
      seatsNum: 3,
      vipBool: true,
      oldStr: null
    }
    const { wanted, leftOut } = fitCustomer({ name: 'Ann', custom })
    const sizes = Object.values(wanted.custom ?? {}).map((value) => String(value).length)
    expect(bytesOf(wanted)).toBeLessThanOrEqual(80_000)
    expect(bytesOf(wanted)).toBeGreaterThan(80_000 - 60 * 3)
    expect(Object.keys(wanted.custom ?? {})).toEqual(Object.keys(custom))
    expect(new Set(sizes.slice(0, 60)).size).toBe(1)
    expect(wanted.custom).toMatchObject({ ...customOf(20, '価'.repeat(100), 'Txt', 60), seatsNum: 3, oldStr: null })
    expect(leftOut).toHaveLength(60)
    expect(leftOut[0]).toEqual({ field: 'customAttributes.key0Str', reason: CUT })
  })

  it('leaves out what half of is nothing', () => {
    const custom = {
      ...customOf(95, `https://example.com/${'a'.repeat(1000)}`, 'Url'),
      shortUrl: 'https://a.io',
      shortTxt: 'x'
    }
    const { wanted, leftOut } = fitCustomer({ custom })
    expect(wanted).toEqual({ custom: { shortUrl: 'https://a.io', shortTxt: 'x' } })
    expect(leftOut).toHaveLength(95)
    expect(leftOut[94]).toEqual({ field: 'customAttributes.key94Url', reason: LEFT_OUT })
  })

  it('leaves a text out of which nothing fits', () => {
    const { wanted, leftOut } = fitCustomer({ name: 'x'.repeat(80_000), custom: { notesTxt: 'x' } })
    expect(wanted.custom).toEqual({})
    expect(leftOut).toEqual([{ field: 'customAttributes.notesTxt', reason: LEFT_OUT }])
  })
})
