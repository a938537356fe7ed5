import { listed, partsOf, plain, whole, withinBody, withinBytes } from '../meta-text'

describe('listed', () => {
  it.each([
    [['S', 2, true, null, undefined], 'S, 2, true'],
    [[], ''],
    [[{ sku: 'a' }, null, 'b', [1]], '[{"sku":"a"},"b",[1]]'],
    [[[]], '[[]]']
  ])('makes of %j the text %s', (list, text) => {
    const found = listed(list)
    expect(found && whole(found)).toBe(text)
  })

  it('makes nothing of what is nested too deeply', () => {
    let deep: unknown[] = []
    for (let level = 0; level < 100_000; level++) {
      deep = [deep]
    }
    expect(listed(['ok', deep])).toBeUndefined()
  })
})

describe('partsOf', () => {
  it.each([
    [plain(''), ['']],
    [plain('x'.repeat(1024)), ['x'.repeat(1024)]],
    [plain('x'.repeat(1025)), ['x'.repeat(1024), 'x']],
    [plain('x'.repeat(2048)), ['x'.repeat(1024), 'x'.repeat(1024)]],
    [plain(`${'x'.repeat(1023)}😀😀`), ['x'.repeat(1023), '😀😀']],
    [{ open: '', items: [], separator: ', ', close: '' }, ['']]
  ])('breaks a text where it has to', (text, parts) => {
    expect(partsOf(text)).toEqual(parts)
  })

  it.each([
    [
      ['a'.repeat(500), 'b'.repeat(522), 'c'],
      [`${'a'.repeat(500)}, ${'b'.repeat(522)}`, 'c']
    ],
    [
      ['a'.repeat(500), 'b'.repeat(523), 'c'],
      ['a'.repeat(500), `${'b'.repeat(523)}, c`]
    ],
    [
      ['a'.repeat(1024), 'b'],
      ['a'.repeat(1024), 'b']
    ],
    [
      ['a', 'b'.repeat(1030), 'c'],
      ['a', 'b'.repeat(1024), 'bbbbbb, c']
    ]
  ])('breaks a list of scalars between its items', (items, parts) => {
    expect(partsOf({ open: '', items, separator: ', ', close: '' })).toEqual(parts)
  })

  it('makes each part of a list JSON of its own', () => {
    const items = [`"${'a'.repeat(500)}"`, `"${'b'.repeat(517)}"`, `"${'c'.repeat(1020)}"`, '"d"']
    const parts = partsOf({ open: '[', items, separator: ',', close: ']' })
    expect(parts.map((part) => part.length)).toEqual([1024, 1024, 5])
    expect(parts.flatMap((part) => JSON.parse(part) as string[]).join()).toBe(
      `${'a'.repeat(500)},${'b'.repeat(517)},${'c'.repeat(1020)},d`
    )
  })
})

it.each([
  [510, 510, 1],
  [511, 511, 2]
])('leaves room for the brackets of a list, of items of %d and %d characters', (one, other, count) => {
  const parts = partsOf({ open: '[', items: ['1'.repeat(one), '2'.repeat(other)], separator: ',', close: ']' })
  expect(parts).toHaveLength(count)
})

describe('withinBytes', () => {
  const list = { open: '[', items: ['"é"', '22', '3'], separator: ',', close: ']' }

  it.each([
    // Within JSON, the quotes of an item take two bytes each.
    [13, '["é",22,3]'],
    [12, '["é",22]'],
    [11, '["é",22]'],
    [10, '["é"]'],
    [8, '["é"]'],
    [7, '["é"'],
    [6, '["é'],
    [3, '["'],
    [0, '']
  ])('keeps of a list what takes %i bytes', (bytes, text) => {
    expect(whole(withinBytes(list, bytes))).toBe(text)
  })

  it('leaves what fits as it is', () => {
    expect(withinBytes(list, 13)).toBe(list)
    expect(withinBytes(list, 1000)).toBe(list)
  })

  it.each([
    [5, 'aé'],
    [4, 'aé'],
    [3, 'aé'],
    [2, 'a'],
    [0, '']
  ])('keeps of a text what takes %i bytes', (bytes, text) => {
    expect(whole(withinBytes(plain('aé価'), bytes))).toBe(text)
  })
})

describe('withinBody', () => {
  it('keeps no more than a body could hold', () => {
    const longest = plain('x'.repeat(100_000))
    expect(withinBody(longest)).toBe(longest)
    expect(whole(withinBody(plain(`${'x'.repeat(100_000)}y`)))).toBe('x'.repeat(100_000))
    const list = { open: '[', items: ['1'.repeat(60_000), '2'.repeat(39_996), '3'], separator: ',', close: ']' }
    expect(withinBody(list).items).toHaveLength(2)
    expect(withinBody({ ...list, items: list.items.slice(0, 2) }).items).toHaveLength(2)
  })
})
