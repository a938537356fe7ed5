import { fingerprint } from '../../values/latin'
import { partName, propertyNames } from '../property-names'
import type { Suffix } from '../property-names'

const nameable = (path: string, suffix: Suffix = '', depth = path.split('.').length) => ({ path, suffix, depth })
const long = (length: number) => 'a'.repeat(length)

it.each<[string, Suffix, string | undefined]>([
  ['plan', '', 'plan'],
  ['sign-up_2', '', 'sign-up_2'],
  [long(33), '', long(33)],
  [long(34), '', `${long(22)}_${fingerprint(long(34))}`],
  ['order.id', '', 'order_id'],
  ['a  b', '', 'a_b'],
  ['__a b__', '', 'a_b'],
  ['ab', '', 'ab_'],
  ['1st', '', 'property_1st'],
  ['orderNum', '', 'ordernum'],
  ['seenAtHome', '', 'seenatHome'],
  ['orderNumAt', '', 'ordernumat'],
  ['total', 'Num', 'totalNum'],
  ['totalNum', 'Num', 'totalNum'],
  ['abNum', 'Num', 'abNumNum'],
  ['abcNum', 'Num', 'abcNum'],
  ['total_at', 'Num', 'total_atNum'],
  ['order.Num', 'Num', 'order_NumNum'],
  ['createdAt', 'At', 'createdAt'],
  ['created_at', 'At', 'createdAt'],
  ['created at', 'At', 'createdAt'],
  ['order.at', 'At', 'order_atAt'],
  ['a_at', 'At', 'a_atAt'],
  ['created_at', '', 'created_at'],
  [`${long(20)}.${long(13)}`, '', long(13)],
  [`${long(20)}.${long(12)}`, '', `${long(20)}_${long(12)}`],
  ['金額', '', undefined],
  ['order.金額', '', undefined],
  ['---', '', undefined]
])('names %s with the suffix %j: %s', (path, suffix, name) => {
  expect(propertyNames([nameable(path, suffix)], [])).toEqual([name])
})

describe('of properties that map to one name', () => {
  const tail = (path: string, depth: number) => `_${fingerprint(`${depth} ${path}`)}`

  it.each<[string, Array<ReturnType<typeof nameable>>, string[], Array<string | undefined>]>([
    [
      'the key that is spelled so keeps it',
      [nameable('order.id'), nameable('order_id')],
      [],
      [`order_id${tail('order.id', 2)}`, 'order_id']
    ],
    [
      'else the key that lacks only the suffix',
      [nameable('total_at', 'At'), nameable('total', 'At')],
      [],
      [`total${tail('total_at', 1)}At`, 'totalAt']
    ],
    [
      'the key with the suffix wins over the one without',
      [nameable('total', 'Num'), nameable('totalNum', 'Num')],
      [],
      [`total${tail('total', 1)}Num`, 'totalNum']
    ],
    [
      'a key that contains dots is not spelled so',
      [nameable('a.b_c', '', 1), nameable('a.b_c', '', 2)],
      [],
      [`a_b_c${tail('a.b_c', 1)}`, `a_b_c${tail('a.b_c', 2)}`]
    ],
    ['none keeps a reserved one', [nameable('eventName')], ['eventName'], [`eventName${tail('eventName', 1)}`]]
  ])('%s', (_which, properties, reserved, names) => {
    expect(propertyNames(properties, reserved)).toEqual(names)
    expect(propertyNames([...properties].reverse(), reserved)).toEqual([...names].reverse())
  })

  it('one whose other name is taken as well gets none', () => {
    const other = `order_id${tail('order.id', 2)}`
    expect(propertyNames([nameable('order.id'), nameable('order_id'), nameable(other)], [])).toEqual([
      undefined,
      'order_id',
      other
    ])
  })
})

it.each([
  ['products', 2, [], 'products_2'],
  ['products', 2, ['products_2', 'products_3'], 'products_4'],
  [long(33), 10, [], `${long(30)}_10`]
])('names the next part of %s after %d with %j taken: %s', (base, part, taken, name) => {
  expect(partName(base, part, new Set(taken))).toBe(name)
})
