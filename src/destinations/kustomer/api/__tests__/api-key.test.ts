import { InvalidAuthenticationError } from '@segment/actions-core'
import { parseApiKey } from '../api-key'

const errorOf = (apiKey: unknown): unknown => {
  try {
    return parseApiKey({ apiKey })
  } catch (error) {
    return error
  }
}

it.each([
  ['eyJ0.eyJp.abc-_', 'eyJ0.eyJp.abc-_'],
  [' eyJ0.eyJp \n', 'eyJ0.eyJp'],
  ['!', '!'],
  ['~', '~'],
  ['key@2', 'key@2']
])('takes %j as %j', (apiKey, key) => {
  expect(parseApiKey({ apiKey })).toBe(key)
})

it.each([undefined, null, '', '  ', 42, {}])('says that %j is missing', (apiKey) => {
  const error = errorOf(apiKey)
  expect(error).toBeInstanceOf(InvalidAuthenticationError)
  expect(error).toMatchObject({
    status: 401,
    message: 'API Key is missing. Copy it from the Segment settings page in Kustomer.'
  })
})

it.each(['eyJ0 eyJp', 'eyJ0\neyJp', 'eyJ0é', '\u007f', 'ключ', 'é key', 'key é'])(
  'refuses %j without quoting it',
  (apiKey) => {
    const error = errorOf(apiKey)
    expect(error).toBeInstanceOf(InvalidAuthenticationError)
    expect(error).toMatchObject({
      status: 401,
      message:
        'API Key holds a space or a character that no key has. Copy it again from the Segment settings page in Kustomer.'
    })
  }
)
