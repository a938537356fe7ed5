import { entryOf, foldLast } from '../meta-fold'
import { PartNames } from '../meta-names'

function property(name: string, value: string | number) {
  return { name, parts: [value], entry: entryOf(name, value) }
}

function numbered(count: number, value: (index: number) => string | number) {
  return Array.from({ length: count }, (_, index) => property(`key${index}`, value(index)))
}

const noParts = () => new PartNames(new Set())

/** What was folded, put together again. */
function unfolded(objects: string[] | undefined): Record<string, unknown> {
  return Object.assign({}, ...(objects ?? []).map((json) => JSON.parse(json) as unknown)) as Record<string, unknown>
}

it('writes an entry of JSON', () => {
  expect(entryOf('a', 1)).toBe('"a":1')
  expect(entryOf('a', 'x"y')).toBe('"a":"x\\"y"')
})

it.each([0, 1, 10])('folds none of %i properties where all have room', (count) => {
  expect(foldLast(numbered(count, Number), 10, noParts)).toEqual([])
})

it('folds the last into one object', () => {
  expect(foldLast(numbered(12, Number), 10, noParts)).toEqual(['{"key9":9,"key10":10,"key11":11}'])
  expect(foldLast(numbered(11, Number), 10, noParts)).toEqual(['{"key9":9,"key10":10}'])
})

it('folds into no more objects than it has to', () => {
  const objects = foldLast(
    numbered(300, (index) => `value ${index}`),
    100,
    noParts
  )
  const folded = unfolded(objects)
  expect(objects).toHaveLength(5)
  expect(objects?.every((json) => json.length <= 1024)).toBe(true)
  expect(Object.keys(folded)).toHaveLength(205)
  expect(folded).toMatchObject({ key95: 'value 95', key299: 'value 299' })
})

it('fills an object to its last character', () => {
  const folded = (length: number) =>
    foldLast([...numbered(2, Number), property('a', 'x'.repeat(504)), property('b', 'y'.repeat(length))], 3, noParts)
  expect(folded(505)?.map((json) => json.length)).toEqual([1024])
  expect(folded(506)).toHaveLength(2)
})

it('says so where not even folding makes room', () => {
  const wide = numbered(4, () => 'x'.repeat(900))
  expect(foldLast(wide, 3, noParts)).toBeUndefined()
  expect(foldLast(wide, 4, noParts)).toEqual([])
  expect(foldLast(numbered(1, Number), 0, noParts)).toBeUndefined()
  expect(foldLast([], -1, noParts)).toBeUndefined()
  expect(foldLast([], 0, noParts)).toEqual([])
})

it('lets a text go on in the next object, under a name that is free', () => {
  const properties = [property('a', 1), property('note', 'n'.repeat(1010)), property('rest', 'r'.repeat(700))]
  const objects = foldLast([...properties, property('z', 2)], 2, () => new PartNames(new Set(['note_2'])))
  expect(objects?.map((json) => json.length)).toEqual([1024, 732])
  expect(unfolded(objects)).toEqual({ a: 1, note: 'n'.repeat(1007), note_3: 'nnn', rest: 'r'.repeat(700), z: 2 })
})

it('starts a text in the present object only where enough of it fits', () => {
  const start = (length: number) =>
    foldLast(
      [property('a', 'x'.repeat(length)), property('b', 'y'.repeat(900)), property('c', 'z'.repeat(200))],
      2,
      noParts
    )
  // An object has room for 1,022 characters: `"a":""`, a comma and `"b":""` leave 1,009 of them.
  expect(unfolded(start(753))).toMatchObject({ b: 'y'.repeat(256), b_2: 'y'.repeat(644) })
  expect(start(754)).toBeUndefined()
})

it('breaks a text that takes more than one object, by what it takes within JSON', () => {
  const properties = [property('p', 1), property('x', 'x'.repeat(800)), property('a', '\u0000'.repeat(300))]
  const objects = foldLast([...properties, property('z', 2)], 3, noParts)
  expect(objects?.map((json) => json.length)).toEqual([814, 1022, 802])
  expect(unfolded(objects)).toEqual({
    p: 1,
    x: 'x'.repeat(800),
    a: '\u0000'.repeat(169),
    a_2: '\u0000'.repeat(131),
    z: 2
  })
})
