import { readPropertyValue } from '../property-values'

const MAX = 100_000
const text = (...parts: string[]) => ({ suffix: '', parts, isCut: false, isTooDeep: false })
const nested = (depth: number): unknown => (depth === 0 ? 'x' : { deep: nested(depth - 1) })

it.each<[string, unknown, object | undefined]>([
  ['a number', 1.5, { ...text(), suffix: 'Num', parts: [1.5] }],
  ['a number that is not finite', Infinity, text('Infinity')],
  ['true', true, text('true')],
  ['false', false, text('false')],
  ['text', ' a ', text(' a ')],
  ['blank text', ' ', undefined],
  ['null', null, undefined],
  ['undefined', undefined, undefined],
  ['a function', () => 1, undefined],
  ['a date', '2024-02-29', { ...text(), suffix: 'At', parts: ['2024-02-29T00:00:00.000Z'] }],
  ['an object that flattening has left', {}, { ...text(), isTooDeep: true }],
  ['a list of scalars', ['a', 2, true, null, undefined, ''], text('a, 2, true')],
  ['a list without values', [null, undefined, ''], undefined],
  ['an empty list', [], undefined],
  ['a list of objects', [{ a: 1 }, 'b'], text('[{"a":1},"b"]')],
  ['a list with an object that is nested too deeply', [nested(60), 'b'], { ...text('["b"]'), isTooDeep: true }],
  ['a list of nothing else', [nested(60)], { ...text(), isTooDeep: true }]
])('reads %s', (_what, value, expected) => {
  expect(readPropertyValue(value, MAX)).toEqual(expected)
})

describe('text of more than 1,024 characters', () => {
  const long = 'x'.repeat(1024)

  it.each<[string, unknown, string[]]>([
    ['breaks into parts', `${long}yz`, [long, 'yz']],
    ['is one part if it has just 1,024', long, [long]],
    [
      'breaks between the items of a list',
      ['a'.repeat(600), 'b'.repeat(422)],
      [`${'a'.repeat(600)}, ${'b'.repeat(422)}`]
    ],
    [
      'breaks before an item that is too long for the part',
      ['a'.repeat(600), 'b'.repeat(423)],
      ['a'.repeat(600), 'b'.repeat(423)]
    ],
    ['breaks within an item that is too long for any part', [`${long}y`, 'z'], [long, 'y, z']],
    [
      'keeps the brackets of each part',
      [{ a: 'x'.repeat(1014) }, { b: 1 }],
      [`[{"a":"${'x'.repeat(1014)}"}]`, '[{"b":1}]']
    ],
    ['breaks within an object if need be', [{ a: 'x'.repeat(1015) }], [`[{"a":"${'x'.repeat(1015)}"]`, '[}]']]
  ])('%s', (_how, value, parts) => {
    expect(readPropertyValue(value, MAX)).toEqual(text(...parts))
  })

  it.each<[string, unknown, number, string[], boolean]>([
    ['text', `${long}yz`, 1025, [long, 'y'], true],
    ['text that just fits', `${long}y`, 1025, [long, 'y'], false],
    ['short text', 'xyz', 2, ['xyz'], false],
    ['a list', ['a', 'b', 'c'], 1, ['a, b'], true],
    ['a list that just fits', ['a', 'b'], 2, ['a, b'], false],
    ['a long item', ['a', `${long}y`], 1025, ['a', long], false],
    ['an item after all room is taken', ['ab', `${long}y`], 1, ['ab'], true]
  ])('is cut at what can be used: %s', (_what, value, max, parts, isCut) => {
    expect(readPropertyValue(value, max)).toEqual({ ...text(...parts), isCut })
  })
})
