import { readComputation } from '../computations'

describe('readComputation', () => {
  const values = { high_value: true, left: false, spent: 0, plan: '', cleared: null, other: 1 }

  it.each([
    ['high_value', { high_value: true }],
    ['left', { left: false }],
    ['spent', { spent: 0 }],
    ['plan', { plan: '' }],
    ['cleared', { cleared: null }]
  ])('reads the value of %s alone', (key, custom) => {
    expect(readComputation({ key, values })).toEqual(custom)
  })

  it.each([
    [undefined],
    [{}],
    [{ key: 'high_value' }],
    [{ values }],
    [{ key: 'unknown', values }],
    [{ key: 5, values: { 5: true } }],
    [{ key: ['high_value'], values }],
    [{ key: 'length', values: 'text' }],
    [{ key: '0', values: null }]
  ])('has nothing to say of %j', (computation) => {
    expect(readComputation(computation)).toStrictEqual({})
  })
})
