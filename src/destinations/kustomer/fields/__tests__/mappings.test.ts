import { transform } from '@segment/actions-core'
import type { JSONObject } from '@segment/actions-core'
import { firstOf, firstText, trait, traitPart, viewed } from '../mappings'

function resolved(mapping: JSONObject, event: Record<string, unknown>): unknown {
  return transform({ field: mapping }, JSON.parse(JSON.stringify(event)) as Parameters<typeof transform>[1]).field
}

describe('firstText', () => {
  it.each([
    [{ one: 'a', other: 'b' }, 'a'],
    [{ one: '', other: 'b' }, 'b'],
    [{ one: null, other: 'b' }, 'b'],
    [{ other: 'b' }, 'b'],
    [{ one: {}, other: 'b' }, 'b'],
    [{ one: '  ', other: 'b' }, 'b'],
    [{ one: 0, other: 'b' }, 0],
    [{ one: '', other: { a: 1 } }, { a: 1 }],
    [{ one: ' a b ', other: 'b' }, ' a b '],
    [{ one: 7, other: 'b' }, 7],
    [{ one: '', other: '' }, ''],
    [{}, undefined]
  ])('takes of %j the first that is not blank', (event, value) => {
    const mapping = firstText('$.one', '$.other')
    const given = JSON.stringify(mapping)
    expect(resolved(mapping, event)).toEqual(value)
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

describe('trait', () => {
  const mapping = trait('firstName', 'first_name')

  it.each([
    [{ traits: { firstName: 'a', first_name: 'b' }, context: { traits: { firstName: 'c' } } }, 'a'],
    [{ traits: { first_name: 'b' }, context: { traits: { firstName: 'c' } } }, 'b'],
    [{ traits: { firstName: null }, context: { traits: { firstName: 'c', first_name: 'd' } } }, 'c'],
    [{ context: { traits: { first_name: 'd' } } }, 'd'],
    [{ traits: {} }, undefined]
  ])('takes of %j the first spelling', (event, value) => {
    expect(resolved(mapping, event)).toEqual(value)
  })
})

it.each([
  [{ traits: { address: { city: 'a' } }, context: { traits: { address: { city: 'b' } } } }, 'a'],
  [{ traits: { address: { street: 'x' } }, context: { traits: { address: { city: 'b' } } } }, undefined],
  [{ context: { traits: { address: { city: 'b' } } } }, 'b'],
  [{ traits: { address: 'text' }, context: { traits: { address: { city: 'b' } } } }, undefined]
])('never mixes the parts of two traits: %j', (event, value) => {
  expect(
    resolved(
      traitPart('address', (path) => ({ '@path': `${path}.city` })),
      event
    )
  ).toEqual(value)
})

it('takes the first value that exists, of any type', () => {
  const mapping = firstOf('$.one', '$.other')
  expect(resolved(mapping, { one: { a: 1 }, other: 'b' })).toEqual({ a: 1 })
  expect(resolved(mapping, { one: null, other: ['b'] })).toEqual(['b'])
  expect(resolved(mapping, { one: { toString: 1 }, other: 'b' })).toEqual({ toString: 1 })
})
