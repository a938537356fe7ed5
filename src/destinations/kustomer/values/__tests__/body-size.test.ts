import { bytesOf, capOn, cutToBytes, MAX_BODY, roomFor } from '../body-size'

it.each([
  ['abc', 5],
  ['é価😀', 11],
  ['"\n', 6],
  [12.5, 4]
])('measures %j', (value, bytes) => {
  expect(bytesOf(value)).toBe(bytes)
})

it('keeps room for what an update repeats', () => {
  expect(roomFor({})).toBe(MAX_BODY - 20_002)
})

it.each([
  [[1, 2, 3], 6, Infinity],
  [[1, 2, 3], 5, 2],
  [[10, 10], 0, 0]
])('caps %j in %i', (sizes, room, cap) => {
  expect(capOn(sizes, room)).toBe(cap)
})

it.each([
  ['abc', 2, 'ab'],
  ['a価b', 3, 'a'],
  ['a"b', 2, 'a'],
  ['😀', 4, '😀']
])('cuts %j to %i bytes', (text, max, start) => {
  expect(cutToBytes(text, max)).toBe(start)
})
