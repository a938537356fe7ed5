import { transform } from '@segment/actions-core'
import type { JSONObject } from '@segment/actions-core'
import { firstOf, viewed } from '../mappings'

function resolved(mapping: ReturnType<typeof firstOf | typeof viewed>, event: Record<string, unknown>): unknown {
  return transform(
    { field: mapping } as JSONObject,
    JSON.parse(JSON.stringify(event)) as Parameters<typeof transform>[1]
  ).field
}

describe('firstOf', () => {
  it.each([
    [{ one: 'a', other: 'b' }, 'a'],
    [{ one: '', other: 'b' }, 'b'],
    [{ one: '  ', other: 'b' }, 'b'],
    [{ one: null, other: 'b' }, 'b'],
    [{ other: 'b' }, 'b'],
    [{ one: {}, other: 'b' }, 'b'],
    [{ one: ' a b ', other: 'b' }, ' a b '],
    [{ one: 7, other: 'b' }, 7],
    [{ one: 0, other: 'b' }, 0],
    [{ one: '', other: '' }, ''],
    [{}, undefined]
  ])('takes of %j the first that is not blank', (event, value) => {
    const mapping = firstOf('$.one', '$.other')
    const given = JSON.stringify(mapping)
    expect(resolved(mapping, event)).toBe(value)
    // The framework writes what a directive leaves out into it.
    expect(JSON.stringify(mapping)).toBe(given)
  })
})

describe('viewed', () => {
  it.each([
    [{ name: 'Home' }, 'Viewed Home Page'],
    [{ name: 'Order History' }, 'Viewed Order History Page'],
    [{ name: 404 }, 'Viewed 404 Page'],
    [{ name: '' }, 'Viewed Page'],
    [{ name: ' ' }, 'Viewed Page'],
    [{ name: null }, 'Viewed Page'],
    [{}, 'Viewed Page']
  ])('calls the page %j %s', (event, name) => {
    expect(resolved(viewed('Page'), event)).toBe(name)
  })

  it('calls a screen a screen', () => {
    expect(resolved(viewed('Screen'), { name: 'Home' })).toBe('Viewed Home Screen')
    expect(resolved(viewed('Screen'), {})).toBe('Viewed Screen')
  })
})
