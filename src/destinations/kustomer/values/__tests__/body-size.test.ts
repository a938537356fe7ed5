import { bytesInText, bytesOf, capOn, cutToBytes, lengthInText, MAX_BODY, roomFor, startWithin } from '../body-size'

it('measures JSON in UTF-8', () => {
  expect(bytesOf({ a: 'é' })).toBe(10)
  expect(bytesOf('')).toBe(2)
})

it('keeps room for what an event says of a record, and for what an update repeats', () => {
  expect(MAX_BODY).toBe(100_000)
  expect(roomFor({})).toBe(100_000 - 20_000 - 2)
  expect(roomFor({ name: 'é' })).toBe(100_000 - 20_000 - 13)
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
