import { bytesOf } from '../../values/body-size'
import { fingerprint } from '../../values/latin'
import { readProperties } from '../properties'

const metaOf = (properties: Record<string, unknown>) => readProperties({}, properties, 99_000).meta
const many = (count: number, value: unknown) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${index}`, value]))

function nested(levels: number): unknown {
  return levels === 0 ? 1 : [nested(levels - 1)]
}

it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
  [
    'types',
    { total: 5, a_date: '2024-01-02', gift: false },
    { totalNum: 5, a_dateAt: '2024-01-02T00:00:00.000Z', gift: 'false' }
  ],
  ['suffixes', { totalNum: 5, boughtAt: '2024-01-02' }, { totalNum: 5, boughtAt: '2024-01-02T00:00:00.000Z' }],
  ['created_at', { created_at: '2024-01-02' }, { createdAt: '2024-01-02T00:00:00.000Z' }],
  ['text called Num', { orderNum: 'R-7', sentAt: 'noon' }, { ordernum: 'R-7', sentat: 'noon' }],
  ['nesting', { shipping: { city: 'Graz' } }, { shipping_city: 'Graz' }],
  [
    'a long path',
    { order: { customer: { shipping_address: { postal_code: '8010' } } } },
    { shipping_address_postal_code: '8010' }
  ],
  ['blanks', { referrer: '', note: ' ', list: [], none: {}, nil: null, blanks: [null, ''] }, {}],
  ['lists', { tags: ['a', 'b', 3], items: [{ sku: 'a' }, 'b'] }, { tags: 'a, b, 3', items: '[{"sku":"a"},"b"]' }],
  [
    'accents, digits, and short keys',
    { größe: 'L', '1st': 'x', id: 'y' },
    { grosse: 'L', property_1st: 'x', id_: 'y' }
  ],
  [
    'other scripts',
    { 金額: 1200, 通貨: 'JPY', a: { 金: 1 } },
    { otherProperties: '{"金額":1200,"通貨":"JPY","a.金":1}' }
  ],
  ['lost letters', { 'price 価格': 'x' }, { [`price_${fingerprint('price 価格')}`]: 'x' }],
  ['a key that is too long', { ['x'.repeat(40)]: 'y' }, { [`${'x'.repeat(22)}_${fingerprint('x'.repeat(40))}`]: 'y' }]
])('reads %s', (_name, properties, meta) => {
  expect(metaOf(properties)).toEqual(meta)
})

it.each<[Record<string, unknown>, Record<string, unknown>]>([
  [
    { 'shipping city': 'a', shipping_city: 'b' },
    { shipping_city: 'b', [`shipping_city_${fingerprint('1 shipping city')}`]: 'a' }
  ],
  [
    { revenue: 1, revenueNum: 2 },
    { revenueNum: 2, [`revenue_${fingerprint('1 revenue')}Num`]: 1 }
  ],
  [{ 'created at': '2024-01-02' }, { createdAt: '2024-01-02T00:00:00.000Z' }]
])('keeps apart what maps to one name in %j, in any order', (properties, meta) => {
  expect(metaOf(properties)).toEqual(meta)
  expect(metaOf(Object.fromEntries(Object.entries(properties).reverse()))).toEqual(meta)
})

it('keeps the names of what comes first', () => {
  const { meta } = readProperties({ occurredAt: 'now' }, { occurredAt: '2024-01-02' }, 1000)
  expect(Object.keys(meta)).toEqual(['occurredAt', `occurred_${fingerprint('1 occurredAt')}At`])
})

it('continues long texts in further parts, and breaks lists between items', () => {
  const meta = metaOf({ note: 'x'.repeat(2050), note_2: 'own', skus: Array(300).fill('sku-1') })
  expect(meta).toMatchObject({ note: 'x'.repeat(1024), note_2: 'own', note_3: 'x'.repeat(1024) })
  expect(Object.keys(meta)).toEqual(['note', 'note_3', 'note_4', 'note_2', 'skus', 'skus_2', 'skus_3'])
  expect(String(meta.skus)).toMatch(/^sku-1(, sku-1)+$/)
})

it('adds what exceeds 100 properties to JSON objects', () => {
  const meta = metaOf(many(130, 'x'))
  const others = JSON.parse(String(meta.otherProperties)) as object
  expect(Object.keys(meta)).toHaveLength(100)
  expect(Object.keys(others)).toEqual(Array.from({ length: 31 }, (_, index) => `key${index + 99}`))
})

it('loses nothing of 2,500 short properties', () => {
  const { meta, leftOut } = readProperties({}, many(2500, 'x'), 99_000)
  const texts = Object.entries(meta).filter(([name]) => name.startsWith('otherProperties'))
  const others = texts.flatMap(([, text]) => Object.keys(JSON.parse(String(text)) as object))
  expect(Object.keys(meta).length - texts.length + others.length).toBe(2500)
  expect(Math.max(...texts.map(([, text]) => String(text).length))).toBeLessThanOrEqual(1024)
  expect(leftOut).toEqual([])
})

it.each([
  ['a text', { note: '価'.repeat(90_000) }, 'properties.note'],
  ['properties', many(1000, 'x'.repeat(500)), 'properties']
])('tells what has no room of %s', (_name, properties, field) => {
  const { meta, leftOut } = readProperties({}, properties, 99_000)
  expect(bytesOf(meta)).toBeLessThanOrEqual(99_000)
  expect(Object.keys(meta).length).toBeLessThanOrEqual(100)
  expect(leftOut).toEqual([{ field, reason: expect.stringContaining('100 properties and 100,000 bytes per event') }])
})

it('ignores what is nested more than 50 levels deep', () => {
  const keys = Array.from({ length: 20_000 }, () => 'k')
  const object = keys.reduce<object>((inner, key) => ({ [key]: inner }), { end: 1 })
  const { meta, leftOut } = readProperties({}, { deep: ['a', nested(51)], fine: nested(50), object }, 99_000)
  expect(Object.keys(meta)).toEqual(['deep', 'fine'])
  const reason = 'nested more than 50 levels deep'
  expect(leftOut).toEqual([
    { field: 'properties.deep', reason },
    { field: `properties.object${'.k'.repeat(49)}`, reason }
  ])
})

it('continues a long text without a legal name in the next object', () => {
  const texts = Object.values(metaOf({ 説明: 'x"'.repeat(1000) }))
  expect(texts.map((text) => (JSON.parse(String(text)) as { 説明: string }).説明).join('')).toBe('x"'.repeat(1000))
})

it.each([
  ['fits one object', 1015, 1],
  ['needs two', 1016, 2]
])('text without a legal name %s of 1,024 characters', (_what, length, count) => {
  const texts = Object.values(metaOf({ 説明: 'x'.repeat(length) }))
  expect(texts).toHaveLength(count)
  expect(texts.map((text) => String(text).length <= 1024)).toEqual(texts.map(() => true))
})

it('keeps a number without a legal name a number', () => {
  expect(metaOf({ 金額: 12, 数量: 3 })).toEqual({ otherProperties: '{"金額":12,"数量":3}' })
})

it('tells how many values have no room', () => {
  const { leftOut } = readProperties({}, { a_a: 'x'.repeat(60), ...many(3, 'y'.repeat(60)) }, 150)
  expect(leftOut).toEqual([{ field: 'properties', reason: expect.stringMatching(/^ignored: 2 values/) }])
})

it('uses the room to the last byte', () => {
  const properties = { plan: 'pro' }
  const { length } = JSON.stringify(properties)
  expect(readProperties({}, properties, length + 1).meta).toEqual(properties)
  expect(readProperties({}, properties, length).meta).toEqual({})
})

it('keeps the order of what goes on in JSON objects', () => {
  const texts = Object.entries(metaOf(many(600, 'x'))).filter(([name]) => name.startsWith('otherProperties'))
  expect(texts.length).toBeGreaterThan(3)
  const keys = texts.flatMap(([, text]) => Object.keys(JSON.parse(String(text)) as object))
  expect(keys).toEqual(Array.from({ length: keys.length }, (_, index) => `key${600 - keys.length + index}`))
})
