import { readGender } from '../gender'

const UNKNOWN = { reason: 'not m or f' }

it.each([
  ['m', { value: 'm' }],
  ['Male', { value: 'm' }],
  [' man ', { value: 'm' }],
  ['F', { value: 'f' }],
  ['female', { value: 'f' }],
  ['woman', { value: 'f' }],
  ['nonbinary', UNKNOWN],
  ['constructor', UNKNOWN],
  ['', {}],
  [' ', {}],
  [undefined, {}]
])('reads the gender %j as %j', (word, reading) => {
  expect(readGender(word)).toEqual(reading)
})
