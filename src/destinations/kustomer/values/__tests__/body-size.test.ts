import { bytesOf, fitInto, MAX_BODY, roomFor } from '../body-size'

it.each([
  ['abc', 5],
  ['é価😀', 11],
  ['"\n', 6],
  [12.5, 4]
])('measures %j', (value, bytes) => {
  expect(bytesOf(value)).toBe(bytes)
})

it('keeps room for what an update repeats', () => {
  expect(roomFor({})).toBe(MAX_BODY - 20_013)
})

it.each<[string, Record<string, unknown>, number, Record<string, unknown>, string[]]>([
  ['everything if it fits', { a: 'abc', b: 1 }, 16, { a: 'abc', b: 1 }, []],
  ['the start of the longest text', { a: 'abc', b: 1 }, 15, { a: 'ab', b: 1 }, ['a cut']],
  ['no half of a character', { a: 'a😀', b: 1 }, 17, { a: 'a', b: 1 }, ['a cut']],
  ['no escape that is too long', { a: 'a"b' }, 8, { a: 'a' }, ['a cut']],
  ['the start of a list', { a: [11, 22, 33, 44], b: 1 }, 19, { a: [11, 22], b: 1 }, ['a cut']],
  ['no part of an object', { a: { b: 'abcdefghij' }, c: 1 }, 19, { c: 1 }, ['a ignored']],
  ['no part of a URL', { a: 'https://example.com', c: 1 }, 19, { c: 1 }, ['a ignored']],
  ['the next one too if the longest is not enough', { a: 'abcdef', b: 'xyz' }, 9, { b: 'xy' }, ['a ignored', 'b cut']],
  ['nothing without room', { a: 1 }, 0, {}, ['a ignored']]
])('keeps %s', (_what, values, room, kept, cut) => {
  const { values: fitted, reasons } = fitInto(values, room)
  expect(fitted).toEqual(kept)
  expect([...reasons].map(([name, reason]) => `${name} ${reason.replace(/:.*/, '')}`)).toEqual(cut)
})
