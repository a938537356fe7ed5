import { bytesOf } from '../body-size'
import { readCustomAttributes as readWithin } from '../custom-attributes'
import { fingerprint } from '../latin'

function readCustomAttributes(custom: Record<string, unknown> | undefined) {
  return readWithin(custom, 1_000_000)
}

function marked(key: string): string {
  const mark = fingerprint(key)
  return mark.charAt(0).toUpperCase() + mark.slice(1)
}

const ID = '5f0c1a2b3c4d5e6f70819203'

describe('readCustomAttributes', () => {
  it.each<[Record<string, unknown> | undefined, Record<string, unknown> | undefined]>([
    [{ plan: 'pro' }, { planStr: 'pro' }],
    [
      { seats: 3, zero: 0 },
      { seatsNum: 3, zeroNum: 0 }
    ],
    [
      { vip: true, old: false },
      { vipBool: true, oldBool: false }
    ],
    [{ renewal: ' 2026-01-01 ' }, { renewalAt: '2026-01-01T00:00:00.000Z' }],
    [{ profile: ' https://example.com/ann ' }, { profileUrl: 'https://example.com/ann' }],
    [{ profile: 'HTTP://example.com' }, { profileUrl: 'HTTP://example.com' }],
    [{ site: 'example.com' }, { siteStr: 'example.com' }],
    [{ said: 'see https://example.com' }, { saidStr: 'see https://example.com' }],
    [{ said: 'https://exa mple.com' }, { saidStr: 'https://exa mple.com' }],
    [{ zip: '78744' }, { zipStr: '78744' }],
    [{ answer: 'true' }, { answerStr: 'true' }],
    [{ text: ' spaced ' }, { textStr: ' spaced ' }],
    [
      { tags: ['a', 2, true], none: [], blank: [''], holes: [null, 'b', undefined, '', 'c'] },
      { tagsStr: 'a, 2, true', holesStr: 'b, c' }
    ],
    [{ pairs: [['a'], { b: 1 }, null] }, { pairsStr: '[["a"],{"b":1}]' }],
    [{ cart: { items: 2, shipping: { city: 'Austin' } } }, { cartItemsNum: 2, cartShippingCityStr: 'Austin' }],
    [{ nothing: undefined, blank: '', spaces: ' \n', hollow: {}, deep: { hollow: {} } }, undefined],
    [{}, undefined],
    [undefined, undefined]
  ])('turns %j into %j', (custom, value) => {
    expect(readCustomAttributes(custom)).toEqual({ value, leftOut: [] })
  })

  it.each<[Record<string, unknown>, Record<string, unknown>]>([
    [
      { planStr: 'pro', zipStr: 78744, vipStr: true },
      { planStr: 'pro', zipStr: '78744', vipStr: 'true' }
    ],
    [{ notesTxt: 'short' }, { notesTxt: 'short' }],
    [
      { aNum: 3, bNum: '42', cNum: ' -4.5e3 ', dNum: '.5', eNum: '+7.', fNum: ['8'] },
      { aNum: 3, bNum: 42, cNum: -4500, dNum: 0.5, eNum: 7, fNum: 8 }
    ],
    [
      { aAt: '2026-01-01', bAt: 1767225600, cAt: '1767225600000', dAt: '20260101' },
      {
        aAt: '2026-01-01T00:00:00.000Z',
        bAt: '2026-01-01T00:00:00.000Z',
        cAt: '2026-01-01T00:00:00.000Z',
        dAt: '2026-01-01T00:00:00.000Z'
      }
    ],
    [
      { aBool: true, bBool: 'FALSE', cBool: ' true ' },
      { aBool: true, bBool: false, cBool: true }
    ],
    [
      { aUrl: 'example.com', bUrl: 'https://example.com/a' },
      { aUrl: 'https://example.com', bUrl: 'https://example.com/a' }
    ],
    [{ storeId: ID }, { storeId: ID }],
    [{ categoryTree: 'shoes.boots' }, { categoryTree: 'shoes.boots' }],
    [
      { cartStr: { items: 2 }, cart: { totalNum: '5' } },
      { cartStr: '{"items":2}', cartTotalNum: 5 }
    ]
  ])('keeps the names of %j and reads their types', (custom, value) => {
    expect(readCustomAttributes(custom)).toEqual({ value, leftOut: [] })
  })

  it.each<[string, unknown, string]>([
    ['scoreNum', 'n/a', 'not a number'],
    ['scoreNum', '1e400', 'not a number'],
    ['scoreNum', '0x10', 'not a number'],
    ['scoreNum', '1,000', 'not a number'],
    ['scoreNum', '.', 'not a number'],
    ['scoreNum', '5 and more', 'not a number'],
    ['scoreNum', 'at 5', 'not a number'],
    ['scoreNum', '9'.repeat(1025), 'not a number'],
    ['scoreNum', '9'.repeat(1e6), 'not a number'],
    ['scoreNum', true, 'not a number'],
    ['scoreNum', Infinity, 'not a finite number'],
    ['score', -Infinity, 'not a finite number'],
    ['score', NaN, 'not a finite number'],
    ['scoreStr', Infinity, 'not a finite number'],
    ['startsAt', 'soon', 'not a date that can be read'],
    ['startsAt', true, 'not a date that can be read'],
    ['vipBool', 'yes', 'neither true nor false'],
    ['vipBool', 1, 'neither true nor false'],
    ['siteUrl', 'none', 'not a web address'],
    ['siteUrl', `https://example.com/${'a'.repeat(1005)}`, 'longer than 1,024 characters'],
    ['siteUrl', 'x'.repeat(8001), 'longer than 8,000 characters'],
    ['storeId', 's1', 'not the ID of a record in Kustomer'],
    ['storeId', `${ID}0`, 'not the ID of a record in Kustomer'],
    ['storeId', `x${ID}`, 'not the ID of a record in Kustomer'],
    ['categoryTree', 5, 'not text'],
    ['plan', null, 'null clears only a key that ends in its type, such as planStr'],
    ['list', ['x'.repeat(1025), {}], 'longer than 1,024 characters']
  ])('leaves %s out, case %#', (key, value, reason) => {
    expect(readCustomAttributes({ [key]: value })).toEqual({
      leftOut: [{ field: `customAttributes.${key}`, reason: `left out: ${reason}` }]
    })
  })

  it('takes the longest numbers and web addresses', () => {
    const number = `${'0'.repeat(1023)}9`
    const url = `https://example.com/${'a'.repeat(1004)}`
    expect(readCustomAttributes({ aNum: number, aUrl: url })).toEqual({ value: { aNum: 9, aUrl: url }, leftOut: [] })
  })

  it('leaves out what is nested too deeply', () => {
    let deep: unknown[] = []
    for (let level = 0; level < 100_000; level++) {
      deep = [deep]
    }
    const reason = 'left out: nested too deeply'
    expect(readCustomAttributes({ deep, ok: 1, oddStr: { deep } })).toEqual({
      value: { okNum: 1 },
      leftOut: [
        { field: 'customAttributes.deep', reason },
        { field: 'customAttributes.oddStr', reason }
      ]
    })
  })

  it.each(['planStr', 'notesTxt', 'seatsNum', 'renewsAt', 'vipBool', 'siteUrl', 'storeId', 'categoryTree'])(
    'clears %s with null, and leaves it where it is blank',
    (key) => {
      expect(readCustomAttributes({ [key]: null })).toEqual({ value: { [key]: null }, leftOut: [] })
      expect(readCustomAttributes({ [key]: '' })).toEqual({ leftOut: [] })
      expect(readCustomAttributes({ [key]: {} })).toEqual({ leftOut: [] })
    }
  )

  it.each([
    ['Str', 'strStr'],
    ['Num', 'numStr'],
    ['some key', 'someKeyStr'],
    ['SomeKey', 'someKeyStr'],
    ['some_key-and.more', 'someKeyAndMoreStr'],
    ['Größe', 'grosseStr'],
    ['2nd', 'attribute2ndStr'],
    ['price ($)', 'priceStr'],
    ['user_id', 'userIdStr'],
    ['plan_str', 'planStr'],
    ['plan Str', 'planStr'],
    ['PlanStr', 'PlanStr'],
    ['2ndStr', '2ndStr'],
    ['VIP_levelStr', 'VIP_levelStr'],
    ['__proto__x', 'protoXStr'],
    ['купить', `attribute${marked('купить')}Str`],
    ['👍', `attribute${marked('👍')}Str`],
    ['👍Str', `attribute${marked('👍')}Str`],
    ['цена_usd', `usd${marked('цена_usd')}Str`],
    ['цена_usdStr', `usd${marked('цена_usd')}Str`],
    ['2価', `attribute2${marked('2価')}Str`]
  ])('calls text under %s %s', (key, name) => {
    expect(readCustomAttributes({ [key]: 'text' })).toEqual({ value: { [name]: 'text' }, leftOut: [] })
  })

  it.each([
    ['created_at', '2026-01-01', 'createdAt'],
    ['phone_num', 5, 'phoneNum'],
    ['is_bool', true, 'isBool'],
    ['site_url', 'https://example.com', 'siteUrl']
  ])('does not repeat the type that %s names already', (key, value, name) => {
    expect(Object.keys(readCustomAttributes({ [key]: value }).value ?? {})).toEqual([name])
  })

  it('keeps keys apart that lose letters, in either Unicode form', () => {
    const { value } = readCustomAttributes({ цена_usd: 1, вес_usd: 2, usdNum: 3 })
    expect(value).toEqual({ [`usd${marked('цена_usd')}Num`]: 1, [`usd${marked('вес_usd')}Num`]: 2, usdNum: 3 })
    expect(readCustomAttributes({ 'ключи\u0306': 'x' }).value).toEqual(
      readCustomAttributes({ 'ключ\u0439': 'x' }).value
    )
  })

  describe('of two keys that become one name', () => {
    it.each<[string, string, string]>([
      ['planStr', 'plan', 'planStr'],
      ['thePlan', 'the plan', 'thePlanStr'],
      ['the plan', 'the_plan', 'thePlanStr'],
      ['planStr', 'plan str', 'planStr'],
      ['planStr', 'plan Str', 'planStr']
    ])('counts %j and not %j, in either order', (kept, lost, name) => {
      const expected = {
        value: { [name]: 'kept' },
        leftOut: [{ field: `customAttributes.${lost}`, reason: `left out: ${kept} becomes ${name} too` }]
      }
      expect(readCustomAttributes({ [kept]: 'kept', [lost]: 'lost' })).toEqual(expected)
      expect(readCustomAttributes({ [lost]: 'lost', [kept]: 'kept' })).toEqual(expected)
    })

    it('counts the one that has a value', () => {
      expect(readCustomAttributes({ planNum: 'n/a', plan: 5 }).value).toEqual({ planNum: 5 })
      expect(readCustomAttributes({ planStr: null, plan: 'pro' }).value).toEqual({ planStr: null })
    })
  })

  it('takes text of 1,024 characters, and the start of longer text', () => {
    const text = 'x'.repeat(1024)
    expect(readCustomAttributes({ note: text, notesTxt: text, pathTree: text })).toEqual({
      value: { noteStr: text, notesTxt: text, pathTree: text },
      leftOut: []
    })
    const reason = 'cut to 1,024 characters'
    expect(readCustomAttributes({ note: `${text}y`, notesTxt: `${text}y`, pathTree: `${text}y` })).toEqual({
      value: { noteStr: text, notesTxt: text, pathTree: text },
      leftOut: [
        { field: 'customAttributes.note', reason },
        { field: 'customAttributes.notesTxt', reason },
        { field: 'customAttributes.pathTree', reason }
      ]
    })
    expect(readCustomAttributes({ list: [{ a: 'x'.repeat(1024 - 10) }] })).toMatchObject({ leftOut: [] })
  })

  it('takes the first 100, and tells of those it takes and of the others', () => {
    const custom: Record<string, unknown> = Object.fromEntries(
      Array.from({ length: 101 }, (_, index) => [`key${index}`, index])
    )
    custom.key100 = 'x'.repeat(1025)
    expect(readCustomAttributes(custom).leftOut).toEqual([
      { field: 'customAttributes.key100', reason: 'left out: Kustomer takes 100 custom attributes' }
    ])
    expect(Object.keys(readCustomAttributes(custom).value ?? {})).toHaveLength(100)
    delete custom.key0
    const { value, leftOut } = readCustomAttributes(custom)
    expect(Object.keys(value ?? {})).toHaveLength(100)
    expect(leftOut).toEqual([{ field: 'customAttributes.key100', reason: 'cut to 1,024 characters' }])
  })

  describe('where they take too many bytes', () => {
    const CUT = 'cut: Kustomer takes 100,000 bytes at once'
    const LEFT_OUT = 'left out: Kustomer takes 100,000 bytes at once'

    it('leaves them as they are to the last byte', () => {
      const custom = { note: 'x"é', seats: 3, oldStr: null }
      const value = { noteStr: 'x"é', seatsNum: 3, oldStr: null }
      expect(readWithin(custom, bytesOf(value) - 1)).toEqual({ value, leftOut: [] })
      expect(readWithin(custom, bytesOf(value) - 2)).toEqual({
        value: { ...value, noteStr: 'x"' },
        leftOut: [{ field: 'customAttributes.note', reason: CUT }]
      })
    })

    it('cuts the longest texts first, all alike', () => {
      const custom = { a: '価'.repeat(1000), bTxt: '価'.repeat(900), c: '価'.repeat(10), d: 'x'.repeat(1025) }
      const { value = {}, leftOut } = readWithin(custom, 1000)
      expect(Object.values(value).map((text) => String(text).length)).toEqual([103, 103, 10, 310])
      expect(bytesOf(value)).toBeLessThanOrEqual(1000)
      expect(leftOut).toEqual([
        { field: 'customAttributes.a', reason: CUT },
        { field: 'customAttributes.bTxt', reason: CUT },
        { field: 'customAttributes.d', reason: CUT }
      ])
    })

    it('leaves as it is what is just short enough', () => {
      expect(readWithin({ a: 'wxyz', b: 'x'.repeat(10) }, 28)).toEqual({
        value: { aStr: 'wxyz', bStr: 'xxxx' },
        leftOut: [{ field: 'customAttributes.b', reason: CUT }]
      })
    })

    it('leaves out what half of is nothing', () => {
      const url = `https://example.com/${'a'.repeat(500)}`
      expect(readWithin({ site: url, pathTree: 'x'.repeat(600), note: 'y' }, 500)).toEqual({
        value: { noteStr: 'y' },
        leftOut: [
          { field: 'customAttributes.site', reason: LEFT_OUT },
          { field: 'customAttributes.pathTree', reason: LEFT_OUT }
        ]
      })
    })

    it('leaves all out where there is no room', () => {
      expect(readWithin({ note: 'x', seats: 3 }, -5)).toEqual({
        leftOut: [
          { field: 'customAttributes.note', reason: LEFT_OUT },
          { field: 'customAttributes.seats', reason: LEFT_OUT }
        ]
      })
    })
  })
})
