import { PayloadValidationError } from '@segment/actions-core'
import { atMost100, leftOutOf, tellLeftOut, withLeftOut } from '../left-out'

it('names the fields of which something was left out, in their order', () => {
  const readings = { email: { reason: 'not a valid email address' }, phone: { value: '5550100' }, gender: {} }
  expect(leftOutOf({ ...readings, name: { value: 'x', reason: 'cut' } })).toEqual([
    { field: 'email', reason: 'not a valid email address' },
    { field: 'name', reason: 'cut' }
  ])
})

describe('withLeftOut', () => {
  const things = (count: number) => Array.from({ length: count }, (_, index) => ({ field: `f${index}`, reason: 'r' }))

  it.each([
    [0, 'It failed.'],
    [1, 'It failed. Not sent as given: f0 (r).'],
    [2, 'It failed. Not sent as given: f0 (r), f1 (r).'],
    [
      10,
      'It failed. Not sent as given: f0 (r), f1 (r), f2 (r), f3 (r), f4 (r), f5 (r), f6 (r), f7 (r), f8 (r), f9 (r).'
    ],
    [
      12,
      'It failed. Not sent as given: f0 (r), f1 (r), f2 (r), f3 (r), f4 (r), f5 (r), f6 (r), f7 (r), f8 (r), f9 (r) and 2 more.'
    ]
  ])('tells of %i things', (count, message) => {
    expect(withLeftOut('It failed.', things(count))).toBe(message)
  })
})

describe('tellLeftOut', () => {
  it('tells in the message of an error what was left out, and gives the error the list', () => {
    const error = new PayloadValidationError('It failed.')
    const leftOut = [{ field: 'phone', reason: 'not a valid phone number' }]
    expect(tellLeftOut(error, leftOut)).toBe(error)
    expect(error).toMatchObject({
      message: 'It failed. Not sent as given: phone (not a valid phone number).',
      status: 400,
      leftOut
    })
  })

  it('keeps the message where nothing was left out', () => {
    expect(tellLeftOut(new Error('It failed.'), [])).toMatchObject({ message: 'It failed.', leftOut: [] })
  })
})

it('lists 100 values at most, and how many more there are', () => {
  const leftOut = Array.from({ length: 2101 }, (_, index) => ({ field: `data.k${index}.x`, reason: 'r' }))
  expect(atMost100(leftOut.slice(0, 100))).toEqual(leftOut.slice(0, 100))
  expect(atMost100(leftOut)).toEqual([...leftOut.slice(0, 100), { field: 'data', reason: 'and 2,001 more values' }])
})
