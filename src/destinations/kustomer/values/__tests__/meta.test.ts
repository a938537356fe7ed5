import { bytesOf } from '../body-size'
import { fingerprint } from '../latin'
import { metaOf } from '../meta'

const TEXT_NAME = /^(?!.*(?:Num|At))[a-zA-Z][a-zA-Z0-9-_]{2,32}$/
const NUMBER_NAME = /^[a-zA-Z][a-zA-Z0-9-_]{2,32}Num$/
const DATE_NAME = /^[a-zA-Z][a-zA-Z0-9-_]{2,32}At$/
const ROOM = 99_000
const NO_ROOM = 'since Kustomer takes 100 properties and 100,000 bytes at once'

function numbered(count: number, value: (index: number) => unknown = (index) => index): Record<string, unknown> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${index}`, value(index)]))
}

/** The meta of properties, which must be legal whatever they are. */
function legalMeta(properties: Record<string, unknown>, room = ROOM) {
  const { meta, leftOut } = metaOf({}, properties, room)
  const entries = Object.entries(meta)
  const isLegal = ([name, value]: [string, string | number]): boolean =>
    typeof value === 'number'
      ? NUMBER_NAME.test(name)
      : value.length <= 1024 && (name.endsWith('At') ? DATE_NAME : TEXT_NAME).test(name)
  expect(entries.filter((entry) => !isLegal(entry))).toEqual([])
  expect(entries.length).toBeLessThanOrEqual(100)
  expect(bytesOf(meta)).toBeLessThanOrEqual(room)
  return { meta, leftOut }
}

/** A text that goes on in further properties, put together again. */
function joined(meta: Record<string, string | number>, name: string): string {
  return Object.entries(meta)
    .filter(([key]) => key === name || new RegExp(`^${name}_\\d+$`).test(key))
    .map(([, value]) => value)
    .join('')
}

describe('metaOf', () => {
  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['text', { currency: 'USD', empty: '' }, { currency: 'USD', empty: '' }],
    ['numbers', { revenue: 48.5, zero: 0, itemsNum: 2 }, { revenueNum: 48.5, zeroNum: 0, itemsNum: 2 }],
    ['what no JSON has for a number', { ratio: Infinity, other: NaN }, { ratio: 'Infinity', other: 'NaN' }],
    ['booleans', { first: true, last: false }, { first: 'true', last: 'false' }],
    [
      'dates',
      { purchased: '2024-01-02T03:04:05+02:00', shippedAt: '2024-01-03' },
      { purchasedAt: '2024-01-02T01:04:05.000Z', shippedAt: '2024-01-03T00:00:00.000Z' }
    ],
    [
      'what only looks like a date',
      { day: '2023-02-30', digits: '20240102', list: ['2024-01-02'] },
      { day: '2023-02-30', digits: '20240102', list: '2024-01-02' }
    ],
    ['nothing', { absent: null, missing: undefined, hollow: {} }, {}],
    [
      'nesting',
      { shipping: { city: 'Austin', cost: { total: 5 } } },
      { shipping_city: 'Austin', shipping_cost_totalNum: 5 }
    ],
    ['lists of scalars', { sizes: ['S', 2, true, null], none: [] }, { sizes: 'S, 2, true', none: '' }],
    ['lists of objects', { products: [{ sku: 'a' }, 'b'] }, { products: '[{"sku":"a"},"b"]' }],
    ['names of every object', { constructor: 'c', toString: 't' }, { constructor: 'c', toString: 't' }]
  ])('carries %s', (_what, properties, meta) => {
    expect(legalMeta(properties)).toEqual({ meta, leftOut: [] })
  })

  it('keeps apart what becomes one name', () => {
    const { meta } = legalMeta({ цена_usd: 1, вес_usd: 2, usd: 3, usdNum: 4 })
    expect(meta).toEqual({
      [`usd_${fingerprint('цена_usd')}Num`]: 1,
      [`usd_${fingerprint('вес_usd')}Num`]: 2,
      [`usd_${fingerprint('1 usd')}Num`]: 3,
      usdNum: 4
    })
  })

  it('puts what comes first before a property of that name', () => {
    const first = { occurredAt: '2024-01-02T00:00:00.000Z', eventName: undefined }
    expect(metaOf(first, { occurredAt: '2020-01-01', eventName: 'x' }, ROOM).meta).toEqual({
      occurredAt: '2024-01-02T00:00:00.000Z',
      [`occurred_${fingerprint('1 occurredAt')}At`]: '2020-01-01T00:00:00.000Z',
      eventName: 'x'
    })
  })

  it('lets a text of more than 1,024 characters go on', () => {
    const note = `${'a'.repeat(1024)}${'b'.repeat(1024)}c`
    expect(legalMeta({ note, note_2: 'mine' })).toEqual({
      meta: { note: 'a'.repeat(1024), note_3: 'b'.repeat(1024), note_4: 'c', note_2: 'mine' },
      leftOut: []
    })
  })

  it('carries all of 30 products, each part JSON of its own', () => {
    const products = Array.from({ length: 30 }, (_, index) => ({ sku: `sku-${index}`, name: 'x'.repeat(60) }))
    const { meta, leftOut } = legalMeta({ products })
    expect(Object.keys(meta)).toEqual(['products', 'products_2', 'products_3'])
    expect(Object.values(meta).flatMap((text) => JSON.parse(String(text)) as unknown)).toEqual(products)
    expect(leftOut).toEqual([])
  })

  it('folds what exceeds 100 properties into as few as are needed', () => {
    const { meta } = legalMeta(numbered(102))
    expect(Object.keys(meta)).toHaveLength(100)
    expect(meta.key98Num).toBe(98)
    expect(meta.otherProperties).toBe('{"key99Num":99,"key100Num":100,"key101Num":101}')
    expect(Object.keys(legalMeta(numbered(100)).meta)).toEqual(Object.keys(numbered(100)).map((key) => `${key}Num`))
    expect(legalMeta({ ...numbered(100), otherProperties: 'mine' }).meta).toMatchObject({
      key98Num: 98,
      otherProperties_2: '{"key99Num":99,"otherProperties":"mine"}'
    })
  })

  it('leaves room for what comes first', () => {
    const { meta } = metaOf({ occurredAt: '2024-01-02T00:00:00.000Z' }, numbered(100), ROOM)
    expect(Object.keys(meta)).toHaveLength(100)
    expect(Object.keys(meta)[0]).toBe('occurredAt')
    expect(meta.otherProperties).toBe('{"key98Num":98,"key99Num":99}')
  })

  it('folds the short properties to let the long ones go on', () => {
    const note = 'x'.repeat(90 * 1024)
    const { meta, leftOut } = legalMeta({ note, ...numbered(40) })
    expect(leftOut).toEqual([])
    expect(joined(meta, 'note')).toBe(note)
    expect(meta).toMatchObject({ key0Num: 0, key8Num: 8 })
    expect(JSON.parse(String(meta.otherProperties))).toMatchObject({ key9Num: 9, key39Num: 39 })
  })

  it('folds into several', () => {
    const { meta, leftOut } = legalMeta(numbered(1000))
    const folded = Object.entries(meta).filter(([name]) => name.startsWith('otherProperties'))
    expect(leftOut).toEqual([])
    expect(folded.map(([name]) => name).slice(0, 3)).toEqual([
      'otherProperties',
      'otherProperties_2',
      'otherProperties_3'
    ])
    const values = folded.map(([, json]) => JSON.parse(String(json)) as object)
    expect(Object.keys(Object.assign({}, ...values) as object)).toHaveLength(1000 - (100 - folded.length))
    // Twenty characters each, and no more properties than that takes.
    expect(folded.length).toBeLessThanOrEqual(Math.ceil((1000 * 17) / 1000))
  })

  it('folds the last parts of long texts where nothing else is left to fold', () => {
    const texts = numbered(60, (index) => `${index} ${'x'.repeat(1100)}`)
    const { meta, leftOut } = legalMeta({ ...texts, size: 'L' })
    const folded = Object.entries(meta).filter(([name]) => name.startsWith('otherProperties'))
    expect(leftOut).toEqual([])
    const all = Object.assign(
      { ...meta },
      ...folded.map(([, json]) => JSON.parse(String(json)) as object)
    ) as typeof meta
    expect(all.size).toBe('L')
    expect(meta.size).toBeUndefined()
    expect(Object.fromEntries(Object.keys(texts).map((key) => [key, joined(all, key)]))).toEqual(texts)
    expect(Object.keys(meta)).toHaveLength(100)
  })

  it('cuts the longest texts where there are too many properties', () => {
    const texts = numbered(70, () => 'x'.repeat(1900))
    const { meta, leftOut } = legalMeta(texts, 1_000_000)
    const text = Object.values(meta).join('').replace(/[^x]/g, '')
    expect(leftOut).toEqual(
      Object.keys(texts).map((key) => ({ field: `properties.${key}`, reason: `cut, ${NO_ROOM}` }))
    )
    expect(text.length).toBeGreaterThan(95_000)
  })

  it('loses nothing of 150 texts of 600 characters', () => {
    const { meta, leftOut } = legalMeta(numbered(150, () => 'x'.repeat(600)))
    expect(leftOut).toEqual([])
    expect(Object.values(meta).join('').replace(/[^x]/g, '')).toHaveLength(150 * 600)
  })

  it('cuts the longest texts first where there are too many bytes', () => {
    const { meta, leftOut } = legalMeta({
      short: '価'.repeat(1000),
      one: '価'.repeat(20_000),
      two: '価'.repeat(50_000)
    })
    expect(meta.short).toBe('価'.repeat(1000))
    expect(joined(meta, 'one').length).toBeGreaterThan(15_500)
    expect(Math.abs(joined(meta, 'one').length - joined(meta, 'two').length)).toBeLessThan(2)
    expect(bytesOf(meta)).toBeGreaterThan(ROOM - 300)
    expect(leftOut).toEqual([
      { field: 'properties.one', reason: `cut, ${NO_ROOM}` },
      { field: 'properties.two', reason: `cut, ${NO_ROOM}` }
    ])
  })

  it('cuts a list between its items', () => {
    const list = Array.from({ length: 20_000 }, (_, index) => ({ index }))
    const { meta, leftOut } = legalMeta({ list, after: 'x' })
    const items = Object.entries(meta)
      .filter(([name]) => name.startsWith('list'))
      .flatMap(([, text]) => JSON.parse(String(text)) as unknown[])
    expect(items).toEqual(list.slice(0, items.length))
    expect(items.length).toBeGreaterThan(4000)
    expect(meta.after).toBe('x')
    expect(leftOut).toEqual([{ field: 'properties.list', reason: `cut, ${NO_ROOM}` }])
  })

  it('leaves out the last properties where no text is left to cut', () => {
    const { meta, leftOut } = legalMeta(numbered(10_000))
    const [{ field, reason } = { field: '', reason: '' }, ...more] = leftOut
    const missing = Number(/the last ([\d,]+) values/.exec(reason)?.[1]?.replace(',', ''))
    const kept = Object.entries(meta).reduce(
      (sum, [name, value]) =>
        sum + (name.startsWith('other') ? Object.keys(JSON.parse(String(value)) as object).length : 1),
      0
    )
    expect(more).toEqual([])
    expect(field).toBe('properties')
    expect(reason).toBe(`left out: the last ${missing.toLocaleString('en-US')} values, ${NO_ROOM}`)
    expect(kept + missing).toBe(10_000)
    expect(bytesOf(meta)).toBeGreaterThan(ROOM - 300)
  })

  it('counts values that no body could hold', () => {
    const { leftOut } = legalMeta(numbered(20_000), 100)
    expect(leftOut).toEqual([{ field: 'properties', reason: `left out: the last 19,992 values, ${NO_ROOM}` }])
  })

  it('cuts a text to 32 bytes before it leaves a property out', () => {
    const properties = { one: 'x'.repeat(500), two: 'y'.repeat(500), three: 'z'.repeat(500) }
    const { meta, leftOut } = legalMeta(properties, 2 + 3 * 38 + 11)
    expect(Object.values(meta).map((text) => String(text).length)).toEqual([32, 32, 32])
    expect(leftOut).toHaveLength(3)
    expect(legalMeta(properties, 2 + 3 * 38 + 10)).toEqual({
      meta: { one: 'x'.repeat(53), two: 'y'.repeat(53) },
      leftOut: [
        { field: 'properties.one', reason: `cut, ${NO_ROOM}` },
        { field: 'properties.two', reason: `cut, ${NO_ROOM}` },
        { field: 'properties', reason: `left out: the last 1 values, ${NO_ROOM}` }
      ]
    })
  })

  it('sends what comes first even where nothing else fits', () => {
    expect(metaOf({ occurredAt: 'x' }, { one: 1 }, 10)).toEqual({
      meta: { occurredAt: 'x' },
      leftOut: [{ field: 'properties', reason: `left out: the last 1 values, ${NO_ROOM}` }]
    })
  })

  it('takes any value, however long or deep', () => {
    let deep: Record<string, unknown> = { end: 'x' }
    let list: unknown[] = []
    for (let level = 0; level < 10_000; level++) {
      deep = { a: deep }
      list = [list]
    }
    const { meta, leftOut } = legalMeta({ deep, list, long: '\u0000'.repeat(1e7), after: 1 })
    expect(Object.values(meta)).toContain('x')
    expect(meta.afterNum).toBe(1)
    expect(leftOut).toEqual([
      { field: 'properties.list', reason: 'left out: nested too deeply' },
      { field: 'properties.long', reason: `cut, ${NO_ROOM}` }
    ])
  })
})
