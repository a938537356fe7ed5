import { readName } from '../names'

const long = 'x'.repeat(257)
const told = 'longer than 256 characters'

it.each([
  [
    { name: 'Ann Lee', firstName: 'Anna', lastName: 'Leigh' },
    { full: 'Ann Lee', leftOut: [] }
  ],
  [{ name: ' Ann ' }, { full: 'Ann', leftOut: [] }],
  [
    { name: 'x'.repeat(256), lastName: long },
    { full: 'x'.repeat(256), leftOut: [] }
  ],
  [
    { firstName: ' Ann ', lastName: 'Lee ' },
    { full: 'Ann Lee', leftOut: [] }
  ],
  [
    { name: ' ', firstName: 'Ann', lastName: 'Lee' },
    { full: 'Ann Lee', leftOut: [] }
  ],
  [{ firstName: 'Ann' }, { half: 'Ann', leftOut: [] }],
  [
    { firstName: 'Ann', lastName: ' ' },
    { half: 'Ann', leftOut: [] }
  ],
  [
    { lastName: 'Lee', name: '' },
    { half: 'Lee', leftOut: [] }
  ],
  [
    { firstName: ' ', lastName: 'Lee' },
    { half: 'Lee', leftOut: [] }
  ],
  [{}, { leftOut: [] }],
  [
    { name: long, firstName: 'Ann' },
    { half: 'Ann', leftOut: [{ field: 'name', reason: told }] }
  ],
  [
    { name: long, firstName: 'Ann', lastName: 'Lee' },
    { full: 'Ann Lee', leftOut: [{ field: 'name', reason: told }] }
  ],
  [
    { firstName: long, lastName: 'Lee' },
    { half: 'Lee', leftOut: [{ field: 'firstName', reason: told }] }
  ],
  [
    { firstName: 'Ann', lastName: long },
    { half: 'Ann', leftOut: [{ field: 'lastName', reason: told }] }
  ],
  [
    { firstName: 'x'.repeat(128), lastName: 'y'.repeat(127) },
    { full: `${'x'.repeat(128)} ${'y'.repeat(127)}`, leftOut: [] }
  ],
  [{ firstName: 'x'.repeat(128), lastName: 'y'.repeat(128) }, { leftOut: [{ field: 'lastName', reason: told }] }]
])('reads a name, case %#', (fields, name) => {
  expect(readName(fields)).toEqual(name)
})
