import { isName } from '../name'

it.each([
  ['x'.repeat(2), false],
  ['x'.repeat(3), true],
  ['x'.repeat(255), true],
  ['x'.repeat(256), false],
  ['', false],
  [undefined, false]
])('takes 3 to 255 characters for the name of a company, case %#', (text, is) => {
  expect(isName(text)).toBe(is)
})
