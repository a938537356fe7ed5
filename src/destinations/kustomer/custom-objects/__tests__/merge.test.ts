import type { Wanted } from '../../upsert/diff'
import { wantedAfter } from '../merge'

const AT = 'orderUpdatedAt'
const at = (minute: number, wanted: Wanted = {}): Wanted => ({
  ...wanted,
  custom: { ...wanted.custom, [AT]: `2026-03-02T10:0${minute}:00.000Z` }
})
const record = (attributes: Record<string, unknown>) => ({ id: 'x', attributes })
const SHOWN = record({
  title: 'Order 1',
  data: { total: 0, carrier: 'UPS' },
  images: ['https://a.example/1'],
  custom: { statusStr: 'refunded', noteStr: '', [AT]: '2026-03-02T10:05:00.000Z' }
})
const EVENT = {
  title: 'Order one',
  description: 'Two items',
  images: ['https://a.example/2', 'https://a.example/1'],
  data: { total: 120, lines: [1] },
  custom: { statusStr: 'open', noteStr: 'fragile' }
}
const IMAGES = ['https://a.example/1', 'https://a.example/2']

it('writes what a newer event says, and merges data and images', () => {
  expect(wantedAfter([at(6, EVENT)], AT, SHOWN)).toEqual({
    wanted: at(6, { ...EVENT, images: IMAGES, data: { total: 120, lines: [1], carrier: 'UPS' } }),
    leftOut: []
  })
})

it('fills only what is blank after an older event, and tells so', () => {
  expect(wantedAfter([at(4, EVENT)], AT, SHOWN)).toEqual({
    wanted: {
      description: 'Two items',
      images: IMAGES,
      data: { total: 0, carrier: 'UPS', lines: [1] },
      custom: { noteStr: 'fragile' }
    },
    leftOut: [{ field: 'timestamp', reason: expect.stringContaining('older') }]
  })
})

it.each<[string, Wanted, string | undefined, object]>([
  ['of the same moment', at(5, EVENT), AT, { statusStr: 'open' }],
  ['without a moment', EVENT, AT, { noteStr: 'fragile' }],
  ['in an object without a moment', at(1, EVENT), 'otherAt', { statusStr: 'open' }],
  ['without an attribute for it', at(1, EVENT), undefined, { statusStr: 'open' }]
])('applies an event %s', (_what, event, attribute, custom) => {
  expect(wantedAfter([event], attribute, SHOWN).wanted.custom).toMatchObject(custom)
})

it('leaves data that is not shown to newer events', () => {
  const { data, ...attributes } = SHOWN.attributes
  expect(data).toBeDefined()
  expect(wantedAfter([at(4, EVENT)], AT, record(attributes)).wanted.data).toBeUndefined()
  expect(wantedAfter([at(6, EVENT)], AT, record(attributes)).wanted.data).toEqual(EVENT.data)
})

it('applies events one after the other', () => {
  const events = [at(4, { custom: { statusStr: 'open' } }), at(7, { data: { a: 1 } }), at(6, { data: { a: 2, b: 2 } })]
  expect(wantedAfter(events, AT, SHOWN)).toEqual({
    wanted: at(7, { data: { total: 0, carrier: 'UPS', a: 1, b: 2 } }),
    leftOut: []
  })
  expect(wantedAfter([at(2, EVENT), at(1, { icon: 'x', title: 'y' })], AT).wanted).toEqual(
    at(2, { ...EVENT, icon: 'x' })
  )
})

it('takes an event without a moment for an older one', () => {
  expect(wantedAfter([{ title: 'x', icon: 'y' }], AT, SHOWN).wanted).toEqual({ icon: 'y', custom: {} })
})

it('keeps 20 images, and what fits of the data', () => {
  const urls = Array.from({ length: 25 }, (_, index) => `https://a.example/${index}`)
  const { wanted, leftOut } = wantedAfter([{ images: urls, data: { text: 'x'.repeat(100_000) } }], undefined)
  expect(wanted.images).toEqual(urls.slice(0, 20))
  expect(leftOut).toMatchObject([{ field: 'data.text' }])
})

it('says nothing of what is not given', () => {
  expect(wantedAfter([{ title: 'x' }], undefined, SHOWN)).toEqual({ wanted: { title: 'x', custom: {} }, leftOut: [] })
})
