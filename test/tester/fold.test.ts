import fc from 'fast-check'
import { columnsOf, fold } from '../../src/tester/sending/fold'

it.each([
  ['leaves what fits', 'a b c', 5, ['a b c']],
  ['breaks at spaces, and indents what follows', '  one two three', 9, ['  one two', '  three']],
  ['breaks within a word that is longer than a line', 'to abcdefghijkl', 8, ['to abcde', '  fghijk', '  l']],
  ['never parts a number from its unit', 'took 19 ms', 8, ['took', '  19 ms']],
  ['counts two columns for what is wide', '山田太郎と', 6, ['山田太', '  郎と']],
  ['leaves everything where there is no width', 'a '.repeat(200), Infinity, ['a '.repeat(200)]]
])('%s', (_what, text, width, lines) => {
  expect(fold(text, width, 2)).toEqual(lines)
})

it('loses nothing, and keeps to the width', () => {
  const texts = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '山', '👩‍👩‍👧', 'é', '1 ms'), maxLength: 200 })
  fc.assert(
    fc.property(texts, fc.integer({ min: 8, max: 40 }), fc.integer({ min: 0, max: 6 }), (text, width, indent) => {
      const lines = fold(text, width, indent)
      expect(lines.join('').replace(/ /g, '')).toBe(text.replace(/ /g, ''))
      expect(lines.filter((line) => columnsOf(line.trimEnd()) > width)).toEqual([])
    })
  )
})
