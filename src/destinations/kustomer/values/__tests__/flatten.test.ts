import { flatten } from '../flatten'

function pathsOf(object: Record<string, unknown>, isLeaf?: (path: string) => boolean) {
  return [...flatten(object, isLeaf)].map(({ path, depth, value }) => [path, depth, value])
}

it('leads to each value by its keys, in their order', () => {
  const object = { a: 1, b: { c: 'x', d: { e: null }, f: {} }, g: [{ h: 1 }], i: undefined, j: false }
  expect(pathsOf(object)).toEqual([
    ['a', 1, 1],
    ['b.c', 2, 'x'],
    ['b.d.e', 3, null],
    ['g', 1, [{ h: 1 }]],
    ['j', 1, false]
  ])
})

it('takes an object for a value where it is told so', () => {
  expect(pathsOf({ a: { b: 1 }, c: { d: { e: 2 } } }, (path) => path === 'a' || path === 'c.d')).toEqual([
    ['a', 1, { b: 1 }],
    ['c.d', 2, { e: 2 }]
  ])
})

it('takes keys of every object for keys', () => {
  expect(pathsOf(JSON.parse('{"__proto__":{"a":1},"constructor":2}') as Record<string, unknown>)).toEqual([
    ['__proto__.a', 2, 1],
    ['constructor', 1, 2]
  ])
})

it('cuts a long key, and keeps the end of a long path', () => {
  const key = 'x'.repeat(101)
  const [cut, other, nested] = pathsOf({ [key]: 1, [`${key}y`]: 2, [`${key}z`]: { ['y'.repeat(80)]: 3 } }).map(String)
  expect(cut).toMatch(/^x{89}_[a-z0-9]{10}/)
  expect(other).not.toBe(cut)
  expect(nested).toMatch(/^[a-z0-9]{10}\.y{80}/)
})

it('takes an object in the 50th level as a value', () => {
  let deep: Record<string, unknown> = { a: 1 }
  for (let level = 0; level < 20_000; level++) {
    deep = { a: deep }
  }
  const leaves = flatten(deep)
  expect(leaves).toHaveLength(1)
  expect(leaves[0]).toMatchObject({ depth: 50, path: `a${'.a'.repeat(49)}` })
})
