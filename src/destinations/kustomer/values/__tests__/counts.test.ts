import { readCount } from '../counts'

describe('readCount', () => {
  it.each([
    ['0', 0],
    ['42', 42],
    [' 42\n', 42],
    ['1000', 1000],
    ['1,000', 1000],
    ['12,345,678', 12345678],
    ['9007199254740991', 9007199254740991]
  ])('reads %j as %d', (text, value) => {
    expect(readCount(text)).toEqual({ value })
  })

  it.each([
    '10-50',
    '50+',
    '~50',
    'about 50',
    '50 people',
    'none',
    '-5',
    '1.5',
    '1e3',
    '0x10',
    '1,00',
    '1000,000',
    '1,0000',
    ',100',
    '1,000,',
    '1 000',
    '٤٢',
    '9007199254740992',
    '9'.repeat(400)
  ])('leaves out what is no whole number, case %#', (text) => {
    expect(readCount(text)).toEqual({ reason: 'not a whole number' })
  })

  it.each([undefined, '', ' \n'])('has nothing to say of %j', (text) => {
    expect(readCount(text)).toEqual({})
  })
})
