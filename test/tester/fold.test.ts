import fc from 'fast-check'
import stringWidth from 'string-width'
import { fold } from '../../src/tester/sending/fold'

it.each([
  ['leaves what fits', '', 'a b c', 5, ['a b c']],
  ['breaks at spaces, and indents what follows', '  ', 'one two three', 9, ['  one two', '  three']],
  ['keeps the head on the first line alone', '1 ', 'one two three', 9, ['1 one two', '  three']],
  ['breaks within a word that is longer than a line', '  ', 'to abcdefghij', 8, ['  to', '  abcdef', '  ghij']],
  ['folds a head that takes most of a line', 'a label ', 'text', 10, ['  a label', '  text']],
  ['counts two columns for what is wide', '', '山田太郎と', 6, ['山田太', '郎と']],
  ['leaves everything if there is no width', '', 'a '.repeat(200), Infinity, ['a '.repeat(200)]]
])('%s', (_what, head, text, width, lines) => {
  expect(fold(head, text, width)).toEqual(lines)
})

it('loses nothing, and keeps to the width', () => {
  const texts = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '山', 'é', '1 ms'), maxLength: 200 })
  fc.assert(
    fc.property(texts, fc.integer({ min: 12, max: 40 }), fc.integer({ min: 0, max: 6 }), (text, width, indent) => {
      const lines = fold(' '.repeat(indent), text, width)
      expect(lines.join('').replace(/ /g, '')).toBe(text.replace(/ /g, ''))
      expect(lines.filter((line) => stringWidth(line.trimEnd()) > width)).toEqual([])
    })
  )
})
