import { cut, jsonText, listOf, readStart, readText, scalarText, tooLong } from '../texts'

it.each([
  [undefined, {}],
  ['', {}],
  [' \n ', {}],
  [' Ann ', { value: 'Ann' }],
  ['12345', { value: '12345' }],
  [' 12345 ', { value: '12345' }],
  ['123456', { reason: 'longer than 5 characters' }]
])('reads %j of at most 5 characters as %j', (text, reading) => {
  expect(readText(text, 5)).toEqual(reading)
})

it('tells a limit as people write it', () => {
  expect(tooLong(1024)).toBe('longer than 1,024 characters')
})

it.each([
  ['x'.repeat(1024), { value: 'x'.repeat(1024) }],
  ['x'.repeat(1025), { value: 'x'.repeat(1024), reason: 'cut to 1,024 characters' }]
])('reads the start of a text', (text, reading) => {
  expect(readStart(text)).toEqual(reading)
})

it.each([
  ['abc', 3, 'abc'],
  ['abcd', 3, 'abc'],
  ['ab😀', 4, 'ab😀'],
  ['ab😀', 3, 'ab'],
  ['ab😀c', 4, 'ab😀'],
  ['ab\ud83d', 3, 'ab\ud83d'],
  ['', 3, '']
])('cuts %j at %i characters and none of them in half', (text, max, expected) => {
  expect(cut(text, max)).toBe(expected)
})

it('makes JSON of what can be nested in it', () => {
  expect(jsonText({ a: [1, 'x', null] })).toBe('{"a":[1,"x",null]}')
  let deep: unknown = 1
  for (let level = 0; level < 100_000; level++) {
    deep = [deep]
  }
  expect(jsonText(deep)).toBeUndefined()
})

it.each([
  ['a', { value: 'a' }],
  [' ', { value: ' ' }],
  [94107, { value: '94107' }],
  [undefined, {}],
  [null, {}],
  [true, { reason: 'not text' }],
  [{ a: 1 }, { reason: 'not text' }],
  [['a'], { reason: 'not text' }]
])('reads %j as text: %j', (value, reading) => {
  expect(scalarText(value)).toEqual(reading)
})

it('makes a list of one item, or none', () => {
  expect(listOf('a', (email) => ({ email }))).toEqual([{ email: 'a' }])
  expect(listOf(undefined, (email) => ({ email }))).toBeUndefined()
})
