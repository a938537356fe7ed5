import { fingerprint } from '../latin'
import { namesOf, PartNames } from '../meta-names'
import type { Suffix } from '../meta-names'

function nameOf(path: string, suffix: Suffix = '', depth = 1): string | undefined {
  return namesOf([{ path, suffix, depth }], [])[0]
}

describe('namesOf', () => {
  it.each<[string, Suffix, string]>([
    ['currency', '', 'currency'],
    ['revenue', 'Num', 'revenueNum'],
    ['revenueNum', 'Num', 'revenueNum'],
    ['purchased', 'At', 'purchasedAt'],
    ['purchasedAt', 'At', 'purchasedAt'],
    ['a-b_C9', '', 'a-b_C9'],
    ['shipping.city', '', 'shipping_city'],
    ['x'.repeat(33), '', 'x'.repeat(33)],
    ['x'.repeat(33), 'Num', `${'x'.repeat(33)}Num`],
    ['abc', '', 'abc'],
    // Shorter than Kustomer takes.
    ['id', '', 'id_'],
    ['a', 'Num', 'a__Num'],
    ['Num', 'Num', 'NumNum'],
    ['abNum', 'Num', 'abNumNum'],
    ['abcNum', 'Num', 'abcNum'],
    ['abAt', 'At', 'abAtAt'],
    ['abcAt', 'At', 'abcAt'],
    // Neither Num nor At may stand in the name of a text.
    ['phoneNum', '', 'phonenum'],
    ['lookedAt', '', 'lookedat'],
    ['Attribute', '', 'attribute'],
    ['NumAtNum', '', 'numatnum'],
    ['phoneNum', 'At', 'phoneNumAt'],
    // Illegal characters.
    ['total price ($)', 'Num', 'total_priceNum'],
    ['a b', '', 'a_b'],
    ['a  b', '', 'a_b'],
    ['_private', '', 'private'],
    ['-_private', '', 'private'],
    ['private__', '', 'private__'],
    ['private$_', '', 'private'],
    ['Größe', '', 'Grosse'],
    ['2nd item', '', 'property_2nd_item'],
    ['__', '', `property_${fingerprint('__')}`],
    ['?', 'Num', `property_${fingerprint('?')}Num`],
    ['価格', '', `property_${fingerprint('価格')}`],
    ['цена_usd', 'Num', `usd_${fingerprint('цена_usd')}Num`],
    ['x'.repeat(34), '', `${'x'.repeat(22)}_${fingerprint('x'.repeat(34))}`],
    [`${'x'.repeat(34)}Num`, 'Num', `${'x'.repeat(22)}_${fingerprint('x'.repeat(34))}Num`],
    [`${'x'.repeat(32)} y`, '', `${'x'.repeat(22)}_${fingerprint(`${'x'.repeat(32)} y`)}`]
  ])('calls %s, a value of type "%s", %s', (path, suffix, name) => {
    expect(nameOf(path, suffix)).toBe(name)
  })

  type Key = [path: string, suffix?: Suffix, depth?: number]

  function namesInAnyOrder(keys: Key[], reserved: string[] = []): string[] {
    const properties = keys.map(([path, suffix = '', depth = 1]) => ({ path, suffix, depth }))
    const names = namesOf(properties, reserved)
    expect(namesOf([...properties].reverse(), reserved).reverse()).toEqual(names)
    return names
  }

  const marked = (base: string, path: string, depth = 1): string => `${base}_${fingerprint(`${depth} ${path}`)}`

  it.each<[string, Key[], string[]]>([
    ['a legal key', [['a b'], ['a_b'], ['a.b', '', 2]], [marked('a_b', 'a b'), 'a_b', marked('a_b', 'a.b', 2)]],
    [
      'a legal key with its type',
      [
        ['due', 'At'],
        ['dueAt', 'At']
      ],
      [`${marked('due', 'due')}At`, 'dueAt']
    ],
    [
      'a key that only the type was added to',
      [
        ['a b', 'Num'],
        ['a_b', 'Num']
      ],
      [`${marked('a_b', 'a b')}Num`, 'a_bNum']
    ],
    [
      'a key of one part that only the type was added to',
      [
        ['a.b', 'Num', 2],
        ['a_b', 'Num']
      ],
      [`${marked('a_b', 'a.b', 2)}Num`, 'a_bNum']
    ],
    ['nested legal keys', [['a b'], ['a.b', '', 2]], [marked('a_b', 'a b'), 'a_b']],
    [
      'nested legal keys with a type',
      [
        ['a b', 'Num'],
        ['a.b', 'Num', 2]
      ],
      [`${marked('a_b', 'a b')}Num`, 'a_bNum']
    ],
    [
      'nested keys that end in the type',
      [
        ['a.b', 'Num', 2],
        ['a.bNum', 'Num', 2]
      ],
      [`${marked('a_b', 'a.b', 2)}Num`, 'a_bNum']
    ],
    ['the first by its letters', [['a/b'], ['a b'], ['a?b']], [marked('a_b', 'a/b'), 'a_b', marked('a_b', 'a?b')]],
    ['the one of fewer keys', [['a.b', '', 2], ['a.b']], [marked('a_b', 'a.b', 2), 'a_b']]
  ])('gives a name that several want to %s', (_whom, keys, names) => {
    expect(namesInAnyOrder(keys)).toEqual(names)
  })

  it('gives no property a reserved name', () => {
    expect(namesInAnyOrder([['occurredAt', 'At'], ['eventName'], ['other']], ['occurredAt', 'eventName'])).toEqual([
      `${marked('occurred', 'occurredAt')}At`,
      marked('eventName', 'eventName'),
      'other'
    ])
  })

  it('keeps apart what no fingerprint can', () => {
    const same = { path: 'a.b', suffix: 'Num' as const, depth: 2 }
    const base = marked('a_b', 'a.b', 2)
    expect(namesOf([same, { ...same }, { ...same }, { ...same }], [])).toEqual([
      'a_bNum',
      `${base}Num`,
      `${base}_2Num`,
      `${base}_3Num`
    ])
  })

  it('keeps a long name within what Kustomer takes', () => {
    const [, other] = namesOf(
      [
        { path: 'x'.repeat(33), suffix: '', depth: 1 },
        { path: `${'x'.repeat(33)}?`, suffix: '', depth: 1 }
      ],
      []
    )
    expect(other).toMatch(/^x{22}_[a-z0-9]{10}$/)
  })

  it('takes time that grows with the number of keys that clash', () => {
    const clashing = (count: number) =>
      Array.from({ length: count }, (_, index) => ({
        path: `k${'!'.repeat(index % 100)}${'?'.repeat(index / 100)}`,
        suffix: '' as const,
        depth: 1
      }))
    const fastest = (count: number): number => {
      const keys = clashing(count)
      const times = Array.from({ length: 5 }, () => {
        const start = performance.now()
        namesOf(keys, [])
        return performance.now() - start
      })
      return Math.min(...times)
    }
    const names = namesOf(clashing(5000), [])
    expect(new Set(names).size).toBe(5000)
    expect(names[0]).toBe('k__')
    // Time that grew with the square of their number would be sixteen-fold.
    expect(fastest(8000) / fastest(2000)).toBeLessThan(10)
  })
})

describe('PartNames', () => {
  it('gives the next number that is free', () => {
    const names = new PartNames(new Set(['items', 'items_3', 'pagesNum']))
    expect([names.next('items'), names.next('items'), names.next('items')]).toEqual(['items_2', 'items_4', 'items_5'])
    expect(names.next('pages', 'Num')).toBe('pages_2Num')
  })

  it('gives the name itself where it is free', () => {
    const names = new PartNames(new Set(['taken']))
    expect([names.first('free'), names.first('free'), names.first('taken')]).toEqual(['free', 'free_2', 'taken_2'])
    expect([names.first('x', 'Num'), names.first('x', 'Num')]).toEqual(['xNum', 'x_2Num'])
  })

  it('makes room for the number', () => {
    const names = new PartNames(new Set())
    expect(names.next('x'.repeat(33))).toBe(`${'x'.repeat(31)}_2`)
    expect(names.next('x'.repeat(31))).toBe(`${'x'.repeat(31)}_3`)
  })
})
