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

it('cuts what is long of a path, and tells it apart', () => {
  const longest = 'x'.repeat(200)
  const [kept, long, other] = pathsOf({ [longest]: 1, [`${longest}1`]: 2, [`${longest}2`]: 3 }).map(([path]) => path)
  expect(kept).toBe(longest)
  expect(long).toMatch(/^x{100}_[a-z0-9]{10}$/)
  expect(other).toMatch(/^x{100}_[a-z0-9]{10}$/)
  expect(other).not.toBe(long)
})

it('goes as deep as properties are nested', () => {
  let deep: Record<string, unknown> = { end: 1 }
  for (let level = 0; level < 20_000; level++) {
    deep = { level: deep }
  }
  const [[path, depth, value] = []] = pathsOf(deep)
  expect(String(path).length).toBeLessThan(200)
  expect([depth, value]).toEqual([20_001, 1])
})
