import { bytesOf } from '../body-size'
import { readCustomAttributes as readWithin } from '../custom-attributes'

function readCustomAttributes(custom: Record<string, unknown> | undefined) {
  return readWithin(custom, 1_000_000)
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

  it.each<[string, unknown, string, unknown]>([
    ['scoreNum', 'n/a', 'scoreNumStr', 'n/a'],
    ['scoreNum', '1e400', 'scoreNumStr', '1e400'],
    ['scoreNum', '0x10', 'scoreNumStr', '0x10'],
    ['scoreNum', '1,000', 'scoreNumStr', '1,000'],
    ['scoreNum', '.', 'scoreNumStr', '.'],
    ['scoreNum', '5 and more', 'scoreNumStr', '5 and more'],
    ['scoreNum', 'at 5', 'scoreNumStr', 'at 5'],
    ['scoreNum', true, 'scoreNumBool', true],
    ['orderNum', 'R-7', 'orderNumStr', 'R-7'],
    ['startsAt', 'soon', 'startsAtStr', 'soon'],
    ['startsAt', 2024, 'startsAtNum', 2024],
    ['startsAt', true, 'startsAtBool', true],
    ['vipBool', 'yes', 'vipBoolStr', 'yes'],
    ['vipBool', 1, 'vipBoolNum', 1],
    ['userUrl', 'x', 'userUrlStr', 'x'],
    ['accountId', 'acc_1', 'accountIdStr', 'acc_1'],
    ['stripeCustomerId', 'cus_NffrFeUfNV2Hib', 'stripeCustomerIdStr', 'cus_NffrFeUfNV2Hib'],
    ['storeId', 42, 'storeIdNum', 42],
    ['storeId', `${ID}0`, 'storeIdStr', `${ID}0`],
    ['storeId', `x${ID}`, 'storeIdStr', `x${ID}`],
    ['my_Id', 's1', 'myIdStr', 's1'],
    ['categoryTree', 5, 'categoryTreeNum', 5]
  ])('adds the suffix of the type to %s if %j cannot be read as its own', (key, value, name, read) => {
    expect(readCustomAttributes({ [key]: value })).toEqual({ value: { [name]: read }, leftOut: [] })
  })

  it.each<[string, unknown, string]>([
    ['scoreNum', Infinity, 'not a finite number'],
    ['score', -Infinity, 'not a finite number'],
    ['score', NaN, 'not a finite number'],
    ['scoreStr', Infinity, 'not a finite number'],
    ['plan', null, 'null clears only a key with a suffix, such as planStr'],
    ['list', ['x'.repeat(1025), {}], 'longer than 1,024 characters'],
    ['ключ', 'x', 'its name has no Latin letters'],
    ['ключStr', null, 'its name has no Latin letters'],
    ['цена_usd', 5, 'its name has no Latin letters'],
    ['2価', 'x', 'its name has no Latin letters'],
    ['👍', 'x', 'its name has no Latin letters'],
    ['2024', 'x', 'its name has no Latin letters']
  ])('leaves %s out, case %#', (key, value, reason) => {
    expect(readCustomAttributes({ [key]: value })).toEqual({ leftOut: [{ field: `customAttributes.${key}`, reason }] })
  })

  it('cuts what is too long to be a number', () => {
    expect(readCustomAttributes({ scoreNum: '9'.repeat(1e6) })).toEqual({
      value: { scoreNumStr: '9'.repeat(1024) },
      leftOut: [{ field: 'customAttributes.scoreNum', reason: 'cut to 1,024 characters' }]
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
    const reason = 'nested more than 50 levels deep'
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
    ['2nd', '2ndStr'],
    ['price ($)', 'priceStr'],
    ['user_id', 'userIdStr'],
    ['plan_str', 'planStr'],
    ['plan Str', 'planStr'],
    ['PlanStr', 'PlanStr'],
    ['2ndStr', '2ndStr'],
    ['VIP_levelStr', 'VIP_levelStr'],
    ['__proto__x', 'protoXStr']
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
        leftOut: [{ field: `customAttributes.${lost}`, reason: `ignored: ${kept} maps to ${name} too` }]
      }
      expect(readCustomAttributes({ [kept]: 'kept', [lost]: 'lost' })).toEqual(expected)
      expect(readCustomAttributes({ [lost]: 'lost', [kept]: 'kept' })).toEqual(expected)
    })

    it('counts the one that has a value', () => {
      expect(readCustomAttributes({ planNum: 'n/a', plan: 5 }).value).toEqual({ planNumStr: 'n/a', planNum: 5 })
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
      { field: 'customAttributes.key100', reason: 'ignored: Kustomer accepts 100 custom attributes' }
    ])
    expect(Object.keys(readCustomAttributes(custom).value ?? {})).toHaveLength(100)
    delete custom.key0
    const { value, leftOut } = readCustomAttributes(custom)
    expect(Object.keys(value ?? {})).toHaveLength(100)
    expect(leftOut).toEqual([{ field: 'customAttributes.key100', reason: 'cut to 1,024 characters' }])
  })

  describe('where they take too many bytes', () => {
    const CUT = 'cut: Kustomer accepts 100,000 bytes per request'
    const LEFT_OUT = 'ignored: Kustomer accepts 100,000 bytes per request'

    it('leaves them as they are to the last byte', () => {
      const custom = { note: 'x"é', seats: 3, oldStr: null }
      const value = { noteStr: 'x"é', seatsNum: 3, oldStr: null }
      expect(readWithin(custom, bytesOf(value) - 1)).toEqual({ value, leftOut: [] })
      expect(readWithin(custom, bytesOf(value) - 2)).toEqual({
        value: { ...value, noteStr: 'x"' },
        leftOut: [{ field: 'customAttributes.note', reason: CUT }]
      })
    })

    it('cuts the longest text first, then the next', () => {
      const custom = { a: '価'.repeat(1000), bTxt: '価'.repeat(900), c: '価'.repeat(10), d: 'x'.repeat(600) }
      const { value = {}, leftOut } = readWithin(custom, 2000)
      expect(Object.keys(value)).toEqual(['bTxt', 'cStr', 'dStr'])
      expect(bytesOf(value)).toBeLessThanOrEqual(2000)
      expect(bytesOf(value)).toBeGreaterThan(1990)
      expect(leftOut).toEqual([
        { field: 'customAttributes.a', reason: LEFT_OUT },
        { field: 'customAttributes.bTxt', reason: CUT }
      ])
    })

    it('cuts no URL', () => {
      const url = `https://example.com/${'a'.repeat(500)}`
      expect(readWithin({ site: url, note: 'y' }, 300)).toEqual({
        value: { noteStr: 'y' },
        leftOut: [{ field: 'customAttributes.site', reason: LEFT_OUT }]
      })
    })

    it('leaves all out if there is no room', () => {
      expect(readWithin({ note: 'x', seats: 3 }, -5)).toEqual({
        leftOut: [
          { field: 'customAttributes.note', reason: LEFT_OUT },
          { field: 'customAttributes.seats', reason: LEFT_OUT }
        ]
      })
    })
  })
})
