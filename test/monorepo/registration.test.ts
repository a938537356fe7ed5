import { register } from '../../src/monorepo/registration'

const ID = '6b1a2c3d4e5f60718293a4b5'
const LIST = [
  "import path from 'path'",
  '',
  "register('64c031541451bb784943f809', './attio')",
  "register('6a8461f58f98175178f49c3c', './heap-cloud')",
  '',
  'function register(id: MetadataId, destinationPath: string) {',
  '  const definition = require(destinationPath).default',
  '}',
  ''
].join('\n')

it('adds one line below the last, and leaves the rest as it is', () => {
  const lines = register(LIST, ID).split('\n')
  expect(lines[4]).toBe(`register('${ID}', './kustomer')`)
  lines.splice(4, 1)
  expect(lines.join('\n')).toBe(LIST)
})

it('ends the line as the one above it', () => {
  const list = LIST.replaceAll('\n', '\r\n')
  expect(register(list, ID)).toBe(register(LIST, ID).replaceAll('\n', '\r\n'))
})

it('adds nothing where the line is there', () => {
  const list = register(LIST, ID)
  expect(register(list, ID)).toBe(list)
})

it.each([
  ['an ID that is none', LIST, 'kustomer', "'kustomer' is no ID of a destination: Segment's have 24 hexadecimal"],
  ['an ID with more around it', LIST, `${ID}')`, 'is no ID of a destination'],
  ["another destination's ID", LIST, '64c031541451bb784943f809', "'64c031541451bb784943f809' is the ID of ./attio."],
  ['a second ID', register(LIST, ID), '6b1a2c3d4e5f60718293a4b6', `./kustomer is registered already, as '${ID}'.`],
  ['a list without registrations', "import path from 'path'\n", ID, 'has no line to put the registration below']
])('refuses %s', (_, list, id, message) => {
  expect(() => register(list, id)).toThrow(message)
})
