import { parseApiKey, parsePod } from '../../../src/destinations/kustomer/settings'

describe('parsePod', () => {
  it.each([
    ['prod1', 'prod1'],
    [' Prod2 ', 'prod2'],
    ['eu-west-1', 'eu-west-1'],
    ['a'.repeat(63), 'a'.repeat(63)]
  ])('takes %j as %j', (orgPod, pod) => {
    expect(parsePod({ orgPod })).toBe(pod)
  })

  it.each([
    'evil.example',
    'evil.example/',
    'prod1/..',
    'prod1@evil',
    'prod1:443',
    'prod1#',
    'prod 1',
    '-prod',
    'prod-',
    'pröd',
    'a'.repeat(64)
  ])('refuses %j, naming the setting', (orgPod) => {
    expect(() => parsePod({ orgPod })).toThrow(/^Org Pod is not a pod name/)
  })

  it.each<string | null | undefined>([undefined, '', '  ', null])('says that %j is missing', (orgPod) => {
    expect(() => parsePod({ orgPod })).toThrow(/^Org Pod is missing/)
  })
})

describe('parseApiKey', () => {
  it('trims the key', () => {
    expect(parseApiKey({ apiKey: ' eyJ0.eyJp.abc-_ \n' })).toBe('eyJ0.eyJp.abc-_')
  })

  it.each([undefined, '', '  '])('says that %j is missing', (apiKey) => {
    expect(() => parseApiKey({ apiKey })).toThrow(/^API Key is missing/)
  })

  it.each(['eyJ0 eyJp', 'eyJ0\neyJp', 'eyJ0é', 'ключ'])('refuses %j without quoting it', (apiKey) => {
    expect(() => parseApiKey({ apiKey })).toThrow(
      /^API Key holds a space or a character that no key has\. Copy it again from the Segment settings page in Kustomer\.$/
    )
  })
})
